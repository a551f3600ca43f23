// What travels right behind BEGIN: typically the caller's identity, bound for this transaction only.

/// A statement that opens a transaction in the same round trip as the first real one; it answers one row.
public struct Opening: Sendable {
    struct Statement: Sendable {
        let outgoing: Outgoing
        let decode: @Sendable (ServerResult) throws -> any Sendable
    }

    let statement: Statement?

    public static let none = Opening(statement: nil)

    /// `query` must answer exactly one row, which `Transaction.opened` returns; of a `Query<Void>` rows are ignored.
    public init<Output: Sendable>(_ query: Query<Output>) {
        statement = Statement(outgoing: query.outgoing) { result in
            if query.decode == nil { return () }
            let rows = try result.rows(query)
            guard let row = rows.first, rows.count == 1 else {
                throw PostgresError(
                    .decoding, "\(rows.count) rows from an opening",
                    statement: query.statement.name)
            }
            return row
        }
    }

    private init(statement: Statement?) {
        self.statement = statement
    }
}
