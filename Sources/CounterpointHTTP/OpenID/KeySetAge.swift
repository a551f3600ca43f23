// When a provider's keys are fetched again. Pure: events in, decisions out, no clock and no network.

/// What is known of a key set's age.
struct KeySetAge: Sendable {
    /// Seconds of any clock that runs forward.
    typealias Moment = Int64

    enum Need: Sendable, Hashable {
        case none
        /// What is there can still be used; fetch beside it.
        case refresh
        /// There is nothing to use.
        case fetch
        /// There is nothing to use, and it was tried just now.
        case waitForProvider
    }

    /// An hour: rotated keys are published well before they are used, and a withdrawn one should not live on for days.
    static let freshSeconds: Int64 = 3_600
    /// A day: a provider that is down for longer has nobody to sign in with new tokens anyway.
    static let usableSeconds: Int64 = 86_400
    /// Half a minute between two tries, also for keys not heard of: made-up key ids must not become requests.
    static let retrySeconds: Int64 = 30

    private var fetched: Moment?
    private var tried: Moment?

    init() {}

    /// Before a token is looked at.
    func need(at now: Moment) -> Need {
        guard let fetched, now - fetched <= Self.usableSeconds else {
            return mayTry(at: now) ? .fetch : .waitForProvider
        }
        return now - fetched > Self.freshSeconds && mayTry(at: now) ? .refresh : .none
    }

    /// Whether a key that nobody has heard of is worth a try.
    func mayTry(at now: Moment) -> Bool {
        tried.map { now - $0 >= Self.retrySeconds } ?? true
    }

    mutating func began(at now: Moment) { tried = now }

    mutating func succeeded(at now: Moment) { fetched = now }
}
