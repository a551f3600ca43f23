// As much of JSON Schema 2020-12 as our description uses, so that examples and real answers can be
// held against it. What it does not know it refuses, so that nothing passes unchecked.

import CounterpointModel

struct SchemaCheck {
    let document: JSONValue

    struct Mismatch: Error, CustomStringConvertible {
        let description: String
    }

    private static let annotations: Set<String> = [
        "description", "examples", "default", "format",
    ]

    /// Everything in which `value` differs from `schema`.
    func mismatches(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        guard case .object(let rules) = schema else { return ["\(place): no schema"] }
        var found: [String] = []
        for rule in rules.members where !Self.annotations.contains(rule.name) {
            found += check(value, rule.name, rule.value, rules, place)
        }
        return found
    }

    /// The part of the document that a reference names.
    func resolved(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        var found: JSONValue? = document
        for part in reference.dropFirst(2).split(separator: "/") {
            let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
            found = found?[String(name)]
        }
        return found
    }

    private func check(
        _ value: JSONValue, _ rule: String, _ wanted: JSONValue, _ rules: JSONObject,
        _ place: String
    ) -> [String] {
        func fault(_ text: String) -> [String] { ["\(place): \(text)"] }
        switch rule {
        case "$ref":
            guard let schema = wanted.string.flatMap(resolved) else {
                return fault("no \(wanted.text)")
            }
            return mismatches(value, schema, at: place)
        case "type":
            let types = wanted.array?.compactMap(\.string) ?? [wanted.string ?? ""]
            return types.contains { Self.isOf($0, value) }
                ? [] : fault("\(value.kindName) is not \(types)")
        case "enum":
            return wanted.array?.contains(value) == true ? [] : fault("\(value.text) not listed")
        case "anyOf", "oneOf":
            let tries = (wanted.array ?? []).map { mismatches(value, $0, at: place) }
            let good = tries.count(where: \.isEmpty)
            if good == 0 { return tries.min { $0.count < $1.count } ?? [] }
            return rule == "oneOf" && good > 1 ? fault("\(good) of oneOf match") : []
        case "required":
            return (wanted.array ?? []).compactMap(\.string).filter { name in
                value.object.map { $0[name] == nil } ?? false
            }.flatMap { fault("lacks \($0)") }
        case "properties":
            return (value.object?.members ?? []).flatMap { member in
                wanted[member.name].map {
                    mismatches(member.value, $0, at: "\(place)/\(member.name)")
                } ?? []
            }
        case "additionalProperties":
            let known = rules["properties"]?.object?.names ?? []
            return (value.object?.members ?? []).filter { !known.contains($0.name) }.flatMap {
                wanted == false
                    ? fault("\($0.name) is not described")
                    : mismatches($0.value, wanted, at: "\(place)/\($0.name)")
            }
        case "items":
            return (value.array ?? []).enumerated().flatMap {
                mismatches($1, wanted, at: "\(place)/\($0)")
            }
        default:
            return bound(value, rule, wanted).map(fault) ?? []
        }
    }

    private func bound(_ value: JSONValue, _ rule: String, _ wanted: JSONValue) -> String? {
        let limit = wanted.number?.int64 ?? 0
        let number = value.number.flatMap { Double($0.text) }
        let holds: Bool
        switch rule {
        case "minLength": holds = value.string.map { $0.unicodeScalars.count >= limit } ?? true
        case "maxLength": holds = value.string.map { $0.unicodeScalars.count <= limit } ?? true
        case "minItems": holds = value.array.map { $0.count >= limit } ?? true
        case "maxItems": holds = value.array.map { $0.count <= limit } ?? true
        case "minProperties": holds = value.object.map { $0.members.count >= limit } ?? true
        case "uniqueItems": holds = value.array.map { Set($0).count == $0.count } ?? true
        case "minimum": holds = number.map { $0 >= Double(limit) } ?? true
        case "maximum": holds = number.map { $0 <= Double(limit) } ?? true
        case "pattern":
            guard let text = value.string, let pattern = wanted.string else { return nil }
            guard let regex = try? Regex(pattern) else { return "pattern \(pattern) is unreadable" }
            holds = text.firstMatch(of: regex.matchingSemantics(.unicodeScalar)) != nil
        default: return "the rule \(rule) is not known here"
        }
        return holds ? nil : "\(value.text.prefix(80)) breaks \(rule) \(wanted.text)"
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
            ("object", .object), ("number", .number):
            true
        case ("integer", .number(let number)): number.int64 != nil
        default: false
        }
    }
}
