// Rows of a COPY … TO STDOUT, looked at one by one inside a transaction's closure, where libpq has put them. The server
// goes on sending meanwhile, and what lies in between is the socket's buffer: so the two work at the same time, and memory
// stays flat whatever the number and size of the rows.

/// The fields of one row, read from left to right; lent for the length of a closure, and the bytes with it.
public struct CopiedRow: ~Copyable {
    private let bytes: UnsafeRawBufferPointer
    private var place: Int
    private var fieldsLeft: Int

    /// `bytes` is one row of the binary format: the number of its fields, then each with its length before it.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        self.bytes = bytes
        guard bytes.count >= MemoryLayout<Int16>.size else { throw Self.broken }
        fieldsLeft = Int(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        place = MemoryLayout<Int16>.size
    }

    /// The next field as the server sent it, nil for NULL. The bytes must not be kept.
    public mutating func next() throws -> UnsafeRawBufferPointer? {
        let start = place + MemoryLayout<Int32>.size
        guard fieldsLeft > 0, start <= bytes.count else { throw Self.broken }
        let length = Int(
            Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)))
        fieldsLeft -= 1
        place = start
        guard length >= 0 else { return nil }
        guard length <= bytes.count - start else { throw Self.broken }
        place = start + length
        return UnsafeRawBufferPointer(rebasing: bytes[start..<place])
    }

    /// The next field as an integer of exactly this width, nil for NULL.
    public mutating func next<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type
    ) throws -> Value? {
        guard let field = try next() else { return nil }
        guard field.count == MemoryLayout<Value>.size else {
            throw PostgresError.decoding("\(field.count) bytes for \(Value.self)")
        }
        return Value(bigEndian: field.loadUnaligned(as: Value.self))
    }

    /// A reader that leaves fields unread has fallen out of step with its statement.
    func finish() throws {
        guard fieldsLeft == 0, place == bytes.count else { throw Self.broken }
    }

    private static var broken: PostgresError {
        .decoding("a copied row is not as long as it says, or has not the fields asked for")
    }
}

/// What comes before the first row and after the last in the binary format.
private enum BinaryCopy {
    static let signature: [UInt8] = [80, 71, 67, 79, 80, 89, 10, 255, 13, 10, 0]
    /// The signature, four bytes of flags, and the length of an extension that no release has had yet.
    static let headerLength = 19

    /// The end is a row of -1 fields.
    static func isTrailer(_ message: UnsafeRawBufferPointer) -> Bool {
        message.count == 2 && message[0] == 255 && message[1] == 255
    }

    /// The first message without the header, which travels in front of the first row.
    static func withoutHeader(
        _ message: UnsafeRawBufferPointer
    ) throws -> UnsafeRawBufferPointer {
        guard message.count >= headerLength, message.starts(with: signature),
            message[signature.count..<headerLength].allSatisfy({ $0 == 0 })
        else { throw PostgresError.decoding("this is no COPY in binary format") }
        return UnsafeRawBufferPointer(rebasing: message[headerLength...])
    }
}

extension Transaction {
    /// Runs a `COPY … TO STDOUT (FORMAT binary)` and gives `body` each row as it arrives; rows copied. What waits to
    /// travel goes first. If `body` throws, the server is stopped and the transaction has failed.
    public func copyOut(
        _ statement: SQLStatement, file: StaticString = #fileID, line: UInt = #line,
        _ body: (inout CopiedRow) throws -> Void
    ) throws -> Int {
        try located(file, line) {
            try core.flush()
            var rows = 0
            var isFirst = true
            try core.noting {
                try core.session.copyOut(statement) { message in
                    var message = message
                    if isFirst {
                        message = try BinaryCopy.withoutHeader(message)
                        isFirst = false
                    }
                    // An empty answer has its header in a message of its own.
                    guard !message.isEmpty, !BinaryCopy.isTrailer(message) else { return }
                    var row = try CopiedRow(message)
                    try body(&row)
                    if rows == 0 { try row.finish() }
                    rows += 1
                }
            }
            return rows
        }
    }
}
