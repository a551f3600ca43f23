// The first and last thing that every request meets: it is given a name, finds its endpoint or
// learns that there is none, and leaves one line in the log and one point in the metrics.

import CounterpointModel
import HTTPTypes
import Hummingbird
import Logging

/// Wraps the router.
struct FrontDoor: HTTPResponder {
    typealias Context = RequestScope

    let router: RouterResponder<RequestScope>
    let endpoints: [Endpoint]
    let traffic: Traffic

    func respond(to request: Request, context: RequestScope) async throws -> Response {
        let began = ContinuousClock.now
        var context = context
        context.requestId = RequestId.of(request.headers)
        // One id is enough: Hummingbird's own is taken out again.
        context.logger[metadataKey: "hb.request.id"] = nil
        context.logger[metadataKey: "requestId"] = .string(context.requestId)
        if let trace = RequestId.traceParent(request.headers) {
            context.logger[metadataKey: "traceparent"] = .string(trace)
        }
        var response =
            Self.isCanonical(request.head.path ?? "/")
            ? try await router.respond(to: request, context: context)
            : unmatched(request, context)
        if context.endpointPath == Self.noEndpoint { response = unmatched(request, context) }
        response.headers[.requestId] = context.requestId
        record(request, response, context, ContinuousClock.now - began)
        return response
    }

    /// What Hummingbird's router writes where no path matched.
    private static let noEndpoint = "NotFound"

    // MARK: No such endpoint

    /// The router overlooks doubled and trailing slashes; an address has one form.
    private static func isCanonical(_ target: String) -> Bool {
        var before: UInt8 = 0
        var length = 0
        for byte in target.utf8 {
            if byte == UInt8(ascii: "?") { break }
            if byte == UInt8(ascii: "/"), before == byte { return false }
            before = byte
            length += 1
        }
        return length <= 1 || before != UInt8(ascii: "/")
    }

    private func unmatched(_ request: Request, _ context: RequestScope) -> Response {
        let target = request.head.path ?? "/"
        let path = target.prefix { $0 != "?" }
        let methods = Self.allowed(
            endpoints.filter { $0.path.matches(path) }.map(\.method))
        guard !methods.isEmpty else {
            context.coreContext.endpointPath.value = Traffic.noRoute
            return problem(
                Problem(
                    .notFound, "There is no such address. /openapi.json lists those there are."),
                request, context)
        }
        context.coreContext.endpointPath.value =
            endpoints.first { $0.path.matches(path) }?.path.text ?? Traffic.noRoute
        if request.method == .options {
            return Answer(status: .noContent, headers: [.allow: methods])
                .response(to: request.method)
        }
        return problem(
            Problem(
                .methodNotAllowed, "This address answers \(methods).", fields: [.allow: methods]),
            request, context)
    }

    /// The methods of a path as `Allow` lists them: those of its endpoints, with HEAD where there is
    /// GET, and OPTIONS.
    static func allowed(_ methods: [HTTPRequest.Method]) -> String {
        guard !methods.isEmpty else { return "" }
        var names = methods.map(\.rawValue)
        if names.contains("GET") { names.append("HEAD") }
        names.append("OPTIONS")
        return names.sorted().joined(separator: ", ")
    }

    private func problem(
        _ problem: Problem, _ request: Request, _ context: RequestScope
    ) -> Response {
        var problem = problem
        problem.requestId = context.requestId
        return ErrorResponses.answer(problem).response(to: request.method)
    }

    // MARK: Log and metrics

    /// One line a request: what, how it went, how long, by whose id. No query, no token, no name: whoever reads
    /// the log must not learn who is in a programme.
    private func record(
        _ request: Request, _ response: Response, _ context: RequestScope, _ duration: Duration
    ) {
        let route = context.endpointPath ?? Traffic.noRoute
        let method = Traffic.name(of: request.method)
        traffic.count(method: method, route: route, status: response.status.code, took: duration)
        let isHealthCheck = route == "/healthz" || route == "/readyz" || route == "/metrics"
        let level: Logger.Level =
            response.status.code >= 500 ? .error : isHealthCheck ? .debug : .info
        var metadata: Logger.Metadata = [
            "method": .string(method), "route": .string(route),
            "status": .stringConvertible(response.status.code),
            "microseconds": .stringConvertible(duration.inMicroseconds),
            "bytes": .stringConvertible(response.body.contentLength ?? 0),
        ]
        if let principal = context.caller.principal {
            metadata["principal"] = .string(principal.text)
        }
        context.logger.log(level: level, "request", metadata: metadata)
    }
}

extension Duration {
    var inMicroseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
