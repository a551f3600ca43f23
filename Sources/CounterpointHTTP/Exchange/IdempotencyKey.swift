// Idempotency-Key, as the draft writes it (a quoted string) and as most clients send it (bare).

import HTTPTypes

enum IdempotencyKey {
    /// Keys are kept for weeks in an index; a UUID has 36 characters.
    static let longest = 255

    struct Unreadable: Error {}

    /// The key in these fields; nil without one.
    static func reading(_ headers: HTTPFields) throws(Unreadable) -> String? {
        let values = headers[values: .idempotencyKey]
        guard let first = values.first else { return nil }
        guard values.count == 1 else { throw Unreadable() }
        var key = Array(first.utf8)
        if key.count >= 2, key.first == quote, key.last == quote {
            guard let inner = unquoted(key.dropFirst().dropLast()) else { throw Unreadable() }
            key = inner
        } else if key.contains(quote) {
            throw Unreadable()
        }
        guard (1...longest).contains(key.count), key.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw Unreadable() }
        return String(decoding: key, as: UTF8.self)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// A structured-field string without its quotes: only `\"` and `\\` may be escaped.
    private static func unquoted(_ inner: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var escaped = false
        for byte in inner {
            if escaped {
                guard byte == quote || byte == backslash else { return nil }
                bytes.append(byte)
                escaped = false
            } else if byte == backslash {
                escaped = true
            } else if byte == quote {
                return nil
            } else {
                bytes.append(byte)
            }
        }
        return escaped ? nil : bytes
    }
}
