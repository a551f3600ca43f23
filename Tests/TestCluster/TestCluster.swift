// Finds the throw-away cluster that tests run on, and makes databases in it. Every test gets its own by cloning, so
// tests run in parallel and need not clean up after each other.

public import Logging
public import Postgres
internal import Synchronization

/// The cluster named by `COUNTERPOINT_TEST_DATABASE_URL`.
public final class TestCluster: Sendable {
    /// Why no test could run.
    public struct Unavailable: Error, CustomStringConvertible {
        public let description: String
    }

    static let variable = "COUNTERPOINT_TEST_DATABASE_URL"
    /// Names of all databases made here begin so; nothing else is ever dropped.
    static let prefix = "counterpoint_test_"

    /// Superuser, maintenance database.
    public let settings: ConnectionSettings
    /// Names this process among others that test on the same cluster.
    public let run: String
    private let admin: Database
    private let counter = Atomic<Int>(0)

    /// The shared cluster; throws `Unavailable` if the variable is not set. Sweeps up what earlier runs left, once.
    public static func shared() async throws -> TestCluster {
        try await opening.value
    }

    private static let opening = Task { () throws -> TestCluster in
        guard let url = Environment.value(variable), !url.isEmpty else {
            throw Unavailable(
                description: "\(variable) is not set: run `make test`, which starts a cluster")
        }
        let cluster = try TestCluster(url: url)
        try await cluster.sweep()
        return cluster
    }

    private init(url: String) throws {
        settings = try ConnectionSettings(url: url)
        run = String(UInt32.random(in: .min ... .max), radix: 36)
        // One connection: CREATE DATABASE copies its template, and that must not be in use by a second.
        admin = Database(
            settings,
            pool: PoolLimits(
                maxConnections: 1, minConnections: 0, waitDeadline: .seconds(120),
                maxIdle: .seconds(5)),
            logger: .quiet)
    }

    /// A new database, a copy of `template` (a database's name) or empty. Drop it with `drop()`; what is forgotten is
    /// swept up by a later run.
    public func database(copying template: String = "template0") async throws -> TestDatabase {
        let number = counter.add(1, ordering: .relaxed).newValue
        let name = "\(Self.prefix)\(run)_\(number)"
        try await make(name, from: template)
        return TestDatabase(name: name, cluster: self)
    }

    /// A database to clone from, made once per process and `label` by `fill`.
    public func template(
        _ label: String, fill: @escaping @Sendable (TestDatabase) async throws -> Void
    ) async throws -> String {
        let name = "\(Self.prefix)\(run)_t_\(label)"
        let task = templates.withLock { templates in
            if let task = templates[name] { return task }
            let task = Task {
                try await self.make(name, from: "template0")
                try await fill(TestDatabase(name: name, cluster: self))
            }
            templates[name] = task
            return task
        }
        try await task.value
        return name
    }

    private let templates = Mutex<[String: Task<Void, any Error>]>([:])

    /// Runs statements as the superuser in the maintenance database; rows of the last as text.
    @discardableResult
    public func run(_ text: String) async throws -> [[String?]] {
        try await admin.withoutTransaction(text, deadline: .seconds(120))
    }

    /// FILE_COPY: without fsync it is several times faster than copying through the log.
    private func make(_ name: String, from template: String) async throws {
        for attempt in 1... {
            do {
                try await run(
                    "CREATE DATABASE \(name) TEMPLATE \(template) STRATEGY file_copy")
                // A copy does not inherit what the original's own privileges are.
                try await run("REVOKE TEMPORARY ON DATABASE \(name) FROM PUBLIC")
                return
            } catch let error as PostgresError
                where error.sqlState == .objectInUse && attempt < 50
            {
                // A backend that was just closed has not left the template yet.
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    func drop(_ name: String) async throws {
        precondition(name.hasPrefix(Self.prefix))
        try await run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// Drops databases of earlier runs: those to which nobody is connected and that are older than an hour, so that a
    /// run going on beside this one keeps its own.
    private func sweep() async throws {
        let leftovers = try await run(
            """
            SELECT d.datname FROM pg_database d
            WHERE d.datname LIKE '\(Self.prefix)%'
                AND (pg_stat_file('base/' || d.oid || '/PG_VERSION', true)).modification
                    < now() - interval '1 hour'
                AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)
            """)
        for case let name? in leftovers.map(\.first).compactMap({ $0 }) {
            try? await drop(name)
        }
    }
}

extension Logger {
    /// Says nothing: tests read errors, not logs.
    public static var quiet: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}
