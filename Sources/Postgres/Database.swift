// The way in: closures that read or write in one transaction, on a connection from the pool.

public import Logging
internal import Metrics
public import ServiceLifecycle

/// A PostgreSQL database behind a pool. Works from the moment it is made; `run()` keeps it until shutdown.
public final class Database: Sendable, Service {
    /// Attempts of a serializable transaction. With full jitter from 10 ms doubling, five take at most 0.3 s.
    static let maxSerializableAttempts = 5
    /// Others run again once: after a deadlock, a stale plan, or a connection found dead.
    static let maxOtherAttempts = 2
    static let firstRetryPause = Duration.milliseconds(10)

    let settings: ConnectionSettings
    let limits: PoolLimits
    let pool: Pool
    let logger: Logger
    let timers = DatabaseTimers()

    /// Opens nothing yet; the first use or `run()` does.
    public init(
        _ settings: ConnectionSettings, pool limits: PoolLimits = .default, logger: Logger
    ) {
        self.settings = settings
        self.limits = limits
        self.logger = logger
        pool = Pool(settings: settings, limits: limits, logger: logger)
    }

    deinit { pool.interruptAll() }

    public var statistics: PoolStatistics { pool.statistics }

    /// Connections at most, and how long a caller waits for one.
    public var maxConnections: Int { limits.maxConnections }
    public var waitDeadline: Duration { limits.waitDeadline }

    /// Holds connections open until graceful shutdown or cancellation, then closes them within the settings' deadline.
    public func run() async throws {
        pool.start()
        try? await gracefulShutdown()
        await shutDown()
    }

    /// Stops leasing, lets running transactions finish until the deadline, interrupts the rest, ends every thread.
    public func shutDown() async {
        await pool.shutDown(within: settings.shutdownDeadline)
    }

    /// Runs `body` in a read-only transaction. `deadline` counts from the call, waiting for a connection included. Each
    /// statement sees what was committed when it began, or, `atOneMoment`, all see what the first one saw.
    @discardableResult
    public func read<Value: Sendable>(
        opening: Opening = .none, atOneMoment: Bool = false, deadline: Duration? = nil,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await transact(atOneMoment ? .readingOneMoment : .reading, opening, deadline) { core in
            let value = try body(Transaction(core))
            _ = try core.commit()
            return value
        }
    }

    /// Runs `body` in a transaction and commits; rolls back if it throws. `body` may run again after a conflict, a
    /// stale plan or a dead connection, so it must do nothing but SQL and arithmetic.
    @discardableResult
    public func write<Value: Sendable>(
        opening: Opening = .none, isolation: Isolation = .readCommitted,
        deadline: Duration? = nil,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        let mode: BeginMode = isolation == .serializable ? .serializable : .writing
        return try await transact(mode, opening, deadline) { core in
            let value = try body(Transaction(core))
            _ = try core.commit()
            return value
        }
    }

    /// BEGIN READ ONLY, the opening, all queries and COMMIT in one single round trip.
    public func read<each Output: Sendable>(
        opening: Opening, deadline: Duration? = nil, _ queries: repeat Query<each Output>
    ) async throws -> (repeat [each Output]) {
        var batch: [Outgoing] = []
        repeat batch.append((each queries).outgoing)
        return try await transact(.reading, opening, deadline) { [batch] core in
            var results = try core.commit(after: batch).makeIterator()
            return (repeat try results.next()!.rows(each queries))
        }
    }
}

struct DatabaseTimers: Sendable {
    /// From the call until a connection took it up.
    let wait = Metrics.Timer(label: "postgres_wait_seconds")
    /// On the connection: BEGIN to COMMIT.
    let transaction = Metrics.Timer(label: "postgres_transaction_seconds")
}
