// What the server told about one failure, read field by field and never parsed out of a message.

/// The fields of a server error that callers decide on, and those that only logs should see.
public struct ServerDiagnostics: Sendable, Hashable {
    /// The condition; `SQLState(rawValue: "")` if the server gave none (the line broke).
    public var sqlState: SQLState
    /// `ERROR`, `FATAL` or `PANIC`, untranslated.
    public var severity: String
    /// The message; may quote values, so it is for logs only.
    public var message: String
    public var detail: String?
    public var hint: String?
    public var constraint: String?
    public var table: String?
    public var column: String?
    public var schema: String?
    /// The server's call stack (functions, triggers); for logs only.
    public var context: String?
    /// Where in the statement, in characters from 1.
    public var position: Int?

    public init(
        sqlState: SQLState, severity: String = "ERROR", message: String, detail: String? = nil,
        hint: String? = nil, constraint: String? = nil, table: String? = nil,
        column: String? = nil, schema: String? = nil, context: String? = nil,
        position: Int? = nil
    ) {
        self.sqlState = sqlState
        self.severity = severity
        self.message = message
        self.detail = detail
        self.hint = hint
        self.constraint = constraint
        self.table = table
        self.column = column
        self.schema = schema
        self.context = context
        self.position = position
    }
}
