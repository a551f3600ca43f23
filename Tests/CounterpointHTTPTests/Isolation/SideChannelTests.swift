// What an answer gives away beside its contents: that something exists, what it is called, that somebody used a key. Each
// test asks for another's and for nothing and compares the bytes, or looks for another's words where they must not be.

import CounterpointModel
import CounterpointRecords
import Glibc
import HTTPTypes
import HummingbirdTesting
import Logging
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Side channels")
struct SideChannelTests {
    /// A way in which a request may be wrong, or look at an answer from the side.
    private struct Slant: Sendable {
        var name: String
        var fits: @Sendable (RouteQuestion) -> Bool
        var bend: @Sendable (inout RouteQuestion, inout HTTPFields) -> Void
    }

    private static let slants: [Slant] = [
        Slant(name: "HEAD", fits: { $0.method == .get }) { question, _ in question.method = .head },
        Slant(name: "If-None-Match: *", fits: { $0.method == .get }) { $1[.ifNoneMatch] = "*" },
        Slant(name: "an unknown parameter", fits: { _ in true }) { question, _ in
            question.uri += (question.uri.contains("?") ? "&" : "?") + "nothing=1"
        },
        Slant(name: "a form that is not given", fits: { _ in true }) { $1[.accept] = "image/png" },
        Slant(name: "no JSON", fits: { $0.body != nil }) { question, _ in question.body = "{" },
        Slant(name: "an empty body", fits: { $0.body != nil }) { question, _ in question.body = "{}"
        },
        Slant(name: "an unknown member", fits: { $0.body != nil }) { question, _ in
            question.body = #"{"nothing":1}"#
        },
        Slant(name: "another media type", fits: { $0.body != nil }) {
            $1[.contentType] = "text/plain"
        },
        Slant(name: "a table", fits: { $0.body != nil }) { question, headers in
            headers[.contentType] = "text/csv"
            question.body =
                "channel,from,to,metric,value\r\nyoutube,2023-04-01,2023-04-30,reach,x\r\n"
        },
        Slant(name: "no If-Match", fits: { $0.needsVersion }) { $1[.ifMatch] = nil },
        Slant(name: "a stale If-Match", fits: { $0.needsVersion }) { $1[.ifMatch] = "\"999\"" },
        Slant(name: "the first If-Match", fits: { $0.needsVersion }) { $1[.ifMatch] = "\"1\"" },
        Slant(name: "a key", fits: { $0.method != .get }) { $1[.idempotencyKey] = "key" },
    ]

    @Test("Whatever is wrong with a request, another's is answered as nothing is")
    func slanted() async throws {
        let compared = try await RouteMatrixTests.withService { world, client in
            let served = try await client.ask(.get, "/openapi.json", token: nil)
            let questions = try RouteQuestions(world: world, document: served.json).all()
            var compared = 0
            for caller in ["eA", "F1", "N"] {
                let token = try World.token(of: #require(world.callers[caller]))
                // What the caller cannot see, by asking plainly; then each of it from the side.
                for (heading, own) in Dictionary(grouping: questions, by: \.heading) {
                    guard let nothing = own.first(where: { $0.target == "absent" }),
                        own[0].uri.contains(own[0].ids.first ?? "?"), heading.contains("{")
                    else { continue }
                    for question in own where question.target != "absent" {
                        guard
                            try await Self.ask(question, nil, token, client).bytes
                                == Self.ask(nothing, nil, token, client).bytes
                        else { continue }
                        for slant in Self.slants where slant.fits(question) {
                            let theirs = try await Self.ask(question, slant, token, client)
                            let absent = try await Self.ask(nothing, slant, token, client)
                            #expect(
                                theirs.bytes == absent.bytes,
                                "\(heading) as \(caller) with \(slant.name): \(question.target) is told from nothing"
                            )
                            compared += 1
                        }
                    }
                }
            }
            return compared
        }
        print("isolation, side channels: \(compared) pairs compared")
        #expect(compared > 500)
    }

    private struct Answer {
        var status: Int
        var bytes: String
    }

    private static func ask(
        _ question: RouteQuestion, _ slant: Slant?, _ token: String,
        _ client: any TestClientProtocol
    ) async throws -> Answer {
        var question = question
        var headers: HTTPFields = [:]
        if question.needsVersion { headers[.ifMatch] = "*" }
        if let type = question.mediaType { headers[.contentType] = type }
        slant?.bend(&question, &headers)
        let seen = try await client.ask(
            question.method, question.uri, token: token, headers, body: question.body)
        var text = seen.text
        for id in question.ids { text = text.replacing(id, with: "{id}") }
        let fields = seen.headers.filter { $0.name != .requestId && $0.name != .date }.map {
            "\($0.name): \($0.value)"
        }.sorted()
        return Answer(
            status: seen.status, bytes: "\(seen.status) \(fields.joined(separator: "; "))\n\(text)")
    }

    // MARK: Words

    @Test(
        "Another's words are in no answer to those whose they are not, and nobody's are in the log")
    func canary() async throws {
        let book = LogBook()
        let canary = IsolationWorld.canary
        let asked = try await RouteMatrixTests.withService(logger: book.logger) { world, client in
            let served = try await client.ask(.get, "/openapi.json", token: nil)
            let questions = try RouteQuestions(world: world, document: served.json).all()
            var asked = 0
            // eB's own words are shown to eB, and M is told those of programme P; the log holds neither.
            for caller in ["eA", "vA", "eB", "M"] {
                let token = try World.token(of: #require(world.callers[caller]))
                for question in questions
                where question.method == .get || question.target == "absent" {
                    let answer = try await Self.ask(question, nil, token, client)
                    asked += 1
                    guard caller.hasSuffix("A") else { continue }
                    #expect(
                        !answer.bytes.contains(canary),
                        "\(question.heading) \(question.target) as \(caller): \(answer.bytes)")
                }
            }
            // Writes with words of one's own, right and wrong.
            let own = try #require(world.callers["eB"])
            let token = World.token(of: own)
            let holding = try #require(world.holdings["Bp"])
            for body in [
                #"{"name":"\#(canary)"}"#, #"{"name":"\#(canary)","\#(canary)":"\#(canary)"}"#,
                #"{"name":"\#(canary)""#, #"{"brief":{"goal":"\#(canary)"}}"#,
            ] {
                _ = try await client.ask(
                    .patch, "/v1/campaigns/\(holding.campaign)", token: token,
                    [
                        .ifMatch: "*", .contentType: "application/json",
                        .idempotencyKey: "\(canary)\(asked)",
                    ],
                    body: body)
                asked += 1
            }
            for text in [
                "a,\(canary)\r\n", "channel,from,to,metric,value\r\n\(canary),2,3,4,5\r\n",
            ] {
                _ = try await client.ask(
                    .post, "/v1/campaigns/\(holding.campaign)/result-sets?dryRun=true",
                    token: token,
                    [
                        .contentType: "text/csv",
                        .contentDisposition: "attachment; filename=\"\(canary).csv\"",
                    ],
                    body: text)
                asked += 1
            }
            _ = try await client.ask(.get, "/v1/campaigns?\(canary)=\(canary)", token: token)
            _ = try await client.ask(.get, "/v1/campaigns?cursor=\(canary)", token: token)
            let secrets = world.callers.values.map { World.token(of: $0) }
            for line in book.lines {
                #expect(!line.contains(canary), "\(line)")
                #expect(!secrets.contains(where: line.contains), "\(line)")
            }
            return asked
        }
        #expect(book.lines.count >= asked)
        print(
            "isolation, side channels: \(asked) answers and \(book.lines.count) log lines read for another's words"
        )
    }

    @Test("A funder is told neither small numbers of people nor names that are not published")
    func published() async throws {
        try await RouteMatrixTests.withService { world, client in
            let paths = [
                "/v1/summaries/results?groupBy=campaign", "/v1/summaries/results?groupBy=month",
                "/v1/summaries/results?groupBy=organisation", "/v1/organisations", "/v1/campaigns",
                "/v1/grants",
                "/v1/result-sets/\(world.sets["A.accepted"]!)",
                "/v1/campaigns/\(world.holdings["A"]!.campaign)",
            ]
            var texts: [String: String] = [:]
            for caller in ["F1", "M"] {
                let token = try World.token(of: #require(world.callers[caller]))
                for path in paths {
                    for type in ["application/json", "text/csv"]
                    where type != "text/csv" || path.contains("summaries") {
                        let seen = try await client.ask(.get, path, token: token, [.accept: type])
                        #expect(seen.status == 200, "\(path): \(seen.text)")
                        texts[caller, default: ""] += seen.text + "\n"
                    }
                }
            }
            let small = #/"comments":\{?"?(value"?:)?"?(4|8|12)\b|comments,[^\n]*,(4|8|12)\b/#
            #expect(texts["M"]?.contains(small) == true, "\(texts["M"] ?? "")")
            #expect(texts["F1"]?.contains(small) == false, "\(texts["F1"] ?? "")")
            #expect(texts["F1"]?.contains(IsolationWorld.canary) == false, "\(texts["F1"] ?? "")")
            for name in ["NGO A", "Campaign A", "Grant A", "Goal", "W"].map({ $0 + "\"" }) {
                #expect(
                    texts["F1"]?.contains("\"" + name) == false, "\(name): \(texts["F1"] ?? "")")
            }
            for id in [
                world.organisations["W"]!, world.holdings["W"]!.campaign,
                world.holdings["W"]!.grant,
            ] {
                #expect(texts["F1"]?.contains(id) == false)
                #expect(texts["M"]?.contains(id) == true)
            }
        }
    }

    @Test("The database's own log holds neither words nor tokens")
    func serverLog() async throws {
        let folder = try #require(getenv("COUNTERPOINT_TEST_CLUSTER").map { String(cString: $0) })
        try await IsolationWorld.with { world, test in
            // Refusals of every kind, with values in them.
            let eB = try #require(world.callers["eB"])
            let campaign = try #require(Campaign.ID(world.holdings["Bp"]!.campaign))
            for _ in 0..<2 {
                _ = try? await test.service.logResultSet(
                    NewResultSet(
                        channel: .youtube,
                        period: Period(from: Day(iso: "2023-04-01")!, to: Day(iso: "2023-04-30")!)!,
                        readings: [], note: IsolationWorld.canary), for: campaign, as: eB)
            }
            let log = try #require(Self.text(of: folder + "/server.log"))
            #expect(log.contains("ready to accept connections"))
            #expect(!log.contains(IsolationWorld.canary))
            for caller in world.callers.values { #expect(!log.contains(World.token(of: caller))) }
        }
    }

    private static func text(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Names of things

    @Test("Keys, cursors and tags of another are of no use, and tell nothing")
    func names() async throws {
        try await RouteMatrixTests.withService { world, client in
            let mine = try World.token(of: #require(world.callers["eA"]))
            let theirs = try World.token(of: #require(world.callers["eB"]))
            // A key that the rival used is free for me, and I am not given the rival's answer.
            let body =
                #"{"organisationId":"\#(world.organisations["A"]!)","name":"Mine","startsOn":"2024-01-01","endsOn":"2024-01-02"}"#
            let key: HTTPFields = [.idempotencyKey: "the-same", .contentType: "application/json"]
            let first = try await client.ask(
                .post, "/v1/campaigns", token: theirs, key,
                body: body.replacing(world.organisations["A"]!, with: world.organisations["B"]!))
            #expect(first.status == 201, "\(first.text)")
            let own = try await client.ask(.post, "/v1/campaigns", token: mine, key, body: body)
            #expect(own.status == 201, "\(own.text)")
            #expect(own.headers[.idempotencyReplayed] == nil)
            #expect(own.json["id"] != first.json["id"])
            // A cursor of the rival's is to me what no cursor is.
            let page = try await client.ask(.get, "/v1/campaigns?limit=1", token: theirs)
            let cursor = try #require(page.json["next"]?.string)
            let used = try await client.ask(
                .get, "/v1/campaigns?limit=1&cursor=\(cursor)", token: mine)
            let none = try await client.ask(
                .get, "/v1/campaigns?limit=1&cursor=\(String(repeating: "0", count: cursor.count))",
                token: mine)
            #expect(used.status == 400 && used.text == none.text)
            // The rival's tag opens nothing.
            let path = "/v1/campaigns/\(world.holdings["Bp"]!.campaign)"
            let tag = try #require(try await client.ask(.get, path, token: theirs).headers[.eTag])
            for fields: HTTPFields in [[.ifNoneMatch: tag], [.ifNoneMatch: "\"x\""]] {
                let seen = try await client.ask(.get, path, token: mine, fields)
                #expect(seen.status == 404 && seen.headers[.eTag] == nil)
            }
        }
    }

    @Test("What a body names of another's is what it names of nothing")
    func references() async throws {
        try await RouteMatrixTests.withService { world, client in
            func pair(
                _ caller: String, _ method: HTTPRequest.Method, _ path: String, _ body: String,
                _ ids: [String]
            ) async throws {
                let token = try World.token(of: #require(world.callers[caller]))
                var seen: Set<String> = []
                for id in ids + [RouteQuestion.absent] {
                    let answer = try await client.ask(
                        method, path, token: token,
                        [.ifMatch: "*", .contentType: "application/json"],
                        body: body.replacing("{id}", with: id))
                    #expect((400..<500).contains(answer.status), "\(body): \(answer.text)")
                    seen.insert("\(answer.status) \(answer.text.replacing(id, with: "{id}"))")
                }
                #expect(seen.count == 1, "\(caller) \(path) \(body): \(seen)")
            }
            let own = world.holdings["A"]!
            let others = ["Bp", "Bq"].map { world.holdings[$0]! }
            let newCampaign =
                #"{"organisationId":"\#(own.organisation)","grantIds":["{id}"],"name":"x","startsOn":"2024-01-01","endsOn":"2024-01-02"}"#
            try await pair("eA", .post, "/v1/campaigns", newCampaign, others.map(\.grant))
            try await pair(
                "eA", .patch, "/v1/campaigns/\(own.campaign)", #"{"grantIds":["{id}"]}"#,
                others.map(\.grant))
            let newSet =
                #"{"channel":"youtube","from":"2024-05-01","to":"2024-05-31","supersedes":"{id}","readings":[{"metric":"impressions","value":1}]}"#
            let sets = world.sets.filter { !$0.key.hasPrefix("A") }.map(\.value)
            try await pair("eA", .post, "/v1/campaigns/\(own.campaign)/result-sets", newSet, sets)
            try await pair(
                "eA", .patch, "/v1/result-sets/\(world.sets["A.draft"]!)",
                #"{"supersedes":"{id}"}"#, sets)
            try await pair(
                "M", .patch, "/v1/programmes/\(own.programme)", #"{"funderIds":["{id}"]}"#,
                [world.organisations["G"]!])
            try await pair(
                "M", .post, "/v1/organisations/\(own.organisation)/merges",
                #"{"organisationId":"{id}","reason":"x"}"#, [world.organisations["G"]!])
            // A register's number that an organisation has which the manager cannot see is free to them.
            let token = try World.token(of: #require(world.callers["N"]))
            let numbers = ["00000002", "00000009"]
            for number in numbers {
                let made = try await client.ask(
                    .post, "/v1/organisations", token: token,
                    body:
                        #"{"name":"New \#(number)","kind":"civilSociety","country":"UA","identifiers":[{"scheme":"GB-COH","id":"\#(number)"}]}"#
                )
                #expect(made.status == 201, "\(made.text)")
            }
            // Days that a draft covers are taken; whose draft, and which, a manager is not told.
            let manager = try World.token(of: #require(world.callers["M"]))
            let taken = try await client.ask(
                .post, "/v1/campaigns/\(own.campaign)/result-sets", token: manager,
                body:
                    #"{"channel":"youtube","from":"2023-04-01","to":"2023-04-30","readings":[{"metric":"impressions","value":1}]}"#
            )
            #expect(taken.status == 409, "\(taken.text)")
            #expect(!taken.text.contains(world.sets["A.draft"]!), "\(taken.text)")
        }
    }
}
