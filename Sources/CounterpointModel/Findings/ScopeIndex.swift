// Finds the figure of a scope that contains another's: for each reading, the tightest whole that it
// is a part of.

/// A cell of a breakdown. The name alone is not enough: Georgia is a country in one cut and a region
/// in another.
struct Cell: Hashable {
    var name: String
    var breakdown: Breakdown

    /// The cell that a reading is of; nil: it is of all.
    init?(_ placed: PlacedReading) {
        guard let name = placed.reading.cell else { return nil }
        self.name = name
        breakdown = placed.breakdown
    }
}

struct ScopeIndex {
    private struct Key: Hashable {
        var metric: Metric
        var campaign: Int
        var channel: Channel
        var content: String?
        var cell: Cell?
        var currency: Currency?
    }

    /// The figures of one key that bound from above. Kept small and in order, so that a year of
    /// daily rows is searched and not walked for each of its own rows.
    private struct Column {
        var rows: [(period: Period, most: ExactDecimal, place: Int)]
        /// For each row, the latest end of those up to it.
        var latestEnds: [Day]
    }

    private let readings: [PlacedReading]
    private let columns: [Key: Column]

    /// Indexes readings that are in the order of their ids.
    init(_ readings: [PlacedReading]) {
        var columns: [Key: Column] = [:]
        for (place, placed) in readings.enumerated() {
            guard let most = placed.reading.most else { continue }
            let key = Key(
                metric: placed.reading.metric, campaign: placed.campaign, channel: placed.channel,
                content: placed.reading.content, cell: Cell(placed),
                currency: placed.reading.currency)
            columns[key, default: Column(rows: [], latestEnds: [])].rows.append(
                (placed.reading.period, most, place))
        }
        self.readings = readings
        self.columns = columns.mapValues { column in
            let rows = column.rows.sorted {
                ($0.period.from, $0.place) < ($1.period.from, $1.place)
            }
            var latest = Day.first
            return Column(
                rows: rows,
                latestEnds: rows.map { row in
                    latest = max(latest, row.period.to)
                    return latest
                })
        }
    }

    /// The smallest figure of `metric` whose scope contains that of `part`; with `orEqual` it may
    /// be the same scope. Of several as small, the one with the first id.
    func tightest(
        _ metric: Metric, containing part: PlacedReading, orEqual: Bool
    ) -> PlacedReading? {
        var best: (most: ExactDecimal, place: Int)?
        let contents = part.reading.content.map { [$0, nil] } ?? [nil]
        let cells = Cell(part).map { [$0, nil] } ?? [nil]
        for channel in channels(around: part.channel, metric) {
            for content in contents {
                for cell in cells {
                    let key = Key(
                        metric: metric, campaign: part.campaign, channel: channel,
                        content: content, cell: cell,
                        currency: metric.additivity == .money ? part.reading.currency : nil)
                    let isSameBesidesDays =
                        channel == part.channel && content == part.reading.content
                        && cell == Cell(part)
                    search(key, part.reading.period, orEqual || !isSameBesidesDays, &best)
                }
            }
        }
        return best.map { readings[$0.place] }
    }

    private func search(
        _ key: Key, _ period: Period, _ orEqual: Bool,
        _ best: inout (most: ExactDecimal, place: Int)?
    ) {
        guard let column = columns[key] else { return }
        let first = column.latestEnds.partitioningIndex { $0 >= period.to }
        let last = column.rows.partitioningIndex { $0.period.from > period.from }
        guard first < last else { return }
        for row in column.rows[first..<last] {
            guard row.period.contains(period), orEqual || row.period != period else { continue }
            if let best, (best.most, best.place) <= (row.most, row.place) { continue }
            best = (row.most, row.place)
        }
    }

    /// Counts that a platform defines in its own way are not compared between a channel and the one
    /// around it.
    private func channels(around channel: Channel, _ metric: Metric) -> [Channel] {
        guard let whole = channel.whole,
            metric.additivity == .count || metric.additivity == .unique
        else { return [channel] }
        return [channel, whole]
    }
}
