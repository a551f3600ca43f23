// Reads one row from left to right.

internal import CLibPQ

/// The columns of one row, in order; lent to a query's `decode` and of no use afterwards.
public struct RowReader: ~Copyable {
    private let result: OpaquePointer
    private let row: Int32
    private var column: Int32 = 0

    init(result: OpaquePointer, row: Int) {
        self.result = result
        self.row = Int32(row)
    }

    /// The next column; `Optional` where NULL may be. Throws `PostgresError` of kind `decoding`.
    public mutating func next<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self
    ) throws -> Value {
        let column = self.column
        self.column += 1
        guard column < PQnfields(result) else {
            throw PostgresError.decoding("column \(column + 1) of \(PQnfields(result))")
        }
        do {
            return try Value(from: cell(column))
        } catch var error as PostgresError {
            let name = PQfname(result, column).map { String(cString: $0) } ?? ""
            error.detail = "column \(column + 1) (\(name)): \(error.detail)"
            throw error
        }
    }

    /// Passes over a column.
    public mutating func skip() {
        column += 1
    }

    private func cell(_ column: Int32) -> Cell {
        let oid = PQftype(result, column)
        // NULL is told by the flag alone: an empty string has length 0 as well.
        guard PQgetisnull(result, row, column) == 0 else { return Cell(oid: oid, bytes: nil) }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column)))
        return Cell(oid: oid, bytes: bytes)
    }

    /// A decoder that leaves columns unread has fallen out of step with its statement.
    func finish() throws {
        guard column == PQnfields(result) else {
            throw PostgresError.decoding("\(column) of \(PQnfields(result)) columns were read")
        }
    }
}
