// The settings of the door: how often callers may ask, and whom to believe about where they are.

extension Setting {
    /// Requests of one token.
    public static let rateLimit = Setting(
        "COUNTERPOINT_RATE_LIMIT", flag: "rate-limit", "NUMBER", fallback: "100",
        help: """
            Requests a second that one token may make on average, 1 to 100000; ten seconds' worth may \
            come at once. off: no limits at all, and no delays after failures, for measurements.
            """)
    /// Requests of one address that are not signed in.
    public static let strangersLimit = Setting(
        "COUNTERPOINT_RATE_LIMIT_STRANGERS", flag: "rate-limit-strangers", "NUMBER",
        fallback: "50",
        help: """
            The same for requests of one address whose token has not opened the door lately: each \
            costs a look into the database. off: no limit.
            """)
    /// Proxies that are believed.
    public static let trustedProxies = Setting(
        "COUNTERPOINT_TRUSTED_PROXIES", flag: "trusted-proxies", "ADDRESSES",
        help: """
            Proxies whose X-Forwarded-For is believed, as addresses and networks with commas: \
            127.0.0.1,10.0.0.0/8. Without it a caller's address is the socket's other end.
            """)

    /// Whose users may sign in.
    public static let providerIssuer = Setting(
        "COUNTERPOINT_OIDC_ISSUER", flag: "oidc-issuer", "ADDRESS",
        help: """
            An OpenID provider whose users may sign in with its tokens, as these name it in iss. \
            Users are linked by `counterpoint principal link`.
            """)
    /// What the provider's tokens must be made for.
    public static let providerAudience = Setting(
        "COUNTERPOINT_OIDC_AUDIENCE", flag: "oidc-audience", "TEXT",
        help: "What the provider's tokens must name in aud: this service, as the provider knows it."
    )
    /// Where the provider's keys are.
    public static let providerKeys = Setting(
        "COUNTERPOINT_OIDC_KEYS", flag: "oidc-keys", "PLACE",
        help: """
            The provider's key set (JWKS): a file, or an address with https://. Without it the \
            provider's own description (/.well-known/openid-configuration) says where.
            """)
    /// The claim that names the user.
    public static let providerClaim = Setting(
        "COUNTERPOINT_OIDC_CLAIM", flag: "oidc-claim", "NAME", fallback: "sub",
        help: """
            The claim that says who the user is. It must be one that the provider never gives to \
            somebody else.
            """)
    /// The key shared with the database.
    public static let identityKeyFile = Setting(
        "COUNTERPOINT_IDENTITY_KEY_FILE", flag: "identity-key-file", "FILE",
        help: """
            A file, readable by the service only, with the key that `counterpoint schema \
            identity-key` prints; needed with a provider.
            """)

    static let ofSigningIn: [Setting] = [
        rateLimit, strangersLimit, trustedProxies, providerIssuer, providerAudience, providerKeys,
        providerClaim, identityKeyFile,
    ]
}

/// How callers come in.
public struct SigningInSettings: Sendable, Hashable {
    /// Nil: no limits at all.
    public var rateLimit: Int?
    /// Nil: no limit.
    public var strangersLimit: Int?
    /// As written; nil: nobody is believed.
    public var trustedProxies: String?
    /// Nil: only our own tokens open the door.
    public var provider: Provider?

    /// An OpenID provider.
    public struct Provider: Sendable, Hashable {
        public var issuer: String
        public var audience: String
        /// A file or an address; nil: the provider's description says where.
        public var keys: String?
        public var claim: String
        public var identityKeyFile: String
    }

    /// 100,000 a second is more than one process answers: beyond it `off` says what is meant.
    private static let rates = 1...100_000

    init?(_ read: inout SettingsReading) {
        let rateLimit = read.integerOrOff(.rateLimit, in: Self.rates)
        let strangersLimit = read.integerOrOff(.strangersLimit, in: Self.rates)
        trustedProxies = read.optional(.trustedProxies)
        provider = Self.provider(&read)
        guard let rateLimit, let strangersLimit else { return nil }
        self.rateLimit = rateLimit
        self.strangersLimit = rateLimit == nil ? nil : strangersLimit
    }

    /// With an issuer the rest is needed too; what is missing is told with all other problems.
    private static func provider(_ read: inout SettingsReading) -> Provider? {
        guard let issuer = read.optional(.providerIssuer) else { return nil }
        let audience = read.required(.providerAudience)
        let file = read.required(.identityKeyFile)
        let keys = read.optional(.providerKeys)
        guard let audience, let file, let claim = read.text(.providerClaim) else { return nil }
        return Provider(
            issuer: issuer, audience: audience, keys: keys, claim: claim, identityKeyFile: file)
    }
}
