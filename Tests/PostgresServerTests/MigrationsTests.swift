// Migrations on a real server: order, checksums, one runner at a time, nothing half-applied.

import FoundationEssentials
import Postgres
import Synchronization
import TestCluster
import Testing

@Suite struct MigrationsTests {
    static func folder(_ files: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("migrations-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return folder
    }

    /// Any digest will do here: the service passes SHA-256.
    static let digest: @Sendable ([UInt8]) -> String = { bytes in
        String(
            bytes.reduce(14_695_981_039_346_656_037 as UInt64) {
                ($0 ^ UInt64($1)) &* 1_099_511_628_211
            }, radix: 16)
    }

    static let first = [
        "0001_base.sql": "CREATE TABLE a (id int); CREATE TABLE b (id int);",
        "0002_index.sql":
            "-- counterpoint: no transaction\nCREATE INDEX CONCURRENTLY a_id ON a (id);",
        "README": "not a migration",
    ]

    @Test func filesAreAppliedOnceAndInOrder() async throws {
        let database = try await TestCluster.shared().database()
        let migrations = try Migrations(folder: Self.folder(Self.first), digest: Self.digest)
        try await database.withDatabase { database async throws in
            #expect(try await migrations.plan(on: database).pending.map(\.version) == [1, 2])
            let steps = Mutex<[Migrations.Step]>([])
            let plan = try await migrations.apply(on: database) { step in
                steps.withLock { $0.append(step) }
            }
            #expect(plan.pending.count == 2)
            #expect(steps.withLock { $0.count } == 4)
            #expect(try await migrations.plan(on: database).pending.isEmpty)
            #expect(try await migrations.apply(on: database).pending.isEmpty)
        }
        let rows = try await database.run("SELECT indexname FROM pg_indexes WHERE tablename = 'a'")
        #expect(rows == [["a_id"]])
    }

    @Test func anInconsistentHistoryIsRefused() async throws {
        let database = try await TestCluster.shared().database()
        try await database.withDatabase { database async throws in
            try await Migrations(folder: Self.folder(Self.first), digest: Self.digest)
                .apply(on: database)
            var files = Self.first
            files["0001_base.sql"]! += " -- changed"
            let changed = try Migrations(folder: Self.folder(files), digest: Self.digest)
            await #expect(throws: MigrationError.changed("0001_base.sql")) {
                try await changed.plan(on: database)
            }
            files = Self.first
            files["0002_index.sql"] = nil
            let missing = try Migrations(folder: Self.folder(files), digest: Self.digest)
            await #expect(throws: MigrationError.missing("0002_index.sql")) {
                try await missing.apply(on: database)
            }
        }
    }

    @Test func aFailingFileLeavesNothingAndSaysWhere() async throws {
        let database = try await TestCluster.shared().database()
        let migrations = try Migrations(
            folder: Self.folder([
                "0001_half.sql": "CREATE TABLE a (id int); SELECT 1/0;"
            ]), digest: Self.digest)
        try await database.withDatabase { database async throws in
            let error = await #expect(throws: PostgresError.self) {
                try await migrations.apply(on: database)
            }
            #expect(error?.statement == "0001_half.sql")
            #expect(error?.sqlState?.rawValue == "22012")
            let pending = try await migrations.plan(on: database).pending
            #expect(pending.count == 1)
        }
        #expect(try await database.run("SELECT to_regclass('a')") == [[nil]])
    }

    @Test func aFileMayNotEndItsTransaction() async throws {
        let database = try await TestCluster.shared().database()
        let migrations = try Migrations(
            folder: Self.folder(["0001_leaves.sql": "CREATE TABLE a (id int); COMMIT;"]),
            digest: Self.digest)
        _ = try await database.withDatabase { database async throws in
            let error = await #expect(throws: MigrationError.self) {
                try await migrations.apply(on: database)
            }
            #expect(error == .leftTransaction("0001_leaves.sql"))
        }
    }

    @Test func twoRunnersTakeTurns() async throws {
        let database = try await TestCluster.shared().database()
        let migrations = try Migrations(
            folder: Self.folder([
                "0001_slow.sql": "CREATE TABLE a (id int); SELECT pg_sleep(0.3);"
            ]), digest: Self.digest)
        try await database.withDatabase { database async throws in
            async let one = migrations.apply(on: database)
            async let two = migrations.apply(on: database)
            let pending = try await [one.pending.count, two.pending.count].sorted()
            #expect(pending == [0, 1])
        }
    }

    @Test func aFileStepsBackFromABusyTable() async throws {
        let database = try await TestCluster.shared().database()
        try await database.run("CREATE TABLE a (id int)")
        let migrations = try Migrations(
            folder: Self.folder(["0001_wide.sql": "ALTER TABLE a ADD COLUMN b int;"]),
            digest: Self.digest)
        try await database.withDatabase { database async throws in
            async let reader: Void = database.read { transaction in
                try transaction.execute(
                    Query(
                        SQLStatement(
                            "SELECT pg_sleep(1.6) FROM (SELECT count(*) FROM a) c",
                            name: "test.hold")))
            }
            try await Task.sleep(for: .milliseconds(200))
            let waits = Mutex(0)
            try await migrations.apply(on: database) { step in
                if case .waitsForLock = step { waits.withLock { $0 += 1 } }
            }
            #expect(waits.withLock { $0 } >= 1)
            _ = try await reader
        }
    }

    @Test func fileNamesAreChecked() throws {
        #expect(throws: MigrationError.badName("1_x.sql")) {
            try Migrations(folder: Self.folder(["1_x.sql": ""]), digest: Self.digest)
        }
        #expect(throws: MigrationError.twice("0001_a.sql", "0001_b.sql")) {
            try Migrations(
                folder: Self.folder(["0001_a.sql": "", "0001_b.sql": ""]), digest: Self.digest)
        }
    }
}
