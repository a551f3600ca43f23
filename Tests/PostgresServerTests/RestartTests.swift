// A server that goes away and comes back under a full pool.

import Postgres
import TestCluster
import Testing

@Suite(.serialized) struct RestartTests {
    /// All connections busy a moment ago, all dead now, and nobody hears of it.
    @Test func killedIdleConnectionsAreNobodysError() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase { database async throws in
            for round in 0..<10 {
                try await Self.fill(database)
                try await test.run(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = '\(test.name)' AND pid <> pg_backend_pid()
                    """)
                // Sometimes at once, in the middle of the news; sometimes after it.
                try await Task.sleep(for: .milliseconds(round * 2))
                try await Self.fill(database)
            }
        }
    }

    @Test(arguments: ["fast", "immediate"])
    func aRestartUnderAFullPoolCostsOnlyItsOwnTime(_ mode: String) async throws {
        try await OwnCluster.with { cluster async throws in
            let database = Database(
                cluster.settings,
                pool: PoolLimits(
                    maxConnections: 4, minConnections: 0, waitDeadline: .seconds(10),
                    backOff: .milliseconds(20)...(.milliseconds(200))), logger: .quiet)
            try await Self.fill(database)
            #expect(database.statistics.idle == 4)
            try await cluster.stop(mode)
            try await cluster.start()
            // The pool was idle: no caller may notice.
            try await Self.fill(database)

            // The pool is at work: what was running is lost and says so, what comes later waits and is served.
            let running = (0..<4).map { _ in
                Task { try await database.write { try $0.execute(CancellationTests.sleep("20")) } }
            }
            try await Task.sleep(for: .milliseconds(300))
            try await cluster.stop(mode)
            for task in running {
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect([.connectionLost, .connecting, .poolExhausted].contains(error?.kind))
            }
            let waiting = Task { try await Self.fill(database) }
            try await Task.sleep(for: .milliseconds(200))
            try await cluster.start()
            try await waiting.value
            await database.shutDown()
        }
    }

    static func fill(_ database: Database) async throws {
        try await withThrowingTaskGroup { group in
            for id in 0..<12 as Range<Int64> {
                group.addTask {
                    try await database.read {
                        try $0.row(
                            Query(CancellationTests.answer, id, Int64(5_000)) {
                                try $0.next(Int64.self)
                            })
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
