// Cancelled tasks and deadlines reach the server, end in time, and hit nothing but what they were meant for.

import Postgres
import Synchronization
import TestCluster
import Testing

@Suite struct CancellationTests {
    static let sleep = SQLStatement("SELECT pg_sleep($1::float8)", name: "test.sleep")
    static let sleepText = SQLStatement(
        "SELECT pg_sleep($1::text::float8)::text, $1::text", name: "test.sleep")
    static let backend = SQLStatement("SELECT pg_backend_pid()", name: "test.backend")

    static func sleep(_ seconds: String) -> Query<Void> { Query(sleepText, seconds) }

    static func backend(_ database: Database) async throws -> Int32 {
        try await database.read(opening: .none, Query(backend) { try $0.next(Int32.self) })[0]
    }

    static let one = PoolLimits(maxConnections: 1, minConnections: 0)

    @Test func aCancelledTaskStopsItsStatementAndKeepsTheConnection() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase(pool: Self.one) { database async throws in
            let before = try await Self.backend(database)
            let task = Task { try await database.read { try $0.execute(Self.sleep("30")) } }
            try await Task.sleep(for: .milliseconds(200))
            let start = ContinuousClock.now
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            #expect(error?.sqlState == .queryCancelled)
            #expect(ContinuousClock.now - start < .seconds(3))
            // The connection survived, and nothing is left running on it.
            #expect(try await Self.backend(database) == before)
            let rows = try await test.run(
                "SELECT state FROM pg_stat_activity WHERE pid = \(before)")
            #expect(rows == [["idle"]])
        }
    }

    @Test func aTaskCancelledBeforeOrWhileWaitingSendsNothing() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase(pool: Self.one) { database async throws in
            let early = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await database.read { try $0.execute(Self.sleep("0")) }
            }
            let first = await #expect(throws: PostgresError.self) { try await early.value }
            #expect(first?.kind == .cancelled)
            #expect(first?.wasNothingSent == true)

            let holder = Task { try await database.read { try $0.execute(Self.sleep("0.5")) } }
            try await Task.sleep(for: .milliseconds(150))
            let waiter = Task { try await database.read { try $0.execute(Self.sleep("30")) } }
            try await Task.sleep(for: .milliseconds(100))
            waiter.cancel()
            let second = await #expect(throws: PostgresError.self) { try await waiter.value }
            #expect(second?.kind == .cancelled)
            #expect(second?.wasNothingSent == true)
            _ = try await holder.value
            #expect(database.statistics.waiting == 0)
        }
    }

    @Test func aDeadlineEndsAStatementAndARow() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase(pool: Self.one) { database async throws in
            let before = try await Self.backend(database)
            let start = ContinuousClock.now
            let error = await #expect(throws: PostgresError.self) {
                try await database.write(deadline: .milliseconds(300)) {
                    try $0.execute(Self.sleep("30"))
                }
            }
            #expect(error?.kind == .deadline)
            #expect(error?.isCommitUnknown == false)
            #expect(ContinuousClock.now - start < .seconds(3))
            #expect(try await Self.backend(database) == before)
            // A deadline longer than the server's own limit lifts that limit for this transaction only.
            let limit = try await database.read(
                opening: .none, deadline: .seconds(100),
                Query(SQLStatement("SHOW statement_timeout", name: "test.show")) {
                    try $0.next(String.self)
                })
            #expect(limit == ["101s"])
            let usual = try await database.read {
                try $0.row(
                    Query(SQLStatement("SHOW statement_timeout", name: "test.show")) {
                        try $0.next(String.self)
                    })
            }
            #expect(usual == "20s")
        }
    }

    static let answer = SQLStatement(
        "SELECT $1::int8 FROM pg_sleep($2::int8 / 1000000.0)", name: "test.answer")

    /// The race of pgbouncer #717 and npgsql #637: a cancel request that arrives late and hits the next statement.
    @Test func ofFifteenHundredRandomCancellationsNoneHitsALaterStatement() async throws {
        let test = try await TestCluster.shared().database()
        let pool = PoolLimits(maxConnections: 4, minConnections: 0)
        try await test.withDatabase(pool: pool) { database async throws in
            let (cancelled, answered, hitLater) = try await withThrowingTaskGroup(
                of: (Int, Int, Int).self
            ) { group in
                for worker in 0..<6 {
                    group.addTask {
                        var counts = (0, 0, 0)
                        for round in 0..<250 {
                            let id = Int64(worker * 1_000 + round)
                            let duration = Int64.random(in: 0...3_000)
                            let task = Task {
                                try await database.read {
                                    try $0.row(
                                        Query(Self.answer, id, duration) { try $0.next(Int64.self) }
                                    )
                                }
                            }
                            // From far too early to far too late, on a quiet machine and on a busy one.
                            let most: Int64 = [1_000, 4_000, 16_000, 64_000].randomElement()!
                            try await Task.sleep(for: .microseconds(Int64.random(in: 0...most)))
                            task.cancel()
                            do {
                                #expect(try await task.value == id)
                                counts.1 += 1
                            } catch let error as PostgresError where error.kind == .cancelled {
                                counts.0 += 1
                            }
                            // Nobody cancels this one.
                            do {
                                let next = try await database.read {
                                    try $0.row(
                                        Query(Self.answer, -id, Int64(200)) {
                                            try $0.next(Int64.self)
                                        })
                                }
                                #expect(next == -id)
                            } catch { counts.2 += 1 }
                        }
                        return counts
                    }
                }
                return try await group.reduce(into: (0, 0, 0)) {
                    $0 = ($0.0 + $1.0, $0.1 + $1.1, $0.2 + $1.2)
                }
            }
            #expect(hitLater == 0)
            #expect(cancelled + answered == 1_500)
            #expect(cancelled > 50 && answered > 50, "the test must try both")
            print(
                "cancellations: \(cancelled) hit, \(answered) answered, \(hitLater) later ones hit")
        }
    }
}
