// A connection for the life of one command. Tools hold this and a Registry; the driver stays behind it.

public import CounterpointModel
public import Logging
import Postgres

/// A database that a tool has opened, and the Registry on it.
public final class RegistryConnection: Sendable {
    public let registry: Registry
    let database: Database
    let settings: ConnectionSettings

    /// Opens nothing yet; an address that libpq cannot read is refused. `operationLimit` is how long one operation may
    /// take, waiting included.
    public init(
        url: String, applicationName: String, operationLimit: Duration = .seconds(120),
        logger: Logger
    ) throws {
        do {
            var settings = try ConnectionSettings(url: url)
            settings.applicationName = applicationName
            settings.transactionDeadline = operationLimit
            settings.statementTimeout = operationLimit + .seconds(5)
            self.settings = settings
        } catch let error as PostgresError {
            throw InstallationError(
                .wrongInput, "The database's address cannot be read: \(error.detail)")
        }
        // A command does one thing after the other; a second connection serves what it asks beside it.
        let limits = PoolLimits(
            maxConnections: 2, minConnections: 0, waitDeadline: .seconds(15), maxIdle: .seconds(60))
        database = Database(settings, pool: limits, logger: logger)
        registry = Registry(database: database, logger: logger)
    }

    /// Ends every connection.
    public func close() async { await database.shutDown() }

    /// The release of libpq, as in 15.20.
    public static var libraryVersion: String { ClientLibrary.version }

    /// Host, port, database and user, without a password.
    public var place: String { settings.description }

    /// Who this login is and what it may do here. The first thing a tool asks, because everything else fails with less
    /// to say when the login is wrong.
    public func identity() async throws -> LoginIdentity {
        try await forOperators {
            let identity = try await database.read { transaction in
                try transaction.row(
                    Query(LoginIdentity.statement, decode: LoginIdentity.init(row:)))!
            }
            return identity
        }
    }
}

/// A login as the server knows it.
public struct LoginIdentity: Sendable, Hashable {
    public var login: String
    public var databaseName: String
    /// As in 15.20.
    public var serverVersion: String
    public var isSuperuser: Bool
    /// Whether it may act as a principal that is named to it (the operator, a superuser).
    public var mayNamePrincipals: Bool
    /// Nil: the database has no schema of Counterpoint, or the login may not look.
    public var schemaLevel: Int?
    public var hasSchema: Bool
    /// The server's clock when it answered.
    public var clock: Instant

    // Asked of the catalogues, which everybody may read: a login without any rights here still gets an answer.
    static let statement = SQLStatement(
        """
        select session_user::text, current_database()::text, current_setting('server_version_num')::integer,
               coalesce((select r.rolsuper from pg_roles r where r.rolname = session_user), false),
               exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                        where n.nspname = 'sec' and p.proname = 'begin_as'
                          and has_function_privilege(p.oid, 'execute') and has_schema_privilege(n.oid, 'usage')),
               exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                        where n.nspname = 'sec' and p.proname = 'schema_level'),
               exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                        where n.nspname = 'sec' and p.proname = 'schema_level'
                          and has_function_privilege(p.oid, 'execute') and has_schema_privilege(n.oid, 'usage')),
               clock_timestamp()
        """, name: "login.identity")

    init(row: inout RowReader) throws {
        login = try row.next()
        databaseName = try row.next()
        let version = try row.next(Int32.self)
        serverVersion = "\(version / 10_000).\(version % 10_000)"
        isSuperuser = try row.next()
        mayNamePrincipals = try row.next()
        hasSchema = try row.next()
        mayAskLevel = try row.next()
        clock = try row.next()
    }

    var mayAskLevel: Bool
}
