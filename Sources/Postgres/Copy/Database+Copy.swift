// COPY between the database and a task, streamed: a channel of limited size in between, and a deadline, because the
// transaction stays open while the other side is slow.

extension Database {
    /// Streams a `COPY … TO STDOUT` out of a read-only transaction that begins with the first call of an iterator's
    /// `next()`. COPY takes no parameters: `setup` statements run before it in the same transaction, and may leave
    /// values in settings (`set_config(…, true)`) for its text to read.
    public func copyOut(
        opening: Opening = .none, setup: [Query<Void>] = [], _ statement: SQLStatement,
        deadline: Duration? = nil
    ) -> CopyOutChunks {
        CopyOutChunks(
            database: self, opening: opening, setup: setup.map(\.outgoing), statement: statement,
            deadline: deadline ?? settings.copyDeadline)
    }

    /// Streams `source` into a `COPY … FROM STDIN` in one transaction with `setup` before and `finish` after it; rows
    /// copied. If `source` throws, nothing is kept.
    public func copyIn<Source: AsyncSequence>(
        opening: Opening = .none, setup: [Query<Void>] = [], _ statement: SQLStatement,
        from source: Source, finish: [Query<Void>] = [], deadline: Duration? = nil
    ) async throws -> Int where Source.Element == [UInt8] {
        let channel = ByteChannel()
        let (before, after) = (setup.map(\.outgoing), finish.map(\.outgoing))
        async let rows = receive(
            channel, opening, before, statement, after, deadline ?? settings.copyDeadline)
        do {
            for try await chunk in source {
                guard await channel.send(chunk) else { break }
            }
            channel.finish()
        } catch {
            channel.finish(error)
            _ = try? await rows
            throw error
        }
        return try await rows
    }

    private func receive(
        _ channel: ByteChannel, _ opening: Opening, _ before: [Outgoing],
        _ statement: SQLStatement, _ after: [Outgoing], _ deadline: Duration
    ) async throws -> Int {
        defer { channel.abandon() }
        // What has been taken from the source cannot be had again.
        return try await transact(.writing, opening, deadline, repeatsConflicts: false) { core in
            for item in before { try core.enqueue(item) }
            try core.flush()
            let session = core.session
            let rows = try core.noting {
                try session.copyIn(statement) { writer in
                    while true {
                        switch channel.tryReceive(waking: session.wake) {
                        case .chunk(let chunk): try writer.write(chunk)
                        case .empty: try writer.waitForSign()
                        case .end(let failure):
                            if let failure { throw failure }
                            return
                        }
                    }
                }
            }
            _ = try core.commit(after: after)
            return rows
        }
    }

    /// The thread's half of an export.
    func sendCopy(
        _ statement: SQLStatement, _ before: [Outgoing], in core: TransactionCore,
        to channel: ByteChannel
    ) throws {
        for item in before { try core.enqueue(item) }
        try core.flush()
        let session = core.session
        var gathered: [UInt8] = []
        func deliver() throws {
            while true {
                switch channel.trySend(gathered, waking: session.wake) {
                case .sent:
                    gathered = []
                    gathered.reserveCapacity(Session.copySliceBytes + 4_096)
                    return
                case .abandoned: throw PostgresError(.cancelled, "nobody reads the export")
                case .full:
                    try session.waitForSign()
                    if let cancel = session.cancel {
                        throw session.interruption(cancel.reason, "the export's reader is slow")
                    }
                }
            }
        }
        try core.noting {
            try session.copyOut(statement) { row in
                gathered.append(contentsOf: row)
                if gathered.count >= Session.copySliceBytes { try deliver() }
            }
            if !gathered.isEmpty { try deliver() }
        }
        _ = try core.commit()
    }
}
