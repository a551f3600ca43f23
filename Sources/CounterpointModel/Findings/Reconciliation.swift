// A breakdown is a second cut of a primary series, so what adds must add to the same.

extension ContradictionCheck {
    /// Breakdown sets whose counts, quantities or money add to something else than their primary,
    /// where the two are comparable: all of the primary's figures that overlap the breakdown's days
    /// lie inside them, both end on the same day, each figure of the one overlaps one of the other,
    /// and neither counts a day of a part twice. The breakdown may begin earlier within its first
    /// row: a report by month begins on the 1st, the ads on the 14th.
    static func breakdownsThatDoNotReconcile(_ readings: [PlacedReading]) -> [Finding] {
        let additive = readings.filter { $0.reading.metric.additivity.isAdditive }
        let series = Dictionary(grouping: additive) { Series($0) }
        return series.values.flatMap { readings -> [Finding] in
            let primary = readings.filter { $0.role == .primary }
            let breakdowns = Dictionary(grouping: readings.filter { $0.role == .breakdown }) {
                $0.set
            }
            return breakdowns.values.compactMap { difference(of: $0, from: primary) }
        }.sorted {
            ($0.first.set ?? 0, $0.first.metric?.code ?? "")
                < ($1.first.set ?? 0, $1.first.metric?.code ?? "")
        }
    }

    private struct Series: Hashable {
        var metric: Metric
        var campaign: Int
        var channel: Channel
        var currency: Currency?

        init(_ placed: PlacedReading) {
            metric = placed.reading.metric
            campaign = placed.campaign
            channel = placed.channel
            currency = placed.reading.currency
        }
    }

    private static func difference(
        of breakdown: [PlacedReading], from primary: [PlacedReading]
    ) -> Finding? {
        // A total row of the breakdown is not one of its parts.
        let cut = breakdown.filter { !$0.isOfWhole }
        guard let hull = hull(cut), let example = cut.first else { return nil }
        let whole = Dictionary(
            grouping: primary.filter { $0.reading.period.overlaps(hull) }, by: \.set
        ).values.flatMap(seriesThatAdds)
        guard let primaryHull = self.hull(whole), hull.contains(primaryHull),
            primaryHull.to == hull.to, isDisjoint(cut), setsAreDisjoint(whole),
            eachOverlaps(cut, whole), eachOverlaps(whole, cut)
        else { return nil }
        let first = FigureSum(cut)
        let second = FigureSum(whole)
        guard !first.mayEqual(second) else { return nil }
        return Finding(
            code: .breakdownDoesNotReconcile,
            first: FigureReference(
                metric: example.reading.metric, campaign: example.campaign,
                channel: example.channel, period: hull, set: example.set,
                readings: cut.map(\.id).sorted(), value: first.text),
            second: FigureReference(
                metric: example.reading.metric, campaign: example.campaign,
                channel: example.channel, period: primaryHull,
                set: Set(whole.map(\.set)).count == 1 ? whole[0].set : nil,
                readings: whole.map(\.id).sorted(), value: second.text),
            detail: "The breakdown's \(example.reading.metric.code) add to \(first.text), those of "
                + "its primary to \(second.text): two cuts of the same figures add to the same.")
    }

    /// Of one primary set, the figures that add: those of the whole where it has them, else its
    /// parts.
    private static func seriesThatAdds(_ set: [PlacedReading]) -> [PlacedReading] {
        let whole = set.filter(\.isOfWhole)
        return whole.isEmpty ? set : whole
    }

    private static func hull(_ readings: [PlacedReading]) -> Period? {
        guard let first = readings.first else { return nil }
        return readings.reduce(first.reading.period) { $0.spanning($1.reading.period) }
    }

    /// Whether no day of a part is counted twice, and no part contains another.
    private static func isDisjoint(_ readings: [PlacedReading]) -> Bool {
        let kinds = Set(
            readings.map { [$0.reading.content != nil, $0.reading.cell != nil] })
        guard kinds.count == 1 else { return false }
        let parts = Dictionary(grouping: readings) {
            SetPart(content: $0.reading.content, cell: $0.reading.cell)
        }
        return parts.values.allSatisfy { part in
            let periods = part.map(\.reading.period).sorted { $0.from < $1.from }
            return zip(periods, periods.dropFirst()).allSatisfy { !$0.overlaps($1) }
        }
    }

    /// Whether each set adds by itself and no two have days in common.
    private static func setsAreDisjoint(_ readings: [PlacedReading]) -> Bool {
        let sets = Dictionary(grouping: readings, by: \.set).values
        let days = sets.map { set in DaySet(set.map { DaySpan($0.reading.period) }) }
        let together = DaySet(days.flatMap(\.spans))
        return sets.allSatisfy(isDisjoint)
            && days.map(\.dayCount).reduce(0, +) == together.dayCount
    }

    private static func eachOverlaps(_ some: [PlacedReading], _ others: [PlacedReading]) -> Bool {
        let days = DaySet(others.map { DaySpan($0.reading.period) })
        return some.allSatisfy { days.overlaps(DaySpan($0.reading.period)) }
    }
}

extension PlacedReading {
    var isOfWhole: Bool { reading.content == nil && reading.cell == nil }
}
