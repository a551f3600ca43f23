// A registry to test with: a database with the real schema, cloned for each test, and people who may sign in to it.

import CounterpointModel
public import CounterpointRecords
import Crypto
import FoundationEssentials
import Glibc
public import Postgres
public import TestCluster

/// A registry over a database of its own, as the service has it and as the command line on the host has it.
public struct TestRegistry: Sendable {
    public let database: TestDatabase
    /// Signed in as counterpoint_service, like the service: it owns nothing and becomes its caller's kind.
    public let service: Registry
    /// Signed in as counterpoint_operator, like the command line.
    public let host: Registry
    public let administrator = Caller(.operatorAs(nil), requestId: "test")

    /// Runs `body` with a fresh registry and removes its database afterwards.
    public static func with<Value: Sendable>(
        _ body: (TestRegistry) async throws -> Value
    ) async throws -> Value {
        try await with(copyOf: try await schemaTemplate(), body)
    }

    /// Runs `body` with a registry over a copy of a database, and removes the copy afterwards.
    public static func with<Value: Sendable>(
        copyOf template: String, _ body: (TestRegistry) async throws -> Value
    ) async throws -> Value {
        let database = try await TestCluster.shared().database(copying: template)
        let value = try await open(database, body)
        try await database.drop()
        return value
    }

    /// Fills a copy of a database that stays, to be copied in turn; answers its name too.
    static func keeping<Value: Sendable>(
        copyOf template: String, _ body: (TestRegistry) async throws -> Value
    ) async throws -> (Value, String) {
        let database = try await TestCluster.shared().database(copying: template)
        return (try await open(database, body), database.name)
    }

    private static func open<Value: Sendable>(
        _ database: TestDatabase, _ body: (TestRegistry) async throws -> Value
    ) async throws -> Value {
        let pool = PoolLimits(maxConnections: 3, minConnections: 0, waitDeadline: .seconds(30))
        return try await database.withDatabase(
            database.settings(user: "counterpoint_service"), pool: pool
        ) { service in
            try await database.withDatabase(
                database.settings(user: "counterpoint_operator"), pool: pool
            ) { host in
                try await body(
                    TestRegistry(
                        database: database, service: Registry(database: service, logger: .quiet),
                        host: Registry(database: host, logger: .quiet)))
            }
        }
    }

    /// A database with the schema and nothing else, made once a process.
    static func schemaTemplate() async throws -> String {
        try await TestCluster.shared().template("schema") { database in
            try await migrate(database)
            // A hole planted by `make mutants`: the tests must then fail.
            if let hole = plantedHole { try await database.run(hole) }
        }
    }

    private static func migrate(_ database: TestDatabase) async throws {
        try await database.withDatabase { try await migrate($0) }
    }

    /// Brings the schema to a database that a test made itself, as its superuser.
    public static func migrate(_ settings: ConnectionSettings) async throws {
        let admin = Database(
            settings, pool: PoolLimits(maxConnections: 1, minConnections: 0), logger: .quiet)
        do {
            try await migrate(admin)
            await admin.shutDown()
        } catch {
            await admin.shutDown()
            throw error
        }
    }

    /// Runs `body` with a registry over an installation that grew: an earlier schema (its migrations up to `level`),
    /// filled by `fill` as the Counterpoint of that time filled it, and then brought to the newest.
    public static func with<Filling, Value: Sendable>(
        level: Int, filledBy fill: (TestDatabase) async throws -> Filling,
        _ body: (Filling, TestRegistry) async throws -> Value
    ) async throws -> Value {
        let database = try await TestCluster.shared().database()
        try await migrate(database, upTo: level)
        let filling = try await fill(database)
        try await migrate(database)
        try await database.run("REVOKE TEMPORARY ON DATABASE \(database.name) FROM PUBLIC")
        let value = try await open(database) { try await body(filling, $0) }
        try await database.drop()
        return value
    }

    /// Applies the first migrations of `schema/` only.
    public static func migrate(_ database: TestDatabase, upTo level: Int) async throws {
        let earlier = try folder(upTo: level)
        defer { try? FileManager.default.removeItem(atPath: earlier) }
        try await database.withDatabase { try await migrate($0, from: earlier) }
    }

    /// A folder with the first migrations of `schema/`.
    private static func folder(upTo level: Int) throws -> String {
        let files = FileManager.default
        let folder = files.temporaryDirectory.path + "/schema-\(level)-\(UUID().uuidString)"
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: schemaFolder) {
            guard let number = Int(name.prefix(4)), number <= level else { continue }
            try files.copyItem(atPath: "\(schemaFolder)/\(name)", toPath: "\(folder)/\(name)")
        }
        return folder
    }

    private static func migrate(
        _ admin: Database, from folder: String = schemaFolder
    ) async throws {
        let migrations = try Migrations(folder: folder) { bytes in
            SHA256.hash(data: bytes).map { byte in
                let hex = String(byte, radix: 16)
                return byte < 16 ? "0" + hex : hex
            }.joined()
        }
        try await migrations.apply(on: admin)
    }

    /// The SQL of the file that COUNTERPOINT_TEST_HOLE names.
    private static let plantedHole: String? = {
        guard let name = getenv("COUNTERPOINT_TEST_HOLE").map({ String(cString: $0) }) else {
            return nil
        }
        guard let file = fopen(name, "r") else { fatalError("\(name) cannot be read") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }()

    /// `schema/` of this checkout.
    static let schemaFolder: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return parts.joined(separator: "/") + "/schema"
    }()
}

extension Outcome {
    /// What was done; a test that expects no replay fails on one.
    public func get() throws -> Value {
        switch self {
        case .done(let value): return value
        case .replayed: throw UnexpectedReplay()
        }
    }
}

public struct UnexpectedReplay: Error {}
