// Rates, recomputed from their parts: never added, never averaged.

extension SummaryGroup {
    static func rates(
        _ inside: [RecordedFigure], _ uniques: [UniqueAnswer], totals: [MetricTotal]
    ) -> [RateAnswer] {
        [frequency(uniques, totals), ratio(.clickThroughRate, .linkClicks, .impressions, inside)]
            .compactMap { $0 }
    }

    /// Impressions over people: the more people, the lower.
    private static func frequency(
        _ uniques: [UniqueAnswer], _ totals: [MetricTotal]
    ) -> RateAnswer? {
        guard let impressions = totals.first(where: { $0.metric == .impressions })?.value,
            let reach = uniques.first(where: { $0.metric == .reach })?.range
        else { return nil }
        func over(_ people: Int64?) -> ExactDecimal? {
            guard let people, people > 0 else { return nil }
            return ExactDecimal.quotient(impressions, by: ExactDecimal(people))
        }
        return RateAnswer(
            metric: .frequency, lower: over(reach.upper), upper: over(reach.lower),
            numerator: impressions.plainText,
            denominator: "\(reach.lower.map(String.init) ?? "?")–\(reach.upper.map(String.init) ?? "?")")
    }

    /// One count over another, over just those campaigns and channels that have both: the others would only dilute it.
    private static func ratio(
        _ metric: Metric, _ over: Metric, _ under: Metric, _ rows: [RecordedFigure]
    ) -> RateAnswer? {
        struct Pair: Hashable {
            var campaign: Campaign.ID
            var channel: Channel
        }
        func sums(_ metric: Metric) -> [Pair: ExactDecimal] {
            var sums: [Pair: ExactDecimal] = [:]
            for row in rows where row.metric == metric && row.role == .primary {
                guard let total = row.total else { continue }
                let pair = Pair(campaign: row.campaign, channel: row.channel)
                sums[pair] = (try? (sums[pair] ?? .zero) + total) ?? sums[pair]
            }
            return sums
        }
        let numerators = sums(over)
        let denominators = sums(under).filter { numerators[$0.key] != nil }
        guard let numerator = try? numerators.filter({ denominators[$0.key] != nil }).map(\.value).total(),
            let denominator = try? denominators.map(\.value).total(), denominator > .zero,
            let value = ExactDecimal.quotient(numerator, by: denominator)
        else { return nil }
        return RateAnswer(
            metric: metric, lower: value, upper: value, numerator: numerator.plainText,
            denominator: denominator.plainText)
    }
}
