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
            "file": .string(orNull: file), "lines": .array(lines.map { .integer(Int64($0)) }),
        ]
    }
}

extension FigureReference {
    /// Where the figure came from, for a person: `result set 0d3c…, readings 3, 4, line 12 of ads.csv`.
    public func origin(_ sets: [ResultSet.ID]) -> String? {
        guard let set, sets.indices.contains(set) else { return nil }
        var parts = ["result set \(sets[set])"]
        if let named = Self.numbers("reading", readings) { parts.append(named) }
        if let named = Self.numbers("line", lines) {
            parts.append(file.map { "\(named) of \($0)" } ?? named)
        } else if let file {
            parts.append(file)
        }
        return parts.joined(separator: ", ")
    }

    /// More places than this say no more to a person than their count.
    private static let placesNamed = 6

    private static func numbers(_ word: String, _ numbers: [Int]) -> String? {
        switch numbers.count {
        case 0: nil
        case 1: "\(word) \(numbers[0])"
        case ...placesNamed: "\(word)s \(numbers.map(String.init).joined(separator: ", "))"
        default: "\(numbers.count) \(word)s"
        }
    }
}
