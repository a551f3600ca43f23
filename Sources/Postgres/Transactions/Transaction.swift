// What a closure is lent: it can neither be kept nor waited in. A stored `Transaction` does not compile, and neither
// does an `await` inside the closure, so nothing but SQL happens between BEGIN and COMMIT.

/// An open transaction, for the length of a closure of `Database.read` or `Database.write`.
public struct Transaction: ~Copyable {
    let core: TransactionCore

    init(_ core: TransactionCore) {
        self.core = core
    }

    /// All rows; an error beyond the query's limit.
    public func rows<Output>(
        _ query: Query<Output>, file: StaticString = #fileID, line: UInt = #line
    ) throws -> [Output] {
        try located(file, line) {
            try core.send([query.outgoing]).first!.rows(query)
        }
    }

    /// Several statements in one round trip, and the rows of each. The first failure stops the rest.
    public func rows<each Output>(
        _ queries: repeat Query<each Output>, file: StaticString = #fileID, line: UInt = #line
    ) throws -> (repeat [each Output]) {
        try located(file, line) {
            var batch: [Outgoing] = []
            repeat batch.append((each queries).outgoing)
            var results = try core.send(batch).makeIterator()
            return (repeat try results.next()!.rows(each queries))
        }
    }

    /// The same with COMMIT behind them in the same round trip: nothing can be asked after it.
    public func lastRows<each Output>(
        _ queries: repeat Query<each Output>, file: StaticString = #fileID, line: UInt = #line
    ) throws -> (repeat [each Output]) {
        try located(file, line) {
            var batch: [Outgoing] = []
            repeat batch.append((each queries).outgoing)
            var results = try core.commit(after: batch).makeIterator()
            return (repeat try results.next()!.rows(each queries))
        }
    }

    /// The row, or `nil` if there is none; more than one is an error.
    public func row<Output>(
        _ query: Query<Output>, file: StaticString = #fileID, line: UInt = #line
    ) throws -> Output? {
        try located(file, line) {
            let rows = try core.send([query.outgoing]).first!.rows(query)
            guard rows.count <= 1 else {
                throw PostgresError(
                    .decoding, "\(rows.count) rows where one was asked for",
                    statement: query.statement.name)
            }
            return rows.first
        }
    }

    /// Rows inserted, changed, deleted or selected.
    @discardableResult
    public func execute<Output>(
        _ query: Query<Output>, file: StaticString = #fileID, line: UInt = #line
    ) throws -> Int {
        try located(file, line) { try core.send([query.outgoing]).first!.rowsAffected }
    }

    /// Travels with the next statement or with COMMIT, and costs no round trip; its error surfaces there.
    public func enqueue<Output>(
        _ query: Query<Output>, file: StaticString = #fileID, line: UInt = #line
    ) throws {
        try located(file, line) { try core.enqueue(query.outgoing) }
    }

    /// Travels right before COMMIT, after everything else: what it locks is locked for the time of the commit only. Its
    /// error surfaces there.
    public func enqueueLast<Output>(
        _ query: Query<Output>, file: StaticString = #fileID, line: UInt = #line
    ) throws {
        try located(file, line) { try core.enqueueLast(query.outgoing) }
    }

    /// The row that the opening answered; sends the opening if nothing has been sent yet.
    public func opened<Output>(
        _ type: Output.Type, file: StaticString = #fileID, line: UInt = #line
    ) throws -> Output {
        try located(file, line) { try core.opened(type) }
    }

    func located<Value>(
        _ file: StaticString, _ line: UInt, _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error as PostgresError {
            throw error.located(at: CallSite(file: file, line: line))
        }
    }
}
