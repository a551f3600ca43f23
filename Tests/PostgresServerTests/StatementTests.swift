// Prepared statements through changes of schema, conflicts between transactions, notices.

import Logging
import Postgres
import Synchronization
import TestCluster
import Testing

@Suite struct StatementTests {
    static let value = SQLStatement("SELECT value FROM changing", name: "changing.value")
    static let add = SQLStatement("UPDATE changing SET value = value + 1", name: "changing.add")

    @Test func aChangedResultTypeIsPreparedAnew() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run("CREATE TABLE changing (value int4); INSERT INTO changing VALUES (7)")
        try await test.withDatabase(pool: CancellationTests.one) { database async throws in
            let query = Query(Self.value) { try $0.next(Int.self) }
            #expect(try await database.read { try $0.row(query) } == 7)
            try await test.run("ALTER TABLE changing ALTER value TYPE int8")
            #expect(try await database.read(opening: .none, query) == [7])
            try await test.run("ALTER TABLE changing ALTER value TYPE int2")
            #expect(try await database.write { try $0.row(query) } == 7)
        }
    }

    @Test func forgottenStatementsArePreparedAnew() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase(pool: CancellationTests.one) { database async throws in
            let backend = try await CancellationTests.backend(database)
            let forget = SQLStatement("DEALLOCATE ALL", name: "test.forget")
            // Within the transaction that forgot, COMMIT itself is unknown; so the closure runs again, and forgets again.
            _ = try? await database.read { try $0.execute(Query<Void>(forget)) }
            #expect(try await CancellationTests.backend(database) > 0)
            #expect(try await CancellationTests.backend(database) == backend)
        }
    }

    static let prepared = SQLStatement(
        "SELECT count(*) FROM pg_prepared_statements", name: "test.prepared")

    @Test func theCacheIsBoundedOnTheServerToo() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase(pool: CancellationTests.one) { database async throws in
            for number in 0..<400 {
                let statement = SQLStatement(dynamic: "SELECT \(number)", name: "test.\(number)")
                let rows = try await database.read {
                    try $0.row(Query(statement) { try $0.next(Int.self) })
                }
                #expect(rows == number)
            }
            let count = try await database.read {
                try $0.row(Query(Self.prepared) { try $0.next(Int.self) })
            }
            #expect(count! > 200 && count! <= 256 + 8)
        }
    }

    @Test func enumsAreText() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run("CREATE TYPE mood AS ENUM ('calm', 'fröhlich')")
        try await test.withDatabase { database async throws in
            let echo = SQLStatement("SELECT $1::text::mood", name: "test.mood")
            let mood = try await database.read {
                try $0.row(Query(echo, "fröhlich") { try $0.next(String.self) })
            }
            #expect(mood == "fröhlich")
        }
    }

    @Test func serializableWritersAllCountInTheEnd() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run("CREATE TABLE changing (value int8); INSERT INTO changing VALUES (0)")
        let set = SQLStatement("UPDATE changing SET value = $1", name: "changing.set")
        try await test.withDatabase { database async throws in
            let runs = Shared(0)
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<20 {
                            var isDone = false
                            while !isDone {
                                do {
                                    try await database.write(isolation: .serializable) {
                                        runs.content.withLock { $0 += 1 }
                                        let value = try $0.row(
                                            Query(Self.value) { try $0.next(Int.self) })!
                                        try $0.execute(Query<Void>(set, value + 1))
                                    }
                                    isDone = true
                                } catch let error as PostgresError {
                                    // Only when all attempts were used up.
                                    #expect(error.sqlState == .serializationFailure)
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let value = try await database.read {
                try $0.row(Query(Self.value) { try $0.next(Int.self) })
            }
            #expect(value == 80)
            #expect(runs.content.withLock { $0 } > 80, "there must have been conflicts")
        }
    }

    static let lock = SQLStatement(
        "UPDATE pair SET value = value + 1 WHERE id = $1", name: "pair.lock")

    /// Two that lock in opposite order: the server ends one, which runs again and succeeds.
    @Test func aDeadlockedClosureRunsAgain() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run(
            """
            CREATE TABLE pair (id int8 PRIMARY KEY, value int8);
            INSERT INTO pair VALUES (1, 0), (2, 0)
            """)
        try await test.withDatabase { database async throws in
            let runs = Shared(0)
            try await withThrowingTaskGroup { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        try await database.write {
                            runs.content.withLock { $0 += 1 }
                            try $0.execute(Query<Void>(Self.lock, first))
                            try $0.execute(CancellationTests.sleep("0.3"))
                            try $0.execute(Query<Void>(Self.lock, second))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(runs.content.withLock { $0 } == 3)
        }
        #expect(try await test.run("SELECT value FROM pair ORDER BY id") == [["2"], ["2"]])
    }

    @Test func noticesGoToTheLogger() async throws {
        let test = try await TestCluster.shared().database()
        let log = CapturedLog()
        let logger = Logger(label: "test") { _ in CapturingHandler(log: log) }
        try await test.withDatabase(logger: logger) { database async throws in
            try await database.write {
                try $0.execute(
                    Query<Void>(
                        SQLStatement(dynamic: "DROP TABLE IF EXISTS nothing", name: "test.drop")))
            }
        }
        let lines = log.lines.withLock { $0 }
        #expect(lines.contains { $0.contains("00000") && $0.contains("does not exist") })
    }
}

final class CapturedLog: Sendable {
    let lines = Mutex<[String]>([])
}

struct CapturingHandler: LogHandler {
    let log: CapturedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let text = "\(event.message) \(event.metadata.map { "\($0)" } ?? "")"
        log.lines.withLock { $0.append(text) }
    }
}
