// One request as a handler sees it: read, checked and named, with nothing left that could be wrong
// in form.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

/// What a handler is given.
struct Exchange: Sendable {
    enum Body: Sendable {
        case none
        case json(JSONValue)
        case csv([UInt8])
        case stream(IncomingBody)
    }

    let method: HTTPRequest.Method
    /// Path and query as they were sent: links and fingerprints are made of it.
    let target: String
    let requestId: String
    /// Path variables as they were sent, decoded.
    let variables: [(name: String, value: String)]
    let query: QueryValues
    /// The form in which the client wants its answer.
    let accepted: MediaType
    let ifMatch: TagCondition?
    let body: Body
    /// The name that the client gave to the file it sent, from `Content-Disposition`.
    let fileName: String?
    /// An id that the client chose for an import, from `Import-Id`.
    let importId: String?
    let repeatable: Repeatable?
    /// Who asks; nil where nobody has to say.
    let asker: Caller?

    /// What makes a write repeatable: the client's key and what it stands for.
    struct Repeatable: Sendable {
        let key: String
        /// Method, address and type; the body is the last part.
        let head: [[UInt8]]
        /// Nil while the body is not read yet.
        let body: [UInt8]?

        /// With the body as it was read, or with the digest of one that was taken while it came.
        func fingerprint(bodyDigest: [UInt8]? = nil) -> [UInt8] {
            Fingerprint.of(head + [bodyDigest ?? body ?? []])
        }
    }

    /// Who asks. Only for operations that need a token: the others have nobody to ask for.
    var caller: Caller {
        get throws {
            guard let asker else { throw ErrorResponses.unauthenticated(hasToken: false) }
            return asker
        }
    }

    /// The id in the path; anything else than an id there is something that does not exist.
    func id<Subject>(_ name: String, of subject: Subject.Type = Subject.self) throws
        -> Identifier<Subject>
    {
        guard let id = Identifier<Subject>(try variable(name)) else {
            throw Problem(.notFound, ErrorResponses.notFoundDetail)
        }
        return id
    }

    func variable(_ name: String) throws -> String {
        guard let found = variables.first(where: { $0.name == name }) else {
            throw Problem(.internalFault, "The route has no variable \(name).")
        }
        return found.value
    }

    /// The body as JSON; operations that take other types ask `body` themselves.
    var json: JSONValue {
        get throws {
            guard case .json(let value) = body else {
                throw Problem(.internalFault, "The route takes no JSON.")
            }
            return value
        }
    }

    // MARK: Pages

    var page: PageRequest {
        PageRequest(
            limit: query.whole("limit") ?? Limits.pageSizeDefault, cursor: query.text("cursor"))
    }

    // MARK: Doing it once

    /// For a write that should happen once however often it is asked for; nil without a key.
    func once<Value>(
        bodyDigest: [UInt8]? = nil, _ answer: @escaping @Sendable (Value) throws -> Answer
    ) -> Once<Value>? {
        repeatable.map { repeatable in
            Once(
                key: repeatable.key, fingerprint: repeatable.fingerprint(bodyDigest: bodyDigest)
            ) { value in
                try answer(value).stored
            }
        }
    }

    /// The body of an operation that takes it while it comes.
    var incoming: IncomingBody {
        get throws {
            guard case .stream(let incoming) = body else {
                throw Problem(.internalFault, "The route takes no stream.")
            }
            return incoming
        }
    }

    /// The answer to a write that may have happened before.
    func answer<Value>(
        _ outcome: Outcome<Value>, _ answer: (Value) throws -> Answer
    ) rethrows -> Answer {
        switch outcome {
        case .done(let value): try answer(value)
        case .replayed(let stored): Answer(replaying: stored)
        }
    }

    // MARK: Versions

    /// The version that a change is made to, from If-Match. `current` reads the resource where the
    /// field alone does not name one version (`*`, or several tags).
    func expectedVersion(current: () async throws -> Int64) async throws -> Int64? {
        switch ifMatch {
        case nil: return nil
        case .any: return try await current()
        case .tags(let tags):
            if tags.count == 1 { return tags[0].version ?? Self.noVersion }
            let present = try await current()
            return tags.contains { $0.version == present } ? present : Self.noVersion
        }
    }

    /// Stands for a tag that none of ours can match, a weak one included: the record then decides
    /// between 404 and 412 as for any stale one.
    static let noVersion: Int64 = -1
}
