// One column of one row, valid only while its result lives: so it can be looked at and not kept.

/// A value as the server sent it, in binary format, with the type it claims to have.
public struct Cell: ~Copyable {
    /// The type that the server says this is.
    public let oid: UInt32
    public let isNull: Bool
    private let bytes: UnsafeRawBufferPointer

    init(oid: UInt32, bytes: UnsafeRawBufferPointer?) {
        self.oid = oid
        isNull = bytes == nil
        self.bytes = bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// The bytes, which must not outlive `body`; refuses NULL.
    public func withBytes<Value>(
        _ body: (UnsafeRawBufferPointer) throws -> Value
    ) throws -> Value {
        guard !isNull else { throw PostgresError.decoding("unexpected NULL") }
        return try body(bytes)
    }

    /// Refuses NULL, another type than `expected`, and another length than `Value`'s.
    func integer<Value: FixedWidthInteger>(
        _ type: Value.Type, _ expected: UInt32
    ) throws -> Value {
        try require(expected)
        return try withBytes { bytes in
            guard bytes.count == MemoryLayout<Value>.size else {
                throw PostgresError.decoding("\(bytes.count) bytes for type \(oid)")
            }
            return Value(bigEndian: bytes.loadUnaligned(as: Value.self))
        }
    }

    func require(_ expected: UInt32) throws {
        guard oid == expected else {
            throw PostgresError.decoding("type \(oid) where \(expected) was expected")
        }
    }
}
