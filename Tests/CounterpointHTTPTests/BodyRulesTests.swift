// Bodies: their type, size and form, before any handler sees them; and keys that make writes
// repeatable.

import CounterpointModel
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import CounterpointHTTP

private let thing = "/v1/things/0b1f9f5e-8c1a-4f0e-9d3e-2f6a7b8c9d0e"

@Suite("Bodies and keys")
struct BodyRulesTests {
    @Test(
        "Another media type is 415 and says what is taken",
        arguments: [
            "text/plain", "application/xml", "application/json; charset=latin1", "json", "",
        ])
    func mediaTypes(_ type: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let post = try await client.ask(.post, "/v1/things", [.contentType: type], body: "{}")
            #expect(post.status == 415)
            #expect(post.headers[.acceptPost] == "application/json")
            let patch = try await client.ask(
                .patch, thing, [.contentType: type, .ifMatch: "*"], body: "{}")
            #expect(patch.status == 415)
            #expect(
                patch.headers[.acceptPatch] == "application/merge-patch+json, application/json")
        }
    }

    @Test("JSON with a charset, and merge patches, are taken")
    func goodTypes() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let post = try await client.ask(
                .post, "/v1/things", [.contentType: "Application/JSON; Charset=\"UTF-8\""],
                body: "{\"a\":1}")
            #expect(post.status == 201)
            #expect(post.json["body"]?["a"] == 1)
            #expect(post.headers[.location] == "/v1/things/1")
            let patch = try await client.ask(
                .patch, thing, [.contentType: "application/merge-patch+json", .ifMatch: "*"],
                body: "{}")
            #expect(patch.status == 200)
        }
    }

    @Test(
        "What is no JSON of ours is 400 with a place",
        arguments: [
            "{\"a\":", "", "{\"a\":1,\"a\":2}", "\u{FEFF}{}", "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\ud800\"}", "[1,]", "{\"a\":1e}", "nul", "{} {}",
            String(repeating: "[", count: 10_000),
        ])
    func malformed(_ body: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.post, "/v1/things", body: body)
            #expect(seen.status == 400)
            #expect(seen.json["errors"]?.array?.count == 1)
            #expect(seen.text.utf8.count < 1_000)
        }
    }

    @Test("A body beyond its limit is 413, announced or not")
    func tooLarge() async throws {
        try await Bench.application().test(.live) { client async throws -> Void in
            let body = String(repeating: "x", count: 3_000)
            let seen = try await client.ask(
                .post, "/v1/files", [.contentType: "application/json"], body: body)
            #expect(seen.status == 413)
            #expect(seen.code == "bodyTooLarge")
            // The connection is still good for the next.
            #expect(try await client.ask(.get, thing).status == 200)
        }
    }

    @Test("A large body of somebody unknown is not read")
    func unknownLarge() async throws {
        try await Bench.application().test(.live) { client async throws -> Void in
            let body = String(repeating: "a,b\n", count: 1_000_000)
            let seen = try await client.ask(
                .post, "/v1/files", token: Bench.unknown, [.contentType: "text/csv"], body: body)
            #expect(seen.status == 401)
        }
    }

    @Test("A large body of somebody known is taken whole, with its file's name")
    func large() async throws {
        try await Bench.application().test(.live) { client async throws -> Void in
            let body = String(repeating: "a,b\n", count: 1_000_000)
            let seen = try await client.ask(
                .post, "/v1/files",
                [
                    .contentType: "text/csv",
                    .contentDisposition: "attachment; filename=\"results 2017.csv\"",
                ], body: body)
            #expect(seen.json["bytes"] == 4_000_000)
            #expect(seen.json["name"] == "results 2017.csv")
        }
    }

    @Test("A body where none is taken is refused")
    func unexpected() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(.get, thing, body: "{}")
            #expect(seen.status == 400)
            #expect(seen.code == "unexpectedBody")
        }
    }

    @Test("A key may be bare or quoted, and means the same")
    func keys() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            func key(_ value: String) async throws -> JSONValue? {
                try await client.ask(
                    .post, "/v1/things", [.idempotencyKey: value], body: "{}"
                ).json["key"]
            }
            #expect(try await key("k-1") == "k-1")
            #expect(try await key("\"k-1\"") == "k-1")
            #expect(try await key("\"a\\\"b\\\\\"") == "a\"b\\")
            #expect(try await key(String(repeating: "k", count: 255)) != nil)
        }
    }

    @Test(
        "A key of another form is 400",
        arguments: ["", "\"\"", "a b", "\"open", "ä", "a\"b", String(repeating: "k", count: 256)])
    func badKeys(_ key: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(
                .post, "/v1/things", [.idempotencyKey: key], body: "{}")
            #expect(seen.status == 400)
            #expect(seen.pointers == ["Idempotency-Key"])
        }
    }

    @Test("The fingerprint covers method, address with query, type and body")
    func fingerprints() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            func print(_ body: String, _ type: String = "application/json") async throws
                -> JSONValue?
            {
                try await client.ask(
                    .post, "/v1/things", [.idempotencyKey: "k", .contentType: type], body: body
                ).json["fingerprint"]
            }
            let first = try await print("{}")
            #expect(first != nil)
            #expect(try await print("{}") == first)
            #expect(try await print("{ }") != first)
            #expect(try await print("{}", "application/json; charset=utf-8") != first)
        }
    }

    @Test("Neither one caller nor strangers have all of it")
    func shares() throws {
        let budget = BodyBudget(most: 100, ofOne: 40, ofStrangers: 30)
        func note() -> CallerNote {
            let note = CallerNote()
            note.tenant = UUID()
            return note
        }
        let (one, other) = (note(), note())
        let held = (BodyLease(budget, of: one), BodyLease(budget, of: one), BodyLease(budget))
        try held.0.take(30)
        #expect(throws: Problem.self) { try held.1.take(11) }
        try held.2.take(25)
        #expect(!budget.hasRoomForStranger(6) && budget.hasRoomForStranger(5))
        #expect(throws: Problem.self) { try BodyLease(budget).take(6) }
        // Who is known has room, and a lease counts for whom it was taken.
        let late = CallerNote()
        do {
            let lease = BodyLease(budget, of: late)
            try lease.take(5)
            late.tenant = other.tenant
            try lease.take(40)
            #expect(throws: Problem.self) { try BodyLease(budget, of: other).take(1) }
            #expect(budget.bytesHeld == 100)
        }
        #expect(budget.bytesHeld == 55)
        withExtendedLifetime(held) {}
    }

    @Test("What bodies hold in memory is bounded, and given back")
    func budget() throws {
        let budget = BodyBudget(most: 100)
        do {
            let lease = BodyLease(budget)
            try lease.take(60)
            #expect(throws: Problem.self) { try BodyLease(budget).take(41) }
            try BodyLease(budget).take(40)
            #expect(budget.bytesHeld == 60)
            withExtendedLifetime(lease) {}
        }
        #expect(budget.bytesHeld == 0)
    }
}
