// Additivity as types: what may be added has a `+`, and what may not has none, so that summing a
// unique does not compile.

/// What the compiler knows of a metric's additivity.
public protocol MetricKind: Sendable {
    /// A figure's value.
    associatedtype Value: Hashable & Sendable
    static var additivity: Metric.Additivity { get }
}

/// A kind whose figures add.
public protocol AdditiveKind: MetricKind {
    /// The exact sum; throws `FigureFault`.
    static func sum(_ left: Value, _ right: Value) throws(FigureFault) -> Value
}

/// Why two figures do not add, although figures of their kind may.
public enum FigureFault: Error, Hashable, Sendable {
    /// They are of different metrics.
    case metricMismatch
    /// Each platform defines this count in its own way, and the two are of different channels.
    case channelMismatch
    /// Money of two currencies.
    case currencyMismatch
    /// The sum passes 64 bits (counts) or 10^30 (decimals).
    case overflow
}

/// Events that mean the same everywhere.
public enum CountKind: AdditiveKind {
    public typealias Value = Int64
    public static let additivity = Metric.Additivity.count

    public static func sum(_ left: Int64, _ right: Int64) throws(FigureFault) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw .overflow }
        return sum
    }
}

/// Events as one platform counts them.
public enum ChannelCountKind: AdditiveKind {
    public static let additivity = Metric.Additivity.countPerChannel

    /// A count together with whose count it is.
    public struct Value: Hashable, Sendable {
        public let channel: Channel
        public let count: Int64

        public init(_ count: Int64, _ channel: Channel) {
            self.count = count
            self.channel = channel
        }
    }

    public static func sum(_ left: Value, _ right: Value) throws(FigureFault) -> Value {
        guard left.channel == right.channel else { throw .channelMismatch }
        return Value(try CountKind.sum(left.count, right.count), left.channel)
    }
}

/// Amounts with decimals that add like counts.
public enum QuantityKind: AdditiveKind {
    public typealias Value = ExactDecimal
    public static let additivity = Metric.Additivity.quantity

    public static func sum(
        _ left: ExactDecimal, _ right: ExactDecimal
    ) throws(FigureFault) -> ExactDecimal {
        do { return try left + right } catch { throw .overflow }
    }
}

/// Money at the platform's full precision; it becomes `Money` once, after adding.
public enum MoneyKind: AdditiveKind {
    public static let additivity = Metric.Additivity.money

    /// An amount that is not rounded to minor units yet.
    public struct Value: Hashable, Sendable {
        public let amount: ExactDecimal
        public let currency: Currency

        public init(_ amount: ExactDecimal, _ currency: Currency) {
            self.amount = amount
            self.currency = currency
        }

        /// The amount rounded to whole minor units; only ever of a finished sum. Throws
        /// `Money.Fault.tooLarge`.
        public func rounded() throws(Money.Fault) -> Money {
            try Money(rounding: amount, currency)
        }
    }

    public static func sum(_ left: Value, _ right: Value) throws(FigureFault) -> Value {
        guard left.currency == right.currency else { throw .currencyMismatch }
        return Value(try QuantityKind.sum(left.amount, right.amount), left.currency)
    }
}

/// Distinct people or accounts. Two such figures have no sum; `ReachRange` says what can be said of
/// them together.
public enum UniqueKind: MetricKind {
    public typealias Value = Int64
    public static let additivity = Metric.Additivity.unique
}

/// A level on a day. Of several the latest stands.
public enum StockKind: MetricKind {
    public static let additivity = Metric.Additivity.stock

    /// A level together with the last day of its period.
    public struct Value: Hashable, Sendable {
        public let level: Int64
        public let on: Day

        public init(_ level: Int64, on day: Day) {
            self.level = level
            self.on = day
        }
    }
}

/// A rate as stated. It is never aggregated: `Rates` computes one anew from its parts.
public enum RateKind: MetricKind {
    public typealias Value = ExactDecimal
    public static let additivity = Metric.Additivity.rate
}
