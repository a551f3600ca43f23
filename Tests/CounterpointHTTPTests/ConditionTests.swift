// Entity tags: what matches, what never does, and what is asked for.

import CounterpointModel
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import CounterpointHTTP

private let thing = "/v1/things/0b1f9f5e-8c1a-4f0e-9d3e-2f6a7b8c9d0e"

@Suite("Conditional requests")
struct ConditionTests {
    @Test(
        "A read of what one has already is 304 with the tag and without a body",
        arguments: ["\"3\"", "W/\"3\"", "*", "\"1\", \"3\"", "\"a,b\" , W/\"3\""])
    func notModified(_ tags: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.get, thing, [.ifNoneMatch: tags])
            #expect(seen.status == 304)
            #expect(seen.headers[.eTag] == "\"3\"")
            #expect(seen.text.isEmpty)
            #expect(seen.headers[.contentType] == nil)
            #expect(seen.headers[.contentLength] == nil)
            #expect(try await client.ask(.head, thing, [.ifNoneMatch: tags]).status == 304)
        }
    }

    @Test("Another tag is 200", arguments: ["\"2\"", "\"33\"", "W/\"1\", \"x\""])
    func modified(_ tags: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            #expect(try await client.ask(.get, thing, [.ifNoneMatch: tags]).status == 200)
        }
    }

    @Test("What is no tag is 400", arguments: ["3", "\"3", "\"3\" \"4\"", "w/\"3\"", ","])
    func unreadable(_ tags: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.get, thing, [.ifNoneMatch: tags])
            #expect(seen.status == 400)
            #expect(seen.pointers == ["If-None-Match"])
        }
    }

    @Test("A change without If-Match is 428")
    func required() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.patch, thing, body: "{}")
            #expect(seen.status == 428)
            #expect(seen.code == "preconditionRequired")
        }
    }

    @Test(
        "If-Match names one version of ours, strongly compared",
        arguments: [
            ("\"3\"", 3), ("\"2\"", 2), ("*", 3), ("\"2\", \"3\"", 3),
            ("W/\"3\"", -1), ("W/\"3\", \"2\"", -1), ("\"abc\"", -1), ("\"03\"", -1),
            ("\"99999999999999999999\"", -1),
        ])
    func strongly(_ tags: String, _ version: Int64) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.patch, thing, [.ifMatch: tags], body: "{}")
            #expect(seen.json["expected"] == .integer(version))
        }
    }
}
