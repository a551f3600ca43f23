// The query of a request, decoded and checked against what the route declares: every fault at once.

import CounterpointModel

/// Parameters by name; only such as the route declares, each value of its kind.
struct QueryValues: Sendable {
    private var values: [String: [String]] = [:]

    static let none = QueryValues()

    private init() {}

    /// Reads the part after the question mark.
    init(_ query: Substring?, declared: [QueryParameter]) throws(InvalidInput) {
        guard let query, !query.isEmpty else { return }
        var faults: [Fault] = []
        for pair in query.split(separator: "&") {
            let equals = pair.firstIndex(of: "=") ?? pair.endIndex
            guard let name = Self.decoded(pair[..<equals]),
                let value = Self.decoded(
                    equals == pair.endIndex ? "" : pair[pair.index(after: equals)...])
            else {
                faults.append(Self.unreadable(pair[..<equals]))
                continue
            }
            guard let parameter = declared.first(where: { $0.name == name }) else {
                faults.append(Self.unknown(name, declared))
                continue
            }
            if let fault = parameter.fault(in: value) {
                faults.append(fault)
            } else {
                values[name, default: []].append(value)
            }
        }
        for parameter in declared {
            let count = values[parameter.name]?.count ?? 0
            if count > 1, !parameter.repeats { faults.append(Self.repeated(parameter.name)) }
            if count > Limits.repeatedValues { faults.append(Self.tooMany(parameter.name)) }
        }
        if !faults.isEmpty { throw InvalidInput(faults: faults) }
    }

    // MARK: Reading

    func text(_ name: String) -> String? { values[name]?.first }
    func texts(_ name: String) -> [String] { values[name] ?? [] }
    func whole(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
    func flag(_ name: String) -> Bool { text(name) == "true" }
    func day(_ name: String) -> Day? { text(name).flatMap { Day(iso: $0) } }
    func instant(_ name: String) -> Instant? { text(name).flatMap { Instant(rfc3339: $0) } }
    func words(_ name: String) -> [String] {
        text(name)?.split(separator: ",").map(String.init) ?? []
    }
    func id<Subject>(_ name: String, of subject: Subject.Type = Subject.self)
        -> Identifier<Subject>?
    {
        text(name).flatMap { Identifier($0) }
    }
    func ids<Subject>(_ name: String, of subject: Subject.Type = Subject.self)
        -> [Identifier<Subject>]
    {
        texts(name).compactMap { Identifier($0) }
    }

    // MARK: Decoding

    /// Percent-decoded as forms are (a plus sign is a space); nil for what is no UTF-8 text or holds
    /// a NUL, which no text of ours may.
    static func decoded(_ text: Substring) -> String? {
        let encoded = text.utf8
        if encoded.allSatisfy({ $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }) {
            return String(text)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var rest = encoded.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexValue),
                    let low = rest.next().flatMap(hexValue)
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    // MARK: Faults

    private static func unreadable(_ name: Substring) -> Fault {
        Fault(
            pointer: String(name.prefix(64)), code: "badEncoding",
            detail: "The parameter is not percent-encoded UTF-8 text without NUL.", kind: .malformed
        )
    }

    private static func unknown(_ name: String, _ declared: [QueryParameter]) -> Fault {
        let known = declared.map(\.name).joined(separator: ", ")
        return Fault(
            pointer: String(name.prefix(64)), code: "unknownParameter",
            detail: known.isEmpty
                ? "This address takes no parameters."
                : "There is no such parameter here; there are \(known).",
            kind: .malformed)
    }

    private static func repeated(_ name: String) -> Fault {
        Fault(
            pointer: name, code: "repeatedParameter", detail: "\(name) may be given once only.",
            kind: .malformed)
    }

    private static func tooMany(_ name: String) -> Fault {
        Fault(
            pointer: name, code: "tooManyValues",
            detail: "\(name) may be given at most \(Limits.repeatedValues) times.", kind: .malformed
        )
    }
}
