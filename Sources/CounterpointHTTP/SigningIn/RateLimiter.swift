// How often somebody may ask: events in, decisions out. Pure: no clock, no lock, no secrets (tokens come as digests).
//
// A token that has opened the door counts against its own allowance and nobody else's. Everybody else (no token, an unknown
// one, one not seen lately) is a stranger, and strangers of one address share that address's allowance. So noise from an
// address keeps no valid token out: it is looked up as soon as one of its requests gets a turn, and from then on has its
// own. After failures an address's *answers* to further failures come later and later; what opens the door is never delayed.

/// A token as the limiter knows it: half of its SHA-256.
struct TokenKey: Hashable, Sendable {
    var high: UInt64
    var low: UInt64
}

/// What the limiter lets through.
struct RateLimits: Sendable, Hashable {
    /// So many requests a second on average, and a while's worth of them at once.
    struct Rate: Sendable, Hashable {
        var perSecond: Int
        /// Whoever opens a page or uploads a folder asks in bursts: ten seconds' worth may come at once.
        static let burstSeconds = 10
        var burst: Int { perSecond * Self.burstSeconds }
        /// Nanoseconds that one request uses up.
        var interval: Int64 { 1_000_000_000 / Int64(perSecond) }
    }

    /// Nil: as many as they like.
    var token: Rate?
    var address: Rate?
    /// Whether answers to failures are held back.
    var delaysFailures = true

    static let off = RateLimits(token: nil, address: nil, delaysFailures: false)
}

struct RateLimiter: Sendable {
    /// Nanoseconds of a clock that only runs forward, from zero.
    typealias Moment = Int64

    /// Whose allowance a request counts against, and what is left of it.
    struct Standing: Sendable, Hashable {
        enum Policy: String, Sendable { case token, address }
        var policy: Policy
        var rate: RateLimits.Rate
        /// Requests that may still come at once.
        var remaining: Int
        /// Seconds until all of the allowance is back, rounded up.
        var resetSeconds: Int
    }

    enum Entry: Sendable, Hashable {
        /// Nil where nothing is limited.
        case go(Standing?)
        case wait(seconds: Int, Standing)
    }

    /// What becomes of the answer to a failure.
    enum Verdict: Sendable, Hashable {
        case now
        /// Held back so long; `released` must follow.
        case held(nanoseconds: Int64)
        /// Too many are held back already: asked to wait instead.
        case refused(seconds: Int)
    }

    /// Tokens and addresses remembered, each: about 100 bytes an entry, so 2 MB for both tables. More tokens than this are
    /// not in use at once; more addresses only in an attack, and those that find no room share one allowance.
    static let rememberedMax = 10_000
    /// Looking for entries to forget walks the whole table, so a full one is looked through only so often.
    static let sweepInterval: Int64 = 1_000_000_000
    /// Failures that are answered at once: typing errors and a forgotten script.
    static let freeFailures = 5
    /// The first delay; each further failure doubles it.
    static let firstDelay: Int64 = 250_000_000
    /// The longest: ten guesses in five minutes, and short enough that a proxy does not give up.
    static let longestDelay: Int64 = 30_000_000_000
    /// Quiet after which an address's failures are forgotten.
    static let failuresRemembered: Int64 = 900_000_000_000
    /// Answers held back at one time: of one address, and of all (each holds a connection, of 2,048).
    static let heldOfAddressMax = 4
    static let heldMax = 256

    private struct Bucket: Sendable {
        /// When the allowance would be whole again, as the generic cell rate algorithm has it.
        var fullAt: Moment = 0
        var failures = 0
        var lastFailure: Moment = 0
        var held = 0

        func isIdle(at now: Moment) -> Bool {
            fullAt <= now && held == 0
                && (failures == 0 || now - lastFailure > RateLimiter.failuresRemembered)
        }
    }

    private let limits: RateLimits
    private let capacity: Int
    private var tokens: [TokenKey: Bucket] = [:]
    private var addresses: [AddressKey: Bucket] = [:]
    private var crowd = Bucket()
    private var held = 0
    private var nextSweepOfTokens: Moment = 0
    private var nextSweepOfAddresses: Moment = 0

    init(_ limits: RateLimits, capacity: Int = rememberedMax) {
        self.limits = limits
        self.capacity = capacity
    }

    var remembered: Int { tokens.count + addresses.count }

    // MARK: Events

    /// A request came. `token` is nil when it brought none of the right form.
    mutating func arrived(_ token: TokenKey?, from address: AddressKey, at now: Moment) -> Entry {
        if let token, var bucket = tokens[token] {
            guard let rate = limits.token else { return .go(nil) }
            let entry = Self.spend(&bucket, rate, .token, now)
            tokens[token] = bucket
            return entry
        }
        guard let rate = limits.address else { return .go(nil) }
        return withAddress(address, at: now) { Self.spend(&$0, rate, .address, now) }
    }

    /// The database let this token in: from now on it has an allowance of its own.
    mutating func letIn(_ token: TokenKey, at now: Moment) {
        guard limits.token != nil || limits.address != nil, tokens[token] == nil else { return }
        if tokens.count >= capacity, now >= nextSweepOfTokens {
            nextSweepOfTokens = now + Self.sweepInterval
            tokens = tokens.filter { !$0.value.isIdle(at: now) }
        }
        if tokens.count < capacity { tokens[token] = Bucket() }
    }

    /// The caller was not let in: the token is unknown, ended, or no token at all.
    mutating func turnedAway(
        _ token: TokenKey?, from address: AddressKey, at now: Moment
    ) -> Verdict {
        if let token { tokens[token] = nil }
        guard limits.delaysFailures else { return .now }
        let allHeld = held
        let verdict = withAddress(address, at: now) { bucket -> Verdict in
            if now - bucket.lastFailure > Self.failuresRemembered { bucket.failures = 0 }
            bucket.failures += 1
            bucket.lastFailure = now
            let delay = Self.delay(afterFailures: bucket.failures)
            guard delay > 0 else { return .now }
            guard bucket.held < Self.heldOfAddressMax, allHeld < Self.heldMax else {
                return .refused(seconds: Self.seconds(delay))
            }
            bucket.held += 1
            return .held(nanoseconds: delay)
        }
        if case .held = verdict { held += 1 }
        return verdict
    }

    /// An answer that was held back went out.
    mutating func released(_ address: AddressKey) {
        held -= 1
        if addresses[address] != nil {
            addresses[address]!.held -= 1
        } else {
            crowd.held -= 1
        }
    }

    static func delay(afterFailures failures: Int) -> Int64 {
        let counted = failures - freeFailures
        guard counted > 0 else { return 0 }
        // 2^7 × 250 ms is beyond the longest already.
        return min(longestDelay, firstDelay << min(counted - 1, 7))
    }

    // MARK: The allowance

    private static func spend(
        _ bucket: inout Bucket, _ rate: RateLimits.Rate, _ policy: Standing.Policy, _ now: Moment
    ) -> Entry {
        let whole = rate.interval * Int64(rate.burst)
        let from = max(bucket.fullAt, now)
        let used = from - now
        guard used + rate.interval <= whole else {
            return .wait(
                seconds: max(1, seconds(used + rate.interval - whole)),
                Standing(
                    policy: policy, rate: rate, remaining: 0, resetSeconds: seconds(used)))
        }
        bucket.fullAt = from + rate.interval
        return .go(
            Standing(
                policy: policy, rate: rate,
                remaining: Int((whole - used - rate.interval) / rate.interval),
                resetSeconds: seconds(used + rate.interval)))
    }

    private static func seconds(_ nanoseconds: Int64) -> Int {
        Int((nanoseconds + 999_999_999) / 1_000_000_000)
    }

    private mutating func withAddress<Value>(
        _ address: AddressKey, at now: Moment, _ body: (inout Bucket) -> Value
    ) -> Value {
        if var bucket = addresses[address] {
            defer { addresses[address] = bucket }
            return body(&bucket)
        }
        if addresses.count >= capacity, now >= nextSweepOfAddresses {
            nextSweepOfAddresses = now + Self.sweepInterval
            addresses = addresses.filter { !$0.value.isIdle(at: now) }
        }
        guard addresses.count < capacity else { return body(&crowd) }
        var bucket = Bucket()
        defer { addresses[address] = bucket }
        return body(&bucket)
    }
}
