// A finding as answers show it to those who may see the readings themselves.

extension Finding {
    public var document: JSONValue {
        [
            "code": .string(code.rawValue), "severity": .string(severity.rawValue),
            "detail": .string(detail), "figures": .array([first.document, second.document]),
        ]
    }
}

extension FigureReference {
    /// Where the figure is; `readings` are numbers of readings in their set, from 1.
    var document: JSONValue {
        [
            "metric": .string(orNull: metric?.code), "channel": .string(orNull: channel?.rawValue),
            "from": .string(orNull: period?.from.description), "to": .string(orNull: period?.to.description),
            "content": .string(orNull: content), "cell": .string(orNull: cell),
            "value": .string(orNull: value), "readings": .array(readings.map { .integer(Int64($0)) }),
        ]
    }
}
