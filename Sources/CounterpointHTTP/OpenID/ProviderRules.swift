// Whose tokens are taken, for whom they must be made, and when they are good. Pure: the time is handed in.

import CounterpointModel
import CounterpointRecords

/// One OpenID provider, as the operator chose it.
public struct ProviderRules: Sendable, Hashable {
    /// As its tokens name it in `iss`, letter by letter.
    public var issuer: String
    /// What its tokens must name in `aud`: this service.
    public var audience: String
    /// The claim that says who the user is.
    public var claim: String

    /// How far the provider's clock may be from ours: hosts that keep time are within a second, and a minute is what
    /// one without a working time service is off after some weeks.
    static let skewSeconds: Int64 = 60

    /// An issuer, an audience, and the claim by which users are known (`sub` is the one a provider never gives to
    /// somebody else).
    public init(issuer: String, audience: String, claim: String = "sub") {
        self.issuer = issuer
        self.audience = audience
        self.claim = claim
    }

    /// Who the claims say it is; `now` in seconds since 1970.
    func identity(
        in claims: JSONValue, at now: Int64
    ) throws(ProviderTokenFault) -> VerifiedIdentity {
        guard claims["iss"]?.string == issuer else { throw .wrongIssuer }
        guard Self.names(audience, claims["aud"]) else { throw .wrongAudience }
        guard let end = Self.seconds(claims["exp"]) else { throw .noExpiry }
        guard now < end + Self.skewSeconds else { throw .expired }
        for name in ["nbf", "iat"] where claims[name] != nil {
            guard let start = Self.seconds(claims[name]), start <= now + Self.skewSeconds else {
                throw .notYetValid
            }
        }
        guard let subject = claims[claim]?.string,
            (1...PrincipalIdentity.bytesMax).contains(subject.utf8.count)
        else { throw .noSubject }
        return VerifiedIdentity(
            issuer: issuer, subject: subject, endsAt: (end + Self.skewSeconds) * 1_000_000)
    }

    /// `aud` is one text or a list of them.
    private static func names(_ audience: String, _ claim: JSONValue?) -> Bool {
        switch claim {
        case .string(let text)?: text == audience
        case .array(let texts)?: texts.contains { $0.string == audience }
        default: false
        }
    }

    /// A NumericDate: seconds since 1970, perhaps with a fraction. A century of them is enough.
    private static func seconds(_ claim: JSONValue?) -> Int64? {
        guard let text = claim?.number?.text, let seconds = Double(text),
            seconds > 0, seconds < 4_102_444_800
        else { return nil }
        return Int64(seconds)
    }
}
