// The one error of this room. Dull by default, because a description ends up in places that strangers read; the full
// account is in `debugDescription`, which belongs in a log.

/// Why the database did not answer as asked; says kind, SQLSTATE and statement, never a value.
public struct PostgresError: Error, Sendable {
    /// What kind of thing went wrong, and so what a caller may do about it.
    public enum Kind: String, Sendable, Hashable {
        /// No connection could be made: address, credentials, TLS, or the server is not there.
        case connecting
        /// All connections were busy for as long as the caller was willing to wait, or too many waited already.
        case poolExhausted
        /// The surrounding `Task` was cancelled.
        case cancelled
        /// The time for the whole operation was over.
        case deadline
        /// The server refused a statement; `server` has the SQLSTATE.
        case server
        /// The line or the server's process ended under the operation.
        case connectionLost
        /// A column did not hold what the caller asked for.
        case decoding
        /// A parameter cannot be sent (U+0000 in text, too large, an infinity).
        case encoding
        /// The answer was larger than the query's limit.
        case limitExceeded
        /// libpq or the server said something that this driver does not expect.
        case protocolViolation
        /// The database is being closed.
        case shuttingDown
        /// A transaction was used after it had failed, or ended otherwise than asked.
        case transaction
    }

    public var kind: Kind
    /// What the server said, if it said anything.
    public var server: ServerDiagnostics?
    /// The name of the statement concerned.
    public var statement: String?
    /// Certain that no byte of the caller's statements reached a server; always safe to try again.
    public var wasNothingSent: Bool
    /// The line broke between COMMIT and its answer: look the outcome up by key, never guess.
    public var isCommitUnknown: Bool
    /// More for the log; may contain values.
    public var detail: String
    public var file: String
    public var line: UInt

    /// The closure may run again on another connection: the server had not begun with it.
    var mayRunAgainElsewhere = false
    /// A cached plan or prepared statement was out of date; the closure may run again.
    var isStalePlan = false

    public init(
        _ kind: Kind, _ detail: String = "", server: ServerDiagnostics? = nil,
        statement: String? = nil, wasNothingSent: Bool = false, isCommitUnknown: Bool = false,
        file: String = "", line: UInt = 0
    ) {
        self.kind = kind
        self.server = server
        self.statement = statement
        self.wasNothingSent = wasNothingSent
        self.isCommitUnknown = isCommitUnknown
        self.detail = detail
        self.file = file
        self.line = line
    }

    /// The server's condition, if there is one.
    public var sqlState: SQLState? { server?.sqlState }

    /// A column does not hold what a decoder expects; for `PostgresDecodable` conformances.
    public static func decoding(_ detail: String) -> PostgresError {
        PostgresError(.decoding, detail)
    }

    /// A parameter cannot be sent; for `PostgresEncodable` conformances.
    public static func encoding(_ detail: String) -> PostgresError {
        PostgresError(.encoding, detail)
    }

    /// The same error with the caller's place in it, unless it has one.
    func located(_ statement: String? = nil, at site: CallSite) -> PostgresError {
        var located = self
        if located.statement == nil { located.statement = statement }
        if located.file.isEmpty {
            located.file = site.file.description
            located.line = site.line
        }
        return located
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Kind, SQLSTATE and statement name: nothing that a stranger may not read.
    public var description: String {
        var text = "PostgresError.\(kind.rawValue)"
        if let state = server?.sqlState, !state.rawValue.isEmpty { text += " \(state)" }
        if let statement { text += " in \(statement)" }
        if isCommitUnknown { text += ", commit unknown" }
        return text
    }

    /// Everything known, values included: for logs only.
    public var debugDescription: String {
        var text = description
        if !detail.isEmpty { text += ": \(detail)" }
        if let server {
            text += " | \(server.severity): \(server.message)"
            let fields: [(String, String?)] = [
                ("detail", server.detail), ("hint", server.hint), ("schema", server.schema),
                ("table", server.table), ("column", server.column),
                ("constraint", server.constraint), ("context", server.context),
                ("position", server.position.map(String.init)),
            ]
            for case (let name, let value?) in fields { text += " | \(name): \(value)" }
        }
        if !file.isEmpty { text += " | at \(file):\(line)" }
        return text
    }
}

/// Where in the caller's source an operation was asked for.
struct CallSite: Sendable {
    let file: StaticString
    let line: UInt
}
