// What the rows of a file come to, set by set and in few figures, so that whoever hands it in can hold it against what
// the platform shows before anything is stored.

/// One set that a file makes or would make, without its readings.
public struct ImportedFigures: Sendable {
    public var channel: Channel
    public var period: Period
    public var role: SetRole
    public var breakdown: Breakdown
    public var readings: Int
    /// One a metric: the sum of what adds, and of people and levels what is said of the whole.
    public private(set) var figures: [Reading] = []

    /// `tally` is the set's figures, one a metric, currency and stretch of days.
    public init(
        channel: Channel, period: Period, role: SetRole, breakdown: Breakdown, readings: Int,
        tally: [DerivedFigure]
    ) {
        self.channel = channel
        self.period = period
        self.role = role
        self.breakdown = breakdown
        self.readings = readings
        let groups = Dictionary(grouping: tally) { Key(metric: $0.metric, currency: $0.currency) }
        for metric in Metric.allCases {
            let own = groups.keys.filter { $0.metric == metric }
            for key in own.sorted(by: { ($0.currency ?? "") < ($1.currency ?? "") }) {
                if let figure = Self.figure(of: groups[key] ?? [], key) { figures.append(figure) }
            }
        }
    }

    private struct Key: Hashable {
        var metric: Metric
        var currency: String?
    }

    private static func figure(of parts: [DerivedFigure], _ key: Key) -> Reading? {
        guard let days = parts.map(\.period).hull else { return nil }
        var reading = Reading(metric: key.metric, period: days, value: nil)
        reading.currency = key.currency.flatMap { Currency($0) }
        if key.metric.additivity.isAdditive {
            // A part of which nothing is known leaves the sum of the others.
            let known = parts.compactMap(\.total)
            guard !known.isEmpty, let sum = try? known.total() else { return nil }
            reading.value = sum
            let isPartial = parts.contains { $0.missing > 0 || $0.masked > 0 || $0.total == nil }
            reading.qualifier = isPartial ? .atLeast : parts.compactMap(\.totalQualifier).joint
        } else {
            // People of two stretches of days do not add.
            guard parts.count == 1, let whole = parts[0].whole else { return nil }
            reading.value = whole
            reading.qualifier = parts[0].wholeQualifier ?? .exact
        }
        return reading
    }

    /// `{"channel","from","to","role","breakdown","readings","figures":[{"metric","from","to","value","qualifier"}]}`.
    public var document: JSONValue {
        [
            "channel": .string(channel.rawValue), "from": .text(period.from),
            "to": .text(period.to), "role": .string(role.rawValue),
            "breakdown": .string(breakdown.rawValue), "readings": .integer(Int64(readings)),
            "figures": .array(
                figures.map { figure in
                    [
                        "metric": .string(figure.metric.code), "from": .text(figure.period.from),
                        "to": .text(figure.period.to),
                        "value": ReadingValue.document(of: figure),
                        "qualifier": .string(figure.qualifier.rawValue),
                    ]
                }),
        ]
    }
}

extension [Qualifier] {
    /// What is true of a sum: exact if all are, and about where they differ.
    fileprivate var joint: Qualifier {
        let inexact = Set(self).subtracting([.exact])
        return inexact.count > 1 ? .about : inexact.first ?? .exact
    }
}

extension [Period] {
    /// The shortest period that contains all.
    fileprivate var hull: Period? {
        guard let first else { return nil }
        return dropFirst().reduce(first) { $0.spanning($1) }
    }
}
