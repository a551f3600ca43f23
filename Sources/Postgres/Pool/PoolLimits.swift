// How much of everything a pool may use.

internal import Glibc

/// Limits on connections, on those who wait for one, and on time.
public struct PoolLimits: Sendable {
    /// Connections at most. See `defaultMaxConnections`.
    public var maxConnections: Int
    /// Kept open even when idle.
    public var minConnections: Int
    /// Callers that may wait at once; one more fails at once. With 8 connections and 5 ms a transaction, 1,600 are
    /// served a second: 1,000 waiters are 0.6 s of work, and twice that would not be served in time.
    public var maxWaiters: Int
    /// How long a caller waits for a connection.
    public var waitDeadline: Duration
    /// A connection is replaced when it has lived this long (less up to a tenth, at random, so that a pool that was
    /// filled at once is not emptied at once): server processes grow, and a failover's new address gets used.
    public var maxLifetime: Duration
    /// A connection above the minimum is closed after so long without work.
    public var maxIdle: Duration
    /// Between failed attempts to connect: doubling from the first to the second, each with full jitter.
    public var backOff: ClosedRange<Duration>

    public init(
        maxConnections: Int = PoolLimits.defaultMaxConnections, minConnections: Int = 1,
        maxWaiters: Int = 1_000, waitDeadline: Duration = .seconds(5),
        maxLifetime: Duration = .seconds(3_600), maxIdle: Duration = .seconds(300),
        backOff: ClosedRange<Duration> = .milliseconds(50)...(.seconds(5))
    ) {
        precondition(maxConnections > 0 && minConnections <= maxConnections && maxWaiters >= 0)
        self.maxConnections = maxConnections
        self.minConnections = minConnections
        self.maxWaiters = maxWaiters
        self.waitDeadline = waitDeadline
        self.maxLifetime = maxLifetime
        self.maxIdle = maxIdle
        self.backOff = backOff
    }

    public static let `default` = PoolLimits()

    /// Twice the cores, at least four: a transaction here is mostly the server's processor time, so more connections
    /// than that only queue inside the server, where nobody orders them.
    public static let defaultMaxConnections = max(4, 2 * Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

/// What a pool is doing right now.
public struct PoolStatistics: Sendable, Hashable {
    public var connections: Int
    public var leased: Int
    public var idle: Int
    public var connecting: Int
    public var waiting: Int
}
