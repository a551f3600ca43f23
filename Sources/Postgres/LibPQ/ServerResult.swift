// Owns a PGresult; rows are read from it in place while it lives.

internal import CLibPQ

/// One statement's answer.
final class ServerResult {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { PQclear(pointer) }

    var status: ExecStatusType { PQresultStatus(pointer) }
    var rowCount: Int { Int(PQntuples(pointer)) }
    var columnCount: Int { Int(PQnfields(pointer)) }

    /// The command as the server completed it, e.g. `COMMIT` or `INSERT 0 1`.
    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    /// Rows inserted, changed, deleted, copied or selected.
    var rowsAffected: Int {
        var value = 0
        var digits = PQcmdTuples(pointer)!
        while digits.pointee != 0 {
            value = value &* 10 &+ Int(digits.pointee - 48)
            digits += 1
        }
        return value
    }

    /// Every field by its code; the message is never parsed.
    var diagnostics: ServerDiagnostics { Self.diagnostics(of: pointer) }

    static func diagnostics(of pointer: OpaquePointer) -> ServerDiagnostics {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(pointer, code).map { String(cString: $0) }
        }
        return ServerDiagnostics(
            sqlState: SQLState(rawValue: field(CPQ_DIAG_SQLSTATE) ?? ""),
            severity: field(CPQ_DIAG_SEVERITY) ?? "",
            message: field(CPQ_DIAG_MESSAGE)
                ?? String(cString: PQresultErrorMessage(pointer)).trimmedLineEnd,
            detail: field(CPQ_DIAG_DETAIL), hint: field(CPQ_DIAG_HINT),
            constraint: field(CPQ_DIAG_CONSTRAINT), table: field(CPQ_DIAG_TABLE),
            column: field(CPQ_DIAG_COLUMN), schema: field(CPQ_DIAG_SCHEMA),
            context: field(CPQ_DIAG_CONTEXT), position: field(CPQ_DIAG_POSITION).flatMap { Int($0) }
        )
    }

    /// All rows, decoded in order; refuses more than the query's limit and columns left unread.
    func rows<Output>(_ query: Query<Output>) throws -> [Output] {
        guard let decode = query.decode else { return [] }
        let count = rowCount
        guard count <= query.maxRows else {
            throw PostgresError(
                .limitExceeded, "\(count) rows, at most \(query.maxRows) were asked for",
                statement: query.statement.name)
        }
        var outputs: [Output] = []
        outputs.reserveCapacity(count)
        for row in 0..<count {
            do {
                var reader = RowReader(result: pointer, row: row)
                outputs.append(try decode(&reader))
                if row == 0 { try reader.finish() }
            } catch let error as PostgresError {
                throw error.inRow(row, of: query.statement)
            }
        }
        return outputs
    }
}

extension PostgresError {
    fileprivate func inRow(_ row: Int, of statement: SQLStatement) -> PostgresError {
        var located = self
        located.detail = "row \(row + 1), \(detail)"
        located.statement = located.statement ?? statement.name
        return located
    }
}

extension String {
    /// libpq ends its messages in a line end.
    var trimmedLineEnd: String {
        var text = self
        while let last = text.utf8.last, last == 10 || last == 13 { text.removeLast() }
        return text
    }
}
