// A decimal number kept exactly: readings of spend and watch time, which platforms state with up to
// 8 decimals.
//
// The number is a whole count of hundred-millionths in 128 bits. Every value that is ever added has
// at most 8 decimals, so sums are exact, and there is no binary fraction anywhere. Bounds: the
// count stays below 10^38 (Int128 ends at 1.7 × 10^38), which is 10^30 units; ten million readings
// of 10^15 units each add to 10^22. What would pass the bound throws; nothing here traps or wraps.

/// An exact decimal with at most 8 fraction digits and a magnitude below 10^30.
public struct ExactDecimal: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number times 10^8.
    let hundredMillionths: Int128

    /// Most fraction digits that a number can have.
    public static let fractionDigits = 8
    /// Most integer digits that the parser takes, leading zeros included: 10,000 such numbers still
    /// add without overflow.
    public static let maximumIntegerDigits = 26

    public static let zero = ExactDecimal(0 as Int64)

    /// A sum or product that passes 10^30.
    public struct Overflow: Error, Hashable, Sendable {
        public init() {}
    }

    /// A whole number. Every Int64 fits.
    public init(_ whole: Int64) {
        hundredMillionths = Int128(whole) * Self.one
    }

    /// `count` units of the given decimal place: 1250 with 2 fraction digits is 12.50. Nil if there
    /// are more than 8 or fewer than 0 fraction digits.
    public init?(_ count: Int64, fractionDigits: Int) {
        guard (0...Self.fractionDigits).contains(fractionDigits) else { return nil }
        hundredMillionths = Int128(count) * Self.powerOfTen(Self.fractionDigits - fractionDigits)
    }

    /// A number written `-?digits(.digits)?` in ASCII, with 1 to 26 integer and 1 to 8 fraction
    /// digits; nil for anything else: no plus, no exponent, no grouping, no bare point. `-0` is
    /// zero.
    public init?(_ text: some StringProtocol) {
        var reader = DigitReader(text)
        let isNegative = reader.skip("-")
        guard let whole = reader.digits(atMost: Self.maximumIntegerDigits) else { return nil }
        var count: Int128 = 0
        for byte in whole { count = count * 10 + Int128(byte - UInt8(ascii: "0")) }
        var missing = Self.fractionDigits
        if reader.skip(".") {
            guard let fraction = reader.digits(atMost: Self.fractionDigits) else { return nil }
            for byte in fraction { count = count * 10 + Int128(byte - UInt8(ascii: "0")) }
            missing -= fraction.count
        }
        guard reader.isAtEnd else { return nil }
        count *= Self.powerOfTen(missing)
        hundredMillionths = isNegative ? -count : count
    }

    /// The number as Int64, or nil if it has a fraction or is too large.
    public var wholeNumber: Int64? {
        let (quotient, remainder) = hundredMillionths.quotientAndRemainder(dividingBy: Self.one)
        return remainder == 0 ? Int64(exactly: quotient) : nil
    }

    public var isNegative: Bool { hundredMillionths < 0 }

    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.hundredMillionths < right.hundredMillionths
    }

    // The bound 10^38 on the count; every initializer keeps below it.
    static let bound = powerOfTen(38)
    private static let one = powerOfTen(fractionDigits)

    static func powerOfTen(_ exponent: Int) -> Int128 {
        var power: Int128 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }

    init(checked count: Int128) throws(Overflow) {
        guard count > -Self.bound, count < Self.bound else { throw Overflow() }
        hundredMillionths = count
    }
}
