// Bearer tokens: what is kept of them, and what clients ask for.

/// A token as it is recorded; its secret is shown once and only a hash of it is stored.
public struct Token: Sendable, Hashable {
    public typealias ID = Identifier<Token>

    public var id: ID
    public var principalId: Principal.ID
    public var label: String
    /// What it may be used for; `read` is always among them.
    public var scopes: [TokenScope]
    public var createdAt: Instant
    public var expiresAt: Instant
    public var revokedAt: Instant?
    public var lastUsedAt: Instant?
    /// The token that it took over from.
    public var replaces: ID?

    public init(
        id: ID, principalId: Principal.ID, label: String, scopes: [TokenScope], createdAt: Instant,
        expiresAt: Instant, revokedAt: Instant? = nil, lastUsedAt: Instant? = nil,
        replaces: ID? = nil
    ) {
        self.id = id
        self.principalId = principalId
        self.label = label
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
        self.replaces = replaces
    }

    /// Whether it opens anything at that moment.
    public func isValid(at now: Instant) -> Bool { revokedAt == nil && now < expiresAt }

    public var document: JSONValue { document(secret: nil) }

    /// The token as answers show it; the secret only in the answer that creates it.
    public func document(secret: TokenSecret?) -> JSONValue {
        var object: JSONObject = [
            "id": .string(id.text), "principalId": .string(principalId.text),
            "label": .string(label), "scopes": .array(scopes.map { .string($0.rawValue) }),
            "createdAt": .text(createdAt), "expiresAt": .text(expiresAt),
            "revokedAt": .text(revokedAt), "lastUsedAt": .text(lastUsedAt),
            "replaces": .text(replaces),
        ]
        if let secret { object["secret"] = .string(secret.text) }
        return .object(object)
    }
}
