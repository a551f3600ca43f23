// What a type promises so that it can be bound to a placeholder or read from a column.

/// Can be sent as a parameter, always in binary format.
public protocol PostgresEncodable {
    /// The type the server is told the parameter has; part of the prepared statement's identity.
    static var oid: UInt32 { get }
    var isNull: Bool { get }
    /// Appends the value in the server's binary format; throws `PostgresError.encoding`.
    func encode(into sink: inout ByteSink) throws
}

extension PostgresEncodable {
    public var isNull: Bool { false }
}

/// Can be read from a column; checks the type it was sent.
public protocol PostgresDecodable {
    /// Throws `PostgresError.decoding` on NULL, another type or a malformed value.
    init(from cell: borrowing Cell) throws
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    public static var oid: UInt32 { Wrapped.oid }

    public var isNull: Bool { self == nil ? true : self!.isNull }

    public func encode(into sink: inout ByteSink) throws {
        try self?.encode(into: &sink)
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public init(from cell: borrowing Cell) throws {
        self = cell.isNull ? nil : try Wrapped(from: cell)
    }
}
