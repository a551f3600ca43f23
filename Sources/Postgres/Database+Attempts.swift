// One call, one or several attempts, each a turn on a connection.

internal import Metrics

/// A failed attempt that may be made again, with the error that the caller gets if it is not.
private struct Repeatable: Error {
    let cause: PostgresError
    let surfaced: any Error
}

extension Database {
    /// Runs `work` on a transaction in `mode`, again where that is safe and of use.
    func transact<Value: Sendable>(
        _ mode: BeginMode, _ opening: Opening, _ deadline: Duration?,
        repeatsConflicts: Bool = true,
        _ work: @escaping @Sendable (TransactionCore) throws -> Value
    ) async throws -> Value {
        let end = Moment.now + (deadline ?? settings.transactionDeadline)
        let preface = preface(for: deadline)
        var attempt = 1
        while true {
            do {
                return try await perform(until: end) { session in
                    let core = TransactionCore(
                        session: session, mode: mode, preface: preface, opening: opening)
                    do {
                        let value = try work(core)
                        core.settle()
                        return value
                    } catch {
                        core.rollBack()
                        guard let cause = core.failure, cause.mayBeRepeated else { throw error }
                        throw Repeatable(cause: cause, surfaced: error)
                    }
                }
            } catch let failure as Repeatable {
                let isConflict = failure.cause.isConflict
                let most =
                    mode.isSerializable && isConflict
                    ? Self.maxSerializableAttempts : Self.maxOtherAttempts
                guard attempt < most, repeatsConflicts || failure.cause.mayRunAgainElsewhere else {
                    throw failure.surfaced
                }
                if isConflict {
                    let pause = (Self.firstRetryPause * (1 << (attempt - 1))).jittered
                    guard Moment.now + pause < end else { throw failure.surfaced }
                    try await Task.sleep(for: pause)
                }
                attempt += 1
            }
        }
    }

    /// Gives `work` its turn on a connection, until `end`; cancellation of the task reaches the server.
    func perform<Value: Sendable>(
        until end: Moment, _ work: @escaping @Sendable (Session) throws -> Value
    ) async throws -> Value {
        let now = Moment.now
        let timers = self.timers
        let turn = ValueTurn(
            deadline: end, waitDeadline: now + limits.waitDeadline, now: now
        ) { session in
            let taken = Moment.now
            timers.wait.recordNanoseconds(taken.nanoseconds - now.nanoseconds)
            defer {
                timers.transaction.recordNanoseconds(Moment.now.nanoseconds - taken.nanoseconds)
            }
            return try work(session)
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                turn.awaits(continuation)
                pool.submit(turn)
            }
        } onCancel: {
            turn.cancel()
            pool.abandon(turn)
        }
    }

    /// The server's own limit must not end what the caller gave more time.
    func preface(for deadline: Duration?) -> [Outgoing] {
        guard let deadline, deadline > settings.statementTimeout else { return [] }
        return [Self.statementTimeout(deadline + .seconds(1))]
    }

    static func statementTimeout(_ duration: Duration) -> Outgoing {
        Query<Void>(
            SQLStatement(
                "SELECT set_config('statement_timeout', $1, true)",
                name: "transaction.statementTimeout"), "\(duration.milliseconds)"
        ).outgoing
    }
}

extension PostgresError {
    /// Two transactions got in each other's way; neither has done anything.
    var isConflict: Bool { sqlState == .serializationFailure || sqlState == .deadlockDetected }

    fileprivate var mayBeRepeated: Bool {
        !isCommitUnknown && (isConflict || isStalePlan || mayRunAgainElsewhere)
    }
}
