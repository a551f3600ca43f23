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

    static let ofSigningIn: [Setting] = [rateLimit, strangersLimit, trustedProxies]
}

/// How callers come in.
public struct SigningInSettings: Sendable, Hashable {
    /// Nil: no limits at all.
    public var rateLimit: Int?
    /// Nil: no limit.
    public var strangersLimit: Int?
    /// As written; nil: nobody is believed.
    public var trustedProxies: String?

    /// 100,000 a second is more than one process answers: beyond it `off` says what is meant.
    private static let rates = 1...100_000

    init?(_ read: inout SettingsReading) {
        let rateLimit = read.integerOrOff(.rateLimit, in: Self.rates)
        let strangersLimit = read.integerOrOff(.strangersLimit, in: Self.rates)
        trustedProxies = read.optional(.trustedProxies)
        guard let rateLimit, let strangersLimit else { return nil }
        self.rateLimit = rateLimit
        self.strangersLimit = rateLimit == nil ? nil : strangersLimit
    }
}
