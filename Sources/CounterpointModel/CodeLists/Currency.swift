// A currency that a record may be in.

/// A currency by its ISO 4217 code, out of those that both 360Giving and IATI accept.
public struct Currency: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Three capital letters, such as `EUR`.
    public let code: String
    /// How many decimals the smallest unit has: 2 for EUR, 0 for JPY, 3 for TND.
    public let minorUnitDigits: Int

    /// The currency with that code, or nil if the code is not on the list. Lower case is refused.
    public init?(_ code: some StringProtocol) {
        guard let fields = Self.table.fields(of: code), let digits = Int(fields[0]) else {
            return nil
        }
        self.code = String(code)
        self.minorUnitDigits = digits
    }

    /// The English name.
    public var name: String { Self.table.fields(of: code)?[1] ?? code }

    public var description: String { code }

    /// Every accepted currency, in alphabetical order of code.
    public static let all: [Currency] = table.codes.compactMap { Currency($0) }

    public static func < (left: Currency, right: Currency) -> Bool { left.code < right.code }

    private static let table = CodeTable(CurrencyList.text, fields: 3)
}
