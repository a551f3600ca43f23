// The random key of a thing, typed by what it is the key of, so that a grant's cannot be handed in
// for a campaign's.

public import FoundationEssentials

/// A UUID that names one `Subject`.
public struct Identifier<Subject>: Hashable, Sendable, CustomStringConvertible {
    public let uuid: UUID

    public init(_ uuid: UUID) { self.uuid = uuid }

    /// The identifier written as 36 characters with hyphens, in either case, or nil for anything
    /// else.
    public init?(_ text: some StringProtocol) {
        // Foundation's own parser has grown lenient before; the length keeps braces and other forms
        // out.
        guard text.utf8.count == 36, let uuid = UUID(uuidString: String(text)) else { return nil }
        self.uuid = uuid
    }

    /// A new identifier from the system's random generator (version 4: it says nothing about when
    /// or where).
    public static func random() -> Identifier { Identifier(UUID()) }

    /// 36 characters in lower case, as PostgreSQL writes them.
    public var text: String { uuid.uuidString.lowercased() }

    public var description: String { text }
}
