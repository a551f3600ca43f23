// One connection: an actor whose executor is one thread. The session is isolated state, so the compiler keeps it on
// that thread; turns arrive by hand-over and are run without suspension.

internal import CLibPQ
internal import Glibc
internal import Logging
internal import Synchronization

actor Connection {
    nonisolated let id: ConnectionID
    private nonisolated let thread: ConnectionThread
    private nonisolated let settings: ConnectionSettings
    private nonisolated let logger: Logger
    private nonisolated let isAbandoned = Atomic<Bool>(false)
    /// The turn being served, for a shutdown that has to interrupt it.
    private nonisolated let current = Mutex<Turn?>(nil)
    private var session: Session?
    /// Owns this connection in turn; the pool lets go of it when its thread has ended.
    private nonisolated let pool: Pool

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(id: ConnectionID, settings: ConnectionSettings, logger: Logger, pool: Pool) {
        self.id = id
        self.settings = settings
        self.logger = logger
        self.pool = pool
        thread = ConnectionThread(name: "\(settings.threadPrefix)-\(id)")
    }

    // MARK: From any thread

    /// Starts the thread and connects on it; the pool is told how it went, and when the thread has ended.
    nonisolated func open() {
        let (id, pool) = (id, pool)
        thread.start { pool.threadEnded(id) }
        thread.submit { self.assumeIsolated { $0.connect() } }
    }

    /// Hands over a turn. The pool has leased this connection to it.
    nonisolated func take(_ turn: Turn) {
        thread.submit { self.assumeIsolated { $0.serve(turn) } }
    }

    /// Closes the line after what was handed over before, and ends the thread.
    nonisolated func close() {
        isAbandoned.store(true, ordering: .releasing)
        thread.submit { self.assumeIsolated { $0.hangUp() } }
    }

    /// The time for a graceful end is over: the running turn is cancelled as if its task had been.
    nonisolated func interrupt() {
        isAbandoned.store(true, ordering: .releasing)
        current.withLock { $0?.cancel(becauseOfShutdown: true) }
        thread.wake.raise()
    }

    // MARK: On the thread

    private func connect() {
        do {
            let session = try Session.connect(settings, wake: thread.wake, logger: logger) {
                isAbandoned.load(ordering: .acquiring)
            }
            self.session = session
            thread.watchWhileIdle(PQsocket(session.connection)) { [unowned self] in
                self.assumeIsolated { $0.lookUp() }
            }
            if let turn = pool.connected(self) { serve(turn) }
        } catch {
            hangUp()
            pool.connectFailed(self, error as? PostgresError ?? PostgresError(.connecting))
        }
    }

    /// Serves turn after turn for as long as the pool has one waiting: between them nobody is woken in vain.
    private func serve(_ first: Turn) {
        var next: Turn? = first
        while let turn = next {
            guard let session else {
                // The line was found dead while the turn was on its way here.
                next = pool.returned(self, .unserved, from: turn)
                continue
            }
            current.withLock { $0 = turn }
            turn.begin(waking: thread.wake)
            session.bounds = Bounds(deadline: turn.deadline, turn: turn)
            let verdict = turn.serve(on: session)
            session.bounds = Bounds()
            turn.end()
            current.withLock { $0 = nil }
            next = pool.returned(self, verdict, from: turn)
        }
    }

    /// While idle the socket became readable: a notice, a changed parameter, or the end of the line.
    private func lookUp() {
        guard let session else { return }
        if PQconsumeInput(session.connection) == 1, !session.isBroken,
            PQisBusy(session.connection) == 0
        {
            while let notification = PQnotifies(session.connection) { PQfreemem(notification) }
            return
        }
        hangUp()
        pool.died(self)
    }

    /// The session's end closes the line, here on the thread that owns it.
    func hangUp() {
        thread.watchWhileIdle(nil)
        session = nil
        thread.end()
    }
}
