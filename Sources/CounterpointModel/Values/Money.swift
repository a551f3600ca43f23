// Money of the ledger: whole minor units of one currency.

/// An amount in whole minor units (cents for EUR), at most 10^15 of them either way.
public struct Money: Hashable, Sendable, CustomStringConvertible {
    public let amountMinor: Int64
    public let currency: Currency

    /// The largest amount: 10^15 minor units are ten thousand milliard euros, beyond any programme,
    /// and 9,000 such amounts still add in the 64 bits that the database's sums use (9.2 × 10^18).
    public static let maximumAmountMinor: Int64 = 1_000_000_000_000_000
    /// Most parts an amount is split into: monthly instalments for a hundred years.
    public static let maximumParts = 1200

    /// Why amounts do not add, or a number is no amount.
    public enum Fault: Error, Hashable, Sendable {
        case currencyMismatch
        /// Beyond `maximumAmountMinor`.
        case tooLarge
    }

    /// That many minor units, or nil beyond `maximumAmountMinor`.
    public init?(minor amountMinor: Int64, _ currency: Currency) {
        guard amountMinor.magnitude <= Self.maximumAmountMinor.magnitude else { return nil }
        self.amountMinor = amountMinor
        self.currency = currency
    }

    /// An amount written `-?digits(.digits)?` with no more decimals than the currency has:
    /// `12500.00`, `12500`. Nil for anything else, and beyond `maximumAmountMinor`.
    public init?(text: some StringProtocol, _ currency: Currency) {
        if let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) {
            let decimals = text.utf8.distance(from: point, to: text.utf8.endIndex) - 1
            guard decimals <= currency.minorUnitDigits else { return nil }
        }
        guard let amount = ExactDecimal(text) else { return nil }
        try? self.init(rounding: amount, currency)
    }

    /// A summed reading of money as an amount: rounded once, here, to minor units, halves away from
    /// zero. (Rounding each row first gave 15,978.09 for 15,978.28 in a real file.) Throws
    /// `Fault.tooLarge`.
    public init(rounding sum: ExactDecimal, _ currency: Currency) throws(Fault) {
        let digits = currency.minorUnitDigits
        let step = ExactDecimal.powerOfTen(ExactDecimal.fractionDigits - digits)
        let minor = sum.rounded(toScale: digits).hundredMillionths / step
        guard let narrow = Int64(exactly: minor), let money = Money(minor: narrow, currency) else {
            throw .tooLarge
        }
        self = money
    }

    /// The amount as a decimal number, exactly.
    public var decimal: ExactDecimal {
        ExactDecimal(amountMinor, fractionDigits: currency.minorUnitDigits) ?? .zero
    }

    /// The amount with all decimals of its currency: `12500.00`.
    public var text: String { decimal.text(scale: currency.minorUnitDigits) }

    public var description: String { text + " " + currency.code }

    /// The sum of two amounts of one currency.
    public static func + (left: Money, right: Money) throws(Fault) -> Money {
        guard left.currency == right.currency else { throw .currencyMismatch }
        // Two amounts of at most 10^15 cannot overflow 64 bits.
        guard let sum = Money(minor: left.amountMinor + right.amountMinor, left.currency) else {
            throw .tooLarge
        }
        return sum
    }

    /// The difference of two amounts of one currency.
    public static func - (left: Money, right: Money) throws(Fault) -> Money { try left + -right }

    public static prefix func - (amount: Money) -> Money {
        Money(unchecked: -amount.amountMinor, amount.currency)
    }

    /// The amount in `parts` instalments whose sum is exactly the amount: each is the even share
    /// rounded up to a minor unit, and what remains goes to the last (an amount too small for all
    /// leaves the later ones at zero). A negative amount splits as its opposite does. Nil unless
    /// `parts` is 1 to `maximumParts`.
    public func split(into parts: Int) -> [Money]? {
        guard (1...Self.maximumParts).contains(parts) else { return nil }
        let sign: Int64 = amountMinor < 0 ? -1 : 1
        var remaining = amountMinor * sign
        let share = (remaining + Int64(parts) - 1) / Int64(parts)
        return (1...parts).map { part in
            let minor = part == parts ? remaining : Swift.min(share, remaining)
            remaining -= minor
            return Money(unchecked: minor * sign, currency)
        }
    }

    private init(unchecked amountMinor: Int64, _ currency: Currency) {
        self.amountMinor = amountMinor
        self.currency = currency
    }
}

extension Sequence<Money> {
    /// The sum of amounts that are all of `currency`, zero of none.
    public func total(in currency: Currency) throws(Money.Fault) -> Money {
        guard var sum = Money(minor: 0, currency) else { throw .tooLarge }
        for amount in self { sum = try sum + amount }
        return sum
    }
}
