// Booleans, integers, text.

extension Bool: PostgresEncodable, PostgresDecodable {
    public static var oid: UInt32 { TypeOID.bool }

    public func encode(into sink: inout ByteSink) {
        sink.append(UInt8(self ? 1 : 0))
    }

    public init(from cell: borrowing Cell) throws {
        self = try cell.integer(UInt8.self, TypeOID.bool) != 0
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    public static var oid: UInt32 { TypeOID.int2 }

    public func encode(into sink: inout ByteSink) { sink.append(self) }

    public init(from cell: borrowing Cell) throws {
        self = try cell.integer(Int16.self, TypeOID.int2)
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    public static var oid: UInt32 { TypeOID.int4 }

    public func encode(into sink: inout ByteSink) { sink.append(self) }

    /// Also takes the narrower `int2`.
    public init(from cell: borrowing Cell) throws {
        self =
            cell.oid == TypeOID.int2
            ? Int32(try Int16(from: cell)) : try cell.integer(Int32.self, TypeOID.int4)
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    public static var oid: UInt32 { TypeOID.int8 }

    public func encode(into sink: inout ByteSink) { sink.append(self) }

    /// Also takes the narrower `int4` and `int2`.
    public init(from cell: borrowing Cell) throws {
        self =
            cell.oid == TypeOID.int8
            ? try cell.integer(Int64.self, TypeOID.int8) : Int64(try Int32(from: cell))
    }
}

extension Int: PostgresEncodable, PostgresDecodable {
    public static var oid: UInt32 { TypeOID.int8 }

    public func encode(into sink: inout ByteSink) { sink.append(Int64(self)) }

    public init(from cell: borrowing Cell) throws {
        self = Int(try Int64(from: cell))
    }
}

extension String: PostgresEncodable, PostgresDecodable {
    public static var oid: UInt32 { TypeOID.text }

    /// Sent with its length. PostgreSQL's text cannot hold U+0000, and in text format it would silently cut the value.
    public func encode(into sink: inout ByteSink) throws {
        guard !utf8.contains(0) else { throw PostgresError.encoding("text contains U+0000") }
        sink.append(bytes: utf8)
    }

    /// Takes text, varchar, char(n), name and, since they travel as text in both formats, enums.
    public init(from cell: borrowing Cell) throws {
        switch cell.oid {
        case TypeOID.text, TypeOID.varchar, TypeOID.bpchar, TypeOID.name, TypeOID.unknown: break
        case TypeOID.firstOfSchema...: break
        default: throw PostgresError.decoding("type \(cell.oid) where text was expected")
        }
        self = try cell.withBytes { bytes in try String(checkedText: bytes) }
    }
}

extension String {
    init(checkedText bytes: some Collection<UInt8>) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PostgresError.decoding("text is not UTF-8")
        }
        self = text
    }
}
