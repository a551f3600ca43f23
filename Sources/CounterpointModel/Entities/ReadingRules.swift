// What the readings of one set must be to each other, so that nothing in it is counted twice.
//
// The same rules hold for a JSON body (faults with pointers) and for a file (problems with lines), so
// they name readings by index. They look at readings as numbers (`RuledReadings`), sort and hash: a
// million readings take well under a second and 24 bytes each.

/// A reading that breaks a rule of its set.
public struct ReadingViolation: Sendable, Hashable {
    /// Place of the reading in the list that was checked, from 0.
    public var index: Int
    public var code: Code
    public var detail: String
    /// For `duplicateReading`: the first reading of the same figure and days.
    public var repeats: Int?

    /// The rules, by the codes that clients see.
    public enum Code: String, Sendable, CaseIterable {
        case outsidePeriod, duplicateReading, overlappingReadings, totalBesideParts, mixedCuts
        case cellWithoutBreakdown, contentMissing
    }
}

/// The rules for the readings of one set.
public struct ReadingRules: Sendable {
    /// The days of the set.
    public var period: Period
    public var breakdown: Breakdown

    public init(period: Period, breakdown: Breakdown) {
        self.period = period
        self.breakdown = breakdown
    }

    /// Every violation, in the order of the readings; at most one a reading and rule.
    public func violations(in readings: [Reading]) -> [ReadingViolation] {
        let ruled = NumberedReadings(readings)
        return breaches(in: ruled).map { breach in
            ReadingViolation(
                index: Int(breach.index), code: breach.code,
                detail: detail(of: breach, in: ruled),
                repeats: breach.code == .duplicateReading ? Int(breach.other) : nil)
        }
    }

    /// The same without the words, for readings too many to have a sentence each.
    func breaches(in readings: some RuledReadings) -> [ReadingBreach] {
        var found: [ReadingBreach] = []
        for index in 0..<readings.count {
            if !period.contains(readings.period(at: index)) { found.add(index, .outsidePeriod) }
            if breakdown == .none || breakdown == .content, readings.series(at: index).hasCell {
                found.add(index, .cellWithoutBreakdown)
            }
        }
        let order = SeriesOrder(readings)
        order.addRepeats(to: &found)
        let totals = order.addTotals(readings, to: &found)
        if breakdown == .content {
            for index in 0..<readings.count {
                let series = readings.series(at: index)
                if series.metric.additivity.isAdditive, !series.hasContent,
                    !totals.contains(Int32(index))
                {
                    found.add(index, .contentMissing)
                }
            }
        }
        return found.sorted { ($0.index, $0.code.rawValue) < ($1.index, $1.code.rawValue) }
    }

    /// What is wrong and what to do, for a person.
    func detail(of breach: ReadingBreach, in readings: some RuledReadings) -> String {
        let metric = readings.series(at: Int(breach.index)).metric.code
        switch breach.code {
        case .outsidePeriod: return "Its days are not all within the set's (\(period))."
        case .cellWithoutBreakdown:
            return "Say in breakdown what the cells are; it is \(breakdown.rawValue) here."
        case .contentMissing: return "Name the content item; this set is cut by content."
        case .duplicateReading: return "\(metric) is given twice for these days."
        case .overlappingReadings:
            return "\(metric) is given for \(readings.period(at: Int(breach.other))) too; days "
                + "would count twice."
        case .totalBesideParts:
            return "\(metric) is also given in parts for these days: leave the "
                + "total out, the parts add to it."
        case .mixedCuts:
            return "\(metric) is cut by content here and by cell elsewhere for the "
                + "same days: log one cut as a breakdown of its own."
        }
    }
}

/// A breach by numbers: which reading, which rule, and the other reading that it is about.
struct ReadingBreach: Hashable {
    var index: Int32
    var code: ReadingViolation.Code
    /// The first reading of the same days, or the one whose days are counted already; else -1.
    var other: Int32 = -1
}

extension [ReadingBreach] {
    mutating func add(_ index: Int, _ code: ReadingViolation.Code, other: Int32 = -1) {
        append(ReadingBreach(index: Int32(index), code: code, other: other))
    }
}
