// Transactions as closures: what travels when, and what a failure leaves behind.

import Glibc
import Postgres
import Synchronization
import TestCluster
import Testing

@Suite struct TransactionTests {
    static let insert = SQLStatement(
        "INSERT INTO thing (id, label) VALUES ($1, $2)", name: "thing.insert")
    static let count = SQLStatement("SELECT count(*) FROM thing", name: "thing.count")
    static let label = SQLStatement("SELECT label FROM thing WHERE id = $1", name: "thing.label")
    static let all = SQLStatement("SELECT id FROM thing ORDER BY id", name: "thing.all")

    static func insert(_ id: Int, _ label: String = "x") -> Query<Void> {
        Query(insert, id, label)
    }

    static func withThings(_ body: (Database, TestDatabase) async throws -> Void) async throws {
        let database = try await TestCluster.shared().database()
        try await database.run(
            """
            CREATE TABLE thing (
                id bigint PRIMARY KEY, label text NOT NULL CONSTRAINT short CHECK (length(label) < 5));
            CREATE FUNCTION refuse() RETURNS text LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no such token: secret' USING ERRCODE = '28000'; END $$
            """)
        try await database.withDatabase { try await body($0, database) }
    }

    @Test func aClosureCommitsOrLeavesNothing() async throws {
        try await Self.withThings { database, _ in
            let count = try await database.write { transaction in
                try transaction.execute(Self.insert(1)) + transaction.execute(Self.insert(2))
            }
            #expect(count == 2)
            struct Changed: Error {}
            await #expect(throws: Changed.self) {
                try await database.write { transaction in
                    try transaction.execute(Self.insert(3))
                    throw Changed()
                }
            }
            let all = try await database.read {
                try $0.rows(Query(Self.all) { try $0.next(Int.self) })
            }
            #expect(all == [1, 2])
            #expect(database.statistics.idle == 1)
        }
    }

    @Test func serverErrorsCarryFieldsAndNoValues() async throws {
        try await Self.withThings { database, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await database.write { try $0.execute(Self.insert(1, "too long")) }
            }
            #expect(error?.kind == .server)
            #expect(error?.sqlState == .checkViolation)
            #expect(error?.server?.constraint == "short")
            #expect(error?.server?.table == "thing")
            #expect(error?.statement == "thing.insert")
            #expect(error.map { "\($0)" } == "PostgresError.server 23514 in thing.insert")
            #expect(error?.debugDescription.contains("too long") == true)
            #expect(error?.file.hasSuffix("TransactionTests.swift") == true)
        }
    }

    @Test func anEnqueuedFailureSurfacesAtCommit() async throws {
        try await Self.withThings { database, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await database.write { transaction in
                    try transaction.execute(Self.insert(1))
                    try transaction.enqueue(Self.insert(1))
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            let count = try await database.read {
                try $0.row(Query(Self.count) { try $0.next(Int.self) })
            }
            #expect(count == 0)
        }
    }

    @Test func whatComesLastTravelsWithCommitAndFallsWithItsSavepoint() async throws {
        try await Self.withThings { database, _ in
            struct Changed: Error {}
            try await database.write { transaction in
                try transaction.enqueueLast(Self.insert(1))
                try? transaction.savepoint { () throws in
                    try transaction.execute(Self.insert(2))
                    try transaction.enqueueLast(Self.insert(3))
                    throw Changed()
                }
                try transaction.execute(Self.insert(4))
                let seen = try transaction.rows(Query(Self.all) { try $0.next(Int.self) })
                #expect(seen == [4])
            }
            let all = try await database.read {
                try $0.rows(Query(Self.all) { try $0.next(Int.self) })
            }
            #expect(all == [1, 4])
            // Alone, and failing.
            try await database.write { try $0.enqueueLast(Self.insert(5)) }
            let error = await #expect(throws: PostgresError.self) {
                try await database.write { transaction in
                    try transaction.enqueueLast(Self.insert(5))
                    try transaction.execute(Self.insert(6))
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            let count = try await database.read {
                try $0.row(Query(Self.count) { try $0.next(Int.self) })
            }
            #expect(count == 3)
        }
    }

    @Test func severalStatementsAnswerInOneRoundTrip() async throws {
        try await Self.withThings { database, _ in
            try await database.write { transaction in
                try transaction.enqueue(Self.insert(1, "a"))
                try transaction.enqueue(Self.insert(2, "b"))
                let (ids, labels, _) = try transaction.rows(
                    Query(Self.all) { try $0.next(Int.self) },
                    Query(Self.label, 2) { try $0.next(String.self) },
                    Self.insert(3, "c"))
                #expect(ids == [1, 2])
                #expect(labels == ["b"])
            }
            let (count, labels) = try await database.read(
                opening: .none, Query(Self.count) { try $0.next(Int.self) },
                Query(Self.label, 3) { try $0.next(String.self) })
            #expect(count == [3])
            #expect(labels == ["c"])
        }
    }

    static let refuse = SQLStatement("SELECT refuse()", name: "principal.begin")
    static let accept = SQLStatement("SELECT $1::text || '!'", name: "principal.begin")

    /// One connection, used by one after the other.
    @Test func whatAStatementLeavesSetIsGoneForTheNext() async throws {
        let database = try await TestCluster.shared().database()
        try await database.withDatabase(pool: PoolLimits(maxConnections: 1)) { database in
            let settings = SQLStatement(
                """
                select current_setting('timezone'), current_setting('statement_timeout'), current_user::text,
                       current_setting('search_path'), current_setting('synchronous_commit')
                """, name: "test.settings")
            let read = { @Sendable in
                try await database.read { transaction in
                    try transaction.row(
                        Query(settings) { row in
                            var values: [String] = []
                            for _ in 0..<5 { values.append(try row.next(String.self)) }
                            return values
                        })
                }
            }
            let before = try await read()
            for left in [
                "set timezone = 'Pacific/Kiritimati'", "set statement_timeout = 1",
                "set role pg_monitor", "set search_path = nowhere", "set synchronous_commit = off",
                "set session authorization default",
            ] {
                try await database.write { transaction in
                    try transaction.execute(
                        Query<Void>(SQLStatement(dynamic: left, name: "test.left")))
                }
                let after = try await read()
                #expect(after == before, "\(left)")
            }
        }
    }

    @Test func lastRowsCommitAndNothingComesAfterThem() async throws {
        try await Self.withThings { database, _ in
            let (ids, _) = try await database.write { transaction in
                try transaction.enqueue(Self.insert(1, "a"))
                return try transaction.lastRows(
                    Query(Self.all) { try $0.next(Int.self) }, Self.insert(2, "b"))
            }
            #expect(ids == [1])
            let late = await #expect(throws: PostgresError.self) {
                try await database.write { transaction in
                    _ = try transaction.lastRows(Self.insert(3, "c"))
                    try transaction.execute(Self.insert(4, "d"))
                }
            }
            #expect(late?.kind == .transaction)
            // What fails among the last leaves nothing.
            _ = await #expect(throws: PostgresError.self) {
                try await database.write { transaction in
                    _ = try transaction.lastRows(Self.insert(5, "e"), Self.insert(1, "a"))
                }
            }
            let all = try await database.read {
                try $0.rows(Query(Self.all) { try $0.next(Int.self) })
            }
            #expect(all == [1, 2, 3])
        }
    }

    @Test func theOpeningsFailureIsTheCallers() async throws {
        try await Self.withThings { database, _ in
            let refused = Opening(Query(Self.refuse) { try $0.next(String.self) })
            let one = await #expect(throws: PostgresError.self) {
                try await database.read(
                    opening: refused, Query(Self.count) { try $0.next(Int.self) })
            }
            #expect(one?.sqlState == .invalidAuthorization)
            #expect(one?.statement == "principal.begin")
            // Also when the closure itself would have sent nothing.
            let two = await #expect(throws: PostgresError.self) {
                try await database.write(opening: refused) { _ in }
            }
            #expect(two?.sqlState == .invalidAuthorization)
            let accepted = Opening(Query(Self.accept, "me") { try $0.next(String.self) })
            let opened = try await database.write(opening: accepted) { transaction in
                try transaction.execute(Self.insert(1))
                return try transaction.opened(String.self)
            }
            #expect(opened == "me!")
            // One whose answer nobody wants.
            let silent = Opening(Query<Void>(Self.accept, "me"))
            let count = try await database.read(
                opening: silent, Query(Self.count) { try $0.next(Int.self) })
            #expect(count == [1])
        }
    }

    @Test func aSavepointFailsByItself() async throws {
        try await Self.withThings { database, _ in
            try await database.write { transaction in
                try transaction.execute(Self.insert(1))
                #expect(throws: PostgresError.self) {
                    try transaction.savepoint {
                        try transaction.execute(Self.insert(2))
                        try transaction.execute(Self.insert(1))
                    }
                }
                // Enqueued inside, so it fails inside.
                #expect(throws: PostgresError.self) {
                    try transaction.savepoint { try transaction.enqueue(Self.insert(1)) }
                }
                try transaction.savepoint {
                    try transaction.execute(Self.insert(3))
                    #expect(throws: PostgresError.self) {
                        try transaction.savepoint { try transaction.execute(Self.insert(3)) }
                    }
                }
                try transaction.savepoint {}
            }
            let all = try await database.read {
                try $0.rows(Query(Self.all) { try $0.next(Int.self) })
            }
            #expect(all == [1, 3])
        }
    }

    @Test func aSwallowedFailureDoesNotCommit() async throws {
        try await Self.withThings { database, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await database.write { transaction in
                    try transaction.execute(Self.insert(1))
                    _ = try? transaction.execute(Self.insert(1))
                }
            }
            #expect(error?.kind == .transaction)
            let count = try await database.read {
                try $0.row(Query(Self.count) { try $0.next(Int.self) })
            }
            #expect(count == 0)
        }
    }

    @Test func readingCannotWrite() async throws {
        try await Self.withThings { database, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await database.read { try $0.execute(Self.insert(1)) }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
        }
    }

    @Test(arguments: [false, true])
    func aReaderSeesOneMomentIfItAsksFor(oneMoment: Bool) async throws {
        try await Self.withThings { database, _ in
            let steps = Steps()
            async let counted = database.read(atOneMoment: oneMoment) { transaction in
                let before = try transaction.row(Query(Self.count) { try $0.next(Int.self) })
                steps.hasLooked.store(true, ordering: .releasing)
                // On the connection's own thread, which nobody else needs.
                while !steps.hasWritten.load(ordering: .acquiring) { usleep(1_000) }
                let after = try transaction.row(Query(Self.count) { try $0.next(Int.self) })
                return [before, after]
            }
            while !steps.hasLooked.load(ordering: .acquiring) {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await database.write { _ = try $0.execute(Self.insert(1)) }
            steps.hasWritten.store(true, ordering: .releasing)
            #expect(try await counted == [0, oneMoment ? 0 : 1])
        }
    }

    private final class Steps: Sendable {
        let hasLooked = Atomic(false)
        let hasWritten = Atomic(false)
    }

    @Test func rowsAreLimitedAndColumnsAreAllRead() async throws {
        try await Self.withThings { database, _ in
            try await database.write { transaction in
                for id in 1...5 { try transaction.enqueue(Self.insert(id)) }
            }
            let limited = Query(Self.all, maxRows: 4) { try $0.next(Int.self) }
            let error = await #expect(throws: PostgresError.self) {
                try await database.read { try $0.rows(limited) }
            }
            #expect(error?.kind == .limitExceeded)
            let unread = Query(Self.all) { _ in 1 }
            let second = await #expect(throws: PostgresError.self) {
                try await database.read { try $0.rows(unread) }
            }
            #expect(second?.kind == .decoding)
            let several = await #expect(throws: PostgresError.self) {
                try await database.read { try $0.row(Query(Self.all) { try $0.next(Int.self) }) }
            }
            #expect(several?.kind == .decoding)
        }
    }
}
