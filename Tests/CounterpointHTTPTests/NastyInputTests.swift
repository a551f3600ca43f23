// Bodies and queries that no honest client sends, at every route that takes one: a clean 4xx each, never a 5xx, and
// private answers are never kept by anybody on the way.

import CounterpointModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Input that no honest client sends")
struct NastyInputTests {
    /// None of these is a JSON text that we take, whatever the route.
    private static let documents: [(name: String, bytes: [UInt8])] = [
        ("nothing", []), ("half", utf8("{\"name\":")), ("two values", utf8("{} {}")),
        ("a name twice", utf8("{\"name\":\"a\",\"name\":\"b\"}")),
        ("a name twice, once escaped", utf8("{\"name\":\"a\",\"n\\u0061me\":\"b\"}")),
        ("a byte order mark", [0xEF, 0xBB, 0xBF] + utf8("{}")),
        ("UTF-16", [0xFF, 0xFE] + utf8("{}").flatMap { [$0, 0] }),
        ("UTF-16 without a mark", utf8("{}").flatMap { [0, $0] }),
        ("invalid UTF-8", utf8("{\"name\":\"") + [0xC3, 0x28] + utf8("\"}")),
        ("an overlong slash", utf8("{\"name\":\"") + [0xC0, 0xAF] + utf8("\"}")),
        ("a surrogate in UTF-8", utf8("{\"name\":\"") + [0xED, 0xA0, 0x80] + utf8("\"}")),
        ("a lone surrogate", utf8("{\"name\":\"\\ud800\"}")),
        ("surrogates in the wrong order", utf8("{\"name\":\"\\udc00\\ud800\"}")),
        ("NaN", utf8("{\"name\":NaN}")), ("Infinity", utf8("{\"name\":-Infinity}")),
        ("a control character", utf8("{\"name\":\"a\u{1}b\"}")),
        ("a raw NUL", utf8("{\"name\":\"a\u{0}b\"}")),
        ("a leading zero", utf8("{\"name\":01}")), ("hexadecimal", utf8("{\"name\":0x1}")),
        ("a comment", utf8("{/* */}")), ("a trailing comma", utf8("{\"name\":1,}")),
        ("33 levels", utf8(String(repeating: "[", count: 33) + String(repeating: "]", count: 33))),
        ("100,000 levels", utf8(String(repeating: "[", count: 100_000))),
        ("257 members", utf8("{" + (0..<257).map { "\"m\($0)\":1" }.joined(separator: ",") + "}")),
        ("a number of 65 digits", utf8("{\"name\":" + String(repeating: "9", count: 65) + "}")),
    ]

    /// JSON, and nothing that a route of ours takes.
    private static let values: [(name: String, bytes: [UInt8])] = [
        ("an array", utf8("[]")), ("null", utf8("null")), ("a text", utf8("\"x\"")),
        ("a NUL in a text", utf8("{\"name\":\"a\\u0000b\"}")),
        ("1e400", utf8("{\"name\":1e400}")),
        ("a member of no route", utf8("{\"__proto__\":{\"admin\":true}}")),
    ]

    private static func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("Every route that takes JSON answers each with 400 or 422 and goes on")
    func everyRoute() async throws {
        try await World.with { world in
            var asked = 0
            for endpoint in world.endpoints {
                guard
                    let type = endpoint.operation.body?.contents.map(\.type).first(where: {
                        $0.rawValue.hasSuffix("json")
                    })
                else { continue }
                let path = endpoint.path.text.split(separator: "/").map {
                    $0.hasPrefix("{") ? "3f2c1c1e-8a52-4b1e-9d5f-000000000000" : String($0)
                }.joined(separator: "/")
                for document in Self.documents + Self.values {
                    let status = try await status(
                        world, endpoint.method, "/" + path, type, document.bytes)
                    asked += 1
                    let isSyntax = Self.documents.contains { $0.name == document.name }
                    #expect(
                        isSyntax ? status == 400 : [400, 403, 404, 422].contains(status),
                        "\(endpoint.method) /\(path): \(document.name): \(status)")
                }
            }
            print("nasty bodies: \(asked) asked")
            #expect(asked > 300)
        }
    }

    private func status(
        _ world: World, _ method: HTTPRequest.Method, _ path: String,
        _ type: CounterpointHTTP.MediaType,
        _ bytes: [UInt8]
    ) async throws -> Int {
        try await world.client.execute(
            uri: path, method: method,
            headers: [
                .authorization: "Bearer \(World.token(of: world.test.manager))",
                .contentType: type.rawValue, .ifMatch: "\"1\"",
            ], body: ByteBuffer(bytes: bytes)
        ) { $0.status.code }
    }

    @Test("Figures that no 64 bits hold, or that are none, are refused by name")
    func figures() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign()
            let path = "/v1/campaigns/\(campaign.id)/result-sets"
            for value in [
                "9223372036854775808", "-9223372036854775809", "1e400", "1e2", "1.5", "-1",
                "\"NaN\"",
                "true", "null", "[1]", "{\"lower\":5,\"upper\":4}",
                "{\"lower\":9223372036854775808}",
            ] {
                let seen = try await world.ask(
                    .post, path, as: world.test.editor,
                    text: """
                        {"channel":"meta","from":"2023-05-01","to":"2023-05-31",
                         "readings":[{"metric":"impressions","value":\(value)}]}
                        """)
                #expect([400, 422].contains(seen.status), "\(value): \(seen.status) \(seen.text)")
                #expect(seen.pointers.contains { $0.hasPrefix("/readings/0") }, "\(value)")
            }
            for amount in [
                "1e400", "\"1e400\"", "\"NaN\"", "12.5", "\"99999999999999999999.00\"", "\"-1\"",
            ] {
                let seen = try await world.ask(
                    .post, path, as: world.test.editor,
                    text: """
                        {"channel":"meta","from":"2023-05-01","to":"2023-05-31","readings":[
                         {"metric":"spend","value":{"amount":\(amount),"currency":"EUR"}}]}
                        """)
                #expect([400, 422].contains(seen.status), "\(amount): \(seen.status) \(seen.text)")
            }
        }
    }

    @Test("Queries that cannot be read are 400 with the parameter's name")
    func queries() async throws {
        try await World.with { world in
            for query in [
                "limit=99999999999999999999", "limit=-1", "limit=1e3", "limit=", "limit=0x10",
                "limit=%00",
                "cursor=%00", "cursor=%ff", "name=%00", "name=a%00b", "name=%ed%a0%80",
                "name=%c0%af",
                "name=%zz", "name=%", "standing=%00", "programme=%00", "country=%00", "%00=1",
                "limit=1&limit=2", "unknown=1", "cursor=" + String(repeating: "A", count: 600),
            ] {
                let seen = try await world.ask(
                    .get, "/v1/organisations?\(query)", as: world.test.manager)
                #expect(seen.status == 400, "\(query): \(seen.status)")
            }
        }
    }

    @Test("A cursor with one character changed, or of another list or reader, is 400")
    func cursors() async throws {
        try await World.with { world in
            let first = try await world.ask(
                .get, "/v1/organisations?limit=1", as: world.test.manager)
            let next = try #require(first.json["next"]?.string)
            let cursor = next
            let second = try await world.ask(
                .get, "/v1/organisations?limit=1&cursor=\(cursor)", as: world.test.manager)
            #expect(second.status == 200)
            var generator = SystemRandomNumberGenerator()
            let alphabet = Array("0123456789abcdefxyzABC-_.~")
            for _ in 0..<60 {
                var characters = Array(cursor)
                let place = characters.indices.randomElement(using: &generator)!
                let replacement = alphabet.randomElement(using: &generator)!
                guard characters[place].lowercased() != replacement.lowercased() else { continue }
                characters[place] = replacement
                let seen = try await world.ask(
                    .get, "/v1/organisations?limit=1&cursor=\(String(characters))",
                    as: world.test.manager)
                #expect(seen.status == 400, "\(String(characters))")
            }
            for (path, caller) in [
                ("/v1/programmes", world.test.manager),
                ("/v1/organisations?country=UA", world.test.manager),
                ("/v1/organisations", world.test.auditor),
            ] {
                let mark = path.contains("?") ? "&" : "?"
                let seen = try await world.ask(.get, "\(path)\(mark)cursor=\(cursor)", as: caller)
                #expect(seen.status == 400, "\(path)")
            }
        }
    }

    @Test("A private answer is kept by nobody, whatever its status")
    func notKept() async throws {
        try await World.with { world in
            var asked = 0
            for endpoint in world.endpoints where endpoint.method == .get {
                guard endpoint.operation.access == .bearer else { continue }
                let path = endpoint.path.text.replacing("{", with: "x").replacing("}", with: "")
                for method in [HTTPRequest.Method.get, .head] {
                    let seen = try await world.ask(method, path, as: world.test.manager)
                    asked += 1
                    #expect(seen.headers[.cacheControl] == "no-store", "\(method) \(path)")
                    let unknown = try await world.client.ask(method, path, token: Bench.unknown)
                    #expect(unknown.headers[.cacheControl] == "no-store", "\(method) \(path)")
                }
            }
            #expect(asked > 30)
        }
    }
}
