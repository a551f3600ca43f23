// A finding as answers show it to those who may see the readings themselves.

extension Finding {
    /// `sets` names the set behind each number that the figures carry.
    public func document(sets: [ResultSet.ID]) -> JSONValue {
        [
            "code": .string(code.rawValue), "severity": .string(severity.rawValue),
            "detail": .string(detail),
            "figures": .array([first.document(sets), second.document(sets)]),
        ]
    }
}

extension FigureReference {
    /// Where the figure is; `readings` are numbers of readings in their set, from 1.
    func document(_ sets: [ResultSet.ID]) -> JSONValue {
        let resultSet = set.flatMap { sets.indices.contains($0) ? sets[$0].text : nil }
        return [
            "resultSet": .string(orNull: resultSet),
            "metric": .string(orNull: metric?.code), "channel": .string(orNull: channel?.rawValue),
            "from": .string(orNull: period?.from.description),
            "to": .string(orNull: period?.to.description),
            "content": .string(orNull: content), "cell": .string(orNull: cell),
            "value": .string(orNull: value),
            "readings": .array(readings.map { .integer(Int64($0)) }),
        ]
    }
}
