// From addresses to a registry, so that who starts one need not know the driver.

public import Logging
public import Postgres

extension Registry {
    /// A registry with the databases it stands on. Run these as services before anything that asks the registry, and
    /// stop them after it.
    public struct Opened: Sendable {
        public let registry: Registry
        public let databases: [Database]
        /// Connections that each database may have.
        public let poolSize: Int
    }

    /// An address that libpq does not understand. The address itself is never repeated: it may hold a password.
    public struct UnreadableAddress: Error, Sendable {
        /// Whether it is the replica's.
        public let isReplica: Bool
    }

    /// Opens nothing yet: connections are made when they are needed.
    public static func open(
        databaseURL: String, readURL: String? = nil, poolSize: Int? = nil, logger: Logger
    ) throws(UnreadableAddress) -> Opened {
        let limits = poolSize.map { PoolLimits(maxConnections: $0) } ?? .default
        func database(_ url: String, isReplica: Bool) throws(UnreadableAddress) -> Database {
            guard let settings = try? ConnectionSettings(url: url) else {
                throw UnreadableAddress(isReplica: isReplica)
            }
            return Database(settings, pool: limits, logger: logger)
        }
        let main = try database(databaseURL, isReplica: false)
        guard let readURL else {
            return Opened(
                registry: Registry(database: main, logger: logger), databases: [main],
                poolSize: limits.maxConnections)
        }
        let replica = try database(readURL, isReplica: true)
        return Opened(
            registry: Registry(database: main, readDatabase: replica, logger: logger),
            databases: [main, replica], poolSize: limits.maxConnections)
    }
}
