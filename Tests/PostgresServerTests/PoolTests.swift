// The pool on a real server: limits, waiting, hand-over, closing.

import Postgres
import TestCluster
import Testing

@Suite struct PoolTests {
    static func sleep(_ seconds: String) -> Query<Void> { CancellationTests.sleep(seconds) }

    @Test func anExhaustedPoolRefusesByNumberAndByTime() async throws {
        let test = try await TestCluster.shared().database()
        let limits = PoolLimits(
            maxConnections: 2, minConnections: 0, maxWaiters: 3, waitDeadline: .seconds(2))
        try await test.withDatabase(pool: limits) { database async throws in
            let holders = (0..<2).map { _ in
                Task { try await database.read { try $0.execute(Self.sleep("3")) } }
            }
            try await Task.sleep(for: .milliseconds(200))
            #expect(database.statistics.leased == 2)
            let start = ContinuousClock.now
            let waiters = (0..<3).map { _ in
                Task { try await database.read { try $0.execute(Self.sleep("0")) } }
            }
            try await Task.sleep(for: .milliseconds(100))
            #expect(database.statistics.waiting == 3)
            let tooMany = await #expect(throws: PostgresError.self) {
                try await database.read { try $0.execute(Self.sleep("0")) }
            }
            #expect(tooMany?.kind == .poolExhausted)
            #expect(tooMany?.wasNothingSent == true)
            #expect(ContinuousClock.now - start < .milliseconds(1_500))
            for waiter in waiters {
                let error = await #expect(throws: PostgresError.self) { try await waiter.value }
                #expect(error?.kind == .poolExhausted)
            }
            let waited = ContinuousClock.now - start
            #expect(waited > .milliseconds(1_950) && waited < .milliseconds(3_500))
            for holder in holders { _ = try await holder.value }
            // And then it is as good as new.
            _ = try await database.read { try $0.execute(Self.sleep("0")) }
            #expect(database.statistics.waiting == 0)
        }
    }

    @Test func manyCallersShareFewConnections() async throws {
        let test = try await TestCluster.shared().database()
        let limits = PoolLimits(maxConnections: 3, minConnections: 0)
        try await test.withDatabase(pool: limits) { database async throws in
            let answers = try await withThrowingTaskGroup(of: Int64.self) { group in
                for id in 1...500 as ClosedRange<Int64> {
                    group.addTask {
                        try await database.read {
                            try $0.row(
                                Query(CancellationTests.answer, id, Int64(0)) {
                                    try $0.next(Int64.self)
                                })!
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.sorted() == Array(1...500))
            #expect(database.statistics.connections <= 3)
            #expect(database.statistics.leased == 0)
        }
    }

    @Test func aWrongAddressIsToldAtOnceAndWithoutItsPassword() async throws {
        let settings = try ConnectionSettings(
            url: "postgresql://nobody:hunter2@127.0.0.1:1/nothing")
        #expect(!"\(settings)".contains("hunter2"))
        #expect(!String(reflecting: settings).contains("hunter2"))
        // Told at once means: long before the time for which a caller would wait for a busy pool.
        let database = Database(
            settings, pool: PoolLimits(waitDeadline: .seconds(600)), logger: .quiet)
        let start = ContinuousClock.now
        let error = await #expect(throws: PostgresError.self) {
            try await database.read(deadline: .seconds(600)) { try $0.execute(Self.sleep("0")) }
        }
        #expect(error?.kind == .connecting)
        #expect(error?.debugDescription.contains("hunter2") == false)
        #expect(ContinuousClock.now - start < .seconds(120))
        await database.shutDown()
    }

    @Test func closingLetsTransactionsFinishAndEndsEveryThread() async throws {
        let test = try await TestCluster.shared().database()
        var settings = test.settings
        settings.threadPrefix = "pgclose"
        settings.shutdownDeadline = .seconds(5)
        let database = Database(
            settings, pool: PoolLimits(maxConnections: 12, minConnections: 0), logger: .quiet)
        let running = (0..<12).map { _ in
            Task { try await database.read { try $0.execute(Self.sleep("0.4")) } }
        }
        try await Task.sleep(for: .milliseconds(250))
        #expect(ProcessStatus.threads(named: "pgclose") == 13)
        await database.shutDown()
        for task in running { _ = try await task.value }
        let error = await #expect(throws: PostgresError.self) {
            try await database.read { try $0.execute(Self.sleep("0")) }
        }
        #expect(error?.kind == .shuttingDown)
        // A thread says that it has ended as the last thing it does; the kernel takes a moment more.
        try await Task.sleep(for: .milliseconds(100))
        #expect(ProcessStatus.threads(named: "pgclose") == 0)
        let left = try await test.run(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(test.name)' AND pid <> pg_backend_pid()"
        )
        #expect(left == [["0"]])
    }

    @Test func closingInterruptsWhatIsTooSlow() async throws {
        let test = try await TestCluster.shared().database()
        var settings = test.settings
        settings.shutdownDeadline = .milliseconds(300)
        let database = Database(settings, logger: .quiet)
        let running = Task { try await database.read { try $0.execute(Self.sleep("30")) } }
        try await Task.sleep(for: .milliseconds(250))
        let start = ContinuousClock.now
        await database.shutDown()
        #expect(ContinuousClock.now - start < .seconds(5))
        let error = await #expect(throws: PostgresError.self) { try await running.value }
        #expect(error?.kind == .shuttingDown)
    }

    @Test func agedConnectionsAreReplaced() async throws {
        let test = try await TestCluster.shared().database()
        let limits = PoolLimits(
            maxConnections: 1, minConnections: 0, maxLifetime: .milliseconds(200))
        try await test.withDatabase(pool: limits) { database async throws in
            let first = try await CancellationTests.backend(database)
            // The keeper looks once a second.
            try await Task.sleep(for: .milliseconds(1_700))
            #expect(try await CancellationTests.backend(database) != first)
        }
    }

    @Test func severalHostsAreTriedWithinTheDeadline() async throws {
        let test = try await TestCluster.shared().database()
        // Accepts and says nothing: libpq alone would spend all the time on it.
        let silent = try FaultProxy(to: test.settings)
        silent.set(.swallow)
        let real = try FaultProxy(to: test.settings)
        var settings = test.settings.setting("host", to: "127.0.0.1,127.0.0.1")
            .setting("port", to: "\(silent.port),\(real.port)")
        settings.connectDeadline = .seconds(6)
        let start = ContinuousClock.now
        try await test.withDatabase(settings) { database async throws in
            #expect(try await CancellationTests.backend(database) > 0)
        }
        #expect(ContinuousClock.now - start < .seconds(6))
        // And alone it ends at the deadline.
        settings = test.settings(throughPort: silent.port)
        settings.connectDeadline = .milliseconds(500)
        let again = ContinuousClock.now
        try await test.withDatabase(settings) { database async throws in
            let error = await #expect(throws: PostgresError.self) {
                try await CancellationTests.backend(database)
            }
            #expect(error?.kind == .connecting)
        }
        #expect(ContinuousClock.now - again < .seconds(4))
        silent.close()
        real.close()
    }
}
