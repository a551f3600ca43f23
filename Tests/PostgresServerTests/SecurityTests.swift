// TLS and passwords are libpq's work; that our way of waiting gets on with them is ours to show.

import Postgres
import TestCluster
import Testing

@Suite(.serialized) struct SecurityTests {
    static let tls = SQLStatement(
        "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()", name: "test.tls")

    @Test func tlsAndPasswordsWorkAndAreRefusedForTheRightReason() async throws {
        try await OwnCluster.with(tls: true) { cluster async throws in
            let admin = Database(cluster.settings, logger: .quiet)
            try await admin.withoutTransaction("CREATE ROLE guest LOGIN PASSWORD 'p@ss ''word'")
            await admin.shutDown()

            func url(_ password: String, _ mode: String) -> String {
                "postgresql://guest:\(password)@localhost:\(cluster.port)/postgres?hostaddr=127.0.0.1"
                    + "&sslmode=\(mode)&sslrootcert=\(cluster.folder)/server.crt"
            }
            let right = "p%40ss%20%27word"
            let database = Database(
                try ConnectionSettings(url: url(right, "verify-full")), logger: .quiet)
            let answer = try await database.read(
                opening: .none,
                Query(Self.tls) { (try $0.next(Bool.self), try $0.next(String.self)) })
            #expect(answer[0].0)
            #expect(answer[0].1.hasPrefix("TLSv1."))
            // An answer that TLS has decrypted already makes no socket readable: only `PQisBusy` knows of it.
            let text = String(repeating: "0123456789abcdef", count: 1 << 17)
            let large = Query(MemoryTests.large, text) { row in
                try row.next(String.self).utf8.count + row.next(Int.self)
            }
            for _ in 0..<5 {
                let (one, two) = try await database.read { try $0.rows(large, large) }
                #expect(one == [4 << 20] && two == [4 << 20])
            }
            // A cancel request finds its way as well.
            let task = Task {
                try await database.read { try $0.execute(CancellationTests.sleep("20")) }
            }
            try await Task.sleep(for: .milliseconds(300))
            task.cancel()
            let cancelled = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(cancelled?.kind == .cancelled)
            await database.shutDown()

            for (password, mode) in [("wrong", "verify-full"), (right, "disable")] {
                let refused = Database(
                    try ConnectionSettings(url: url(password, mode)), logger: .quiet)
                let error = await #expect(throws: PostgresError.self) {
                    try await CancellationTests.backend(refused)
                }
                #expect(error?.kind == .connecting)
                #expect(error?.debugDescription.contains("wrong") == false)
                #expect(error?.debugDescription.contains("word'") == false)
                await refused.shutDown()
            }
        }
    }

    /// A cancelled wait for a standby answers COMMIT with success and a warning; that is no promise.
    @Test func aCommitThatDidNotReachItsStandbyIsUnknown() async throws {
        try await OwnCluster.with { cluster async throws in
            let database = Database(cluster.settings, logger: .quiet)
            try await database.withoutTransaction("CREATE TABLE fact (id int)")
            try await database.withoutTransaction(
                "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            try await database.withoutTransaction("SELECT pg_reload_conf(), pg_sleep(0.3)")
            let insert = SQLStatement("INSERT INTO fact VALUES (1)", name: "fact.insert")
            let error = await #expect(throws: PostgresError.self) {
                try await database.write(deadline: .milliseconds(500)) {
                    try $0.execute(Query<Void>(insert))
                }
            }
            #expect(error?.isCommitUnknown == true)
            let count = SQLStatement("SELECT count(*) FROM fact", name: "fact.count")
            let rows = try await database.read {
                try $0.row(Query(count) { try $0.next(Int.self) })
            }
            #expect(rows == 1)
            await database.shutDown()
        }
    }
}
