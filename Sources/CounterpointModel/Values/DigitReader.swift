// Strict reading and writing of fixed-width decimal digits, for days and instants.

/// Walks over the UTF-8 of a text; takes ASCII digits and nothing that only looks like one.
struct DigitReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: some StringProtocol) { rest = ArraySlice(text.utf8) }

    var isAtEnd: Bool { rest.isEmpty }

    /// Exactly that many digits as a number, or nil.
    mutating func number(digits: Int) -> Int? {
        guard rest.count >= digits else { return nil }
        var value = 0
        for byte in rest.prefix(digits) {
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        rest = rest.dropFirst(digits)
        return value
    }

    /// As many digits as stand there, at most `limit`; nil if there are none or more.
    mutating func digits(atMost limit: Int) -> ArraySlice<UInt8>? {
        let run = rest.prefix(while: isDigit)
        guard !run.isEmpty, run.count <= limit else { return nil }
        rest = rest.dropFirst(run.count)
        return run
    }

    /// Takes one of the given characters, or nothing.
    mutating func skip(_ anyOf: Unicode.Scalar...) -> Bool {
        guard let byte = rest.first, anyOf.contains(Unicode.Scalar(byte)) else { return false }
        rest = rest.dropFirst()
        return true
    }
}

/// Whether the byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// A number that is not negative, in at least `width` digits.
func zeroPadded(_ number: some BinaryInteger, _ width: Int) -> String {
    let text = String(number)
    return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
}
