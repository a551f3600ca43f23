// Metrics and figures whose additivity the compiler knows.

/// A metric known to be of one kind.
public struct TypedMetric<Kind: MetricKind>: Hashable, Sendable {
    public let metric: Metric

    /// The metric, or nil if it is of another kind.
    public init?(_ metric: Metric) {
        guard metric.additivity == Kind.additivity else { return nil }
        self.metric = metric
    }

    public var code: String { metric.code }

    /// Every metric of the kind, in the order of the catalogue.
    public static var all: [TypedMetric] { Metric.allCases.compactMap { TypedMetric($0) } }
}

extension Metric {
    public typealias Count = TypedMetric<CountKind>
    public typealias ChannelCount = TypedMetric<ChannelCountKind>
    public typealias Quantity = TypedMetric<QuantityKind>
    public typealias Unique = TypedMetric<UniqueKind>
    public typealias Stock = TypedMetric<StockKind>
    public typealias Rate = TypedMetric<RateKind>
    public typealias Money = TypedMetric<MoneyKind>
}

/// A metric's value whose additivity the compiler knows. Only figures of an `AdditiveKind` have a
/// `+`.
public struct Figure<Kind: MetricKind>: Hashable, Sendable {
    public let metric: TypedMetric<Kind>
    public let value: Kind.Value

    public init(_ metric: TypedMetric<Kind>, _ value: Kind.Value) {
        self.metric = metric
        self.value = value
    }
}

public typealias CountFigure = Figure<CountKind>
public typealias ChannelCountFigure = Figure<ChannelCountKind>
public typealias QuantityFigure = Figure<QuantityKind>
public typealias UniqueFigure = Figure<UniqueKind>
public typealias StockFigure = Figure<StockKind>
public typealias RateFigure = Figure<RateKind>
public typealias MoneyFigure = Figure<MoneyKind>

extension Figure where Kind: AdditiveKind {
    /// The exact sum of two figures of one metric; throws `FigureFault`.
    public static func + (left: Figure, right: Figure) throws(FigureFault) -> Figure {
        guard left.metric == right.metric else { throw .metricMismatch }
        return Figure(left.metric, try Kind.sum(left.value, right.value))
    }
}

extension Sequence {
    /// The exact sum of figures of one metric, nil of none; throws `FigureFault`.
    public func total<Kind: AdditiveKind>() throws(FigureFault) -> Figure<Kind>?
    where Element == Figure<Kind> {
        var sum: Figure<Kind>?
        for figure in self { sum = if let sum { try sum + figure } else { figure } }
        return sum
    }
}

extension Sequence<StockFigure> {
    /// The level of the latest day, nil of none; of several on one day the largest, so that order
    /// does not matter. The figures must be of one metric, channel and account: levels of different
    /// accounts do not replace each other.
    public func latest() -> StockFigure? {
        self.max { ($0.value.on, $0.value.level) < ($1.value.on, $1.value.level) }
    }
}
