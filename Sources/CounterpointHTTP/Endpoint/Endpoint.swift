// One route as a value: what is answered and what may be relied on. The same list of these is
// registered with the router and rendered as `/openapi.json`, so that the two cannot disagree.

import CounterpointModel
import HTTPTypes

/// A method and a path with the operation behind it.
struct Endpoint: Sendable {
    let method: HTTPRequest.Method
    let path: PathTemplate
    let operation: Operation

    static func get(_ path: PathTemplate, _ operation: Operation) -> Endpoint {
        Endpoint(method: .get, path: path, operation: operation)
    }
    static func post(_ path: PathTemplate, _ operation: Operation) -> Endpoint {
        Endpoint(method: .post, path: path, operation: operation)
    }
    static func patch(_ path: PathTemplate, _ operation: Operation) -> Endpoint {
        Endpoint(method: .patch, path: path, operation: operation)
    }
    static func delete(_ path: PathTemplate, _ operation: Operation) -> Endpoint {
        Endpoint(method: .delete, path: path, operation: operation)
    }
}

/// What a route does, apart from where it stands.
struct Operation: Sendable {
    typealias Handler = @Sendable (Exchange) async throws -> Answer

    enum Access: Sendable {
        /// Anybody may ask, and nothing in the answer belongs to anybody.
        case open
        /// A bearer token is needed.
        case bearer
    }

    let id: String
    let summary: String
    let help: String
    let tag: Tag
    let access: Access
    let query: [QueryParameter]
    let body: BodyShape?
    /// Changes one resource, and wants to be told which version of it.
    let needsVersion: Bool
    let answers: [AnswerShape]
    /// Header fields that the client may send beyond those that follow from the rest.
    let fields: [RequestField]
    /// Problems beyond those that follow from the rest.
    let problems: [ProblemKind]
    let handler: Handler

    init(
        _ id: String, _ summary: String, _ help: String = "", tag: Tag, access: Access = .bearer,
        query: [QueryParameter] = [], body: BodyShape? = nil, needsVersion: Bool = false,
        fields: [RequestField] = [], answers: [AnswerShape], problems: [ProblemKind] = [],
        handler: @escaping Handler
    ) {
        self.id = id
        self.summary = summary
        self.help = help
        self.tag = tag
        self.access = access
        self.query = query
        self.body = body
        self.needsVersion = needsVersion
        self.fields = fields
        self.answers = answers
        self.problems = problems
        self.handler = handler
    }
}

/// A header field that an operation understands.
struct RequestField: Sendable {
    let name: String
    let help: String
    var pattern: String?
}

/// The chapters of the description.
enum Tag: String, Sendable, CaseIterable {
    case organisations, programmes, grants, campaigns, results, summaries, access, audit, service

    var help: String {
        switch self {
        case .organisations: "Who is in the programmes: civil society, funders, platforms."
        case .programmes: "Programmes with their period, currency, budget and funders."
        case .grants: "What an organisation was awarded, and its way from draft to closed."
        case .campaigns: "Counter-narrative campaigns and their briefs."
        case .results: "What campaigns reached: result sets, from draft to accepted."
        case .summaries: "Figures over scopes, each with a receipt."
        case .access: "Principals and their tokens."
        case .audit: "Who changed what, by which token, and when."
        case .service: "The service itself."
        }
    }
}

/// The body that an operation takes.
struct BodyShape: Sendable {
    struct Content: Sendable {
        let type: MediaType
        let schema: Schema
        let bytesMax: Int
        var example: JSONValue?
        /// Handed to the operation while it comes, instead of being held until it is whole.
        var isStreamed = false
    }

    let contents: [Content]

    static func json(_ schema: Schema, bytesMax: Int = Limits.jsonBodyBytes) -> BodyShape {
        BodyShape(contents: [Content(type: .json, schema: schema, bytesMax: bytesMax)])
    }

    /// A change by RFC 7396: members that are named change, null removes.
    static func change(_ schema: Schema) -> BodyShape {
        BodyShape(
            contents: [.mergePatch, .json].map {
                Content(type: $0, schema: schema, bytesMax: Limits.jsonBodyBytes)
            })
    }

    var types: String { contents.map(\.type.rawValue).joined(separator: ", ") }
}

/// One way in which an operation succeeds.
struct AnswerShape: Sendable {
    struct Content: Sendable {
        let type: MediaType
        let schema: Schema
    }
    struct Field: Sendable {
        let name: String
        let help: String
        var isAlwaysThere = true
    }
    /// Where a client may go from here: `parameter` of `operationId` is found at `expression`.
    struct Link: Sendable {
        let name: String
        var operationId: String
        let parameter: String
        let expression: String
    }

    let status: Int
    let help: String
    var contents: [Content] = []
    var fields: [Field] = []
    var links: [Link] = []
}
