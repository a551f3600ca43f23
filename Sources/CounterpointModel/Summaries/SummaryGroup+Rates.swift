// Rates of a group, each computed anew from the group's own counts: never added, never averaged.

extension SummaryGroup {
    static func rates(
        _ inside: [RecordedFigure], _ uniques: [UniqueAnswer], totals: [MetricTotal]
    ) -> [RateAnswer] {
        let sums = PairSums(inside)
        return Metric.Rate.all.compactMap { rate in
            if rate.metric == .frequency { return frequency(uniques, totals) }
            return sums.rate(rate)
        }
    }

    /// Impressions over people: the more people, the lower.
    private static func frequency(_ uniques: [UniqueAnswer], _ totals: [MetricTotal]) -> RateAnswer?
    {
        guard
            let impressions = totals.first(where: { $0.metric == .impressions })?.value.wholeNumber,
            let reach = uniques.first(where: { $0.metric == .reach })?.range
        else { return nil }
        return RateRange(frequencyOf: impressions, reach: reach).map {
            RateAnswer($0, currency: nil)
        }
    }
}

/// The totals of each campaign and channel, so that a rate is taken over just those that have both of its parts: the
/// others would only dilute it.
private struct PairSums {
    private struct Pair: Hashable {
        var campaign: Campaign.ID
        var channel: Channel
    }

    private var sums: [Metric: [Pair: ExactDecimal]] = [:]
    private var currencies: Set<Currency> = []
    private let channels: Int

    init(_ rows: [RecordedFigure]) {
        for row in rows where row.role == .primary {
            guard let total = row.total, row.totalQualifier == .exact else { continue }
            let pair = Pair(campaign: row.campaign, channel: row.channel)
            let known = sums[row.metric]?[pair] ?? .zero
            guard let sum = try? known + total else { continue }
            sums[row.metric, default: [:]][pair] = sum
            if row.metric == .spend, let currency = row.currency { currencies.insert(currency) }
        }
        channels = Set(rows.map(\.channel)).count
    }

    func rate(_ rate: Metric.Rate) -> SummaryGroup.RateAnswer? {
        let parts = rate.parts
        // What each platform counts in its own way is comparable within one channel only; money within one currency.
        if rate.isPerChannel, channels > 1 { return nil }
        let isMoney = parts.numerator == .spend
        if isMoney, currencies.count != 1 { return nil }
        guard let over = sums[parts.numerator], let under = sums[parts.denominator] else {
            return nil
        }
        let both = Set(over.keys).intersection(under.keys)
        guard !both.isEmpty, let numerator = try? both.compactMap({ over[$0] }).total(),
            let denominator = try? both.compactMap({ under[$0] }).total(),
            let range = RateRange(rate, numerator: numerator, denominator: denominator)
        else { return nil }
        return SummaryGroup.RateAnswer(range, currency: isMoney ? currencies.first : nil)
    }
}

extension SummaryGroup.RateAnswer {
    init(_ range: RateRange, currency: Currency?) {
        self.init(
            metric: range.metric.metric, lower: range.lower, upper: range.upper,
            numerator: range.numerator,
            denominatorLower: range.denominatorLower, denominatorUpper: range.denominatorUpper,
            currency: currency)
    }
}
