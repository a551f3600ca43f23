// The description of the interface: complete, sound, and the same list that is served.

import CounterpointModel
import CounterpointRecords
import Glibc
import HTTPTypes
import HummingbirdTesting
import Logging
import TestCluster
import Testing

@testable import CounterpointHTTP

@Suite("openapi.json")
struct DescriptionTests {
    let endpoints: [Endpoint]
    let document: JSONValue

    init() throws {
        // Nothing is asked of this registry.
        let opened = try Registry.open(
            databaseURL: "postgresql://nobody@127.0.0.1:1/none", logger: .quiet)
        endpoints = Routes.all(registry: opened.registry, metrics: PrometheusMetrics())
        document = OpenAPIDocument(endpoints: endpoints, schemas: Schemas.all).json
    }

    private var operations: [(path: String, method: String, operation: JSONValue)] {
        (document["paths"]?.object?.members ?? []).flatMap { path in
            (path.value.object?.members ?? []).filter { $0.name != "parameters" }.map {
                (path.name, $0.name, $0.value)
            }
        }
    }

    @Test("Every route is described, and every description is a route")
    func sameList() async throws {
        let described = Set(operations.map { "\($0.method.uppercased()) \($0.path)" })
        let served = Set(endpoints.map { "\($0.method.rawValue) \($0.path.text)" })
        #expect(described == served)
        #expect(operations.count == endpoints.count)
        try await Bench.application(endpoints).test(.router) { client async throws -> Void in
            for endpoint in endpoints {
                let path = Self.sample(endpoint.path)
                let seen = try await client.ask(
                    endpoint.method, path, token: nil,
                    endpoint.method == .get ? [:] : [.contentType: "application/json"])
                #expect(
                    seen.status == (endpoint.operation.access == .bearer ? 401 : seen.status),
                    "\(endpoint.method) \(path)")
                #expect(seen.status != 404 && seen.status != 405, "\(endpoint.method) \(path)")
            }
        }
    }

    @Test("Methods that are not described are 405, and Allow lists those that are")
    func otherMethods() async throws {
        let all: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .trace]
        try await Bench.application(endpoints).test(.router) { client async throws -> Void in
            for path in Set(endpoints.map(\.path)) {
                let described = endpoints.filter { $0.path == path }.map(\.method)
                let answered = described.contains(.get) ? described + [.head] : described
                let allow = FrontDoor.allowed(described)
                for method in all where !answered.contains(method) {
                    let seen = try await client.ask(method, Self.sample(path), token: nil)
                    #expect(seen.status == 405, "\(method) \(path.text)")
                    #expect(seen.headers[.allow] == allow)
                }
                let options = try await client.ask(.options, Self.sample(path), token: nil)
                #expect(options.headers[.allow] == allow)
            }
        }
    }

    @Test("Operations have an id and a summary of their own, a tag, and say who may call them")
    func houseRules() {
        let all = operations.map(\.operation)
        let ids = all.compactMap { $0["operationId"]?.string }
        let summaries = all.compactMap { $0["summary"]?.string }
        #expect(Set(ids).count == all.count)
        #expect(Set(summaries).count == all.count)
        #expect(ids.allSatisfy { $0.wholeMatch(of: #/[a-z][A-Za-z]+/#) != nil })
        let tags = Set((document["tags"]?.array ?? []).compactMap { $0["name"]?.string })
        for (path, method, operation) in operations {
            #expect(operation["tags"]?.array?.count == 1, "\(method) \(path)")
            #expect(tags.contains(operation["tags"]?[0]?.string ?? ""), "\(method) \(path)")
            #expect(operation["security"]?.array != nil, "\(method) \(path)")
            let isOpen = operation["security"] == []
            #expect(isOpen != path.hasPrefix("/v1/"), "\(method) \(path)")
        }
    }

    @Test("Lists have limit and cursor; 201 says where; problems are problem+json")
    func answers() {
        for (path, method, operation) in operations {
            let place = Comment(rawValue: "\(method) \(path)")
            let parameters = operation["parameters"]?.array?.compactMap { $0["name"]?.string } ?? []
            let good = operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]
            if good?["$ref"]?.string?.hasSuffix("Page") == true {
                #expect(parameters.contains("limit") && parameters.contains("cursor"), place)
            }
            if let made = operation["responses"]?["201"] {
                #expect(made["headers"]?["Location"] != nil, place)
                let target = made["links"]?["read"]?["operationId"]?.string
                #expect(
                    operations.contains { $0.operation["operationId"]?.string == target }, place)
            }
            for response in operation["responses"]?.object?.members ?? []
            where response.name.hasPrefix("4") || response.name.hasPrefix("5") {
                let check = SchemaCheck(document: document)
                let whole =
                    response.value["$ref"]?.string.flatMap(check.resolved) ?? response.value
                #expect(
                    whole["content"]?.object?.names == ["application/problem+json"],
                    "\(method) \(path) \(response.name)")
            }
            if method != "get" {
                #expect(parameters.contains("Idempotency-Key"), place)
                #expect(operation["responses"]?["409"] != nil, place)
            }
        }
    }

    @Test("References lead somewhere, and every named shape is used")
    func references() {
        let check = SchemaCheck(document: document)
        var used: Set<String> = []
        func walk(_ value: JSONValue) {
            if let reference = value["$ref"]?.string {
                used.insert(reference)
                #expect(check.resolved(reference) != nil, "\(reference)")
            }
            for member in value.object?.members ?? [] { walk(member.value) }
            for element in value.array ?? [] { walk(element) }
        }
        walk(document)
        for name in document["components"]?["schemas"]?.object?.names ?? [] {
            #expect(used.contains("#/components/schemas/\(name)"), "\(name) is never used")
        }
    }

    @Test("Examples are what they are examples of")
    func examples() {
        let check = SchemaCheck(document: document)
        var count = 0
        for schema in document["components"]?["schemas"]?.object?.members ?? [] {
            for example in schema.value["examples"]?.array ?? [] {
                #expect(check.mismatches(example, schema.value) == [], "\(schema.name)")
                count += 1
            }
        }
        func walk(_ value: JSONValue) {
            if let example = value["example"], let schema = value["schema"] {
                #expect(check.mismatches(example, schema) == [])
                count += 1
            }
            for member in value.object?.members ?? [] { walk(member.value) }
            for element in value.array ?? [] { walk(element) }
        }
        walk(document)
        #expect(count > 30)
    }

    @Test("The model reads its own examples")
    func modelAgrees() throws {
        func example(_ name: String) throws -> JSONValue {
            try #require(document["components"]?["schemas"]?[name]?["examples"]?[0])
        }
        _ = try NewOrganisation(example("NewOrganisation"))
        _ = try OrganisationChange(example("OrganisationChange"))
        _ = try StandingTransition(example("StandingTransition"))
        _ = try NewProgramme(example("NewProgramme"))
        _ = try ProgrammeChange(example("ProgrammeChange"))
        _ = try NewGrant(example("NewGrant"))
        _ = try GrantChange(example("GrantChange"))
        _ = try Transition<GrantStatus>(example("GrantTransition"))
        _ = try NewCampaign(example("NewCampaign"))
        _ = try CampaignChange(example("CampaignChange"))
        _ = try Transition<CampaignStatus>(example("CampaignTransition"))
        _ = try NewIndicator(example("NewIndicator"))
        _ = try IndicatorChange(example("IndicatorChange"))
        _ = try NewResultSet(example("NewResultSet"))
        _ = try ReviewTransition(example("ResultSetTransition"))
        _ = try NewToken(example("NewToken"))
        _ = try TokenRotation(example("TokenRotation"))
    }

    @Test("openapi-spec-validator accepts it")
    func outsideValidator() throws {
        let file = "/tmp/counterpoint-openapi-\(getpid()).json"
        let handle = try #require(fopen(file, "w"))
        fputs(document.text, handle)
        fclose(handle)
        defer { unlink(file) }
        let status = system(
            "command -v openapi-spec-validator >/dev/null || exit 3; "
                + "openapi-spec-validator --schema 3.1 --validation-errors all \(file)")
        let code = (status >> 8) & 0xFF
        if code == 3 {
            let isCI = getenv("CI").map { String(cString: $0) } == "true"
            print(
                "openapi-spec-validator is not installed (pip install "
                    + "openapi-spec-validator==0.9.0): only our own rules were checked")
            #expect(!isCI, "in CI openapi-spec-validator must be there")
            return
        }
        #expect(code == 0)
    }

    /// A path with sample values for its variables.
    static func sample(_ path: PathTemplate) -> String {
        path.text.replacing(#/{digest}/#, with: "sha256:" + String(repeating: "0", count: 64))
            .replacing(#/{[A-Za-z]+}/#, with: "0b1f9f5e-8c1a-4f0e-9d3e-2f6a7b8c9d0e")
    }
}
