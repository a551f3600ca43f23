// The state behind a lent `Transaction`: what has been sent, what waits to travel, and whether it has failed.

internal import CLibPQ
internal import Logging

/// Lives on the connection's thread for the length of one closure.
final class TransactionCore {
    enum Phase { case unsent, open, failed, ended }

    /// How long ROLLBACK may take after an error; it is the server's work only.
    private static let rollbackDeadline = Duration.seconds(2)

    let session: Session
    private let mode: BeginMode
    private let preface: [Outgoing]
    private let opening: Opening
    private(set) var phase = Phase.unsent
    /// Travels with the next exchange.
    private(set) var pending: [Outgoing] = []
    /// Travels with COMMIT and not before.
    private(set) var last: [Outgoing] = []
    private var openingValue: (any Sendable)?
    /// The first thing that went wrong: it decides about another attempt, whatever the closure made of it.
    private(set) var failure: PostgresError?
    var savepointDepth = 0

    init(session: Session, mode: BeginMode, preface: [Outgoing], opening: Opening) {
        self.session = session
        self.mode = mode
        self.preface = preface
        self.opening = opening
    }

    /// Sends what waits and `batch`, all in one round trip; answers for `batch` only.
    func send(_ batch: [Outgoing]) throws -> ArraySlice<ServerResult> {
        try requireUsable()
        try session.refuseIfInterrupted()
        for item in batch { try Self.refuseFault(in: item) }
        var all: [Outgoing] = []
        all.reserveCapacity(batch.count + pending.count + 5)
        if phase == .unsent {
            all.append(mode.begin)
            all += BeginMode.fresh
            all += preface
            if let statement = opening.statement {
                try Self.refuseFault(in: statement.outgoing)
                all.append(statement.outgoing)
            }
        }
        let openingIndex = all.count - 1
        let wasUnsent = phase == .unsent
        all += pending
        pending = []
        let first = all.count
        all += batch
        phase = .open
        let outcome = try noting { try session.exchange(all) }
        if let failure = outcome.failure { throw noted(failure.error) }
        if wasUnsent, let statement = opening.statement {
            openingValue = try noting { () throws -> (any Sendable)? in
                try statement.decode(outcome.results[openingIndex])
            }
        }
        return outcome.results[first...]
    }

    /// Goes with the next exchange.
    func enqueue(_ item: Outgoing) throws {
        try requireUsable()
        try Self.refuseFault(in: item)
        pending.append(item)
    }

    /// Goes right before COMMIT, whatever else is sent meanwhile.
    func enqueueLast(_ item: Outgoing) throws {
        try requireUsable()
        try Self.refuseFault(in: item)
        last.append(item)
    }

    /// Sends BEGIN, the opening and whatever waits, if that has not happened.
    func flush() throws {
        if phase == .unsent || !pending.isEmpty { _ = try send([]) }
    }

    func opened<Output>(_ type: Output.Type) throws -> Output {
        if openingValue == nil { try flush() }
        guard let value = openingValue as? Output else {
            throw PostgresError(.transaction, "the opening answered no \(Output.self)")
        }
        return value
    }

    /// Sends what waits, `batch` and COMMIT in one round trip. A transaction that never spoke says nothing, nor does one
    /// that was committed with its last rows.
    func commit(after batch: [Outgoing] = []) throws -> ArraySlice<ServerResult> {
        if phase == .ended, batch.isEmpty { return [] }
        if phase == .unsent, pending.isEmpty, last.isEmpty, batch.isEmpty, opening.statement == nil
        {
            return []
        }
        let ending = last + [BeginMode.commit]
        last = []
        let results: ArraySlice<ServerResult>
        do {
            results = try send(batch + ending)
        } catch var error as PostgresError {
            // Only an ERROR of the server's says that there was no COMMIT; a FATAL may come after it.
            if mode.isWriting, phase == .failed, session.mustRetire,
                failure?.server?.severity != "ERROR"
            {
                error.isCommitUnknown = true
                error.mayRunAgainElsewhere = false
                failure = error
            }
            throw error
        }
        // An aborted transaction answers COMMIT with success and the word ROLLBACK.
        guard results.last!.commandTag == "COMMIT" else {
            throw noted(PostgresError(.transaction, "COMMIT ended in a rollback"))
        }
        if mayBeUnreplicated {
            throw noted(
                PostgresError(
                    .server, "committed here, perhaps not on the standby", isCommitUnknown: true))
        }
        phase = .ended
        return results.dropLast(ending.count)
    }

    /// After COMMIT: a connection that is still in a transaction is not given to anybody.
    func settle() {
        guard !session.mustRetire else { return }
        if session.transactionStatus != PQTRANS_IDLE {
            session.mustRetire = true
        } else {
            session.tidy()
        }
    }

    /// Leaves the connection fit for the next, or marks it for closing.
    func rollBack() {
        phase = .ended
        guard !session.mustRetire else { return }
        switch session.transactionStatus {
        case PQTRANS_IDLE: return
        case PQTRANS_INTRANS, PQTRANS_INERROR:
            session.bounds = Bounds(deadline: .now + Self.rollbackDeadline)
            do {
                let outcome = try session.exchange([BeginMode.rollback])
                if let failure = outcome.failure { throw failure.error }
            } catch {
                // The caller gets the error that led here; this one only costs the connection.
                session.logger.warning("rollback failed", metadata: ["error": "\(error)"])
                session.mustRetire = true
            }
        default: session.mustRetire = true
        }
    }

    /// What failed inside is forgiven, unless the savepoint was never set: then the transaction stays failed.
    func rollBackSavepoint(_ statements: [Outgoing]) {
        let forgiven = failure
        pending = []
        phase = .open
        failure = nil
        do {
            _ = try send(statements)
        } catch {
            failure = forgiven
        }
    }

    func dropPending(after count: Int) {
        pending.removeLast(max(0, pending.count - count))
    }

    func dropLast(after count: Int) {
        last.removeLast(max(0, last.count - count))
    }

    /// A broken line, an interruption or a failed statement: nothing more can be asked of this transaction.
    func noting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw noted(error)
        }
    }

    private func noted<Failure: Error>(_ error: Failure) -> Failure {
        phase = .failed
        if failure == nil { failure = error as? PostgresError }
        return error
    }

    func requireUsable() throws {
        guard phase == .unsent || phase == .open else {
            throw PostgresError(
                .transaction, "used after it failed: \(failure?.debugDescription ?? "-")",
                server: failure?.server, statement: failure?.statement)
        }
    }

    private static func refuseFault(in item: Outgoing) throws {
        guard var fault = item.parameters.fault else { return }
        fault.statement = item.statement.name
        throw fault
    }

    /// A cancelled wait for a synchronous standby is reported as success with a warning. The warning has a SQLSTATE of
    /// its own only when the server was being stopped; for the rest, a warning after a cancel request is enough.
    private var mayBeUnreplicated: Bool {
        session.notices.warnings.contains { $0.sqlState == .adminShutdown || session.wasCancelSent }
    }
}
