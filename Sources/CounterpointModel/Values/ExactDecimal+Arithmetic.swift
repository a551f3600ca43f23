// Adding, dividing, rounding and writing exact decimals.

extension ExactDecimal {
    /// The exact sum; throws `Overflow` if it passes 10^30.
    public static func + (
        left: ExactDecimal, right: ExactDecimal
    ) throws(Overflow) -> ExactDecimal {
        // Both counts lie below 10^38, and Int128 ends at 1.7 × 10^38: the sum itself may overflow.
        let (sum, overflow) = left.hundredMillionths.addingReportingOverflow(
            right.hundredMillionths)
        guard !overflow else { throw Overflow() }
        return try ExactDecimal(checked: sum)
    }

    /// The exact difference; throws `Overflow` if it passes 10^30.
    public static func - (
        left: ExactDecimal, right: ExactDecimal
    ) throws(Overflow) -> ExactDecimal {
        try left + -right
    }

    /// The same number with the other sign; the bounds are symmetrical, so this cannot fail.
    public static prefix func - (value: ExactDecimal) -> ExactDecimal {
        ExactDecimal(negating: value)
    }

    /// The exact product with a whole number; throws `Overflow` if it passes 10^30.
    public func multiplied(by factor: Int64) throws(Overflow) -> ExactDecimal {
        let (product, overflow) = hundredMillionths.multipliedReportingOverflow(by: Int128(factor))
        guard !overflow else { throw Overflow() }
        return try ExactDecimal(checked: product)
    }

    public var magnitude: ExactDecimal { isNegative ? -self : self }

    /// The number rounded to at most `scale` fraction digits (0 to 8), halves away from zero: so
    /// that a refund cancels its charge to the cent (-x rounds to minus what x rounds to), and as
    /// the platforms' own totals are printed. The drift that "half to even" avoids comes from
    /// rounding row by row, which is never done here: a sum is rounded once. A scale above 8
    /// changes nothing; one below 0 counts as 0.
    public func rounded(toScale scale: Int) -> ExactDecimal {
        let dropped = Self.fractionDigits - min(max(scale, 0), Self.fractionDigits)
        let step = Self.powerOfTen(dropped)
        let (quotient, remainder) = hundredMillionths.quotientAndRemainder(dividingBy: step)
        let isUp = remainder.magnitude * 2 >= step.magnitude && dropped > 0
        let count = (isUp ? quotient + (isNegative ? -1 : 1) : quotient) * step
        // Just below 10^30 rounding up can reach the bound, where the number is cut instead; no
        // reading comes near.
        return (try? ExactDecimal(checked: count)) ?? ExactDecimal(cutting: quotient * step)
    }

    /// `numerator ÷ denominator` rounded to 8 fraction digits, halves away from zero. Nil if the
    /// denominator is zero or the quotient passes 10^30.
    public static func quotient(
        _ numerator: ExactDecimal, by denominator: ExactDecimal
    ) -> ExactDecimal? {
        let divisor = denominator.hundredMillionths.magnitude
        guard divisor != 0 else { return nil }
        let scaled = numerator.hundredMillionths.magnitude.multipliedFullWidth(
            by: powerOfTen(fractionDigits).magnitude)
        guard scaled.high < divisor else { return nil }
        var (count, remainder) = divisor.dividingFullWidth(scaled)
        // `remainder * 2 >= divisor` without overflow.
        if remainder >= divisor - remainder { count += count < UInt128.max ? 1 : 0 }
        guard count < bound.magnitude else { return nil }
        let isNegative = numerator.isNegative != denominator.isNegative
        return try? ExactDecimal(checked: isNegative ? -Int128(count) : Int128(count))
    }

    /// The number without exponent and without trailing zeros: `71.46028505`, `500070`, `-0.5`.
    public var plainText: String {
        let (whole, fraction) = digits
        let trimmed = fraction.reversed().drop { $0 == "0" }.reversed()
        return sign + whole + (trimmed.isEmpty ? "" : "." + String(trimmed))
    }

    /// The number with exactly `scale` fraction digits (0 to 8), rounded half away from zero where
    /// it has more.
    public func text(scale: Int) -> String {
        let scale = min(max(scale, 0), Self.fractionDigits)
        let number = rounded(toScale: scale)
        let (whole, fraction) = number.digits
        return number.sign + whole + (scale == 0 ? "" : "." + fraction.prefix(scale))
    }

    /// As `plainText`.
    public var description: String { plainText }

    private var sign: String { isNegative ? "-" : "" }

    private var digits: (whole: String, fraction: String) {
        let (whole, fraction) = hundredMillionths.magnitude.quotientAndRemainder(
            dividingBy: Self.powerOfTen(Self.fractionDigits).magnitude)
        return (String(whole), zeroPadded(fraction, Self.fractionDigits))
    }

    private init(negating value: ExactDecimal) { hundredMillionths = -value.hundredMillionths }

    private init(cutting count: Int128) { hundredMillionths = count }
}

extension Sequence<ExactDecimal> {
    /// The exact sum, zero of none; throws `ExactDecimal.Overflow` if it passes 10^30 on the way.
    public func total() throws(ExactDecimal.Overflow) -> ExactDecimal {
        var sum = ExactDecimal.zero
        for value in self { sum = try sum + value }
        return sum
    }
}
