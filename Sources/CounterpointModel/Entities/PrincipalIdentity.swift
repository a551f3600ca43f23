// Who somebody is to an OpenID provider.

/// A link from a provider's user to a principal.
public struct PrincipalIdentity: Sendable, Hashable {
    public typealias ID = Identifier<PrincipalIdentity>

    public var id: ID
    /// The provider, as its tokens name it in `iss`.
    public var issuer: String
    /// The user, as the provider's tokens name it (in `sub`, unless a setting says otherwise).
    public var subject: String
    public var principalId: Principal.ID
    public var createdAt: Instant
    /// From when on it opens nothing.
    public var endedAt: Instant?

    /// As long as the database keeps them.
    public static let bytesMax = 500

    public init(
        id: ID, issuer: String, subject: String, principalId: Principal.ID, createdAt: Instant,
        endedAt: Instant? = nil
    ) {
        self.id = id
        self.issuer = issuer
        self.subject = subject
        self.principalId = principalId
        self.createdAt = createdAt
        self.endedAt = endedAt
    }

    /// `{"id","issuer","subject","principalId","createdAt","endedAt"}`.
    public var document: JSONValue {
        [
            "id": .string(id.text), "issuer": .string(issuer), "subject": .string(subject),
            "principalId": .string(principalId.text), "createdAt": .text(createdAt),
            "endedAt": .text(endedAt),
        ]
    }
}
