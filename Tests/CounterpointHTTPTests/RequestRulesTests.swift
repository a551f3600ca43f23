// The rules that hold for every address, shown on endpoints that need no record.

import CounterpointModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import CounterpointHTTP

private let thing = "/v1/things/0b1f9f5e-8c1a-4f0e-9d3e-2f6a7b8c9d0e"

@Suite("Rules of every address")
struct RequestRulesTests {
    @Test("Without a token: 401 with a challenge and no error attribute")
    func noToken() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.get, thing, token: nil)
            #expect(seen.status == 401)
            #expect(seen.headers[.wwwAuthenticate] == "Bearer realm=\"counterpoint\"")
            #expect(seen.headers[.contentType] == "application/problem+json")
            #expect(seen.code == "unauthenticated")
            #expect(seen.json["status"] == 401)
            #expect(seen.json["type"] == "urn:counterpoint:problem:unauthenticated")
        }
    }

    @Test(
        "A token of the wrong form and one that nobody knows get the same answer",
        arguments: ["cpt_short", "nonsense", "cpt_" + String(repeating: "x", count: 300)])
    func badToken(_ token: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let formless = try await client.ask(.get, "/v1/things/none", token: token)
            // The form is right here, so that the question goes to the registry.
            let unknown = try await client.ask(.get, "/v1/things/none", token: Bench.unknown)
            #expect(formless.status == 401)
            #expect(unknown.status == 401)
            #expect(formless.text == unknown.text)
            #expect(
                formless.headers[.wwwAuthenticate]
                    == "Bearer realm=\"counterpoint\", error=\"invalid_token\"")
            #expect(formless.headers[.wwwAuthenticate] == unknown.headers[.wwwAuthenticate])
        }
    }

    @Test("Somebody unknown learns nothing of what else is wrong")
    func unknownFirst() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            #expect(
                try await client.ask(.get, "/v1/things?limit=0", token: Bench.unknown).status == 401
            )
            #expect(
                try await client.ask(.post, "/v1/things", token: Bench.unknown, body: "{").status
                    == 401)
            #expect(
                try await client.ask(
                    .post, "/v1/things", token: Bench.unknown, [.contentType: "text/plain"],
                    body: "x"
                ).status == 401)
        }
    }

    @Test("An address that does not exist is 404, also with doubled or trailing slashes")
    func noAddress() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            for path in [
                "/", "/v1", "/v1/nothing", "/v1/things/", "//v1/things", "/v1//things",
                "/v1/../things", "/v1/thing%73", "/v1/things/a/b",
            ] {
                let seen = try await client.ask(.get, path)
                #expect(seen.status == 404, "\(path)")
                #expect(seen.code == "notFound")
            }
        }
    }

    @Test("What is no id is not there: the same 404 as for an id that is not there")
    func noId() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            for id in ["1", "%00", "%zz", "0B1F9F5E", "0b1f9f5e-8c1a-4f0e-9d3e-2f6a7b8c9d0e%00"] {
                let seen = try await client.ask(.get, "/v1/things/\(id)")
                #expect(seen.status == 404, "\(id)")
                #expect(seen.json["detail"]?.string == ErrorResponses.notFoundDetail)
            }
        }
    }

    @Test("A method that an address does not have is 405 with exactly what it has; OPTIONS agrees")
    func methods() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            for method in ["PUT", "DELETE", "TRACE", "CONNECT", "FOO", "PROPFIND"] {
                let seen = try await client.ask(.init(method)!, thing)
                #expect(seen.status == 405, "\(method)")
                #expect(seen.headers[.allow] == "GET, HEAD, OPTIONS, PATCH")
            }
            let options = try await client.ask(.options, thing)
            #expect(options.status == 204)
            #expect(options.headers[.allow] == "GET, HEAD, OPTIONS, PATCH")
            #expect(options.text.isEmpty)
            let list = try await client.ask(.patch, "/v1/things")
            #expect(list.headers[.allow] == "GET, HEAD, OPTIONS, POST")
        }
    }

    @Test("HEAD answers what GET answers, without the body")
    func head() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let get = try await client.ask(.get, thing)
            let head = try await client.ask(.head, thing)
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
            var expected = get.headers
            var found = head.headers
            expected[.requestId] = nil
            found[.requestId] = nil
            #expect(found == expected)
            #expect(get.headers[.contentLength] == String(get.text.utf8.count))
        }
    }

    @Test("Private answers are not kept by anybody on the way")
    func privacy() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            for path in [thing, "/v1/things/none", "/v1/nothing"] {
                let seen = try await client.ask(.get, path)
                #expect(seen.headers[.cacheControl] == "no-store")
                #expect(seen.headers[.xContentTypeOptions] == "nosniff")
            }
            #expect(try await client.ask(.get, thing).headers[.vary] == "Authorization, Accept")
        }
    }

    @Test("A sane request id is taken over, another is replaced")
    func requestIds() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let mine = try await client.ask(.get, thing, [.requestId: "a.B-9_z"])
            #expect(mine.headers[.requestId] == "a.B-9_z")
            for bad in ["", "a b", "ä", String(repeating: "a", count: 65), "a\u{1b}[0m", "x;y"] {
                let seen = try await client.ask(.get, thing, [.requestId: bad])
                let id = try #require(seen.headers[.requestId])
                #expect(id != bad)
                #expect(RequestId.isSane(id))
            }
        }
    }

    @Test("A fault that nobody planned for tells its request id and nothing else")
    func unplanned() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.get, "/v1/broken", [.requestId: "abc"])
            #expect(seen.status == 500)
            #expect(seen.json["requestId"] == "abc")
            #expect(!seen.text.contains("select"))
            #expect(!seen.text.contains("Unplanned"))
        }
    }

    @Test("An answer comes in a form that is accepted, or 406")
    func forms() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            func type(_ accept: String) async throws -> String? {
                try await client.ask(.get, "/v1/figures", [.accept: accept]).headers[.contentType]
            }
            #expect(try await type("*/*") == "application/json")
            #expect(try await type("text/csv")?.hasPrefix("text/csv; charset=utf-8") == true)
            #expect(
                try await type("text/csv, application/json;q=0.5")?.hasPrefix("text/csv") == true)
            #expect(try await type("text/*;q=0.1, application/json") == "application/json")
            #expect(try await type("text/html, */*;q=0.8") == "application/json")
            for refused in ["image/png", "application/json;q=0, image/png", "text/html"] {
                let seen = try await client.ask(.get, "/v1/figures", [.accept: refused])
                #expect(seen.status == 406, "\(refused)")
            }
        }
    }
}
