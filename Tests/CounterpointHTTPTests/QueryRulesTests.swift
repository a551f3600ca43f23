// Query parameters: every fault at once, and nothing that is not declared.

import CounterpointModel
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import CounterpointHTTP

@Suite("Query parameters")
struct QueryRulesTests {
    @Test("Every fault is told at once, each with the parameter's name")
    func allAtOnce() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(
                .get,
                "/v1/things?limit=0&status=lost&colour=red&from=2017-02-30&groupBy=channel,day&x%zz=1"
            )
            #expect(seen.status == 400)
            #expect(seen.code == "malformedInput")
            #expect(seen.pointers == ["limit", "status", "colour", "from", "groupBy", "x%zz"])
        }
    }

    @Test(
        "limit is 1 to 500 and nothing else",
        arguments: ["0", "-1", "abc", "1000000000", "501", "", "1.5", "+5", "05", "1e2", "٣"])
    func badLimit(_ limit: String) async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let seen = try await client.ask(
                .get, "/v1/things?limit=\(limit.replacing("٣", with: "%D9%A3"))")
            #expect(seen.status == 400)
            #expect(seen.pointers == ["limit"])
        }
    }

    @Test("limit has a default and its two ends")
    func goodLimit() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            #expect(try await client.ask(.get, "/v1/things").json["limit"] == 50)
            #expect(try await client.ask(.get, "/v1/things?limit=1").json["limit"] == 1)
            #expect(try await client.ask(.get, "/v1/things?limit=500").json["limit"] == 500)
        }
    }

    @Test("A single parameter given twice is refused, a repeatable one is not")
    func repeated() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let twice = try await client.ask(.get, "/v1/things?limit=5&limit=5")
            #expect(twice.status == 400)
            #expect(twice.json["errors"]?[0]?["code"] == "repeatedParameter")
            let channels = try await client.ask(.get, "/v1/things?channel=x&channel=youtube")
            #expect(channels.json["channels"] == ["x", "youtube"])
        }
    }

    @Test("Text is percent-decoded UTF-8 without NUL")
    func decoding() {
        #expect(QueryValues.decoded("a%20b+c") == "a b c")
        #expect(QueryValues.decoded("%D0%9C") == "М")
        #expect(QueryValues.decoded("%00") == nil)
        #expect(QueryValues.decoded("%ff") == nil)
        #expect(QueryValues.decoded("%2") == nil)
        #expect(QueryValues.decoded("%zz") == nil)
        #expect(QueryValues.decoded("%ed%a0%80") == nil, "a lone surrogate")
    }

    @Test("An instant needs its plus sign encoded")
    func instants() async throws {
        try await Bench.application().test(.router) { client async throws -> Void in
            let good = try await client.ask(.get, "/v1/things?asOf=2017-03-30T12:00:00%2B02:00")
            #expect(good.status == 200)
            let bad = try await client.ask(.get, "/v1/things?asOf=2017-03-30T12:00:00+02:00")
            #expect(bad.status == 400)
            #expect(bad.text.contains("%2B"))
        }
    }
}
