// The real service over a real database, and a client that holds every answer against the
// description: an undocumented status, a body of another shape or a missing field is a failure.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

/// One world with its service.
struct World: Sendable {
    let test: TestWorld
    let client: any TestClientProtocol
    let endpoints: [Endpoint]
    let document: JSONValue

    /// Runs `body` against the routes, without a socket.
    static func with(_ body: @Sendable @escaping (World) async throws -> Void) async throws {
        try await TestWorld.with { test in
            let registry = test.registry
            let endpoints = Routes.all(registry: registry, metrics: PrometheusMetrics())
            let document = OpenAPIDocument(endpoints: endpoints, schemas: Schemas.all).json
            let application = HTTPService.application(
                endpoints: endpoints, address: .init(host: "127.0.0.1", port: 0), logger: .quiet,
                authenticate: { _ = try await registry.me(as: $0) })
            try await application.test(.router) { client async throws -> Void in
                try await body(
                    World(test: test, client: client, endpoints: endpoints, document: document))
            }
        }
    }

    /// The bearer token of somebody in the world.
    static func token(of caller: Caller) -> String {
        guard case .token(let secret) = caller.credential else { return "" }
        return secret.text
    }

    @discardableResult
    func ask(
        _ method: HTTPRequest.Method = .get, _ uri: String, as caller: Caller,
        _ headers: HTTPFields = [:], body: JSONValue? = nil, text: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Seen {
        let seen = try await client.ask(
            method, uri, token: Self.token(of: caller), headers, body: body?.text ?? text)
        check(seen, method, uri, location)
        return seen
    }

    /// Sends a change with the tag that the resource has now.
    @discardableResult
    func change(
        _ method: HTTPRequest.Method, _ uri: String, of resource: String, as caller: Caller,
        _ body: JSONValue, at location: SourceLocation = #_sourceLocation
    ) async throws -> Seen {
        let tag = try await ask(.get, resource, as: caller, at: location).headers[.eTag]
        return try await ask(
            method, uri, as: caller, [.ifMatch: tag ?? ""], body: body, at: location)
    }

    @discardableResult
    func move(
        _ resource: String, to status: String, as caller: Caller, reason: String? = nil,
        on day: String? = nil, at location: SourceLocation = #_sourceLocation
    ) async throws -> Seen {
        var body: JSONObject = ["to": .string(status)]
        if let reason { body["reason"] = .string(reason) }
        if let day { body["on"] = .string(day) }
        return try await change(
            .post, resource + "/transitions", of: resource, as: caller, .object(body), at: location)
    }

    // MARK: Against the description

    func check(
        _ seen: Seen, _ method: HTTPRequest.Method, _ uri: String, _ location: SourceLocation
    ) {
        let path = uri.prefix { $0 != "?" }
        let isHead = method == .head
        guard
            let endpoint = endpoints.first(where: {
                $0.method == (isHead ? .get : method) && $0.path.matches(path)
            })
        else { return }
        let operation =
            document["paths"]?[endpoint.path.text]?[endpoint.method.rawValue.lowercased()]
        let check = SchemaCheck(document: document)
        let found = operation?["responses"]?[String(seen.status)]
        let response = found?["$ref"]?.string.flatMap(check.resolved) ?? found
        guard let response else {
            Issue.record(
                "\(method) \(uri): \(seen.status) is not described: \(seen.text)",
                sourceLocation: location)
            return
        }
        for field in response["headers"]?.object?.members ?? []
        where field.value["required"] == true {
            #expect(
                HTTPField.Name(field.name).map { seen.headers[$0] != nil } == true,
                "\(method) \(uri): no \(field.name)", sourceLocation: location)
        }
        if isHead || seen.status == 304 || seen.status == 204 { return }
        let type = seen.headers[.contentType].map { String($0.prefix { $0 != ";" }) } ?? ""
        guard let schema = response["content"]?[type]?["schema"] else {
            Issue.record("\(method) \(uri): no \(type) is described", sourceLocation: location)
            return
        }
        if type.hasSuffix("json") {
            #expect(
                check.mismatches(seen.json, schema) == [], "\(method) \(uri): \(seen.text)",
                sourceLocation: location)
        }
    }
}
