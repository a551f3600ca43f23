// Where the server is and how long things may take. The address is parsed by libpq itself, so every form and keyword
// that `psql` knows is known here.

internal import CLibPQ

/// How to reach a server, and the time limits of everything done there.
public struct ConnectionSettings: Sendable {
    /// libpq keywords from the address; may hold a password, so never printed.
    var keywords: [(name: String, value: String)]

    /// Shown in `pg_stat_activity`.
    public var applicationName = "counterpoint"
    /// For all hosts together; the hosts named share it evenly.
    public var connectDeadline = Duration.seconds(10)
    /// For a whole transaction, waiting for a connection included, unless the call says otherwise.
    public var transactionDeadline = Duration.seconds(15)
    /// The server's own limit for one statement: a little later than ours, for the case that we are gone.
    public var statementTimeout = Duration.seconds(20)
    /// For a COPY from or to a task: as long as an export over a slow line may take.
    public var copyDeadline = Duration.seconds(600)
    /// The server's limit for a transaction in which nobody says anything; ours ends before.
    public var idleInTransactionTimeout = Duration.seconds(30)
    /// How long sent data may stay unacknowledged before the kernel gives the line up. TCP only.
    public var tcpUserTimeout = Duration.seconds(15)
    /// How long running transactions may go on after `Database` was told to stop.
    public var shutdownDeadline = Duration.seconds(8)

    /// What `top` shows for the threads, with a number; tests count theirs by it.
    package var threadPrefix = "pg"

    /// Parses a libpq URI (`postgresql://…`, several hosts allowed) or keyword string; the error names the fault.
    public init(url: String) throws {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &complaint) else {
            defer { PQfreemem(complaint) }
            let text = complaint.map { String(cString: $0).trimmedLineEnd } ?? "no memory"
            throw PostgresError(.connecting, "connection settings: \(text)", wasNothingSent: true)
        }
        defer { PQconninfoFree(options) }
        keywords = []
        var option = options
        while let name = option.pointee.keyword {
            if let value = option.pointee.val {
                keywords.append((String(cString: name), String(cString: value)))
            }
            option += 1
        }
    }

    /// The value of a libpq keyword, from the address or else from libpq's defaults (`PGHOST` and its kin).
    package func value(_ name: String) -> String? {
        if let own = keywords.last(where: { $0.name == name })?.value, !own.isEmpty { return own }
        guard let defaults = PQconndefaults() else { return nil }
        defer { PQconninfoFree(defaults) }
        var option = defaults
        while let keyword = option.pointee.keyword {
            if String(cString: keyword) == name {
                guard let text = option.pointee.val else { return nil }
                return String(cString: text)
            }
            option += 1
        }
        return nil
    }

    /// The same server, another keyword value (a database, a port): for tests and tools.
    package func setting(_ name: String, to value: String) -> ConnectionSettings {
        var settings = self
        settings.keywords.removeAll { $0.name == name }
        settings.keywords.append((name, value))
        return settings
    }
}

extension ConnectionSettings: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Host, port, database and user; never a password.
    public var description: String {
        ["host", "port", "dbname", "user"]
            .compactMap { name in value(name).map { "\(name)=\($0)" } }
            .joined(separator: " ")
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: [("address", description)]) }
}
