// The pool: `PoolState` behind a lock, and what it decides done after the lock is released. A lock and not an actor: it
// is held for less than a microsecond, and a hop through the shared thread pool costs twenty (measured: a third more
// transactions a second, and a shorter tail).

internal import Logging
internal import Synchronization

final class Pool: Sendable {
    private struct Core {
        var state: PoolState
        /// Those who wait, by the identity that the state knows.
        var turns: [WaiterID: Turn] = [:]
        /// All connections whose threads run, those being closed included.
        var connections: [ConnectionID: Connection] = [:]
        var lastConnectFailure: PostgresError?
        var isKept = false
        var isEnded = false
        /// When the keeper looks up next.
        var keeperDue = Moment.distantFuture
        var threads = 0
        var waitsForEnd: [CheckedContinuation<Void, Never>] = []
    }

    /// The keeper also sets the gauges, so it never sleeps longer.
    private static let keeperPause = Duration.seconds(1)
    /// The keeper decides and hands over; it runs no caller's code.
    private static let keeperStackBytes = 256 << 10

    private let core: Mutex<Core>
    private let keeperWake = WakeDescriptor()
    private let settings: ConnectionSettings
    private let logger: Logger
    private let gauges: PoolGauges

    init(settings: ConnectionSettings, limits: PoolLimits, logger: Logger) {
        core = Mutex(Core(state: PoolState(limits: limits)))
        self.settings = settings
        self.logger = logger
        gauges = PoolGauges()
    }

    var statistics: PoolStatistics { core.withLock { $0.state.statistics } }

    // MARK: Callers

    /// Passes `turn` to a connection now, or when one is free; it is settled or refused exactly once.
    func submit(_ turn: Turn) {
        enum Step { case take(Connection), wait(opening: Connection?, Bool), refuse(PostgresError) }
        let now = Moment.now
        let step = core.withLock { core -> Step in
            guard !turn.isCancelled else {
                return .refuse(
                    PostgresError(.cancelled, "before it had a connection", wasNothingSent: true))
            }
            switch core.state.lease(turn.id, deadline: turn.waitDeadline, now: now) {
            case .serve(let id): return .take(core.connections[id]!)
            case .refuse(let refusal): return .refuse(Self.error(refusal, core))
            case .park(let id):
                core.turns[turn.id] = turn
                let opening = id.map { makeConnection($0, in: &core) }
                return .wait(opening: opening, wakeKeeper(by: turn.waitDeadline, in: &core))
            }
        }
        switch step {
        case .take(let connection): connection.take(turn)
        case .refuse(let error): turn.refuse(error)
        case .wait(let opening, let mustWakeKeeper):
            opening?.open()
            if mustWakeKeeper { keeperWake.raise() }
        }
    }

    /// A cancelled turn that still waits is refused; one being served is the connection's affair.
    func abandon(_ turn: Turn) {
        let wasWaiting = core.withLock { core in
            core.turns.removeValue(forKey: turn.id) != nil && core.state.abandon(turn.id)
        }
        if wasWaiting {
            turn.refuse(
                PostgresError(.cancelled, "while waiting for a connection", wasNothingSent: true))
        }
    }

    // MARK: Connections, on their threads

    func connected(_ connection: Connection) -> Turn? {
        let (next, opening) = core.withLock { core in
            core.lastConnectFailure = nil
            let decision = core.state.connected(
                connection.id, now: .now, jitter: .random(in: 0...1))
            return perform(decision, for: connection, in: &core)
        }
        opening?.open()
        return next
    }

    func connectFailed(_ connection: Connection, _ error: PostgresError) {
        logger.warning(
            "no connection to PostgreSQL", metadata: ["reason": "\(error.detail)"])
        let refused = core.withLock { core in
            core.lastConnectFailure = error
            let waiters = core.state.connectFailed(
                connection.id, now: .now, jitter: .random(in: 0...1))
            return waiters.compactMap { core.turns.removeValue(forKey: $0) }
        }
        for turn in refused { turn.refuse(error) }
        keeperWake.raise()
    }

    /// The turn's work is over: the connection goes to the first who waits, and the caller is told.
    func returned(_ connection: Connection, _ verdict: Verdict, from turn: Turn) -> Turn? {
        let now = Moment.now
        var isOver = true
        let (next, opening) = core.withLock { core -> (Turn?, Connection?) in
            let decision: PoolState.ReturnDecision
            if verdict == .unserved, !turn.isCancelled, now < turn.waitDeadline {
                isOver = false
                core.turns[turn.id] = turn
                decision = core.state.returnedUnserved(
                    connection.id, waiter: turn.id, deadline: turn.waitDeadline, now: now)
            } else {
                decision = core.state.returned(connection.id, keep: verdict == .keep, now: now)
            }
            return perform(decision, for: connection, in: &core)
        }
        opening?.open()
        if isOver {
            if verdict == .unserved {
                turn.refuse(
                    PostgresError(
                        turn.isCancelled ? .cancelled : .connecting,
                        "the connection was dead and there is no time for another",
                        wasNothingSent: true))
            } else {
                turn.settle()
            }
        }
        return next
    }

    func died(_ connection: Connection) {
        let opening = core.withLock { core -> Connection? in
            guard let decision = core.state.died(connection.id, now: .now) else { return nil }
            return perform(decision, for: connection, in: &core).1
        }
        opening?.open()
    }

    func threadEnded(_ id: ConnectionID) {
        let waits = core.withLock { core in
            core.connections[id] = nil
            return Self.threadGone(&core)
        }
        for wait in waits { wait.resume() }
    }

    private static func threadGone(_ core: inout Core) -> [CheckedContinuation<Void, Never>] {
        core.threads -= 1
        guard core.threads == 0 else { return [] }
        defer { core.waitsForEnd = [] }
        return core.waitsForEnd
    }

    // MARK: Doing what was decided

    /// Under the lock: looks up whom the decision names. The connection's replacement is opened by the caller, after.
    private func perform(
        _ decision: PoolState.ReturnDecision, for connection: Connection, in core: inout Core
    ) -> (Turn?, Connection?) {
        switch decision {
        case .idle: return (nil, nil)
        case .serve(let waiter): return (core.turns.removeValue(forKey: waiter)!, nil)
        case .close(let replacement):
            connection.close()
            return (nil, replacement.map { makeConnection($0, in: &core) })
        }
    }

    private func makeConnection(_ id: ConnectionID, in core: inout Core) -> Connection {
        let connection = Connection(id: id, settings: settings, logger: logger, pool: self)
        core.connections[id] = connection
        // Counted here, under the lock, so that a shutdown cannot miss a thread about to start.
        core.threads += 1
        return connection
    }

    private static func error(_ refusal: PoolState.Refusal, _ core: Core) -> PostgresError {
        switch refusal {
        case .tooManyWaiters:
            return PostgresError(
                .poolExhausted, "\(core.state.statistics.waiting) wait already",
                wasNothingSent: true)
        case .waitedTooLong, .cannotConnect:
            let statistics = core.state.statistics
            if statistics.leased + statistics.idle == 0, var failure = core.lastConnectFailure {
                failure.detail = "no connection in time; the last attempt: \(failure.detail)"
                return failure
            }
            return PostgresError(
                .poolExhausted, "all \(statistics.connections) connections stayed busy",
                wasNothingSent: true)
        case .shuttingDown:
            return PostgresError(.shuttingDown, "the pool is closed", wasNothingSent: true)
        }
    }
}

// MARK: - The keeper

extension Pool {
    /// Opens the minimum of connections, and starts looking after deadlines.
    func start() {
        core.withLock { _ = wakeKeeper(by: Moment(nanoseconds: .min), in: &$0) }
        keeperWake.raise()
    }

    /// True if the keeper must be woken to be in time for `due`. Starts it if there is none.
    private func wakeKeeper(by due: Moment, in core: inout Core) -> Bool {
        if !core.isKept, !core.isEnded {
            core.isKept = true
            core.threads += 1
            startThread(named: "\(settings.threadPrefix)-keeper", stackBytes: Self.keeperStackBytes)
            {
                self.keep()
                let waits = self.core.withLock { Self.threadGone(&$0) }
                for wait in waits { wait.resume() }
            }
        }
        return due < core.keeperDue
    }

    private func keep() {
        while true {
            let now = Moment.now
            var refusals: [(Turn, PostgresError)] = []
            var opening: [Connection] = []
            let due = core.withLock { core -> Moment? in
                let chores = core.state.tick(now: now)
                for waiter in chores.refuse {
                    if let turn = core.turns.removeValue(forKey: waiter) {
                        refusals.append((turn, Self.error(.waitedTooLong, core)))
                    }
                }
                for id in chores.close { core.connections[id]?.close() }
                for id in chores.connect { opening.append(makeConnection(id, in: &core)) }
                guard !core.isEnded else { return nil }
                core.keeperDue = min(core.state.nextDue(now: now), now + Self.keeperPause)
                return core.keeperDue
            }
            for (turn, error) in refusals { turn.refuse(error) }
            for connection in opening { connection.open() }
            gauges.record(statistics)
            guard let due else { return }
            keeperWake.sleep(until: due)
        }
    }
}

// MARK: - Closing

extension Pool {
    /// Stops leasing, lets running and waiting turns finish until the deadline, interrupts what is left, and returns
    /// when every thread has ended.
    func shutDown(within deadline: Duration) async {
        let idle = core.withLock { core in
            core.state.shutDown(now: .now).compactMap { core.connections[$0] }
        }
        for connection in idle { connection.close() }
        let end = Moment.now + deadline
        while Moment.now < end, core.withLock({ !$0.connections.isEmpty }) {
            // A cancelled task hurries: then the rest is interrupted now.
            do { try await Task.sleep(for: Self.shutDownPause) } catch { break }
        }
        interruptAll()
        await ended()
    }

    /// How often a shutdown looks whether the last transaction has ended; it is rare and not worth a signal.
    private static let shutDownPause = Duration.milliseconds(10)

    /// Ends everything now without waiting for it: for an owner that goes away.
    func interruptAll() {
        let (turns, connections) = core.withLock { core in
            _ = core.state.shutDown(now: .now)
            core.isEnded = true
            let turns = core.state.giveUpWaiters().compactMap {
                core.turns.removeValue(forKey: $0)
            }
            return (turns, Array(core.connections.values))
        }
        for turn in turns {
            turn.refuse(PostgresError(.shuttingDown, "while waiting", wasNothingSent: true))
        }
        for connection in connections {
            connection.interrupt()
            connection.close()
        }
        keeperWake.raise()
    }

    private func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = core.withLock { core in
                if core.threads > 0 { core.waitsForEnd.append(continuation) }
                return core.threads == 0
            }
            if isOver { continuation.resume() }
        }
    }
}
