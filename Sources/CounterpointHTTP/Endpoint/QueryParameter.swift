// One query parameter: its name, what it may hold, and how a fault in it is told.

import CounterpointModel

/// A parameter that a route takes in its query. What is not declared is refused.
struct QueryParameter: Sendable {
    enum Kind: Sendable {
        case whole(ClosedRange<Int>)
        case text(longest: Int)
        case word([String])
        /// Several words in one value, with commas between them.
        case words([String])
        case id
        case day
        case instant
        case flag
    }

    let name: String
    let kind: Kind
    let help: String
    /// May be given several times.
    let repeats: Bool
    /// As written in the description; handlers apply it.
    let fallback: JSONValue?

    init(
        _ name: String, _ kind: Kind, _ help: String, repeats: Bool = false,
        fallback: JSONValue? = nil
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.repeats = repeats
        self.fallback = fallback
    }

    /// What is wrong with a value; nil when it may stand.
    func fault(in value: String) -> Fault? {
        switch kind {
        case .whole(let range):
            guard let number = Int(value), range.contains(number), String(number) == value else {
                return fault(
                    "outOfRange",
                    "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
        case .text(let longest):
            guard (1...longest).contains(value.unicodeScalars.count) else {
                return fault("badLength", "must have 1 to \(longest) characters")
            }
        case .word(let words):
            guard words.contains(value) else { return unknownWord(words) }
        case .words(let words):
            let given = value.split(separator: ",", omittingEmptySubsequences: false).map(
                String.init)
            guard given.allSatisfy(words.contains), Set(given).count == given.count else {
                return fault(
                    "unknownValue",
                    "must be one or more of \(words.joined(separator: ", ")), each once, with commas "
                        + "between them")
            }
        case .id:
            guard Identifier<QueryParameter>(value) != nil else {
                return fault("notAnId", "must be a UUID with its hyphens")
            }
        case .day:
            guard Day(iso: value) != nil else {
                return fault("notADay", "must be a day such as 2017-03-30")
            }
        case .instant:
            guard Instant(rfc3339: value) != nil else {
                return fault(
                    "notAnInstant",
                    "must be an instant such as 2017-03-30T10:00:00Z (in a query a plus sign is "
                        + "written %2B)")
            }
        case .flag:
            guard value == "true" || value == "false" else {
                return fault("notAFlag", "must be true or false")
            }
        }
        return nil
    }

    private func unknownWord(_ words: [String]) -> Fault {
        fault(
            "unknownValue",
            words.count > 30
                ? "must be a code of the list in /openapi.json"
                : "must be one of \(words.joined(separator: ", "))")
    }

    private func fault(_ code: String, _ detail: String) -> Fault {
        Fault(pointer: name, code: code, detail: "\(name) \(detail).", kind: .malformed)
    }

    /// The parameter as OpenAPI writes it.
    var document: JSONValue {
        var schema: JSONValue =
            switch kind {
            case .whole(let range):
                [
                    "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
                    "maximum": .integer(Int64(range.upperBound)),
                ]
            case .text(let longest):
                ["type": "string", "minLength": 1, "maxLength": .integer(Int64(longest))]
            case .word(let words):
                ["type": "string", "enum": .array(words.map { .string($0) })]
            case .words(let words):
                [
                    "type": "array", "minItems": 1, "uniqueItems": true,
                    "items": ["type": "string", "enum": .array(words.map { .string($0) })],
                ]
            case .id: ["type": "string", "format": "uuid"]
            case .day: ["type": "string", "format": "date"]
            case .instant: ["type": "string", "format": "date-time"]
            case .flag: ["type": "boolean"]
            }
        if repeats {
            schema = [
                "type": "array", "items": schema, "minItems": 1,
                "maxItems": .integer(Int64(Limits.repeatedValues)),
            ]
        } else if let fallback, case .object(var object) = schema {
            object.append("default", fallback)
            schema = .object(object)
        }
        var document = JSONObject([
            ("name", .string(name)), ("in", "query"), ("description", .string(help)),
            ("required", false), ("schema", schema),
        ])
        if case .words = kind {
            document.append("style", "form")
            document.append("explode", false)
        } else if repeats {
            document.append("style", "form")
            document.append("explode", true)
        }
        return .object(document)
    }
}

extension [QueryParameter] {
    /// What every list takes.
    static let page: [QueryParameter] = [
        QueryParameter(
            "limit", .whole(Limits.pageSizes), "How many items at most; the answer may hold fewer.",
            fallback: .integer(Int64(Limits.pageSizeDefault))),
        QueryParameter(
            "cursor", .text(longest: Limits.cursorCharacters),
            "Where to go on: `next` of the page before, with the same filters."),
    ]
}
