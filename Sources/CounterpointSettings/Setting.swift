// The list of settings: their names in the environment and on the command line, what they are
// for, and what holds when nothing is said. Help, reading and error messages all come from here.

/// One setting: how it is written, and what it means.
public struct Setting: Sendable, Hashable {
    /// The name in the environment and in `.env`.
    public let variable: String
    /// The flag on the command line, without its two dashes.
    public let flag: String
    /// What stands after the flag in the help.
    public let placeholder: String
    /// What holds when nothing is said, as a person would write it; nil: there is no default.
    public let fallback: String?
    /// One sentence for the help.
    public let help: String
    /// True when the value may hold a password and is never printed.
    public let isSecret: Bool

    init(
        _ variable: String, flag: String, _ placeholder: String, fallback: String? = nil,
        isSecret: Bool = false, help: String
    ) {
        self.variable = variable
        self.flag = flag
        self.placeholder = placeholder
        self.fallback = fallback
        self.isSecret = isSecret
        self.help = help
    }
}

extension Setting {
    /// Where the record is kept.
    public static let databaseURL = Setting(
        "DATABASE_URL", flag: "database-url", "URI", isSecret: true,
        help: """
            PostgreSQL as a libpq URI, several hosts allowed: \
            postgresql://user@host1,host2/counterpoint. Prefer the environment to the flag: \
            other users of a machine can read command lines.
            """)
    /// A replica for summaries.
    public static let databaseReadURL = Setting(
        "DATABASE_READ_URL", flag: "database-read-url", "URI", isSecret: true,
        help: "A replica that answers summaries; without it the database above answers them.")
    /// The address to listen on.
    public static let host = Setting(
        "COUNTERPOINT_HOST", flag: "host", "ADDRESS", fallback: "127.0.0.1",
        help: "The address to listen on.")
    /// The port to listen on.
    public static let port = Setting(
        "COUNTERPOINT_PORT", flag: "port", "NUMBER", fallback: "8080",
        help: "The port to listen on; 0 takes a free one and logs it.")
    /// How much is logged.
    public static let logLevel = Setting(
        "COUNTERPOINT_LOG_LEVEL", flag: "log-level", "LEVEL", fallback: "info",
        help: "trace, debug, info, notice, warning, error or critical.")
    /// Connections to the database.
    public static let poolSize = Setting(
        "COUNTERPOINT_POOL_SIZE", flag: "pool-size", "NUMBER",
        help: """
            Connections to the database, 1 to 200. Without it the pool's own default holds \
            (2 for each core, at least 4).
            """)
    /// Threads that read and write sockets.
    public static let eventLoops = Setting(
        "COUNTERPOINT_EVENT_LOOPS", flag: "event-loops", "NUMBER", fallback: "1",
        help: "Threads that read and write sockets, 1 to 64.")
    /// The certificate chain.
    public static let tlsCertificate = Setting(
        "COUNTERPOINT_TLS_CERTIFICATE", flag: "tls-certificate", "FILE",
        help: """
            PEM: the service's certificate, then those that vouch for it. With it the port speaks \
            TLS only; without it TLS ends in a proxy before the service. A renewed file is taken \
            within a minute, or at once on SIGHUP.
            """)
    /// The key of the certificate.
    public static let tlsKey = Setting(
        "COUNTERPOINT_TLS_KEY", flag: "tls-key", "FILE",
        help: "PEM: the certificate's private key, not encrypted and not readable by everybody.")
    /// How many connections one address may have.
    public static let connectionsPerAddress = Setting(
        "COUNTERPOINT_CONNECTIONS_PER_ADDRESS", flag: "connections-per-address", "NUMBER",
        fallback: "256",
        help: """
            Connections that one address may have open, 1 to 2048; more are closed at once. Raise \
            it for a proxy on another host; this host's own addresses are not counted.
            """)
    /// Whether a database server with known holes is served from.
    public static let allowOldPostgres = Setting(
        "COUNTERPOINT_ALLOW_OLD_POSTGRES", flag: "allow-old-postgres", "0|1", fallback: "0",
        help: """
            1: start although the PostgreSQL server has known holes in row-level security, and say \
            so in the log at each start. For machines without real data.
            """)
    /// The folder of migrations.
    public static let schemaDirectory = Setting(
        "COUNTERPOINT_SCHEMA_DIR", flag: "schema-dir", "FOLDER", fallback: "schema",
        help: "The folder of migrations that this build was made for.")

    /// Every setting, in the order of the help.
    public static let all: [Setting] =
        [
            databaseURL, databaseReadURL, host, port, tlsCertificate, tlsKey, connectionsPerAddress,
            logLevel, poolSize, eventLoops, schemaDirectory, allowOldPostgres,
        ] + ofSigningIn
}
