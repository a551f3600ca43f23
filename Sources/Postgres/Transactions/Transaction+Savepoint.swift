// Savepoints: part of a transaction that may fail by itself.

extension Transaction {
    /// Runs `body`; if it throws, what it did is undone and the transaction can go on. SAVEPOINT travels with the
    /// first statement inside. Errors of statements enqueued inside surface here.
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        core.savepointDepth += 1
        defer { core.savepointDepth -= 1 }
        let (set, release, rollBack) = Self.savepointStatements(core.savepointDepth)
        let pendingBefore = core.pending.count
        let lastBefore = core.last.count
        let exchangesBefore = core.session.exchangeCount
        try core.enqueue(set)
        do {
            let value = try body()
            let hasSpoken = core.session.exchangeCount != exchangesBefore
            if !hasSpoken, core.pending.count == pendingBefore + 1 {
                core.dropPending(after: pendingBefore)
            } else if hasSpoken, core.pending.isEmpty {
                try core.enqueue(release)
            } else {
                // Unsent statements of the body must fail, if they fail, inside the savepoint.
                _ = try core.send([release])
            }
            return value
        } catch {
            core.dropLast(after: lastBefore)
            if core.session.exchangeCount == exchangesBefore {
                core.dropPending(after: pendingBefore)
            } else if !core.session.mustRetire {
                core.rollBackSavepoint([rollBack, release])
            }
            throw error
        }
    }

    /// Names by depth: a released or rolled-back name is free again, and the statements stay few enough to be cached.
    private static func savepointStatements(_ depth: Int) -> (Outgoing, Outgoing, Outgoing) {
        func statement(_ verb: String, _ name: String) -> Outgoing {
            Outgoing(
                statement: SQLStatement(
                    dynamic: "\(verb) level\(depth)", name: "transaction.\(name)"))
        }
        return (
            statement("SAVEPOINT", "savepoint"), statement("RELEASE SAVEPOINT", "release"),
            statement("ROLLBACK TO SAVEPOINT", "rollBackTo")
        )
    }
}
