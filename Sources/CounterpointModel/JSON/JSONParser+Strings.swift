// Strings of JSON: the plain run is copied at once, escapes are decoded one by one.

extension JSONParser {
    // Reads the string whose opening quote is at `index`.
    mutating func string() throws(JSONSyntaxError) -> String {
        let open = index
        index += 1
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                defer { index += 1 }
                return try decoded(bytes[start..<index], from: start)
            case UInt8(ascii: "\\"):
                return try escapedString(start: start, open: open)
            case 0..<0x20:
                throw rawControlCharacter()
            default:
                index += 1
            }
        }
        throw unclosed()
    }

    private mutating func escapedString(
        start: Int, open: Int
    ) throws(JSONSyntaxError) -> String {
        var decodedBytes = Array(bytes[start..<index])
        var runStart = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                // Raw bytes are checked run by run, so that the fault's offset is that of the text.
                _ = try decoded(bytes[runStart..<index], from: runStart)
                defer { index += 1 }
                return String(decoding: decodedBytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                _ = try decoded(bytes[runStart..<index], from: runStart)
                let scalar = try escape()
                decodedBytes.append(contentsOf: UTF8.encode(scalar)!)
                runStart = index
            case 0..<0x20:
                throw rawControlCharacter()
            case let byte:
                decodedBytes.append(byte)
                index += 1
            }
        }
        throw unclosed()
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = index
        guard index + 1 < bytes.count else { throw unclosed() }
        let letter = bytes[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(start)
        default:
            throw error(
                .badEscape, "A backslash is followed by one of \" \\ / b f n r t u.", at: start)
        }
    }

    private mutating func unicodeEscape(_ start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try fourHexDigits(start)
        switch first {
        case 0:
            throw error(.controlCharacter, "U+0000 cannot be stored; leave it out.", at: start)
        case 0xD800..<0xDC00:
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            else { throw loneSurrogate(start) }
            index += 2
            let second = try fourHexDigits(start)
            guard (0xDC00..<0xE000).contains(second) else { throw loneSurrogate(start) }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))!
        case 0xDC00..<0xE000:
            throw loneSurrogate(start)
        default:
            return Unicode.Scalar(first)!
        }
    }

    private mutating func fourHexDigits(_ start: Int) throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count else { throw unclosed() }
            let digit: UInt8
            switch bytes[index] {
            case let byte where byte &- 0x30 < 10: digit = byte - 0x30
            case let byte where (byte | 0x20) &- 0x61 < 6: digit = (byte | 0x20) - 0x61 + 10
            default: throw error(.badEscape, "\\u is followed by four hex digits.", at: start)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private func decoded(
        _ run: ArraySlice<UInt8>, from offset: Int
    ) throws(JSONSyntaxError) -> String {
        if let text = String(validating: run, as: UTF8.self) { return text }
        throw error(
            .notUTF8, "The text is not valid UTF-8.", at: offset + JSONParser.firstFault(in: run))
    }

    // How many bytes of the run are sound UTF-8. Only on the way out, so its pace does not matter.
    private static func firstFault(in run: ArraySlice<UInt8>) -> Int {
        var low = 0
        var iterator = run.makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            low += UTF8.width(scalar)
        }
        return low
    }

    private func rawControlCharacter() -> JSONSyntaxError {
        error(
            .controlCharacter, "Control characters in strings are written as escapes.", at: index)
    }

    private func loneSurrogate(_ start: Int) -> JSONSyntaxError {
        error(.loneSurrogate, "Half of a surrogate pair stands alone.", at: start)
    }

    private func unclosed() -> JSONSyntaxError { endedEarly("the closing quote of a string") }
}
