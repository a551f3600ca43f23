// A statement: static text, so that no value can ever be glued into it, and a name to speak of it in logs.

/// Static SQL text with `$1…` placeholders, prepared at its first use on each connection.
public struct SQLStatement: Sendable, Hashable {
    public let text: String
    /// For logs and errors, e.g. `campaigns.byId`.
    public let name: String
    /// Taken once: statements are looked up far more often than they are made.
    private let textHash: Int

    /// `text` is one statement; `name` is `noun.verb` and appears in logs.
    public init(_ text: StaticString, name: StaticString) {
        self.init(dynamic: text.description, name: name.description)
    }

    /// For migrations, `LISTEN` and tests, whose text is not known when compiling.
    package init(dynamic text: String, name: String) {
        self.text = text
        self.name = name
        textHash = text.hashValue
    }

    public static func == (left: SQLStatement, right: SQLStatement) -> Bool {
        left.textHash == right.textHash && left.text == right.text
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(textHash)
    }
}
