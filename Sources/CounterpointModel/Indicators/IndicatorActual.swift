// What an indicator actually came to: read off a summary of accepted results, so that there is one calculation.

/// The actual figure of a metric: one number, or the range in which it lies.
public struct IndicatorActual: Sendable, Hashable {
    /// Nil: nothing is known from below.
    public var lower: ExactDecimal?
    /// Nil: nothing is known from above.
    public var upper: ExactDecimal?
    /// One number, every reading of it exact.
    public var exact: Bool
    /// How it was found: `added`, `latest`, `recomputed`, or the method of a range of people.
    public var method: String?
    /// Of a rate: what it was recomputed from.
    public var numerator: ExactDecimal?
    public var denominatorLower: ExactDecimal?
    public var denominatorUpper: ExactDecimal?
    public var readings: Int
    /// Readings that have a place and no figure, that are masked, and that stick out of the days asked for.
    public var missing: Int
    public var masked: Int
    public var straddling: Int
    /// Of a level: the day it is of.
    public var on: Day?
    public var currency: Currency?
    /// The sets behind the figures of the campaign in that scope.
    public var sets: [ResultSet.ID]

    private init(unknownIn group: SummaryGroup?, _ metric: Metric) {
        exact = false
        readings = 0
        missing = 0
        masked = 0
        straddling =
            group?.straddling.filter { $0.metric == metric }.reduce(0) { $0 + $1.readings } ?? 0
        sets = group?.sets ?? []
    }

    /// What the group of a summary says of the metric; `group` is nil where nothing is on record.
    public init(of metric: Metric, in currency: Currency?, from group: SummaryGroup?) {
        self.init(unknownIn: group, metric)
        guard let group else { return }
        switch metric.additivity {
        case .count: take(group.counts.first { $0.metric == metric })
        case .quantity: take(group.quantities.first { $0.metric == metric })
        case .countPerChannel:
            // One channel was asked for.
            let totals = group.countsByChannel.filter { $0.total.metric == metric }
            take(totals.count == 1 ? totals[0].total : nil)
        case .money: takeMoney(group, metric, currency)
        case .unique: takePeople(group.uniques.first { $0.metric == metric })
        case .stock: takeLevel(group.stocks.filter { $0.metric == metric })
        case .rate: takeRate(group.rates.first { $0.metric == metric })
        }
    }

    private mutating func take(_ total: SummaryGroup.MetricTotal?) {
        guard let total else { return }
        method = "added"
        readings = total.readings
        missing = total.missing
        masked = total.masked
        setEnds(total.value, total.qualifier, canBeNegative: total.metric.mayBeNegative)
    }

    private mutating func takeMoney(
        _ group: SummaryGroup, _ metric: Metric, _ currency: Currency?
    ) {
        let amounts = group.money.filter {
            $0.metric == metric && (currency == nil || $0.amount.currency == currency)
        }
        // Amounts in several currencies are no one figure.
        guard amounts.count == 1, let value = ExactDecimal(amounts[0].amount.text) else { return }
        method = "added"
        self.currency = amounts[0].amount.currency
        setEnds(value, amounts[0].qualifier, canBeNegative: false)
    }

    /// The ends of a sum: a masked part is 0 to 4, a missing or left-out one anything above zero.
    private mutating func setEnds(
        _ value: ExactDecimal, _ qualifier: Qualifier, canBeNegative: Bool
    ) {
        lower = qualifier == .atMost ? (canBeNegative ? nil : .zero) : value
        upper = qualifier == .atLeast ? nil : value
        if masked > 0, let most = upper {
            let hidden = try? ExactDecimal(ReadingState.maskedMaximum).multiplied(by: Int64(masked))
            upper = hidden.flatMap { try? most + $0 }
        }
        if missing + straddling > 0 {
            upper = nil
            if canBeNegative { lower = nil }
        }
        exact = qualifier == .exact && lower == upper
    }

    private mutating func takePeople(_ answer: SummaryGroup.UniqueAnswer?) {
        guard let answer else { return }
        method = answer.range.method.rawValue
        readings = answer.readings
        lower = answer.range.lower.map { ExactDecimal($0) }
        upper = answer.range.upper.map { ExactDecimal($0) }
        exact = answer.range.exact
    }

    private mutating func takeLevel(_ answers: [SummaryGroup.StockAnswer]) {
        guard answers.count == 1, let answer = answers.first else { return }
        method = "latest"
        readings = 1
        lower = answer.value
        upper = answer.value
        on = answer.on
        exact = true
    }

    private mutating func takeRate(_ answer: SummaryGroup.RateAnswer?) {
        guard let answer else { return }
        method = "recomputed"
        lower = answer.lower
        upper = answer.upper
        numerator = answer.numerator
        denominatorLower = answer.denominatorLower
        denominatorUpper = answer.denominatorUpper
        currency = answer.currency
        exact = answer.lower != nil && answer.lower == answer.upper
    }
}

/// How far an indicator got: as a fraction of the way from the baseline to the target, each end with its numerator and
/// denominator, never as a bare percentage.
public struct IndicatorProgress: Sendable, Hashable {
    public struct Fraction: Sendable, Hashable {
        public var numerator: ExactDecimal
        /// Above zero.
        public var denominator: ExactDecimal
    }

    /// Whether the target was reached, as far as that is certain.
    public enum Reached: String, CaseIterable, Sendable { case yes, no, unknown }

    /// Why there is no fraction.
    public enum Gap: String, CaseIterable, Sendable {
        case noBaseline, noTarget, noActual
        /// Nothing lies between them: there is no way to go, only a level to keep.
        case targetIsBaseline
    }

    /// The least and the most of the way that was gone; nil: that end is open.
    public var lower: Fraction?
    public var upper: Fraction?
    public var reached: Reached
    public var gap: Gap?

    /// Of a figure; nil for an indicator in words.
    public init?(_ terms: IndicatorTerms, _ actual: IndicatorActual) {
        guard terms.metric != nil else { return nil }
        let isUp = terms.direction == .ascending
        let (worst, best) = isUp ? (actual.lower, actual.upper) : (actual.upper, actual.lower)
        reached = .unknown
        if let target = terms.target.value {
            if let worst, isUp ? worst >= target : worst <= target {
                reached = .yes
            } else if let best, isUp ? best < target : best > target {
                reached = .no
            }
        }
        gap = Self.gap(terms, actual)
        guard gap == nil, let target = terms.target.value, let baseline = terms.baseline.value
        else { return }
        func fraction(_ end: ExactDecimal?) -> Fraction? {
            guard let end, let way = try? target - baseline, let gone = try? end - baseline else {
                return nil
            }
            return isUp
                ? Fraction(numerator: gone, denominator: way)
                : Fraction(numerator: -gone, denominator: -way)
        }
        lower = fraction(worst)
        upper = fraction(best)
    }

    private static func gap(_ terms: IndicatorTerms, _ actual: IndicatorActual) -> Gap? {
        if terms.target.value == nil { return .noTarget }
        if terms.baseline.value == nil { return .noBaseline }
        if actual.lower == nil, actual.upper == nil { return .noActual }
        return terms.target.value == terms.baseline.value ? .targetIsBaseline : nil
    }
}

/// An indicator with what it came to.
public struct IndicatorReport: Sendable {
    public var indicator: Indicator
    /// Nil for an indicator in words.
    public var actual: IndicatorActual?

    public init(_ indicator: Indicator, actual: IndicatorActual?) {
        self.indicator = indicator
        self.actual = actual
    }

    public var progress: IndicatorProgress? {
        actual.flatMap { IndicatorProgress(indicator.terms, $0) }
    }

    public var document: JSONValue {
        guard case .object(var object) = indicator.document else { return .null }
        if let actual { object["actual"] = document(of: actual) }
        object["progress"] = progress.map(document(of:)) ?? .null
        return .object(object)
    }

    private func document(of actual: IndicatorActual) -> JSONValue {
        var terms = indicator.terms
        terms.currency = terms.currency ?? actual.currency
        var object: JSONObject = [
            "lower": actual.lower.map { terms.document(of: $0) } ?? .null,
            "upper": actual.upper.map { terms.document(of: $0) } ?? .null,
            "exact": .bool(actual.exact), "method": .string(orNull: actual.method),
            "readings": .integer(Int64(actual.readings)),
            "missing": .integer(Int64(actual.missing)), "masked": .integer(Int64(actual.masked)),
            "straddling": .integer(Int64(actual.straddling)), "on": .text(actual.on),
        ]
        if let numerator = actual.numerator {
            object["numerator"] = .string(numerator.plainText)
            object["denominator"] = [
                "lower": .string(orNull: actual.denominatorLower?.plainText),
                "upper": .string(orNull: actual.denominatorUpper?.plainText),
            ]
        }
        object["resultSets"] = .texts(actual.sets)
        return .object(object)
    }

    private func document(of progress: IndicatorProgress) -> JSONValue {
        func document(_ fraction: IndicatorProgress.Fraction?) -> JSONValue {
            fraction.map {
                [
                    "numerator": .string($0.numerator.plainText),
                    "denominator": .string($0.denominator.plainText),
                ]
            } ?? .null
        }
        return [
            "lower": document(progress.lower), "upper": document(progress.upper),
            "reached": .string(progress.reached.rawValue),
            "gap": .string(orNull: progress.gap?.rawValue),
        ]
    }
}
