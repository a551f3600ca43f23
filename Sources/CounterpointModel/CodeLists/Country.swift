// A country that a record may name.

/// A country by its ISO 3166-1 alpha-2 code, or `XK` for Kosovo.
public struct Country: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Two capital letters, such as `KE`.
    public let code: String

    /// The country with that code, or nil if the code is not on the list. Lower case is refused.
    public init?(_ code: some StringProtocol) {
        guard Self.table.fields(of: code) != nil else { return nil }
        self.code = String(code)
    }

    /// The English name.
    public var name: String { Self.table.fields(of: code)?[0] ?? code }

    /// Whether 360Giving's closed list has the code; its export leaves the country out otherwise.
    public var isOn360GivingList: Bool { code != "XK" }

    public var description: String { code }

    /// Every accepted country, in alphabetical order of code.
    public static let all: [Country] = table.codes.compactMap { Country($0) }

    public static func < (left: Country, right: Country) -> Bool { left.code < right.code }

    private static let table = CodeTable(CountryList.text, fields: 2)
}
