// A JSON number as the text it was written in: nothing is rounded on the way in or out.

/// A number by its exact text; equal only if written alike (`1.0` is not `1`).
public struct JSONNumber: Sendable, Hashable {
    /// The text as RFC 8259 writes numbers, for example `-12.50` or `1e3`.
    public let text: String

    /// A whole number.
    public init(_ value: Int64) { text = String(value) }

    /// The number written so; nil unless the text is one by RFC 8259, section 6.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let end = JSONNumber.end(in: bytes, from: 0), end == bytes.count else { return nil }
        self.text = text
    }

    // For the parser, which has walked the grammar already.
    init(checked text: String) { self.text = text }

    /// The value, if it is written as plain digits and fits 64 bits; `1.0` and `1e2` are not taken.
    public var int64: Int64? { Int64(text) }

    // The index after the number that begins at `start`, or nil if none does:
    // -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
    static func end(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        func digits() -> Int {
            var end = index
            while end < bytes.count, bytes[end] &- 0x30 < 10 { end += 1 }
            return end - index
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[index] != UInt8(ascii: "0") else { return nil }
        index += whole
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            let fraction = digits()
            guard fraction > 0 else { return nil }
            index += fraction
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count,
                bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
            {
                index += 1
            }
            let exponent = digits()
            guard exponent > 0 else { return nil }
            index += exponent
        }
        return index
    }
}
