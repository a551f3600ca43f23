// The strict reader of JSON: RFC 8259 over bytes, and stricter where it leaves things open.
//
// Bytes, not Characters: String indexing costs ten times as much and compares by canonical
// equivalence. Recursion is as deep as `JSONLimits.depthMax` and no deeper.

/// Reads one JSON text; refuses a byte order mark, text after the value, names that come twice,
/// lone surrogates, U+0000 (PostgreSQL's text cannot hold it) and whatever exceeds the limits.
public struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var index = 0
    var depth = 0

    /// The value in `bytes`, or where and why there is none.
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .body
    ) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes: bytes, limits: limits)
        return try parser.document()
    }

    /// The value in `text`, or where and why there is none.
    public static func parse(
        _ text: String, limits: JSONLimits = .body
    ) throws(JSONSyntaxError) -> JSONValue {
        try parse(Array(text.utf8), limits: limits)
    }

    private init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    private mutating func document() throws(JSONSyntaxError) -> JSONValue {
        guard bytes.count <= limits.bytesMax else {
            throw error(
                .tooLarge,
                "The text has \(bytes.count) bytes; at most \(limits.bytesMax) are taken.",
                at: 0)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw error(.byteOrderMark, "Send UTF-8 without a byte order mark.", at: 0)
        }
        skipWhitespace()
        guard index < bytes.count else {
            throw error(.emptyBody, "There is nothing to read.", at: index)
        }
        let value = try value()
        skipWhitespace()
        guard index == bytes.count else {
            throw error(.trailingCharacters, "Something follows the end of the value.", at: index)
        }
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        guard index < bytes.count else { throw endedEarly("a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try number())
        default: throw unexpected("a value")
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONObject {
        try enter()
        defer { depth -= 1 }
        var members: [JSONObject.Member] = []
        var names = NameRegister()
        skipWhitespace()
        if take("}") { return JSONObject(unique: members) }
        while true {
            skipWhitespace()
            guard index < bytes.count else { throw endedEarly("a member name") }
            guard bytes[index] == UInt8(ascii: "\"") else {
                throw unexpected("a member name in double quotes")
            }
            let start = index
            let name = try string()
            guard names.insert(name, beside: members) else {
                throw error(
                    .duplicateMember, "The member is given twice; give it once.", at: start
                ).inside(name)
            }
            guard members.count < limits.membersMax else {
                throw error(
                    .tooManyMembers, "An object has at most \(limits.membersMax) members.",
                    at: start)
            }
            skipWhitespace()
            guard take(":") else { throw unexpected("a colon after the member name") }
            skipWhitespace()
            do {
                members.append(JSONObject.Member(name: name, value: try value()))
            } catch {
                throw error.inside(name)
            }
            skipWhitespace()
            if take(",") { continue }
            if take("}") { return JSONObject(unique: members) }
            throw unexpected("a comma or a closing brace")
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> [JSONValue] {
        try enter()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        skipWhitespace()
        if take("]") { return elements }
        while true {
            skipWhitespace()
            guard elements.count < limits.elementsMax else {
                throw error(
                    .tooManyElements, "An array has at most \(limits.elementsMax) elements.",
                    at: index)
            }
            do {
                elements.append(try value())
            } catch {
                throw error.inside(String(elements.count))
            }
            skipWhitespace()
            if take(",") { continue }
            if take("]") { return elements }
            throw unexpected("a comma or a closing bracket")
        }
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        guard let end = JSONNumber.end(in: bytes, from: index) else {
            throw error(
                .badNumber, "Write numbers as in 0, -12 or 3.25, without leading zeros or signs.",
                at: index)
        }
        guard end - index <= JSONLimits.numberBytesMax else {
            throw error(
                .numberTooLong, "A number has at most \(JSONLimits.numberBytesMax) characters.",
                at: index)
        }
        defer { index = end }
        return JSONNumber(checked: String(decoding: bytes[index..<end], as: UTF8.self))
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        let length = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { bytes[index...].starts(with: $0) }
        guard matches else { throw unexpected("true, false or null") }
        index += length
        return value
    }
}

extension JSONParser {
    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= limits.depthMax else {
            throw error(
                .tooDeep, "Arrays and objects are nested deeper than \(limits.depthMax).",
                at: index)
        }
        index += 1
    }

    private mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    private func unexpected(_ wanted: String) -> JSONSyntaxError {
        guard index < bytes.count else { return endedEarly(wanted) }
        return error(.unexpectedCharacter, "Expected \(wanted).", at: index)
    }

    func endedEarly(_ wanted: String) -> JSONSyntaxError {
        error(.unexpectedEnd, "The text ends where \(wanted) should be.", at: bytes.count)
    }

    func error(_ code: JSONSyntaxError.Code, _ detail: String, at offset: Int) -> JSONSyntaxError {
        JSONSyntaxError(code, detail, at: offset, in: bytes)
    }
}

// Which names an object has had. Few names are compared one by one; from the seventeenth on a set
// is kept, so that an object of many members does not cost the square of their number.
private struct NameRegister {
    static let comparedMax = 16
    var seen: Set<String> = []

    mutating func insert(_ name: String, beside members: [JSONObject.Member]) -> Bool {
        if members.count < Self.comparedMax { return !members.contains { $0.name == name } }
        if seen.isEmpty { seen = Set(members.map(\.name)) }
        return seen.insert(name).inserted
    }
}
