// The name of one request in answers and in the log.

import HTTPTypes

enum RequestId {
    /// What a proxy or client may choose itself: short, and harmless in a log line.
    static let longest = 64

    /// The client's own id when it is a sane one, else a new one.
    static func of(_ headers: HTTPFields) -> String {
        if let given = headers[.requestId], isSane(given) { return given }
        return make()
    }

    /// 96 random bits as 24 hex digits: a million requests a day for a century meet no twin.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        var high = generator.next() as UInt64
        var low = generator.next() as UInt64
        return String(unsafeUninitializedCapacity: 24) { buffer in
            for index in 0..<24 {
                let nibble: UInt64
                if index < 16 {
                    nibble = high & 15
                    high >>= 4
                } else {
                    nibble = low & 15
                    low >>= 4
                }
                buffer[index] = UInt8(nibble < 10 ? 48 + nibble : 87 + nibble)
            }
            return 24
        }
    }

    static func isSane(_ text: String) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// `traceparent` by W3C Trace Context, if it is one: `00-<32 hex>-<16 hex>-<2 hex>`.
    static func traceParent(_ headers: HTTPFields) -> String? {
        guard let value = headers[.traceParent], value.utf8.count == 55 else { return nil }
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 32, 16, 2],
            parts.allSatisfy({ part in part.utf8.allSatisfy(isLowerHex) })
        else { return nil }
        return value
    }

    private static func isLowerHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
