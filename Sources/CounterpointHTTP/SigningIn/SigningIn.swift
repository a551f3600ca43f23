// How callers come in: how often they may ask, and whose word on their address is believed.

/// The rules of the door for whoever signs in.
public struct SigningIn: Sendable {
    var limits: RateLimits
    var proxies: TrustedProxies

    /// - Parameters:
    ///   - requestsPerSecond: of one token, on average; nil: no limit, and failures are answered at once.
    ///   - strangersPerSecond: requests of one address that are not signed in; nil: no limit.
    public init(
        requestsPerSecond: Int?, strangersPerSecond: Int?, proxies: TrustedProxies = .none
    ) {
        limits = RateLimits(
            token: requestsPerSecond.map { RateLimits.Rate(perSecond: $0) },
            address: strangersPerSecond.map { RateLimits.Rate(perSecond: $0) },
            delaysFailures: requestsPerSecond != nil)
        self.proxies = proxies
    }

    /// Everybody as often as they like.
    public static let unlimited = SigningIn(requestsPerSecond: nil, strangersPerSecond: nil)
}
