// The file that a result set was read from: enough to prove later which one it was.

/// An original file by name, size and digest; the file itself is kept apart, with its own access.
public struct SourceFile: Sendable, Hashable, BodyReadable {
    public var name: String
    public var bytes: Int64
    /// SHA-256 in 64 lower-case hex digits.
    public var sha256: String

    /// Larger files are not taken anywhere: 10^12 bytes is 10,000 times the longest import.
    private static let bytesMax: Int64 = 1_000_000_000_000

    public init(name: String, bytes: Int64, sha256: String) {
        self.name = name
        self.bytes = bytes
        self.sha256 = sha256
    }

    public static func read(from reader: inout BodyReader) -> SourceFile? {
        let name = reader.required("name", .text(.fileName))
        let bytes = reader.required("bytes", .integer(in: 0...bytesMax))
        let sha256 = reader.required("sha256", .sha256)
        guard let name, let bytes, let sha256 else { return nil }
        return SourceFile(name: name, bytes: bytes, sha256: sha256)
    }

    /// `{"name","bytes","sha256"}`.
    public var document: JSONValue {
        ["name": .string(name), "bytes": .integer(bytes), "sha256": .string(sha256)]
    }
}

extension Shape where Value == String {
    fileprivate static var sha256: Shape {
        .form("a SHA-256 in 64 lower-case hex digits", code: "notADigest") { text in
            let isHex = text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
            return text.utf8.count == 64 && isHex ? text : nil
        }
    }
}
