// The settings of the service as typed values, checked together: a wrong or missing setting stops
// the start with every problem named, so that nobody mends them one restart at a time.

public import Configuration

/// What `counterpointd` is told before it starts.
public struct ServiceSettings: Sendable, Hashable {
    /// libpq URI of the database. May hold a password: never log it.
    public var databaseURL: String
    /// libpq URI of a replica for summaries. May hold a password: never log it.
    public var databaseReadURL: String?
    /// Address to listen on.
    public var host: String
    /// Port to listen on; 0 takes a free one.
    public var port: Int
    /// Paths of the certificate chain and its key; nil: no TLS.
    public var tls: (certificate: String, key: String)? {
        tlsCertificate.flatMap { certificate in tlsKey.map { (certificate, $0) } }
    }
    private var tlsCertificate: String?
    private var tlsKey: String?
    /// Connections that one address may have open.
    public var connectionsPerAddress: Int
    /// Whether a database server with known holes is served from.
    public var allowsOldPostgres: Bool
    /// The least severe log level that is written.
    public var logLevel: LogLevel
    /// Connections to the database; nil: the pool's own default.
    public var poolSize: Int?
    /// Threads that read and write sockets.
    public var eventLoops: Int
    /// The folder of migrations.
    public var schemaDirectory: String
    /// How callers come in.
    public var signingIn: SigningInSettings

    /// Log levels, named as swift-log names them.
    public enum LogLevel: String, Sendable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    /// A pool beyond this asks one PostgreSQL server for more backends than its usual
    /// `max_connections` of 100 to 300 leaves for others.
    static let poolSizes = 1...200
    /// One loop carries some ten thousand requests a second; 64 is every core of a large machine.
    static let eventLoopCounts = 1...64
    static let ports = 0...65_535
    /// As many as the service takes altogether.
    static let connectionCounts = 1...2_048

    /// Reads and checks all settings.
    ///
    /// Throws ``SettingsProblems`` with every problem found, `flagFaults` before the others.
    public init(
        reading config: ConfigReader, flagFaults: [String] = []
    ) throws(SettingsProblems) {
        var read = SettingsReading(config)
        let databaseURL = read.required(.databaseURL, check: Self.databaseURLFault)
        let databaseReadURL = read.optional(.databaseReadURL, check: Self.databaseURLFault)
        let host = read.text(.host)
        let port = read.integer(.port, in: Self.ports)
        let tlsCertificate = read.optional(.tlsCertificate)
        let tlsKey = read.optional(.tlsKey)
        if (tlsCertificate == nil) != (tlsKey == nil) {
            // The one that is there needs the other.
            _ = read.required(tlsKey == nil ? .tlsKey : .tlsCertificate)
        }
        let perAddress = read.integer(.connectionsPerAddress, in: Self.connectionCounts)
        let allowsOld = read.integer(.allowOldPostgres, in: 0...1)
        let logLevel = read.choice(.logLevel, of: LogLevel.self)
        let poolSize = read.integer(.poolSize, in: Self.poolSizes)
        let eventLoops = read.integer(.eventLoops, in: Self.eventLoopCounts)
        let schemaDirectory = read.text(.schemaDirectory)
        let signingIn = SigningInSettings(&read)
        guard flagFaults.isEmpty, read.problems.isEmpty, let databaseURL, let host, let port,
            let logLevel, let perAddress, let allowsOld,
            let eventLoops, let schemaDirectory, let signingIn
        else { throw SettingsProblems(problems: flagFaults + read.problems) }
        self.databaseURL = databaseURL
        self.databaseReadURL = databaseReadURL
        self.host = host
        self.port = port
        self.tlsCertificate = tlsCertificate
        self.tlsKey = tlsKey
        connectionsPerAddress = perAddress
        allowsOldPostgres = allowsOld == 1
        self.logLevel = logLevel
        self.poolSize = poolSize
        self.eventLoops = eventLoops
        self.schemaDirectory = schemaDirectory
        self.signingIn = signingIn
    }

    /// libpq itself reads the URI later; this catches what is plainly no database address, without
    /// repeating the value, since it may hold a password.
    private static func databaseURLFault(_ value: String) -> String? {
        let schemes = ["postgresql://", "postgres://"]
        if schemes.contains(where: value.hasPrefix) { return nil }
        return "must begin with postgresql:// (its value is not shown, it may hold a password)"
    }
}

/// Why the service does not start: every setting that is wrong or missing.
public struct SettingsProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// One line each, beginning with the setting's name.
    public let problems: [String]

    /// The problems, one a line, and where to read on.
    public var description: String {
        problems.map { "\($0)\n" }.joined() + "Say --help to see every setting."
    }
}
