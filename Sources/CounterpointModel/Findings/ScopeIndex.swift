// Finds the figure of a scope that contains another's: for each reading, the tightest whole that it is a part of.

struct ScopeIndex {
    private struct Key: Hashable {
        var metric: Metric
        var campaign: Int
        var channel: Channel
        var content: String?
        var cell: String?
        var currency: Currency?
    }

    /// By scope without its days: the figures that bound from above, by first day.
    private let byKey: [Key: [PlacedReading]]

    init(_ readings: [PlacedReading]) {
        let bounding = readings.filter { $0.reading.most != nil }
        byKey = Dictionary(grouping: bounding) {
            Key(
                metric: $0.reading.metric, campaign: $0.campaign, channel: $0.channel,
                content: $0.reading.content, cell: $0.reading.cell,
                currency: $0.reading.currency)
        }.mapValues { $0.sorted { $0.reading.period.from < $1.reading.period.from } }
    }

    /// The smallest figure of `metric` whose scope contains that of `part`; with `orEqual` it may be the same scope.
    func tightest(
        _ metric: Metric, containing part: PlacedReading, orEqual: Bool
    ) -> PlacedReading? {
        var best: PlacedReading?
        for content in Set([part.reading.content, nil]) {
            for cell in Set([part.reading.cell, nil]) {
                for channel in channels(around: part.channel, metric) {
                    let key = Key(
                        metric: metric, campaign: part.campaign, channel: channel,
                        content: content, cell: cell,
                        currency: metric.additivity == .money ? part.reading.currency : nil)
                    for whole in byKey[key] ?? [] {
                        if whole.reading.period.from > part.reading.period.from { break }
                        guard whole.reading.period.contains(part.reading.period),
                            orEqual || !hasSameScope(whole, part)
                        else { continue }
                        best = tighter(best, whole)
                    }
                }
            }
        }
        return best
    }

    /// Counts that a platform defines in its own way are not compared between a channel and the one around it.
    private func channels(around channel: Channel, _ metric: Metric) -> [Channel] {
        guard let whole = channel.whole,
            metric.additivity == .count || metric.additivity == .unique
        else { return [channel] }
        return [channel, whole]
    }

    private func hasSameScope(_ one: PlacedReading, _ other: PlacedReading) -> Bool {
        one.channel == other.channel && one.reading.period == other.reading.period
            && one.reading.content == other.reading.content
            && one.reading.cell == other.reading.cell
    }

    private func tighter(_ one: PlacedReading?, _ other: PlacedReading) -> PlacedReading {
        guard let one, let left = one.reading.most, let right = other.reading.most else {
            return one ?? other
        }
        return left != right ? (left < right ? one : other) : (one.id < other.id ? one : other)
    }
}
