// A statement with its parameters and the way to read its rows: everything one exchange needs, as a value.

/// A statement, its encoded parameters and how a row becomes an `Output`.
public struct Query<Output: Sendable>: Sendable {
    /// 100,000 rows of a hundred bytes are 10 MB: more than a page or a report needs. Exports go by COPY.
    public static var defaultMaxRows: Int { 100_000 }

    let statement: SQLStatement
    let parameters: ParameterList
    let maxRows: Int
    /// `nil`: rows, if any, are ignored.
    let decode: (@Sendable (inout RowReader) throws -> Output)?

    /// `decode` reads a row's columns from left to right; more than `maxRows` rows are an error.
    public init(
        _ statement: SQLStatement, _ parameters: any PostgresEncodable...,
        maxRows: Int = Query.defaultMaxRows,
        decode: @escaping @Sendable (inout RowReader) throws -> Output
    ) {
        self.statement = statement
        self.parameters = ParameterList(parameters)
        self.maxRows = maxRows
        self.decode = decode
    }

    var outgoing: Outgoing { Outgoing(statement: statement, parameters: parameters) }
}

extension Query where Output == Void {
    /// Rows, if any, are ignored.
    public init(_ statement: SQLStatement, _ parameters: any PostgresEncodable...) {
        self.statement = statement
        self.parameters = ParameterList(parameters)
        maxRows = Query.defaultMaxRows
        decode = nil
    }
}

/// What one statement of an exchange puts on the line.
struct Outgoing: Sendable {
    let statement: SQLStatement
    let parameters: ParameterList

    init(statement: SQLStatement, parameters: ParameterList = ParameterList([])) {
        self.statement = statement
        self.parameters = parameters
    }
}
