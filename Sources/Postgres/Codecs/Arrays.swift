// One-dimensional arrays without NULLs, and bytea, which Swift also writes as an array.

/// Can be an element of a bound or read array.
public protocol PostgresArrayElement {
    /// The array type's own identifier.
    static var arrayOID: UInt32 { get }
    static func encodeArray(_ elements: [Self], into sink: inout ByteSink) throws
    static func decodeArray(from cell: borrowing Cell) throws -> [Self]
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    public static var oid: UInt32 { Element.arrayOID }

    public func encode(into sink: inout ByteSink) throws {
        try Element.encodeArray(self, into: &sink)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    public init(from cell: borrowing Cell) throws {
        self = try Element.decodeArray(from: cell)
    }
}

extension PostgresArrayElement where Self: PostgresEncodable & PostgresDecodable {
    public static func encodeArray(_ elements: [Self], into sink: inout ByteSink) throws {
        sink.append(Int32(elements.isEmpty ? 0 : 1))  // dimensions
        sink.append(Int32(0))  // no NULLs
        sink.append(Self.oid)
        guard !elements.isEmpty else { return }
        sink.append(Int32(elements.count))
        sink.append(Int32(1))  // lower bound
        for element in elements {
            try sink.appendCounted { try element.encode(into: &$0) }
        }
    }

    public static func decodeArray(from cell: borrowing Cell) throws -> [Self] {
        try cell.require(arrayOID)
        return try cell.withBytes { bytes in
            var reader = ArrayReader(bytes: bytes)
            let dimensions = try reader.integer()
            let hasNulls = try reader.integer()
            let element = UInt32(bitPattern: try reader.integer())
            guard dimensions != 0 else { return [] }
            guard dimensions == 1 else {
                throw PostgresError.decoding("array of \(dimensions) dimensions")
            }
            guard hasNulls == 0 else { throw PostgresError.decoding("array with NULLs") }
            let count = try reader.integer()
            _ = try reader.integer()  // lower bound
            var elements: [Self] = []
            // Each element has at least its length: a count beyond that is a lie, and must not reserve memory.
            guard count >= 0, Int(count) <= bytes.count / 4 else {
                throw PostgresError.decoding("malformed array")
            }
            elements.reserveCapacity(Int(count))
            for _ in 0..<count {
                let slice = try reader.slice(count: Int(try reader.integer()))
                elements.append(try Self(from: Cell(oid: element, bytes: slice)))
            }
            return elements
        }
    }
}

private struct ArrayReader {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    mutating func integer() throws -> Int32 {
        let slice = try slice(count: 4)
        return Int32(bigEndian: slice.loadUnaligned(as: Int32.self))
    }

    mutating func slice(count: Int) throws -> UnsafeRawBufferPointer {
        guard count >= 0, bytes.count - offset >= count else {
            throw PostgresError.decoding("malformed array")
        }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}

extension Bool: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.boolArray }
}

extension Int16: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.int2Array }
}

extension Int32: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.int4Array }
}

extension Int64: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.int8Array }
}

extension Int: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.int8Array }
}

extension String: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.textArray }
}

extension PostgresUUID: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.uuidArray }
}

extension PostgresDate: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.dateArray }
}

extension PostgresInstant: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.timestamptzArray }
}

extension PostgresJSON: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.jsonbArray }
}

/// `[UInt8]` is bytea: bytes as they are, no array header.
extension UInt8: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.bytea }

    public static func encodeArray(_ elements: [UInt8], into sink: inout ByteSink) {
        sink.append(bytes: elements)
    }

    public static func decodeArray(from cell: borrowing Cell) throws -> [UInt8] {
        try cell.require(TypeOID.bytea)
        return try cell.withBytes { Array($0) }
    }
}
