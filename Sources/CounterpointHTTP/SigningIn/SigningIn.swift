// How callers come in: how often they may ask, whose word on their address is believed, and who else vouches for them.

/// The rules of the door for whoever signs in.
public struct SigningIn: Sendable {
    var limits: RateLimits
    var proxies: TrustedProxies
    var provider: IdentityProvider?

    /// - Parameters:
    ///   - requestsPerSecond: of one token, on average; nil: no limit, and failures are answered at once.
    ///   - strangersPerSecond: requests of one address that are not signed in; nil: no limit.
    ///   - proxies: whose word on a caller's address is believed.
    ///   - provider: whose users may sign in beside the holders of our own tokens.
    public init(
        requestsPerSecond: Int?, strangersPerSecond: Int?, proxies: TrustedProxies = .none,
        provider: IdentityProvider? = nil
    ) {
        limits = RateLimits(
            token: requestsPerSecond.map { RateLimits.Rate(perSecond: $0) },
            address: strangersPerSecond.map { RateLimits.Rate(perSecond: $0) },
            delaysFailures: requestsPerSecond != nil)
        self.proxies = proxies
        self.provider = provider
    }

    /// Everybody as often as they like.
    public static let unlimited = SigningIn(requestsPerSecond: nil, strangersPerSecond: nil)
}
