// Rates computed anew from their parts. A rate that a source states without its parts is kept as
// stated and never aggregated: the mean of two rates is the rate of nothing.

extension Metric.Rate {
    /// What the rate is made of: `numerator × factor ÷ denominator`. Each has parts in the
    /// catalogue.
    public var parts: (numerator: Metric, factor: Int64, denominator: Metric) {
        switch metric {
        case .frequency: (.impressions, 1, .reach)
        case .clickThroughRate: (.linkClicks, 1, .impressions)
        case .completionRate: (.videoPlays100, 1, .videoPlays25)
        case .engagementRate: (.engagements, 1, .impressions)
        case .averageViewSeconds: (.watchTimeMinutes, 60, .views)
        default: (.spend, 1000, .impressions)
        }
    }

    /// Whether a part is a count that each platform defines in its own way, so that the rate exists
    /// within one channel only.
    public var isPerChannel: Bool {
        parts.numerator.additivity == .countPerChannel
            || parts.denominator.additivity == .countPerChannel
    }
}

/// A rate between two ends, with 8 decimals. Both parts must be over the same scope, and money in
/// one currency.
public struct RateRange: Hashable, Sendable {
    public let metric: Metric.Rate
    public let numerator: ExactDecimal
    public let denominatorLower: ExactDecimal?
    public let denominatorUpper: ExactDecimal?
    /// Nil if the denominator is open above.
    public let lower: ExactDecimal?
    /// Nil if the denominator may be zero.
    public let upper: ExactDecimal?

    /// The rate of two known totals; nil if the denominator is not above zero or the numerator is
    /// below it.
    public init?(
        _ metric: Metric.Rate, numerator: ExactDecimal, denominator: ExactDecimal
    ) {
        guard denominator > .zero else { return nil }
        self.init(metric, numerator: numerator, between: denominator, and: denominator)
    }

    /// Impressions for each account reached: `impressions` must be those of the scope that `reach`
    /// is over. Nil if both ends of the reach are open, or it is none.
    public init?(frequencyOf impressions: Int64, reach: ReachRange) {
        guard let metric = Metric.Rate(.frequency) else { return nil }
        self.init(
            metric, numerator: ExactDecimal(impressions),
            between: reach.lower.map { ExactDecimal($0) },
            and: reach.upper.map { ExactDecimal($0) })
    }

    // Both ends are rounded alike, so that a rate of known totals is one number and not two beside
    // each other.
    private init?(
        _ metric: Metric.Rate, numerator: ExactDecimal, between least: ExactDecimal?,
        and most: ExactDecimal?
    ) {
        guard !numerator.isNegative,
            let scaled = try? numerator.multiplied(by: metric.parts.factor)
        else { return nil }
        let lower = most.flatMap { ExactDecimal.quotient(scaled, by: $0) }
        let upper = least.flatMap { ExactDecimal.quotient(scaled, by: $0) }
        guard lower != nil || upper != nil else { return nil }
        self.metric = metric
        self.numerator = numerator
        self.denominatorLower = least
        self.denominatorUpper = most
        self.lower = lower
        self.upper = upper
    }

    /// The lower end with all 8 decimals, `2.60887905`.
    public var lowerText: String? { lower?.text(scale: ExactDecimal.fractionDigits) }

    /// The upper end with all 8 decimals.
    public var upperText: String? { upper?.text(scale: ExactDecimal.fractionDigits) }
}
