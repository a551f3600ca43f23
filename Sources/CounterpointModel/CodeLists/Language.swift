// A language that a record may name.

/// A language by its ISO 639-1 code.
public struct Language: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Two small letters, such as `sw`.
    public let code: String

    /// The language with that code, or nil if the code is not on the list. Capitals are refused.
    public init?(_ code: some StringProtocol) {
        guard Self.table.fields(of: code) != nil else { return nil }
        self.code = String(code)
    }

    /// The English name.
    public var name: String { Self.table.fields(of: code)?[0] ?? code }

    public var description: String { code }

    /// Every accepted language, in alphabetical order of code.
    public static let all: [Language] = table.codes.compactMap { Language($0) }

    public static func < (left: Language, right: Language) -> Bool { left.code < right.code }

    private static let table = CodeTable(LanguageList.text, fields: 2)
}
