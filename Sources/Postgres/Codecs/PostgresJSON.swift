// jsonb: a version byte, then text.

/// A JSON document as text; the server checks it.
public struct PostgresJSON: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    private static let version: UInt8 = 1

    public var text: String

    public init(text: String) {
        self.text = text
    }

    public static var oid: UInt32 { TypeOID.jsonb }

    // In binary format, where the length counts: a text-format parameter ends at the first NUL, wherever that is.
    public func encode(into sink: inout ByteSink) throws {
        guard !text.utf8.contains(0) else {
            throw PostgresError.encoding("JSON contains U+0000")
        }
        sink.append(Self.version)
        sink.append(bytes: text.utf8)
    }

    /// Takes `jsonb`, and `json`, which has no version byte.
    public init(from cell: borrowing Cell) throws {
        if cell.oid == TypeOID.json {
            text = try cell.withBytes { try String(checkedText: $0) }
            return
        }
        try cell.require(TypeOID.jsonb)
        text = try cell.withBytes { bytes in
            guard bytes.first == Self.version else {
                throw PostgresError.decoding("jsonb of an unknown version")
            }
            return try String(checkedText: bytes.dropFirst())
        }
    }
}
