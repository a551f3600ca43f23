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

/// The totals of each campaign and channel, so that a rate is taken over just those that have both of its parts, each over
/// the same content and days: clicks of six advertisements over the impressions of forty-eight would be the rate of nothing.
private struct PairSums {
    private struct Pair: Hashable {
        var campaign: Campaign.ID
        var channel: Channel
    }

    private struct Sum {
        var value = ExactDecimal.zero
        /// From the first day to the last, and how many readings: two metrics of the same content and days agree in both.
        var days: Period?
        var readings = 0
        var isWhole = true
    }

    private var sums: [Metric: [Pair: Sum]] = [:]
    private var currencies: Set<Currency> = []
    private let channels: Int

    init(_ rows: [RecordedFigure]) {
        for row in rows where row.role == .primary {
            let pair = Pair(campaign: row.campaign, channel: row.channel)
            var sum = sums[row.metric]?[pair] ?? Sum()
            guard let total = row.total else {
                // Something of it is not known, so what is known is not all of it.
                if row.masked > 0, row.metric.additivity.isAdditive {
                    sum.isWhole = false
                    sums[row.metric, default: [:]][pair] = sum
                }
                continue
            }
            guard let value = try? sum.value + total else { continue }
            sum.value = value
            sum.days = sum.days?.spanning(row.period) ?? row.period
            sum.readings += row.readings
            sum.isWhole =
                sum.isWhole && row.totalQualifier == .exact && row.missing == 0 && row.masked == 0
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
        let both = Set(over.keys).intersection(under.keys).filter { pair in
            guard let over = over[pair], let under = under[pair] else { return false }
            return over.isWhole && under.isWhole && over.days == under.days
                && over.readings == under.readings
        }
        guard !both.isEmpty, let numerator = try? both.compactMap({ over[$0]?.value }).total(),
            let denominator = try? both.compactMap({ under[$0]?.value }).total(),
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
