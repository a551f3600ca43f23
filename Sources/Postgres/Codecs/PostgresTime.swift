// date and timestamptz as the server counts them. The infinities are refused both ways: no figure has one, and code
// that adds to them goes wrong far from here.

/// Days since 2000-01-01.
public struct PostgresDate: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    public var daysSince2000: Int32

    public init(daysSince2000: Int32) {
        self.daysSince2000 = daysSince2000
    }

    public static var oid: UInt32 { TypeOID.date }

    public func encode(into sink: inout ByteSink) throws {
        guard daysSince2000 != .min, daysSince2000 != .max else {
            throw PostgresError.encoding("an infinite date")
        }
        sink.append(daysSince2000)
    }

    public init(from cell: borrowing Cell) throws {
        daysSince2000 = try cell.integer(Int32.self, TypeOID.date)
        guard daysSince2000 != .min, daysSince2000 != .max else {
            throw PostgresError.decoding("an infinite date")
        }
    }
}

/// Microseconds since 2000-01-01 00:00 UTC.
public struct PostgresInstant: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    public var microsecondsSince2000: Int64

    public init(microsecondsSince2000: Int64) {
        self.microsecondsSince2000 = microsecondsSince2000
    }

    public static var oid: UInt32 { TypeOID.timestamptz }

    public func encode(into sink: inout ByteSink) throws {
        guard microsecondsSince2000 != .min, microsecondsSince2000 != .max else {
            throw PostgresError.encoding("an infinite instant")
        }
        sink.append(microsecondsSince2000)
    }

    public init(from cell: borrowing Cell) throws {
        microsecondsSince2000 = try cell.integer(Int64.self, TypeOID.timestamptz)
        guard microsecondsSince2000 != .min, microsecondsSince2000 != .max else {
            throw PostgresError.decoding("an infinite instant")
        }
    }
}
