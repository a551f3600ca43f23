// Text outside the pipeline: migration files, COPY, settings of the session. libpq allows neither COPY nor several
// statements in a pipeline, so the session leaves it for the time being.

internal import CLibPQ

extension Session {
    /// Runs `body` outside pipeline mode.
    func outsidePipeline<Value>(_ body: () throws -> Value) throws -> Value {
        guard PQexitPipelineMode(connection) == 1 else { throw violation("leaving the pipeline") }
        do {
            let value = try body()
            try enterPipeline()
            return value
        } catch {
            if !mustRetire { try enterPipeline() }
            throw error
        }
    }

    private func enterPipeline() throws {
        guard PQenterPipelineMode(connection) == 1 else { throw violation("entering the pipeline") }
    }

    /// Runs one or several statements of the driver's own or a migration's; results are in text format.
    @discardableResult
    func simple(_ text: String, name: String) throws -> [ServerResult] {
        try outsidePipeline {
            try beginSimple(text)
            return try finishSimple(name: name)
        }
    }

    func beginSimple(_ text: String) throws {
        try refuseIfInterrupted()
        beginExchange()
        guard PQsendQuery(connection, text) == 1 else { throw lost() }
        try flush()
    }

    /// Reads to the end, whatever comes: after an error as well, or the next statement would get this one's answer.
    func finishSimple(name: String) throws -> [ServerResult] {
        var results: [ServerResult] = []
        var failure: PostgresError?
        do {
            while let result = try nextResult() {
                if result.status == PGRES_FATAL_ERROR {
                    try throwIfLost(result)
                    if failure == nil {
                        failure = PostgresError(
                            .server, server: result.diagnostics, statement: name)
                    }
                } else if result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT {
                    throw violation("a COPY where none was expected")
                }
                results.append(result)
            }
            if isBroken { throw lost() }
        } catch let error as PostgresError {
            defer { cancel = nil }
            if let failure { throw failure }
            throw translated(error)
        }
        let request = cancel
        settleCancel(wasHit: failure?.sqlState == .queryCancelled)
        if var failure {
            if let request, failure.sqlState == .queryCancelled {
                let server = failure.server
                failure = interruption(request.reason, "the server stopped the statement")
                failure.server = server
                failure.statement = name
            }
            throw failure
        }
        return results
    }

    /// A line that breaks while a cancel request is under way broke because of it, as far as the caller goes.
    func translated(_ error: PostgresError) -> PostgresError {
        guard let cancel, error.kind == .connectionLost else { return error }
        return interruption(cancel.reason, error.detail)
    }

    /// Between two leases: frees what the statement cache let go. Not inside a transaction, which it could fail.
    func tidy() {
        guard cache.discarded.count >= Self.discardedBeforeTidying, !mustRetire else { return }
        let text = cache.takeDiscarded().map { "DEALLOCATE \($0)" }.joined(separator: ";")
        bounds = Bounds(deadline: .now + .seconds(2))
        do {
            try simple(text, name: "session.deallocate")
        } catch {
            mustRetire = true
        }
    }

    /// Worth a round trip of its own; until then they cost the server a little memory.
    private static let discardedBeforeTidying = 8
}
