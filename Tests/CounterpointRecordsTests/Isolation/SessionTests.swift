// An attacker inside the session: every statement of Injections.swift, each in a session of its own, and afterwards the
// whole database is as before.

import CounterpointModel
import Postgres
import TestCluster
import TestRegistry
import Testing

@Suite("Statements slipped into a signed-in session")
struct SessionTests {
    @Test("Each is refused or has no effect")
    func injections() async throws {
        #expect(Injection.all.count >= 40)
        try await IsolationWorld.with { world, test in
            try await test.database.run("analyze")
            let before = try await Self.digest(test.database)
            var outcomes = (refused: 0, harmless: 0)
            for injection in Injection.all {
                let answer = await Self.answer(to: injection, world, test.database)
                switch (injection.outcome, answer) {
                case (.refused(let state), .failure(let error)):
                    #expect(
                        error.server?.sqlState.rawValue == state,
                        "\(injection.what): \(error.debugDescription)")
                    outcomes.refused += 1
                case (.shows(let rows), .success(let shown)):
                    #expect(shown == rows.map { Self.filled($0, world) }, "\(injection.what)")
                    outcomes.harmless += 1
                case (.refused, .success(let shown)):
                    Issue.record("\(injection.what): not refused, shows \(shown)")
                case (.shows, .failure(let error)):
                    Issue.record("\(injection.what): \(error.debugDescription)")
                }
            }
            let after = try await Self.digest(test.database)
            #expect(after == before, "something was changed")
            print(
                "isolation, inside the session: \(Injection.all.count) statements, "
                    + "\(outcomes.refused) refused, \(outcomes.harmless) without effect")
        }
    }

    /// One session an injection, as the service has it; `commit; begin` in it is the end of one request and the start of
    /// the next on the same connection.
    private static func answer(
        to injection: Injection, _ world: IsolationWorld, _ database: TestDatabase
    ) async -> Result<[String], PostgresError> {
        let text = "\(signIn("eA", world)); \(filled(injection.sql, world))"
        let requests = text.split(separator: "; commit; begin; ").map { request in
            request.split(separator: "; ").map {
                SQLStatement(dynamic: String($0), name: "injected")
            }
        }
        do {
            let login = try database.settings(user: "counterpoint_service")
            let pool = PoolLimits(maxConnections: 1, minConnections: 0)
            return try await database.withDatabase(login, pool: pool) { session in
                var shown: [String] = []
                for (number, statements) in requests.enumerated() {
                    shown = try await session.write(deadline: .seconds(20)) { transaction in
                        for statement in statements.dropLast() {
                            _ = try transaction.execute(Query<Void>(statement))
                        }
                        let rows = try transaction.rows(
                            Query(statements[statements.count - 1]) { row in
                                try row.next(String?.self) ?? "null"
                            })
                        // Nothing that succeeds is to stay: whatever it shows, it ends here.
                        if number == requests.count - 1 { throw Shown(rows: rows) }
                        return rows
                    }
                }
                return .success(shown)
            }
        } catch let shown as Shown {
            return .success(shown.rows)
        } catch let error as PostgresError {
            return .failure(error)
        } catch {
            return .failure(PostgresError(.protocolViolation, "\(error)"))
        }
    }

    private struct Shown: Error {
        var rows: [String]
    }

    private static func signIn(_ name: String, _ world: IsolationWorld) -> String {
        "select set_config('role', b.role, true) from sec.begin('\(world.callers[name]?.secretText ?? "")') b"
    }

    /// Placeholders: an organisation, programme, person, a person's token, a holding's campaign, the next caller.
    private static func filled(_ text: String, _ world: IsolationWorld) -> String {
        var values = ["canary": IsolationWorld.canary, "next": signIn("eB", world)]
        for (name, id) in world.organisations { values[name] = id }
        for (name, id) in world.people { values[name] = id }
        for (name, id) in world.tokens { values[name + ".token"] = id }
        for (name, holding) in world.holdings { values[name + ".campaign"] = holding.campaign }
        values["P"] = world.holdings["Bp"]?.programme
        values["Q"] = world.holdings["Bq"]?.programme
        var text = text
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// Every row of every table.
    private static func digest(_ database: TestDatabase) async throws -> [String: String] {
        var digests: [String: String] = [:]
        for row in try await database.run(
            """
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('public', 'sec') and c.relkind in ('r', 'p')
            """)
        {
            let table = row[0]!
            digests[table] =
                try await database.run(
                    "select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from \(table) t"
                )[0][0]
        }
        return digests
    }
}
