// The limiter at work: a clock, a lock held for the length of a table look-up, and the waiting.

import Crypto
import HTTPTypes
import ServiceLifecycle
import Synchronization

final class Turnstile: Sendable {
    private let limiter: Mutex<RateLimiter>
    private let proxies: TrustedProxies
    private let start = ContinuousClock.now

    init(_ limits: RateLimits, proxies: TrustedProxies = .none) {
        limiter = Mutex(RateLimiter(limits))
        self.proxies = proxies
    }

    /// One request at the turnstile.
    struct Visitor: Sendable {
        let address: AddressKey
        /// Nil without a token of the right form.
        let token: TokenKey?
    }

    func visitor(_ bearer: String?, _ scope: RequestScope, _ headers: HTTPFields) -> Visitor {
        Visitor(
            address: proxies.client(peer: scope.peer, headers),
            token: bearer.map(Self.key(of:)))
    }

    private static func key(of bearer: String) -> TokenKey {
        let digest = SHA256.hash(data: Array(bearer.utf8))
        return digest.withUnsafeBytes { raw in
            TokenKey(
                high: raw.loadUnaligned(as: UInt64.self),
                low: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
    }

    /// Takes the visitor's turn, or throws 429 with the time until it comes.
    func enter(_ visitor: Visitor) throws(Problem) -> RateLimiter.Standing? {
        let now = now
        switch limiter.withLock({ $0.arrived(visitor.token, from: visitor.address, at: now) }) {
        case .go(let standing): return standing
        case .wait(let seconds, let standing):
            throw ErrorResponses.tooManyRequests(retryAfterSeconds: seconds, standing)
        }
    }

    func letIn(_ visitor: Visitor) {
        guard let token = visitor.token else { return }
        let now = now
        limiter.withLock { $0.letIn(token, at: now) }
    }

    /// Waits as long as the answer to this failure is held back; throws 429 where too many are held already.
    func turnedAway(_ visitor: Visitor) async throws {
        let now = now
        let verdict = limiter.withLock {
            $0.turnedAway(visitor.token, from: visitor.address, at: now)
        }
        switch verdict {
        case .now: return
        case .refused(let seconds):
            throw ErrorResponses.tooManyFailures(retryAfterSeconds: seconds)
        case .held(let nanoseconds):
            defer { limiter.withLock { $0.released(visitor.address) } }
            // A service that stops answers at once.
            await cancelWhenGracefulShutdown {
                try? await Task.sleep(for: .nanoseconds(nanoseconds))
            }
        }
    }

    private var now: RateLimiter.Moment {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}

extension RateLimiter.Standing {
    /// The fields of draft-ietf-httpapi-ratelimit-headers: the policy (`q` requests in `w` seconds) and what is left of it
    /// (`r` requests now, all of them after `t` seconds).
    func write(into fields: inout HTTPFields) {
        fields[.rateLimitPolicy] =
            "\"\(policy.rawValue)\";q=\(rate.burst);w=\(RateLimits.Rate.burstSeconds)"
        fields[.rateLimit] = "\"\(policy.rawValue)\";r=\(remaining);t=\(resetSeconds)"
    }
}
