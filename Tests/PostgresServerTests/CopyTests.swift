// COPY in and out: streamed, with the slower side setting the pace, and memory flat whatever the size.

import Postgres
import TestCluster
import Testing

@Suite(.serialized) struct CopyTests {
    static let copyIn = SQLStatement("COPY line (id, body) FROM STDIN", name: "line.copyIn")
    static let copyOut = SQLStatement("COPY line TO STDOUT", name: "line.copyOut")
    static let count = SQLStatement(
        "SELECT count(*), coalesce(sum(length(body)), 0)::int8 FROM line", name: "line.count")
    static let columns = "CREATE UNLOGGED TABLE line (id bigint, body text)"

    static func count(_ database: Database) async throws -> [Int] {
        try await database.read(
            opening: .none, Query(count) { [try $0.next(Int.self), try $0.next(Int.self)] })[0]
    }

    /// Rows of 1,000 bytes in chunks of about 100 kB, made as they are asked for.
    struct Rows: AsyncSequence, AsyncIteratorProtocol {
        typealias Element = [UInt8]
        static let filler = [UInt8](repeating: 120, count: 999) + [10]
        let total: Int
        var made = 0
        var failAt = Int.max
        var peak: @Sendable () -> Void = {}

        mutating func next() async throws -> [UInt8]? {
            guard made < total else { return nil }
            guard made < failAt else { throw CancellationError() }
            var chunk: [UInt8] = []
            for _ in 0..<Swift.min(100, total - made) {
                made += 1
                let id = Array("\(made)\t".utf8)
                chunk += id
                chunk += Self.filler[id.count...]
            }
            peak()
            return chunk
        }

        func makeAsyncIterator() -> Rows { self }
    }

    @Test func aFailingSourceOrRowLeavesNothing() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run(Self.columns)
        try await test.withDatabase { database async throws in
            var rows = Rows(total: 5_000)
            rows.failAt = 2_500
            await #expect(throws: CancellationError.self) {
                try await database.copyIn(Self.copyIn, from: rows)
            }
            let bad = AsyncStream<[UInt8]> { stream in
                stream.yield(Array("1\tfine\n".utf8))
                stream.yield(Array("not a number\tx\n".utf8))
                stream.finish()
            }
            let error = await #expect(throws: PostgresError.self) {
                try await database.copyIn(Self.copyIn, from: bad)
            }
            #expect(error?.sqlState == .invalidTextRepresentation)
            #expect(error?.statement == "line.copyIn")
            #expect(try await Self.count(database) == [0, 0])
            #expect(database.statistics.connections == 1, "the connection was kept")
        }
    }

    @Test func copyInsideATransactionCommitsWithIt() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run(Self.columns)
        try await test.withDatabase { database async throws in
            let (copied, seen) = try await database.write { transaction in
                let copied = try transaction.copyIn(Self.copyIn) { writer in
                    for id in 1...3_000 { try writer.write("\(id)\tsome text\n") }
                    try writer.write(
                        [UInt8](Array("0\t".utf8) + repeatElement(97, count: 300_000) + [10]))
                }
                let seen = try transaction.row(
                    Query(Self.count) { [try $0.next(Int.self), try $0.next(Int.self)] })
                return (copied, seen)
            }
            #expect(copied == 3_001)
            #expect(seen == [3_001, 327_000])
            struct Changed: Error {}
            await #expect(throws: Changed.self) {
                try await database.write { transaction in
                    _ = try transaction.copyIn(Self.copyIn) { writer in
                        try writer.write("7\tx\n")
                        throw Changed()
                    }
                }
            }
            #expect(try await Self.count(database) == [3_001, 327_000])
        }
    }

    @Test func anExportReadsItsSettingsAndEndsWithItsReader() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run(
            "\(Self.columns); INSERT INTO line SELECT n, repeat('y', 500) FROM generate_series(1, 200000) n"
        )
        try await test.withDatabase { database async throws in
            let chosen = SQLStatement(
                """
                COPY (SELECT id FROM line WHERE id <= current_setting('test.most')::int8 ORDER BY id)
                TO STDOUT (FORMAT csv, HEADER)
                """, name: "line.chosen")
            let setting = Query<Void>(
                SQLStatement("SELECT set_config('test.most', $1, true)", name: "test.set"), "3")
            var text: [UInt8] = []
            for try await chunk in database.copyOut(setup: [setting], chosen) { text += chunk }
            #expect(String(decoding: text, as: UTF8.self) == "id\n1\n2\n3\n")

            // A reader that leaves ends the statement.
            var chunks = 0
            for try await _ in database.copyOut(Self.copyOut) {
                chunks += 1
                if chunks == 2 { break }
            }
            var left = ""
            for _ in 0..<50 where left != "0" {
                try await Task.sleep(for: .milliseconds(50))
                left = try await test.run(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(test.name)' AND state = 'active' AND pid <> pg_backend_pid()"
                )[0][0]!
            }
            #expect(left == "0")
            // And one that is too slow is cut off at its deadline.
            let start = ContinuousClock.now
            let error = await #expect(throws: PostgresError.self) {
                for try await _ in database.copyOut(Self.copyOut, deadline: .milliseconds(400)) {
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            #expect(error?.kind == .deadline)
            #expect(ContinuousClock.now - start < .seconds(30))
            #expect(try await Self.count(database)[0] == 200_000)
        }
    }

    @Test func rowsOfACopyAreReadInsideATransaction() async throws {
        struct Enough: Error {}
        let test = try await TestCluster.shared().database()
        try await test.run(
            """
            \(Self.columns);
            INSERT INTO line SELECT n, nullif(repeat('y', n % 7 * 20000), '') FROM generate_series(0, 999) n
            """)
        try await test.withDatabase { database async throws in
            let binary = SQLStatement(
                "COPY (SELECT id, body, id FROM line ORDER BY id) TO STDOUT (FORMAT binary)",
                name: "line.binary")
            let (rows, lengths, after) = try await database.read { transaction in
                var lengths: [Int] = []
                let rows = try transaction.copyOut(binary) { row in
                    let id = try row.next(Int64.self)
                    #expect(id == Int64(lengths.count))
                    lengths.append(try row.next()?.count ?? -1)
                    #expect(try row.next(Int64.self) == id)
                }
                let after = try transaction.row(
                    Query(Self.count) { [try $0.next(Int.self), try $0.next(Int.self)] })
                return (rows, lengths, after?[0])
            }
            #expect(rows == 1_000 && after == 1_000)
            #expect(lengths == (0..<1_000).map { $0 % 7 == 0 ? -1 : $0 % 7 * 20_000 })

            let none = SQLStatement(
                "COPY (SELECT id FROM line WHERE id < 0) TO STDOUT (FORMAT binary)",
                name: "line.none")
            let noRows = try await database.read { transaction in
                try transaction.copyOut(none) { _ in Issue.record("a row") }
            }
            #expect(noRows == 0)

            // Another format, fields left unread, fields of another width, a body that throws, a statement that fails.
            let left = try? await database.read { try $0.copyOut(binary) { _ = try $0.next() } }
            #expect(left == nil)
            let narrow = try? await database.read {
                try $0.copyOut(binary) { _ = try $0.next(Int32.self) }
            }
            #expect(narrow == nil)
            let text = try? await database.read { try $0.copyOut(Self.copyOut) { _ in } }
            #expect(text == nil)
            await #expect(throws: Enough.self) {
                try await database.read { transaction in
                    try transaction.copyOut(binary) { _ in throw Enough() }
                }
            }
            let broken = SQLStatement(
                "COPY (SELECT 1 / (id - 500) FROM line ORDER BY id) TO STDOUT (FORMAT binary)",
                name: "line.broken")
            let error = await #expect(throws: PostgresError.self) {
                try await database.read { transaction in
                    try transaction.copyOut(broken) { _ = try $0.next() }
                }
            }
            #expect(error?.statement == "line.broken")
            #expect(try await Self.count(database)[0] == 1_000)
        }
    }
}
