// Bearer tokens: what is kept of them, and what clients ask for.

/// A token as it is recorded; its secret is shown once and only a hash of it is stored.
public struct Token: Sendable, Hashable {
    public typealias ID = Identifier<Token>

    public var id: ID
    public var principalId: Principal.ID
    public var label: String
    public var createdAt: Instant
    public var expiresAt: Instant
    public var revokedAt: Instant?
    public var lastUsedAt: Instant?

    public init(
        id: ID, principalId: Principal.ID, label: String, createdAt: Instant, expiresAt: Instant,
        revokedAt: Instant? = nil, lastUsedAt: Instant? = nil
    ) {
        self.id = id
        self.principalId = principalId
        self.label = label
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether it opens anything at that moment.
    public func isValid(at now: Instant) -> Bool { revokedAt == nil && now < expiresAt }

    public var document: JSONValue { document(secret: nil) }

    /// The token as answers show it; the secret only in the answer that creates it.
    public func document(secret: TokenSecret?) -> JSONValue {
        var object: JSONObject = [
            "id": .string(id.text), "principalId": .string(principalId.text),
            "label": .string(label), "createdAt": .text(createdAt), "expiresAt": .text(expiresAt),
            "revokedAt": .text(revokedAt), "lastUsedAt": .text(lastUsedAt),
        ]
        if let secret { object["secret"] = .string(secret.text) }
        return .object(object)
    }
}

/// A token to issue.
public struct NewToken: Sendable, Hashable, BodyReadable {
    public var principalId: Principal.ID
    public var label: String
    public var expiresAt: Instant?

    /// Days for which a token is good unless stated: a quarter, after which its use is looked at.
    public static let validityDays = 90
    /// The longest validity: a year and a day, so that "the same day next year" is possible.
    public static let validityDaysMax = 367

    public init(principalId: Principal.ID, label: String, expiresAt: Instant? = nil) {
        self.principalId = principalId
        self.label = label
        self.expiresAt = expiresAt
    }

    public static func read(from reader: inout BodyReader) -> NewToken? {
        let principalId: Principal.ID? = reader.required("principalId", .identifier())
        let label = reader.required("label", .text(.name))
        let expiresAt = reader.optional("expiresAt", .instant)
        guard let principalId, let label else { return nil }
        return NewToken(principalId: principalId, label: label, expiresAt: expiresAt)
    }

    /// When the token ends if it is issued now; refuses an end that is past or too far off.
    public func expiry(issuedAt now: Instant) throws(InvalidInput) -> Instant {
        func later(_ days: Int) -> Instant {
            let microsecondsADay: Int64 = 86_400_000_000
            return Instant(
                microsecondsSince2000: now.microsecondsSince2000 + Int64(days) * microsecondsADay)
                ?? now
        }
        guard let expiresAt else { return later(Self.validityDays) }
        guard expiresAt > now else {
            throw InvalidInput("/expiresAt", "alreadyExpired", "The token would have expired.")
        }
        guard expiresAt <= later(Self.validityDaysMax) else {
            throw InvalidInput(
                "/expiresAt", "outOfRange",
                "A token is good for at most \(Self.validityDaysMax) days; issue another then.")
        }
        return expiresAt
    }
}
