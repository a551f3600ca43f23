// The description of the interface, rendered from the endpoints themselves.

import CounterpointModel
import HTTPTypes

struct OpenAPIDocument {
    let endpoints: [Endpoint]
    let schemas: [(String, Schema)]

    static let version = "1.0.0"

    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Counterpoint", "version": .string(Self.version),
                "summary": "The record of a civil-society empowerment programme and its campaigns.",
                "description": .string(Self.introduction),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/", "description": "This service."]],
            "tags": .array(
                Tag.allCases.map {
                    ["name": .string($0.rawValue), "description": .string($0.help)]
                }),
            "paths": paths,
            "components": components,
        ]
    }

    /// What holds for every address.
    static let introduction = """
        JSON in camelCase. Ids are UUIDs, days are 2017-03-30, instants RFC 3339 in UTC, money is \
        {"amount":"12500.00","currency":"EUR"}.

        Every GET answers HEAD, every address answers OPTIONS; another method is 405 with Allow. \
        Unknown members and unknown query parameters are refused, and all faults of a request are \
        told at once: a fault's pointer is an RFC 6901 pointer into the body, or the name of the \
        parameter or header field. In a query a plus sign is a space.

        Writes take Idempotency-Key: the same key with the same request gives the first answer \
        again, with another request 422. A resource's ETag goes back as If-Match with each change \
        (428 without, 412 when stale; weak tags never match) and as If-None-Match with a read (304).

        Lists take limit (1 to 500, 50 by default; others are refused) and cursor; the next page is \
        in next and in Link. Without an Accept that suits, the answer is 406. Errors are \
        application/problem+json; the part of type after urn:counterpoint:problem: is the code.

        How often one may ask is told by RateLimit-Policy and RateLimit; beyond it the answer is 429, \
        and Retry-After says when to ask again. Tokens that are not good are answered later and later.

        Every answer carries X-Request-Id: yours, if it is up to 64 of A-Z a-z 0-9 . _ -, or one \
        of ours.
        """

    private static let bearer = """
        A token: cpt_, 30 random characters, 6 of checksum. Or, where the installation has an OpenID \
        provider, a JWT of that provider for a user who is linked here.
        """

    private var paths: JSONValue {
        var paths = JSONObject()
        for endpoint in endpoints {
            var item = paths[endpoint.path.text]?.object ?? Self.start(endpoint.path)
            item.append(
                endpoint.method.rawValue.lowercased(),
                OperationDocument(endpoint: endpoint, all: endpoints).json)
            paths[endpoint.path.text] = .object(item)
        }
        return .object(paths)
    }

    private static func start(_ path: PathTemplate) -> JSONObject {
        guard !path.variables.isEmpty else { return JSONObject() }
        return JSONObject([
            ("parameters", .array(path.variables.map(PathTemplate.document(ofVariable:))))
        ])
    }

    private var components: JSONValue {
        [
            "securitySchemes": [
                "bearer": [
                    "type": "http", "scheme": "bearer",
                    "description": .string(Self.bearer),
                ]
            ],
            "schemas": .object(JSONObject(schemas.map { ($0.0, $0.1.json) })),
            "responses": .object(
                JSONObject(ProblemKind.all.map { ($0.code, ProblemDocument.response(for: $0)) })),
        ]
    }
}
