// Which values each kind of metric takes, the same for JSON and CSV.

/// A value that a metric does not take: the code and what to do.
public struct ValueFault: Error, Sendable, Hashable {
    public var code: String
    public var detail: String
}

extension Metric {
    /// What keeps a number from being a value of the metric; nil if nothing does.
    public func fault(of value: ExactDecimal) -> ValueFault? {
        ReadingValue.fault(of: value, for: self)
    }
}

enum ReadingValue {
    // 10^12: the most watched video there is has some 1.6 × 10^10 views, and nine million readings
    // of this size still add in 64 bits (9.2 × 10^18).
    static let wholeMax = ExactDecimal(1_000_000_000_000)
    // Decimals end at 10^15, as amounts of money do; a million of them add to 10^21, far below
    // the 10^30 of ExactDecimal.
    static let decimalMax = ExactDecimal(1_000_000_000_000_000)

    /// The value of `metric` written as `text`, which must be plain decimal digits.
    static func parse(_ text: String, for metric: Metric) throws(ValueFault) -> ExactDecimal {
        guard let value = ExactDecimal(text) else {
            throw ValueFault(
                code: metric.additivity.isWhole ? "notAWholeNumber" : "notANumber",
                detail: metric.additivity.isWhole
                    ? "Write \(metric.code) in digits alone, without separators."
                    : "Write \(metric.code) as in 12.5, without separators, with at most 8 decimals."
            )
        }
        if let fault = fault(of: value, for: metric) { throw fault }
        return value
    }

    /// What keeps `value` from being one of `metric`; nil if nothing does.
    static func fault(of value: ExactDecimal, for metric: Metric) -> ValueFault? {
        if metric.additivity.isWhole, value.wholeNumber == nil {
            return ValueFault(
                code: "notAWholeNumber", detail: "\(metric.code) is counted in whole numbers.")
        }
        if value.isNegative, !metric.mayBeNegative {
            return ValueFault(code: "outOfRange", detail: "\(metric.code) cannot be below zero.")
        }
        let most = metric.additivity.isWhole ? wholeMax : decimalMax
        guard value.magnitude <= most else {
            return ValueFault(code: "outOfRange", detail: "At most \(most) is taken.")
        }
        return nil
    }

    /// The value as answers show it: whole metrics as JSON integers, others as decimal strings,
    /// money with its currency.
    static func document(of reading: Reading) -> JSONValue {
        guard reading.state == .value, let value = reading.value else { return .null }
        if reading.metric.additivity.isWhole, let whole = value.wholeNumber {
            return .integer(whole)
        }
        guard let currency = reading.currency else { return .string(value.plainText) }
        // As many decimals as the platform gave, and at least those of the currency.
        let short = value.text(scale: currency.minorUnitDigits)
        let amount = ExactDecimal(short) == value ? short : value.plainText
        return ["amount": .string(amount), "currency": .string(currency.code)]
    }
}
