// Where values are written in the server's binary format.

/// Grows as values are appended; integers go in network byte order.
public struct ByteSink {
    var bytes: [UInt8] = []

    public mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    public mutating func append(bytes more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Writes a four-byte length in front of what `body` appends.
    mutating func appendCounted(_ body: (inout ByteSink) throws -> Void) rethrows {
        let mark = bytes.count
        append(Int32(0))
        try body(&self)
        let length = Int32(bytes.count - mark - 4).bigEndian
        withUnsafeBytes(of: length) { raw in
            for index in 0..<4 { bytes[mark + index] = raw[index] }
        }
    }
}
