// Readings sorted into their series, each in the order of its days: what repeats, overlaps or is a total
// of others then stands side by side.

/// The readings of a set by series and days.
struct SeriesOrder {
    private struct Entry: Comparable {
        var series: SeriesKey
        // First and last day as one number, so that one comparison orders both.
        var days: UInt64
        var index: Int32

        init(_ series: SeriesKey, _ period: Period, _ index: Int) {
            self.series = series
            days = Self.rank(period.from) << 32 | Self.rank(period.to)
            self.index = Int32(index)
        }

        private static func rank(_ day: Day) -> UInt64 {
            UInt64(UInt32(bitPattern: day.daysSince2000) ^ 0x8000_0000)
        }
        private static func day(_ rank: UInt64) -> Day {
            Day(unchecked: Int32(bitPattern: UInt32(truncatingIfNeeded: rank) ^ 0x8000_0000))
        }

        var from: Day { Self.day(days >> 32) }
        var to: Day { Self.day(days) }
        var period: Period { Period(from: from, to: to)! }

        static func < (left: Entry, right: Entry) -> Bool {
            if left.series != right.series { return left.series < right.series }
            if left.days != right.days { return left.days < right.days }
            return left.index < right.index
        }
    }

    private var entries: [Entry] = []

    init(_ readings: some RuledReadings) {
        entries.reserveCapacity(readings.count)
        var isSorted = true
        for index in 0..<readings.count {
            let entry = Entry(readings.series(at: index), readings.period(at: index), index)
            if isSorted, let last = entries.last, entry < last { isSorted = false }
            entries.append(entry)
        }
        if !isSorted { entries.sort() }
    }

    // The stretches of `entries` that are one series each.
    private func forEachSeries(_ body: (SeriesKey, Range<Int>) -> Void) {
        var start = 0
        while start < entries.count {
            let series = entries[start].series
            var end = start + 1
            while end < entries.count, entries[end].series == series { end += 1 }
            body(series, start..<end)
            start = end
        }
    }

    // MARK: Repeats

    /// The same figure twice, or an additive one over days that are counted already.
    func addRepeats(to found: inout [ReadingBreach]) {
        forEachSeries { series, range in
            guard range.count > 1 else { return }
            let isAdditive = series.metric.additivity.isAdditive
            // `last` reaches furthest of those seen; `first` begins a run of the same days, which
            // stand next to each other.
            var (last, first) = (entries[range.lowerBound], entries[range.lowerBound])
            for entry in entries[range.dropFirst()] {
                if entry.days == first.days {
                    found.add(Int(entry.index), .duplicateReading, other: first.index)
                } else {
                    if isAdditive, entry.from <= last.to {
                        found.add(Int(entry.index), .overlappingReadings, other: last.index)
                    }
                    first = entry
                }
                if entry.to > last.to { last = entry }
            }
        }
    }

    // MARK: Totals

    /// An additive total beside its own parts, and one figure cut in two ways. Two readings hold some
    /// of the same events if they agree in content and cell wherever both name one: the one that
    /// names less is the total, and if each names what the other lacks, the cuts cross.
    func addTotals(
        _ readings: some RuledReadings, to found: inout [ReadingBreach]
    ) -> Set<Int32> {
        let covers = covers()
        guard !covers.parts.isEmpty || !covers.byCellAlone.isEmpty else { return [] }
        var totals: Set<Int32> = []
        for entry in entries where entry.series.metric.additivity.isAdditive {
            if covers.parts[entry.series]?.overlaps(entry.period) == true {
                totals.insert(entry.index)
                found.add(Int(entry.index), .totalBesideParts)
            } else if entry.series.hasContent, !entry.series.hasCell,
                covers.byCellAlone[entry.series.metric]?.overlaps(entry.period) == true
            {
                found.add(Int(entry.index), .mixedCuts)
            }
        }
        return totals
    }

    // The days of the parts of every series that is there as a whole, and of the cuts by cell of every
    // metric that is cut by content too. Of most files that is nothing.
    private func covers() -> (parts: [SeriesKey: DayCover], byCellAlone: [Metric: DayCover]) {
        var wholes: Set<SeriesKey> = []
        var cutByContent: Set<Metric> = []
        forEachSeries { series, _ in
            guard series.metric.additivity.isAdditive else { return }
            if !(series.hasContent && series.hasCell) { wholes.insert(series) }
            if series.hasContent, !series.hasCell { cutByContent.insert(series.metric) }
        }
        var parts: [SeriesKey: DayCover] = [:]
        var byCellAlone: [Metric: DayCover] = [:]
        forEachSeries { series, range in
            guard series.metric.additivity.isAdditive else { return }
            for whole in series.wholes where wholes.contains(whole) {
                for entry in entries[range] { parts[whole, default: []].add(entry.period) }
            }
            if !series.hasContent, series.hasCell, cutByContent.contains(series.metric) {
                for entry in entries[range] {
                    byCellAlone[series.metric, default: []].add(entry.period)
                }
            }
        }
        for key in parts.keys { parts[key]?.settle() }
        for key in byCellAlone.keys { byCellAlone[key]?.settle() }
        return (parts, byCellAlone)
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
