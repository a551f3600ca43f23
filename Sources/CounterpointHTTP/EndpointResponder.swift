// From bytes to a handler and back, for one endpoint. The order is part of the promise: who are
// you, is the request of the right form (all faults at once), is there room, and only then the
// handler.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import Hummingbird
import Logging

/// What all endpoints of a service share.
struct DoorParts: Sendable {
    let admission = Admission()
    let uploads = UploadAdmission()
    let bodies = BodyBudget(
        ofOne: Limits.bodiesHeldOfOneBytes, ofStrangers: Limits.bodiesHeldOfStrangersBytes)
    let turnstile: Turnstile
    /// Told which token opened the door.
    let use: TokenUse?
    /// Whose users may sign in beside the holders of our own tokens.
    let provider: IdentityProvider?
    /// Asks the database whether it knows this caller; throws when it does not.
    let authenticate: @Sendable (Caller) async throws -> Void
}

/// Answers the requests for one endpoint.
struct EndpointResponder: HTTPResponder {
    typealias Context = RequestScope

    let endpoint: Endpoint
    let parts: DoorParts

    private var operation: Operation { endpoint.operation }

    func respond(to request: Request, context: RequestScope) async throws -> Response {
        do {
            return try await answer(request, context).response(to: request.method)
        } catch {
            var problem = ErrorResponses.problem(for: error)
            problem.requestId = context.requestId
            context.caller.standing?.write(into: &problem.fields)
            if ErrorResponses.isUnexpected(problem) {
                context.logger.error(
                    "request failed", metadata: ["error": .string(String(reflecting: error))])
            }
            return ErrorResponses.answer(problem).response(to: request.method)
        }
    }

    private func answer(_ request: Request, _ context: RequestScope) async throws -> Answer {
        guard operation.access == .bearer else {
            return try await answer(request, context, asker: nil)
        }
        let bearer = Result { () throws(Problem) in
            try Authentication.bearer(
                in: request.headers, takesProvider: parts.provider != nil)
        }
        let text = try? bearer.get().text
        let visitor = parts.turnstile.visitor(text, context, request.headers)
        context.caller.standing = try parts.turnstile.enter(visitor)
        do {
            let credential = try await credential(try bearer.get(), context)
            let asker = caller(credential, visitor, context)
            var answer = try await answer(request, context, asker: asker)
            context.caller.standing?.write(into: &answer.headers)
            return answer
        } catch  where ErrorResponses.isFailedSignIn(error) {
            // No token at all is a question, not a guess.
            if request.headers.contains(.authorization) {
                try await parts.turnstile.turnedAway(visitor)
            }
            throw error
        }
    }

    private func answer(
        _ request: Request, _ context: RequestScope, asker: Caller?
    ) async throws -> Answer {
        let lease = BodyLease(parts.bodies, of: context.caller)
        let exchange: Exchange
        do {
            exchange = try await read(request, context, asker, lease)
        } catch {
            // Somebody we do not know learns that and nothing else, whatever else is wrong.
            try await lookUp(asker)
            throw error
        }
        let answer: Answer
        if case .stream = exchange.body {
            // Whoever sends a file was looked up before the first byte of it was read.
            answer = try await parts.uploads.admit(context.caller.principal) {
                try await operation.handler(exchange)
            }
        } else {
            answer = try await parts.admission.admit { try await operation.handler(exchange) }
        }
        return finished(answer, request.headers)
    }

    /// The caller, and who is told when the database lets it in.
    private func caller(
        _ credential: Credential, _ visitor: Turnstile.Visitor, _ context: RequestScope
    ) -> Caller {
        Caller(credential, requestId: context.requestId) {
            [turnstile = parts.turnstile, use = parts.use, note = context.caller] signedIn in
            turnstile.letIn(visitor)
            note.principal = signedIn.principal
            note.tenant = signedIn.organisation?.uuid ?? signedIn.principal.uuid
            if let token = signedIn.token { use?.note(token) }
        }
    }

    /// Our own tokens are the database's to know; a provider's are verified here, and the database is shown that they were.
    private func credential(_ bearer: Bearer, _ context: RequestScope) async throws -> Credential {
        switch bearer {
        case .token(let secret): return .token(secret)
        case .provider(let text):
            guard let provider = parts.provider else {
                throw ErrorResponses.unauthenticated(hasToken: true)
            }
            do {
                return .identity(try await provider.identity(in: text), provider.key)
            } catch let fault as ProviderTokenFault {
                context.logger.debug(
                    "a provider's token is not good", metadata: ["fault": "\(fault.rawValue)"])
                throw ErrorResponses.unauthenticated(hasToken: true)
            }
        }
    }

    private func lookUp(_ asker: Caller?) async throws {
        guard let asker else { return }
        try await parts.admission.admit { try await parts.authenticate(asker) }
    }

    // MARK: Reading

    private func read(
        _ request: Request, _ context: RequestScope, _ asker: Caller?, _ lease: BodyLease
    ) async throws -> Exchange {
        let head = try HeadReading(request, endpoint)
        var raw: [UInt8]? = []
        var body = Exchange.Body.none
        if let shape = operation.body {
            let announced = try AnnouncedBody(
                request.headers, for: shape, method: request.method)
            if announced.needsLookup || announced.content.isStreamed
                || !parts.bodies.hasRoomForStranger(announced.bytesAtMost)
            {
                try await lookUp(asker)
            }
            if announced.content.isStreamed {
                raw = nil
                body = .stream(
                    IncomingBody(
                        body: request.body, announced: announced,
                        contentType: request.headers[.contentType] ?? "", lease: lease))
            } else {
                let bytes = try await announced.collect(request.body, holding: lease)
                raw = bytes
                body =
                    announced.content.type == .csv
                    ? .csv(bytes) : .json(try parsed(bytes, announced.content.bytesMax))
            }
        } else {
            try await refuseBody(request)
        }
        return Exchange(
            method: request.method, target: head.target, requestId: context.requestId,
            variables: try variables(context), query: head.query, accepted: head.accepted,
            ifMatch: head.ifMatch, body: body, fileName: head.fileName,
            importId: request.headers[.importId],
            repeatable: head.key.map { repeatable($0, request, head.target, raw) },
            asker: asker)
    }

    /// What is no id cannot be there; found out here, so that it is told to nobody unknown.
    private func variables(_ context: RequestScope) throws -> [(name: String, value: String)] {
        try endpoint.path.variables.map { name in
            guard let raw = context.parameters.get(name),
                let value = QueryValues.decoded(raw[...]),
                !name.hasSuffix("Id") || Identifier<Endpoint>(value) != nil
            else { throw Problem(.notFound, ErrorResponses.notFoundDetail) }
            return (name: name, value: value)
        }
    }

    private func parsed(_ bytes: [UInt8], _ bytesMax: Int) throws -> JSONValue {
        var limits = JSONLimits.body
        limits.bytesMax = bytesMax
        do {
            return try JSONParser.parse(bytes, limits: limits)
        } catch {
            throw InvalidInput(error)
        }
    }

    /// A body that nobody asked for is a mistake worth telling, but for the empty one.
    private func refuseBody(_ request: Request) async throws {
        guard
            request.headers[.contentLength].map({ $0 != "0" }) ?? false
                || request.headers.contains(.transferEncoding)
        else { return }
        for try await part in request.body where part.readableBytes > 0 {
            throw Problem(.malformedInput, "This address takes no body.", code: "unexpectedBody")
        }
    }

    private func repeatable(
        _ key: String, _ request: Request, _ target: String, _ body: [UInt8]?
    ) -> Exchange.Repeatable {
        Exchange.Repeatable(
            key: key,
            head: [
                Array(request.method.rawValue.utf8), Array(target.utf8),
                Array((request.headers[.contentType] ?? "").utf8),
            ], body: body)
    }

    // MARK: Finishing

    /// 304 where the client has it already, and the fields that every answer of this kind carries.
    private func finished(_ answer: Answer, _ headers: HTTPFields) -> Answer {
        var answer = answer
        if operation.access == .bearer {
            answer.headers[.cacheControl] = "no-store"
            answer.headers[.vary] = "Authorization, Accept"
        }
        guard endpoint.method == .get, answer.status == .ok,
            let tag = answer.headers[.eTag],
            let condition = try? TagCondition.reading(.ifNoneMatch, of: headers),
            condition.matchesWeakly(tag)
        else { return answer }
        answer.status = .notModified
        answer.headers[.contentType] = nil
        answer.body = []
        answer.stream = nil
        return answer
    }
}
