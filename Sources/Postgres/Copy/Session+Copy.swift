// COPY on the wire: outside the pipeline, in slices, with libpq's buffer emptied after each, so that memory stays flat
// whatever the size.

internal import CLibPQ
internal import Glibc

extension Session {
    /// What is handed to libpq at once. A very large single buffer has been seen to loop for ever (psycopg #255).
    static let copySliceBytes = 64 << 10

    /// Runs a COPY … FROM STDIN; `body` writes. Rows copied.
    func copyIn(
        _ statement: SQLStatement, _ body: (inout CopyInWriter) throws -> Void
    ) throws -> Int {
        try outsidePipeline {
            try beginCopy(statement, PGRES_COPY_IN)
            var writer = CopyInWriter(session: self)
            do {
                try body(&writer)
                try writer.flush()
            } catch {
                guard !mustRetire else { throw error }
                // The server undoes what it has; its complaint about that says less than the cause.
                try endCopy(failure: "given up")
                _ = try? finishSimple(name: statement.name)
                throw error
            }
            try endCopy(failure: cancel == nil ? nil : "interrupted")
            return try finishSimple(name: statement.name).last?.rowsAffected ?? 0
        }
    }

    /// Runs a COPY … TO STDOUT; `deliver` gets each row's bytes, valid during the call.
    func copyOut(
        _ statement: SQLStatement, _ deliver: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try outsidePipeline {
            try beginCopy(statement, PGRES_COPY_OUT)
            var failure: (any Error)?
            do {
                while let count = try nextCopyRow({ row in
                    // After an interruption the rest is read and thrown away.
                    guard failure == nil, cancel == nil else { return }
                    do { try deliver(row) } catch {
                        failure = error
                        requestCancel(.cancelled, grace: Self.cancellationGrace, now: .now)
                    }
                }) {
                    bytesReceived = 0
                    _ = count
                }
                _ = try finishSimple(name: statement.name)
            } catch {
                throw failure ?? (error as? PostgresError).map(translated) ?? error
            }
            if let failure { throw failure }
        }
    }

    private func beginCopy(_ statement: SQLStatement, _ expected: ExecStatusType) throws {
        try beginSimple(statement.text)
        guard let result = try nextResult() else { throw lost() }
        if result.status == expected { return }
        if result.status == PGRES_FATAL_ERROR {
            try throwIfLost(result)
            let error = PostgresError(
                .server, server: result.diagnostics, statement: statement.name)
            let request = cancel
            _ = try? finishSimple(name: statement.name)
            guard let request, error.sqlState == .queryCancelled else { throw error }
            throw interruption(request.reason, "the server stopped the statement")
        }
        throw violation("\(statement.name) is no such COPY")
    }

    /// Hands one slice to libpq and waits until it has gone out.
    func putCopy(_ slice: UnsafeRawBufferPointer) throws {
        guard !slice.isEmpty else { return }
        while true {
            let code = PQputCopyData(
                connection, slice.bindMemory(to: CChar.self).baseAddress, Int32(slice.count))
            if code == 1 { return try flushCopy() }
            guard code == 0 else { throw translated(lost()) }
            try wait(POLLIN | POLLOUT)
            _ = consume()
        }
    }

    private func flushCopy() throws {
        try flush()
        bytesReceived = 0
        if isBroken { throw translated(lost()) }
    }

    private func endCopy(failure: String?) throws {
        while true {
            let code = PQputCopyEnd(connection, failure)
            if code == 1 { return try flushCopy() }
            guard code == 0 else { throw translated(lost()) }
            try wait(POLLIN | POLLOUT)
            _ = consume()
        }
    }

    /// One row to `use`; `nil` at the end.
    private func nextCopyRow(_ use: (UnsafeRawBufferPointer) -> Void) throws -> Int? {
        while true {
            var row: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection, &row, 1)
            switch count {
            case 1...:
                defer { PQfreemem(row) }
                use(UnsafeRawBufferPointer(start: row, count: Int(count)))
                return Int(count)
            case 0:
                try wait(POLLIN)
                // A broken line shows in the next call.
                guard consume() || !isBroken else { throw lost() }
            case -1: return nil
            default: return nil  // the error is the next result
            }
        }
    }

    /// Waits for another thread's sign while nothing is asked of the server; returns at once after an interruption.
    func waitForSign() throws {
        let now = Moment.now
        try attendToBounds(at: now)
        guard cancel == nil else { return }
        wake.sleep(until: bounds.deadline)
    }
}
