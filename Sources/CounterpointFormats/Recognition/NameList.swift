// The dictionary of a format: one line a name, so that a new language or a renamed column is one line.

import CounterpointModel

/// A name that a column may have, in the languages that use it.
struct ColumnName: Hashable, Sendable {
    var name: String
    /// `en`, `de`, `fr`, `es`, `it`, `pt`.
    var languages: [String]
    var meaning: ColumnMeaning
}

/// The names of one format.
///
/// Each line is `meaning languages name`. A meaning is
/// - a metric's code, if need be with its unit and channel: `reach`, `watchTimeMinutes:hours`,
///   `reach@instagram`; with `~` in front it is the second choice,
/// - `.campaign`: a dimension,
/// - `results`, `titled`, `sum:reactions+comments+shares`,
/// - `-setting`: understood and not taken.
struct NameList: Hashable, Sendable {
    private(set) var names: [ColumnName] = []
    private(set) var meanings: [String: ColumnMeaning] = [:]
    /// Lines that say nothing, for a test to find.
    private(set) var faults: [String] = []

    init(_ texts: String...) {
        for line in texts.joined(separator: "\n").split(separator: "\n") {
            let line = line.drop { $0 == " " }
            if line.isEmpty || line.hasPrefix("#") { continue }
            let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            guard words.count == 3, let meaning = Self.meaning(String(words[0])) else {
                faults.append(String(line))
                continue
            }
            let name = CellText.trimmed(String(words[2]))
            names.append(
                ColumnName(
                    name: name, languages: words[1].split(separator: ",").map(String.init),
                    meaning: meaning))
            let key = Heading.key(of: name)
            if let known = meanings[key], known != meaning { faults.append(String(line)) }
            meanings[key] = meaning
        }
    }

    /// The meaning of a header cell, and the currency in its name where that is no part of it.
    func meaning(of heading: Heading) -> (meaning: ColumnMeaning, currency: CurrencyMark?)? {
        if let meaning = meanings[heading.key] { return (meaning, nil) }
        guard heading.currency != nil, let meaning = meanings[heading.bareKey] else { return nil }
        return (meaning, heading.currency)
    }

    private static func meaning(_ word: String) -> ColumnMeaning? {
        if word == "results" { return .results }
        if word == "titled" { return .titled }
        if word.hasPrefix("-") {
            return ColumnMeaning.Reason(rawValue: String(word.dropFirst())).map { .unused($0) }
        }
        if word.hasPrefix(".") {
            return Dimension(rawValue: String(word.dropFirst())).map { .dimension($0) }
        }
        if word.hasPrefix("sum:") {
            let metrics = word.dropFirst(4).split(separator: "+").map { Metric(code: $0) }
            return metrics.contains(nil) ? nil : .combined(metrics.compactMap(\.self))
        }
        return figure(word).map { .figure($0) }
    }

    private static func figure(_ word: String) -> FigureMeaning? {
        var rest = Substring(word)
        let isSecondChoice = rest.hasPrefix("~")
        if isSecondChoice { rest.removeFirst() }
        var channel: Channel?
        if let at = rest.firstIndex(of: "@") {
            channel = Channel(rawValue: String(rest[rest.index(after: at)...]))
            guard channel != nil else { return nil }
            rest = rest[..<at]
        }
        var unit = FigureUnit.own
        if let colon = rest.firstIndex(of: ":") {
            guard let named = FigureUnit(rawValue: String(rest[rest.index(after: colon)...])) else {
                return nil
            }
            unit = named
            rest = rest[..<colon]
        }
        guard let metric = Metric(code: rest) else { return nil }
        return FigureMeaning(
            metric: metric, unit: unit, channel: channel, isSecondChoice: isSecondChoice)
    }
}
