// One throw-away database.

public import Logging
public import Postgres

/// A database of a `TestCluster`, with the means to reach it.
public struct TestDatabase: Sendable {
    public let name: String
    public let cluster: TestCluster

    /// As the cluster's superuser.
    public var settings: ConnectionSettings { cluster.settings.setting("dbname", to: name) }

    /// As another role. Roles of ours have no passwords here, so this goes by the Unix socket, which asks for none.
    public func settings(user: String) throws -> ConnectionSettings {
        let socket = try Environment.value("COUNTERPOINT_TEST_SOCKET_URL").map(
            ConnectionSettings.init(url:))
        return (socket ?? cluster.settings).setting("dbname", to: name).setting("user", to: user)
    }

    /// The libpq URI of another role, for what is told its database by a URI.
    public func url(user: String) throws -> String {
        let settings = try settings(user: user)
        return settings.address(user: user, password: settings.value("password"))
    }

    /// As `settings` says, but through a listener on 127.0.0.1, e.g. a `FaultProxy`.
    public func settings(throughPort port: Int) -> ConnectionSettings {
        settings.setting("host", to: "127.0.0.1").setting("port", to: "\(port)")
    }

    /// Runs `body` with a pool on this database, and closes the pool afterwards.
    @discardableResult
    public func withDatabase<Value: Sendable>(
        _ settings: ConnectionSettings? = nil,
        pool: PoolLimits = PoolLimits(maxConnections: 4, minConnections: 0),
        logger: Logger = .quiet, _ body: (Database) async throws -> Value
    ) async throws -> Value {
        let database = Database(settings ?? self.settings, pool: pool, logger: logger)
        do {
            let value = try await body(database)
            await database.shutDown()
            return value
        } catch {
            await database.shutDown()
            throw error
        }
    }

    /// Runs statements as the superuser; rows of the last as text.
    @discardableResult
    public func run(_ text: String) async throws -> [[String?]] {
        try await withDatabase { try await $0.withoutTransaction(text) }
    }

    public func drop() async throws {
        try await cluster.drop(name)
    }
}
