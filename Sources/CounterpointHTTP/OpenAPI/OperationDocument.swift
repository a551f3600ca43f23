// One operation as OpenAPI writes it. What follows from an endpoint's nature (a token means 401, a
// body 413 and 415, a version 412 and 428) is added here, so that no route can forget it.

import CounterpointModel
import HTTPTypes

struct OperationDocument {
    let endpoint: Endpoint
    /// Every endpoint there is: where one may go with what was made here.
    let all: [Endpoint]

    private var operation: Operation { endpoint.operation }

    var json: JSONValue {
        var object = JSONObject([
            ("operationId", .string(operation.id)),
            ("summary", .string(operation.summary)),
            ("tags", [.string(operation.tag.rawValue)]),
            ("security", operation.access == .open ? [] : [["bearer": []]]),
        ])
        if !operation.help.isEmpty { object.append("description", .string(operation.help)) }
        let parameters = operation.query.map(\.document) + fields
        if !parameters.isEmpty { object.append("parameters", .array(parameters)) }
        if let body = operation.body { object.append("requestBody", Self.document(of: body)) }
        object.append("responses", responses)
        return .object(object)
    }

    // MARK: Header fields that the client sends

    private var fields: [JSONValue] {
        var fields: [JSONValue] = []
        if operation.needsVersion {
            fields.append(
                Self.field(
                    "If-Match", "The ETag that you read; `*` for whatever stands.", isNeeded: true,
                    pattern: Self.tags, example: "\"3\""))
        }
        if endpoint.isWrite {
            fields.append(
                Self.field(
                    "Idempotency-Key",
                    "A name for this request, up to 255 visible ASCII characters: asked again with "
                        + "it, the first answer comes again and nothing happens twice.",
                    pattern: "^([!#-~]{1,255}|\"[!#-\\[\\]-~]{1,255}\")$"))
        }
        if endpoint.isConditional {
            fields.append(
                Self.field(
                    "If-None-Match", "Tags of what you have already.", pattern: Self.tags,
                    example: "\"3\""))
        }
        fields += operation.fields.map { Self.field($0.name, $0.help, pattern: $0.pattern) }
        return fields
    }

    /// Entity tags with commas between them, or a star.
    private static let tags = "^(\\*|(W/)?\"[!#-~]*\"( *, *(W/)?\"[!#-~]*\")*)$"

    private static func field(
        _ name: String, _ help: String, isNeeded: Bool = false, pattern: String?,
        example: String? = nil
    ) -> JSONValue {
        var schema: JSONObject = ["type": "string"]
        if let pattern { schema.append("pattern", .string(pattern)) }
        if let example { schema.append("examples", [.string(example)]) }
        return [
            "name": .string(name), "in": "header", "required": .bool(isNeeded),
            "description": .string(help), "schema": .object(schema),
        ]
    }

    private static func document(of body: BodyShape) -> JSONValue {
        var contents = JSONObject()
        for content in body.contents {
            var document = JSONObject([("schema", content.schema.json)])
            if let example = content.example { document.append("example", example) }
            contents.append(content.type.rawValue, .object(document))
        }
        return ["required": true, "content": .object(contents)]
    }

    // MARK: Answers

    private var responses: JSONValue {
        var responses = JSONObject()
        var answers = operation.answers
        if endpoint.isConditional { answers.append(.notModified) }
        for answer in answers {
            responses.append(
                String(answer.status),
                document(of: answer, operation.access == .bearer ? AnswerShape.Field.rate : [])
            )
        }
        for (status, kinds) in problems {
            responses.append(String(status), Self.document(of: kinds))
        }
        return .object(responses)
    }

    private func document(
        of answer: AnswerShape, _ more: [AnswerShape.Field]
    ) -> JSONValue {
        var object = JSONObject([("description", .string(answer.help))])
        var headers = JSONObject()
        for field in answer.fields + more + [.requestId] {
            headers.append(
                field.name,
                [
                    "description": .string(field.help), "required": .bool(field.isAlwaysThere),
                    "schema": ["type": "string"],
                ])
        }
        object.append("headers", .object(headers))
        if !answer.contents.isEmpty {
            object.append(
                "content",
                .object(
                    JSONObject(
                        answer.contents.map { ($0.type.rawValue, ["schema": $0.schema.json]) })))
        }
        let links = links(from: answer)
        if !links.isEmpty { object.append("links", .object(JSONObject(links))) }
        return .object(object)
    }

    /// The links that the answer names, and from what was made to everything that is about it alone.
    private func links(from answer: AnswerShape) -> [(String, JSONValue)] {
        answer.links.flatMap { link in
            let others = all.filter {
                $0.path.variables == [link.parameter] && $0.operation.id != link.operationId
            }
            return [Self.document(of: link, name: link.name)]
                + others.map { other in
                    var onward = link
                    onward.operationId = other.operation.id
                    let needsTag =
                        other.operation.needsVersion && answer.fields.contains { $0.name == "ETag" }
                    return Self.document(
                        of: onward, name: other.operation.id,
                        and: needsTag ? [("If-Match", "$response.header.ETag")] : [])
                }
        }
    }

    private static func document(
        of link: AnswerShape.Link, name: String, and more: [(String, JSONValue)] = []
    ) -> (String, JSONValue) {
        let parameters = [(link.parameter, JSONValue.string(link.expression))] + more
        return (
            name,
            [
                "operationId": .string(link.operationId),
                "parameters": .object(JSONObject(parameters)),
            ]
        )
    }

    private static func document(of kinds: [ProblemKind]) -> JSONValue {
        kinds.count == 1
            ? ["$ref": .string("#/components/responses/\(kinds[0].code)")]
            : ProblemDocument.response(for: kinds)
    }

    /// Every problem this operation can answer with, by status in ascending order.
    private var problems: [(Int, [ProblemKind])] {
        var kinds: [ProblemKind] = [
            .malformedInput, .targetTooLong, .headersTooLarge, .internalFault, .unavailable,
        ]
        if operation.access == .bearer { kinds += [.unauthenticated, .tooManyRequests] }
        if operation.access == .bearer, endpoint.isWrite { kinds.append(.forbidden) }
        if !endpoint.path.variables.isEmpty { kinds.append(.notFound) }
        if operation.answers.contains(where: { !$0.contents.isEmpty }) {
            kinds.append(.notAcceptable)
        }
        if operation.body != nil {
            kinds += [.bodyTooSlow, .bodyTooLarge, .unsupportedMediaType, .refusedInput]
        }
        if endpoint.isWrite {
            kinds += [
                .conflict, .idempotencyInProgress, .idempotencyMismatch, .outcomeUnknown,
            ]
        }
        if operation.needsVersion { kinds += [.preconditionFailed, .preconditionRequired] }
        for kind in operation.problems where !kinds.contains(kind) { kinds.append(kind) }
        return Dictionary(grouping: kinds, by: \.status).sorted { $0.key < $1.key }
    }
}

extension Endpoint {
    var isWrite: Bool { method != .get }
    /// Reads that carry an entity tag answer 304.
    var isConditional: Bool {
        method == .get
            && operation.answers.contains { $0.fields.contains { $0.name == "ETag" } }
    }
}

extension AnswerShape.Field {
    static let requestId = AnswerShape.Field(
        name: "X-Request-Id", help: "The name of this request in the log.")
    /// By draft-ietf-httpapi-ratelimit-headers; not there where nothing is limited.
    static let rate = [
        AnswerShape.Field(
            name: "RateLimit-Policy",
            help:
                "`\"token\";q=1000;w=10`: so many requests (q) in so many seconds (w), counted by "
                + "token or, for who is not signed in, by address.", isAlwaysThere: false),
        AnswerShape.Field(
            name: "RateLimit",
            help: "`\"token\";r=999;t=1`: so many (r) are left, and all of them after t seconds.",
            isAlwaysThere: false),
    ]
}
