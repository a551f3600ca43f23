// What the readings of one set must be to each other, so that nothing in it is counted twice.
//
// The same rules hold for a JSON body (faults with pointers) and for a file (problems with lines), so
// they name readings by index. All of them sort or hash: 100,000 readings take well under a second.

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
        var found: [ReadingViolation] = []
        for (index, reading) in readings.enumerated() {
            if !period.contains(reading.period) {
                found.append(
                    index, .outsidePeriod, "Its days are not all within the set's (\(period)).")
            }
            if reading.cell != nil, breakdown == .none || breakdown == .content {
                found.append(
                    index, .cellWithoutBreakdown,
                    "Say in breakdown what the cells are; it is \(breakdown.rawValue) here.")
            }
        }
        addRepeats(readings, to: &found)
        let totals = addTotals(readings, to: &found)
        if breakdown == .content {
            for (index, reading) in readings.enumerated()
            where reading.metric.additivity.isAdditive && reading.content == nil
                && !totals.contains(index)
            {
                found.append(
                    index, .contentMissing, "Name the content item; this set is cut by content.")
            }
        }
        return found.sorted { ($0.index, $0.code.rawValue) < ($1.index, $1.code.rawValue) }
    }

    // The same figure twice, or an additive one over days that are counted already.
    private func addRepeats(_ readings: [Reading], to found: inout [ReadingViolation]) {
        var series: [Series: [Int]] = [:]
        for (index, reading) in readings.enumerated() {
            series[Series(reading), default: []].append(index)
        }
        for indices in series.values where indices.count > 1 {
            let byStart = indices.sorted {
                let (left, right) = (readings[$0].period, readings[$1].period)
                return (left.from, left.to, $0) < (right.from, right.to, $1)
            }
            // `last` reaches furthest of those seen; `first` begins a run of the same days, which
            // stand next to each other.
            var (last, first) = (byStart[0], byStart[0])
            for index in byStart.dropFirst() {
                let reading = readings[index]
                defer {
                    if reading.period != readings[first].period { first = index }
                    if reading.period.to > readings[last].period.to { last = index }
                }
                if reading.period == readings[first].period {
                    found.append(
                        index, .duplicateReading,
                        "\(reading.metric.code) is given twice for these days.", repeats: first)
                } else if reading.metric.additivity.isAdditive,
                    reading.period.overlaps(readings[last].period)
                {
                    found.append(
                        index, .overlappingReadings,
                        "\(reading.metric.code) is given for \(readings[last].period) too; days "
                            + "would count twice.")
                }
            }
        }
    }

    // An additive total beside its own parts, and one figure cut in two ways. Two readings hold some
    // of the same events if they agree in content and cell wherever both name one: the one that
    // names less is the total, and if each names what the other lacks, the cuts cross.
    private func addTotals(
        _ readings: [Reading], to found: inout [ReadingViolation]
    ) -> Set<Int> {
        var parts: [Series: DayCover] = [:]
        var byCellAlone: [Metric: DayCover] = [:]
        for reading in readings where reading.metric.additivity.isAdditive {
            for whole in Series(reading).wholes { parts[whole, default: []].add(reading.period) }
            if reading.content == nil, reading.cell != nil {
                byCellAlone[reading.metric, default: []].add(reading.period)
            }
        }
        for key in parts.keys { parts[key]?.settle() }
        for key in byCellAlone.keys { byCellAlone[key]?.settle() }

        var totals: Set<Int> = []
        for (index, reading) in readings.enumerated() where reading.metric.additivity.isAdditive {
            if parts[Series(reading)]?.overlaps(reading.period) == true {
                totals.insert(index)
                found.append(
                    index, .totalBesideParts,
                    "\(reading.metric.code) is also given in parts for these days: leave the "
                        + "total out, the parts add to it.")
            } else if reading.content != nil, reading.cell == nil,
                byCellAlone[reading.metric]?.overlaps(reading.period) == true
            {
                found.append(
                    index, .mixedCuts,
                    "\(reading.metric.code) is cut by content here and by cell elsewhere for the "
                        + "same days: log one cut as a breakdown of its own.")
            }
        }
        return totals
    }
}

// The readings that would be one line in a chart.
private struct Series: Hashable {
    var metric: Metric
    var content: String?
    var cell: String?

    init(_ reading: Reading) {
        metric = reading.metric
        content = reading.content
        cell = reading.cell
    }

    private init(_ metric: Metric, _ content: String?, _ cell: String?) {
        self.metric = metric
        self.content = content
        self.cell = cell
    }

    // The series of which this one is a part.
    var wholes: [Series] {
        switch (content, cell) {
        case (nil, nil): []
        case (_?, nil), (nil, _?): [Series(metric, nil, nil)]
        case (_?, _?):
            [Series(metric, nil, nil), Series(metric, content, nil), Series(metric, nil, cell)]
        }
    }
}

// Days that are covered, as a list of periods that is put in order once before it is asked.
private struct DayCover: ExpressibleByArrayLiteral {
    private var periods: [Period] = []

    init(arrayLiteral elements: Period...) { periods = elements }

    mutating func add(_ period: Period) {
        // Parts mostly come with the days of the one before.
        if periods.last != period { periods.append(period) }
    }

    mutating func settle() {
        var merged: [Period] = []
        for period in periods.sorted(by: { $0.from < $1.from }) {
            if let last = merged.last, last.overlaps(period) {
                merged[merged.count - 1] = last.spanning(period)
            } else {
                merged.append(period)
            }
        }
        periods = merged
    }

    func overlaps(_ period: Period) -> Bool {
        // The last period that begins no later than `period` ends is the only one to look at.
        var (low, high) = (0, periods.count)
        while low < high {
            let middle = (low + high) / 2
            if periods[middle].from <= period.to { low = middle + 1 } else { high = middle }
        }
        return low > 0 && periods[low - 1].overlaps(period)
    }
}

extension [ReadingViolation] {
    fileprivate mutating func append(
        _ index: Int, _ code: ReadingViolation.Code, _ detail: @autoclosure () -> String,
        repeats: Int? = nil
    ) {
        append(ReadingViolation(index: index, code: code, detail: detail(), repeats: repeats))
    }
}
