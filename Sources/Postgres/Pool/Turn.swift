// A caller's turn on a connection: what it wants done, until when, and whether it still wants it. The pool passes turns
// about; the connection's thread takes one and runs it, so a lease needs no hop of its own.

internal import Synchronization

/// What became of a turn, as far as its connection is concerned.
enum Verdict: Equatable {
    case keep, retire
    /// The connection was dead before the server heard of the turn: another one may have it.
    case unserved
}

/// Base of the typed turns below. Immutable but for what the lock guards, and what a subclass passes on by hand-over.
class Turn: @unchecked Sendable {
    private struct Interruption {
        var isCancelled = false
        var isShutDown = false
        var wake: WakeDescriptor?
    }

    let id: WaiterID
    /// When the whole operation must have ended.
    let deadline: Moment
    /// When waiting for a connection ends.
    let waitDeadline: Moment
    let submittedAt: Moment
    private let interruption = Mutex(Interruption())
    private static let ids = Atomic<UInt64>(0)

    init(deadline: Moment, waitDeadline: Moment, now: Moment) {
        id = Self.ids.add(1, ordering: .relaxed).newValue
        self.deadline = deadline
        self.waitDeadline = min(waitDeadline, deadline)
        submittedAt = now
    }

    /// Does the work, on the connection's thread; keeps the outcome for `settle`.
    func serve(on session: Session) -> Verdict { fatalError("a turn without work") }

    /// Tells the caller what `serve` kept.
    func settle() { fatalError("a turn without a caller") }

    /// Tells the caller that there was no connection.
    func refuse(_ error: PostgresError) { fatalError("a turn without a caller") }

    var isCancelled: Bool { interruption.withLock { $0.isCancelled } }
    var isShutDown: Bool { interruption.withLock { $0.isShutDown } }

    /// From any thread: whoever serves this turn looks up from its wait.
    func cancel(becauseOfShutdown: Bool = false) {
        interruption.withLock {
            $0.isCancelled = true
            if becauseOfShutdown { $0.isShutDown = true }
            $0.wake?.raise()
        }
    }

    func begin(waking wake: WakeDescriptor) {
        interruption.withLock { $0.wake = wake }
    }

    /// From here on the connection belongs to somebody else; a cancellation no longer reaches it.
    func end() {
        interruption.withLock { $0.wake = nil }
    }
}

/// A turn whose work ends in a value for a suspended caller.
final class ValueTurn<Value: Sendable>: Turn, @unchecked Sendable {
    private let work: @Sendable (Session) throws -> Value
    private var outcome: Result<Value, any Error>?
    /// Set before the turn is submitted, resumed once.
    private var continuation: CheckedContinuation<Value, any Error>?

    init(
        deadline: Moment, waitDeadline: Moment, now: Moment,
        work: @escaping @Sendable (Session) throws -> Value
    ) {
        self.work = work
        super.init(deadline: deadline, waitDeadline: waitDeadline, now: now)
    }

    func awaits(_ continuation: CheckedContinuation<Value, any Error>) {
        self.continuation = continuation
    }

    override func serve(on session: Session) -> Verdict {
        outcome = Result { try work(session) }
        return session.mustRetire ? .retire : .keep
    }

    override func settle() {
        continuation?.resume(with: outcome!)
        continuation = nil
    }

    override func refuse(_ error: PostgresError) {
        continuation?.resume(throwing: error)
        continuation = nil
    }
}
