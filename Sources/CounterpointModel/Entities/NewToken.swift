// What clients ask for: a token, or a new secret for one.

/// How long tokens are good for.
public enum TokenLife {
    /// Unless stated: a quarter, after which its use is looked at. People leave and laptops are lost faster than anybody
    /// tidies up; a year of it would be a year of a forgotten token.
    public static let days = 90
    /// The longest: a year and a day, so that "the same day next year" is possible.
    public static let daysMax = 367
    /// How long the old secret goes on working after a rotation unless stated: a day, in which every machine that uses it
    /// can be given the new one.
    public static let overlapHours: Int64 = 24
    /// The longest overlap: a week, beyond which two tokens are just two tokens.
    public static let overlapHoursMax: Int64 = 168

    /// When a token issued now ends: `wanted`, or by itself after `days`, though not after the credential that it is
    /// made with. Refuses an end that is past or too far off.
    static func end(
        wanted: Instant?, issuedAt now: Instant, credentialEnd: Instant?
    ) throws(InvalidInput) -> Instant {
        guard let wanted else {
            let byItself = later(than: now, days)
            return credentialEnd.map { min($0, byItself) } ?? byItself
        }
        guard wanted > now else {
            throw InvalidInput("/expiresAt", "alreadyExpired", "The token would have expired.")
        }
        guard wanted <= later(than: now, daysMax) else {
            throw InvalidInput(
                "/expiresAt", "outOfRange",
                "A token is good for at most \(daysMax) days; issue another then.")
        }
        return wanted
    }

    private static func later(than now: Instant, _ days: Int) -> Instant {
        let microsecondsADay: Int64 = 86_400_000_000
        return Instant(
            microsecondsSince2000: now.microsecondsSince2000 + Int64(days) * microsecondsADay)
            ?? now
    }
}

/// A token to issue.
public struct NewToken: Sendable, Hashable, BodyReadable {
    public var principalId: Principal.ID
    public var label: String
    public var expiresAt: Instant?
    /// Nil: what the holder's role needs, as far as the issuer's own credential has it.
    public var scopes: [TokenScope]?

    public init(
        principalId: Principal.ID, label: String, expiresAt: Instant? = nil,
        scopes: [TokenScope]? = nil
    ) {
        self.principalId = principalId
        self.label = label
        self.expiresAt = expiresAt
        self.scopes = scopes.map { Set($0 + [.read]).sorted() }
    }

    public static func read(from reader: inout BodyReader) -> NewToken? {
        let principalId: Principal.ID? = reader.required("principalId", .identifier())
        let label = reader.required("label", .text(.name))
        let expiresAt = reader.optional("expiresAt", .instant)
        let scopes = reader.optional(
            "scopes", .list(of: Shape<TokenScope>.choice(), atMost: TokenScope.allCases.count))
        guard let principalId, let label else { return nil }
        return NewToken(
            principalId: principalId, label: label, expiresAt: expiresAt, scopes: scopes)
    }

    /// When the token ends if it is issued now, with a credential that ends at `credentialEnd` (nil: on the host, with
    /// none).
    public func end(issuedAt now: Instant, credentialEnd: Instant?) throws(InvalidInput) -> Instant
    {
        try TokenLife.end(wanted: expiresAt, issuedAt: now, credentialEnd: credentialEnd)
    }
}

/// A new secret for a token; the old one goes on working for the overlap.
public struct TokenRotation: Sendable, Hashable, BodyReadable {
    /// From 0 (the old one ends at once) to 168.
    public var overlapHours: Int64
    public var expiresAt: Instant?

    public init(overlapHours: Int64 = TokenLife.overlapHours, expiresAt: Instant? = nil) {
        self.overlapHours = overlapHours
        self.expiresAt = expiresAt
    }

    public static func read(from reader: inout BodyReader) -> TokenRotation? {
        let overlap = reader.optional("overlapHours", .integer(in: 0...TokenLife.overlapHoursMax))
        let expiresAt = reader.optional("expiresAt", .instant)
        return TokenRotation(
            overlapHours: overlap ?? TokenLife.overlapHours, expiresAt: expiresAt)
    }

    /// When the new token ends if it takes over now.
    public func end(issuedAt now: Instant, credentialEnd: Instant?) throws(InvalidInput) -> Instant
    {
        try TokenLife.end(wanted: expiresAt, issuedAt: now, credentialEnd: credentialEnd)
    }
}
