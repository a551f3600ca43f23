// JSON Schema 2020-12, as much of it as our bodies need.

import CounterpointModel

/// The shape of a body or of one of its members.
struct Schema: Sendable {
    let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    /// A named shape among the document's components.
    static func named(_ name: String) -> Schema {
        Schema(["$ref": .string("#/components/schemas/\(name)")])
    }

    // MARK: Values

    static func text(_ description: String, longest: Int? = nil, pattern: String? = nil) -> Schema {
        var object = JSONObject([("type", "string")])
        if let longest {
            object.append("minLength", 1)
            object.append("maxLength", .integer(Int64(longest)))
        }
        if let pattern { object.append("pattern", .string(pattern)) }
        object.append("description", .string(description))
        return Schema(.object(object))
    }

    static func words(_ words: [String], _ description: String) -> Schema {
        Schema([
            "type": "string", "enum": .array(words.map { .string($0) }),
            "description": .string(description),
        ])
    }

    static func whole(_ description: String, from least: Int64? = nil, to most: Int64? = nil)
        -> Schema
    {
        var object = JSONObject([("type", "integer")])
        if let least { object.append("minimum", .integer(least)) }
        if let most { object.append("maximum", .integer(most)) }
        object.append("description", .string(description))
        return Schema(.object(object))
    }

    static func number(_ description: String) -> Schema {
        Schema(["type": "number", "description": .string(description)])
    }

    static func flag(_ description: String) -> Schema {
        Schema(["type": "boolean", "description": .string(description)])
    }

    static func id(_ description: String) -> Schema {
        Schema(["type": "string", "format": "uuid", "description": .string(description)])
    }

    static func day(_ description: String) -> Schema {
        Schema([
            "type": "string", "format": "date", "description": .string(description),
        ])
    }

    static func instant(_ description: String) -> Schema {
        Schema([
            "type": "string", "format": "date-time",
            "pattern":
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$",
            "description": .string(description),
        ])
    }

    /// Text that people type, under the model's rule: something in it besides white space, and
    /// nothing that hides or reorders other text.
    static func text(_ rule: TextRule, _ description: String) -> Schema {
        let controls =
            rule.isProse
            ? "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f" : "\\u0000-\\u001f"
        let refused =
            controls + "\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb"
        return Schema([
            "type": "string", "minLength": 1, "maxLength": .integer(Int64(rule.scalarsMax)),
            "pattern": .string("^[^\(refused)]*[^\\s\(refused)][^\(refused)]*$"),
            "description": .string(description),
        ])
    }

    /// An exact decimal as text.
    static func decimal(_ description: String) -> Schema {
        Schema([
            "type": "string", "pattern": "^-?[0-9]{1,26}(\\.[0-9]{1,8})?$",
            "description": .string(description),
        ])
    }

    // MARK: Composition

    /// The same shape, or null.
    var orNull: Schema {
        if case .object(var object) = json, case .string(let type)? = object["type"],
            object["enum"] == nil
        {
            object["type"] = .array([.string(type), "null"])
            return Schema(.object(object))
        }
        return Schema(["anyOf": [json, ["type": "null"]]])
    }

    static func list(
        of item: Schema, _ description: String = "", atMost: Int? = nil, isSet: Bool = false
    ) -> Schema {
        var object = JSONObject([("type", "array"), ("items", item.json)])
        if isSet { object.append("uniqueItems", true) }
        if let atMost { object.append("maxItems", .integer(Int64(atMost))) }
        if !description.isEmpty { object.append("description", .string(description)) }
        return Schema(.object(object))
    }

    /// Members by a name that is not known beforehand.
    static func map(of value: Schema, _ description: String) -> Schema {
        Schema([
            "type": "object", "additionalProperties": value.json,
            "description": .string(description),
        ])
    }

    /// An object with just these members. `required` are always there; others may be left out.
    static func object(
        _ description: String, required: [(String, Schema)] = [],
        optional: [(String, Schema)] = [], isClosed: Bool = true, example: JSONValue? = nil,
        least: Int? = nil
    ) -> Schema {
        let members = required + optional
        var object = JSONObject([
            ("type", "object"), ("description", .string(description)),
            ("properties", .object(JSONObject(members.map { ($0.0, $0.1.json) }))),
        ])
        if !required.isEmpty {
            object.append("required", .array(required.map { .string($0.0) }))
        }
        if isClosed { object.append("additionalProperties", false) }
        if let least { object.append("minProperties", .integer(Int64(least))) }
        if let example { object.append("examples", .array([example])) }
        return Schema(.object(object))
    }

    static func either(_ schemas: [Schema]) -> Schema {
        Schema(["oneOf": .array(schemas.map(\.json))])
    }
}
