// uuid: sixteen bytes.

/// A UUID as two big-endian halves; this room knows no Foundation.
public struct PostgresUUID: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    public var high: UInt64
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public static var oid: UInt32 { TypeOID.uuid }

    public func encode(into sink: inout ByteSink) {
        sink.append(high)
        sink.append(low)
    }

    public init(from cell: borrowing Cell) throws {
        try cell.require(TypeOID.uuid)
        self = try cell.withBytes { bytes in
            guard bytes.count == 16 else {
                throw PostgresError.decoding("uuid of \(bytes.count) bytes")
            }
            return PostgresUUID(
                high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
