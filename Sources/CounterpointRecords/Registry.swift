// Everything that can be asked of the record, as methods of one value. HTTP and the command line call these and nothing
// else; each method is one transaction, opened with the caller's own identity.

import CounterpointModel
public import Logging
public import Postgres

/// The operations of Counterpoint over one database.
public struct Registry: Sendable {
    let database: Database
    /// Where summaries are asked: a replica if there is one.
    let readDatabase: Database
    let logger: Logger
    /// Of the connections, for each caller.
    let share: ConnectionShare

    /// Stands on the databases as they are; `checkInstallation` tells whether they can be relied on.
    public init(database: Database, readDatabase: Database? = nil, logger: Logger) {
        self.database = database
        self.readDatabase = readDatabase ?? database
        self.logger = logger
        share = ConnectionShare(
            connections: min(
                database.maxConnections, (readDatabase ?? database).maxConnections),
            patience: database.waitDeadline)
    }

    /// Reads with the caller's rights. A caller who may not do `act` is refused before anything is looked at.
    /// `atOneMoment`: all statements see the same state. `deadline` where the usual one is too short.
    func read<Value: Sendable>(
        _ act: Act?, as caller: Caller, atOneMoment: Bool = false, deadline: Duration? = nil,
        _ body: @escaping @Sendable (borrowing Transaction, SignedIn) throws -> Value
    ) async throws -> Value {
        try await translatingErrors {
            try await share.admit(caller) {
                try await database.read(
                    opening: share.learning(caller).opening, atOneMoment: atOneMoment,
                    deadline: deadline
                ) { transaction in
                    let signedIn = try transaction.signedIn()
                    if let act { try signedIn.require(act) }
                    return try body(transaction, signedIn)
                }
            }
        }
    }

    /// Writes with the caller's rights, once for each idempotency key; `deadline` where the usual one is too short.
    func write<Value: Sendable>(
        _ act: Act?, as caller: Caller, once: Once<Value>?, deadline: Duration? = nil,
        _ body: @escaping @Sendable (borrowing Transaction, SignedIn) throws -> Value
    ) async throws -> Outcome<Value> {
        try await translatingErrors {
            try await share.admit(caller) {
                try await database.write(
                    opening: share.learning(caller).opening, deadline: deadline
                ) { transaction in
                    let signedIn = try transaction.signedIn()
                    if let act { try signedIn.require(act) }
                    guard let once else { return .done(try body(transaction, signedIn)) }
                    let earlier = try IdempotencyKeys.claim(
                        once.key, fingerprint: once.fingerprint, in: transaction)
                    if let earlier { return .replayed(earlier) }
                    let value = try body(transaction, signedIn)
                    try IdempotencyKeys.keep(once.answer(value), under: once.key, in: transaction)
                    return .done(value)
                }
            }
        }
    }
}
