// One exchange: several statements out in one go, their answers back, in pipeline mode. No suspension, no callback.

internal import CLibPQ
internal import Glibc

/// What came back: an answer for each statement, or the first failure.
struct ExchangeOutcome {
    var results: [ServerResult] = []
    var failure: (index: Int, error: PostgresError)?
}

extension Session {
    /// An exchange's answers are held in memory until they are decoded. 100,000 rows of 300 bytes are 30 MB;
    /// whatever is larger belongs into COPY.
    static let maxReceivedBytes = 64 << 20

    /// What the answers will be, in order.
    private enum Step {
        case prepared(StatementCache.Key, index: Int)
        case answer(StatementCache.Key, index: Int, wasCached: Bool)
    }

    /// Sends all of `batch` and a sync, then reads every answer. Statements not yet known to the server are prepared
    /// on the way. Throws only when the line is gone or the exchange was given up; a statement's own failure is in the
    /// outcome, with the pipeline drained behind it.
    func exchange(_ batch: [Outgoing]) throws -> ExchangeOutcome {
        beginExchange()
        var outcome = ExchangeOutcome()
        do {
            let steps = try send(batch)
            try flush()
            outcome.results.reserveCapacity(batch.count)
            for step in steps { try receive(step, of: batch, into: &outcome) }
            try receiveSync()
        } catch var error as PostgresError {
            // The server had not begun: nothing but the end of the line has been heard.
            if error.kind == .connectionLost, !hasHeardAnswer {
                error.mayRunAgainElsewhere = true
            }
            if let cancel, error.kind == .connectionLost {
                error = interruption(cancel.reason, error.detail)
            }
            cancel = nil
            // A statement has failed before the line broke: that much is certain, and says more.
            if outcome.failure != nil { return outcome }
            throw error
        }
        if let cancel {
            settleCancel(wasHit: outcome.failure?.error.sqlState == .queryCancelled)
            if let failure = outcome.failure, failure.error.sqlState == .queryCancelled {
                var error = interruption(cancel.reason, "the server stopped the statement")
                error.server = failure.error.server
                error.statement = failure.error.statement
                outcome.failure = (failure.index, error)
            }
        }
        return outcome
    }

    /// Nothing of the exchange before counts any more.
    func beginExchange() {
        notices.forgetWarnings()
        bytesReceived = 0
        exchangeCount += 1
        hasHeardAnswer = false
        wasCancelSent = false
    }

    private func send(_ batch: [Outgoing]) throws -> [Step] {
        var steps: [Step] = []
        steps.reserveCapacity(batch.count)
        for (index, item) in batch.enumerated() {
            let key = StatementCache.Key(statement: item.statement, oids: item.parameters.oids)
            if let name = cache.name(for: key) {
                try sendExecute(name, item.parameters)
                steps.append(.answer(key, index: index, wasCached: true))
            } else {
                let name = cache.add(key)
                try check(
                    PQsendPrepare(
                        connection, name, item.statement.text, Int32(key.oids.count), key.oids))
                steps.append(.prepared(key, index: index))
                try sendExecute(name, item.parameters)
                steps.append(.answer(key, index: index, wasCached: false))
            }
        }
        try check(PQpipelineSync(connection))
        return steps
    }

    private func sendExecute(_ name: String, _ parameters: ParameterList) throws {
        let count = parameters.count
        guard count > 0 else {
            try check(PQsendQueryPrepared(connection, name, 0, nil, nil, nil, 1))
            return
        }
        let code = parameters.bytes.withUnsafeBufferPointer { bytes -> Int32 in
            // Never nil, even with no bytes: a nil value would mean NULL.
            let base = UnsafeRawPointer(bytes.baseAddress ?? scratch.placeholder)
            scratch.values.removeAll(keepingCapacity: true)
            scratch.formats.removeAll(keepingCapacity: true)
            var offset = 0
            for length in parameters.lengths {
                scratch.values.append(
                    length < 0 ? nil : (base + offset).assumingMemoryBound(to: CChar.self))
                scratch.formats.append(1)
                offset += Int(max(0, length))
            }
            return PQsendQueryPrepared(
                connection, name, Int32(count), scratch.values, parameters.lengths,
                scratch.formats, 1)
        }
        try check(code)
    }

    private func check(_ code: Int32) throws {
        guard code == 1 else { throw lost() }
    }

    /// Empties libpq's buffer. While it cannot be emptied the server may be talking: read, or both sides wait for ever.
    func flush() throws {
        while true {
            let code = PQflush(connection)
            if code == 0 { return }
            // A broken line is told by the answers: there may be a last word of the server's in the buffer.
            if code < 0 { return }
            try wait(POLLIN | POLLOUT)
            guard consume() else { return }
        }
    }

    /// Asks `PQisBusy` before waiting, never after: the answer may already be here.
    func nextResult() throws -> ServerResult? {
        while PQisBusy(connection) != 0 {
            try wait(POLLIN)
            guard consume() else { break }
        }
        return PQgetResult(connection).map(ServerResult.init(adopting:))
    }

    /// Takes what the socket has. libpq keeps every row until the answer is complete, so what arrives is counted.
    func consume() -> Bool {
        var waiting: Int32 = 0
        if ioctl(PQsocket(connection), UInt(FIONREAD), &waiting) == 0 {
            bytesReceived += Int(waiting)
            if bytesReceived > Self.maxReceivedBytes {
                requestCancel(.limitExceeded, grace: Self.deadlineGrace, now: .now)
            }
        }
        return PQconsumeInput(connection) == 1
    }

    private func receive(
        _ step: Step, of batch: [Outgoing], into outcome: inout ExchangeOutcome
    ) throws {
        guard let result = try nextResult() else { throw lost() }
        let status = result.status
        if status == PGRES_FATAL_ERROR { try throwIfLost(result) }
        hasHeardAnswer = true
        while let extra = try nextResult() {
            if extra.status == PGRES_FATAL_ERROR { try throwIfLost(extra) }
            guard extra.status != PGRES_PIPELINE_SYNC else {
                throw violation("a sync where the end of a statement was expected")
            }
        }
        switch (step, status) {
        case (.prepared, PGRES_COMMAND_OK): break
        case (.answer, PGRES_TUPLES_OK), (.answer, PGRES_COMMAND_OK), (.answer, PGRES_EMPTY_QUERY):
            outcome.results.append(result)
        case (.prepared(let key, _), PGRES_PIPELINE_ABORTED): cache.forget(key)
        case (.answer, PGRES_PIPELINE_ABORTED): break
        case (.prepared(let key, let index), PGRES_FATAL_ERROR):
            cache.forget(key)
            note(result, at: index, of: batch, in: &outcome)
        case (.answer(let key, let index, let wasCached), PGRES_FATAL_ERROR):
            note(result, at: index, of: batch, in: &outcome)
            if wasCached { forgetIfStale(key, failure: &outcome.failure!.error) }
        default:
            // COPY has to leave the pipeline; asked for by rows() it would block it for ever.
            throw violation("an answer of status \(status.rawValue)")
        }
    }

    private func note(
        _ result: ServerResult, at index: Int, of batch: [Outgoing],
        in outcome: inout ExchangeOutcome
    ) {
        guard outcome.failure == nil else { return }
        let error = PostgresError(
            .server, server: result.diagnostics, statement: batch[index].statement.name)
        outcome.failure = (index, error)
    }

    /// "Cached plan must not change result type", or the server has forgotten the statement: prepare it anew. The
    /// transaction has failed with it, so whoever owns the closure runs it again.
    private func forgetIfStale(_ key: StatementCache.Key, failure: inout PostgresError) {
        switch failure.sqlState {
        case SQLState.featureNotSupported: cache.discard(key)
        case SQLState.invalidStatementName: cache.forgetAll()
        default: return
        }
        failure.isStalePlan = true
    }

    private func receiveSync() throws {
        guard let result = try nextResult() else { throw lost() }
        if result.status == PGRES_FATAL_ERROR { try throwIfLost(result) }
        guard result.status == PGRES_PIPELINE_SYNC else {
            throw violation("status \(result.status.rawValue) where a sync was expected")
        }
    }

    /// FATAL ends the server's process, whatever libpq still thinks of the line.
    func throwIfLost(_ result: ServerResult) throws {
        let diagnostics = result.diagnostics
        guard isBroken || diagnostics.severity == "FATAL" || diagnostics.severity == "PANIC" else {
            return
        }
        throw lost(
            diagnostics.message, server: diagnostics.sqlState.rawValue.isEmpty ? nil : diagnostics)
    }
}
