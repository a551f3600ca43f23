// Which values each kind of metric takes, the same for JSON and CSV.

/// A value that a metric does not take: the code and what to do.
struct ValueFault: Error {
    var code: String
    var detail: String
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
        if metric.additivity.isWhole, value.wholeNumber == nil {
            throw ValueFault(
                code: "notAWholeNumber", detail: "\(metric.code) is counted in whole numbers.")
        }
        if value.isNegative, !metric.mayBeNegative {
            throw ValueFault(code: "outOfRange", detail: "\(metric.code) cannot be below zero.")
        }
        let most = metric.additivity.isWhole ? wholeMax : decimalMax
        guard value.magnitude <= most else {
            throw ValueFault(code: "outOfRange", detail: "At most \(most) is taken.")
        }
        return value
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
