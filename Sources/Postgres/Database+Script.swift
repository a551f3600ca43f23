// Text outside a transaction: CREATE DATABASE, VACUUM, what tests set up. Not for the service, whose statements are
// static and run in transactions; hence not public.

internal import CLibPQ

extension Database {
    /// Runs one or several statements as they stand; rows of the last in text form. The connection is closed afterwards,
    /// so that no setting outlives the call.
    @discardableResult
    package func withoutTransaction(
        _ text: String, deadline: Duration = .seconds(60)
    ) async throws -> [[String?]] {
        try await perform(until: .now + deadline) { session in
            defer { session.mustRetire = true }
            try session.simple("SET statement_timeout = 0", name: "script")
            let results = try session.simple(text, name: "script")
            return results.last?.textRows ?? []
        }
    }
}

extension Session {
    var isInTransaction: Bool { transactionStatus == PQTRANS_INTRANS }
}

extension ServerResult {
    /// A value in text format, as the simple protocol sends it.
    func text(row: Int, column: Int) -> String? {
        guard PQgetisnull(pointer, Int32(row), Int32(column)) == 0 else { return nil }
        return String(cString: PQgetvalue(pointer, Int32(row), Int32(column)))
    }

    var textRows: [[String?]] {
        (0..<rowCount).map { row in
            (0..<columnCount).map { text(row: row, column: $0) }
        }
    }
}
