// How errors look in the description.

import CounterpointModel

enum ProblemDocument {
    static func response(for kind: ProblemKind) -> JSONValue { response(for: [kind]) }

    /// An answer that may be any of these kinds, all with one status.
    static func response(for kinds: [ProblemKind]) -> JSONValue {
        var headers = JSONObject()
        if kinds.contains(.unauthenticated) {
            headers.append("WWW-Authenticate", field("What to authenticate with.", isNeeded: true))
        }
        if kinds.contains(.tooManyRequests) {
            for rate in AnswerShape.Field.rate {
                headers.append(rate.name, field(rate.help, isNeeded: false))
            }
        }
        if kinds.contains(where: {
            [.unavailable, .idempotencyInProgress, .tooManyRequests].contains($0)
        }) {
            headers.append(
                "Retry-After",
                field("Seconds until it is worth asking again.", isNeeded: kinds.count == 1))
        }
        headers.append(
            "X-Request-Id", field("The name of this request in the log.", isNeeded: true))
        return [
            "description": .string(
                kinds.map { "\($0.title) (`\($0.code)`)." }.joined(separator: " ")),
            "headers": .object(headers),
            "content": [
                "application/problem+json": [
                    "schema": ["$ref": "#/components/schemas/Problem"],
                    "example": example(of: kinds[0]),
                ]
            ],
        ]
    }

    private static func field(_ help: String, isNeeded: Bool) -> JSONValue {
        [
            "description": .string(help), "required": .bool(isNeeded),
            "schema": ["type": "string"],
        ]
    }

    private static func example(of kind: ProblemKind) -> JSONValue {
        var problem = Problem(kind, "What is wrong and what to do about it.")
        if kind == .malformedInput || kind == .refusedInput {
            problem.errors = [
                Fault(
                    pointer: "/startsOn", code: "notADay",
                    detail: "Must be a day such as 2017-03-30.", kind: .malformed)
            ]
        }
        return problem.document
    }

    /// RFC 9457, with our two members.
    static let schema = Schema.object(
        "What went wrong, by RFC 9457.",
        required: [
            (
                "type",
                .text(
                    "urn:counterpoint:problem: and the code.", pattern: "^urn:counterpoint:problem:"
                )
            ),
            ("title", .text("The kind of problem, always the same for a kind.")),
            ("status", .whole("The status of the answer.", from: 400, to: 599)),
            ("detail", .text("What is wrong here and what to do about it.")),
            ("code", .text("Stable, camelCase: branch on this.", pattern: "^[a-z][A-Za-z0-9]*$")),
        ],
        optional: [
            ("errors", .list(of: .named("Fault"), "Every fault of the request.")),
            ("inTheWay", .list(of: .id("An id."), "What stands in the way, for a conflict.")),
            ("requestId", .text("To be told to whoever reads the log.")),
        ] + Schemas.importMembers)

    static let faultSchema = Schema.object(
        "One fault of a request.",
        required: [
            (
                "pointer",
                .text("RFC 6901 pointer into the body, or the name of a parameter or header field.")
            ),
            ("code", .text("Stable, camelCase.")),
            ("detail", .text("What is wrong and what to do about it.")),
        ])
}
