// What a funder is told over HTTP: bodies, tags and headers, before and after things change that are not published.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("A funder's view") struct FunderViewTests {
    private static let january = Period(from: Day(iso: "2023-01-01")!, to: Day(iso: "2023-01-31")!)!

    @Test("What is not published changes no byte of any answer")
    func nothingShowsThrough() async throws {
        try await World.with { world in
            let named = try await world.test.campaign("Named")
            try await world.test.accept(Self.figures(7), for: named)
            let aliased = try await Partner(world.test, "Valley Mothers", .alias)
            let quiet = try await aliased.campaign("Mothers of the Valley", in: world.test)
            try await aliased.accept(Self.figures(8), for: quiet, in: world.test)
            let hidden = try await Partner(world.test, "Hidden House", .withheld)
            let idle = try await hidden.campaign("Hidden campaign", in: world.test)

            let paths = try await Self.paths(
                world,
                beside: [
                    "/v1/campaigns/\(idle.id)", "/v1/organisations/\(hidden.organisation.id)",
                    "/v1/grants/\(hidden.grant.id)",
                    "/v1/summaries/results?organisation=\(hidden.organisation.id)",
                ])
            #expect(paths.count > 60)
            let before = try await Self.answers(world, paths)
            for answer in before {
                for word in ["Valley", "Mothers", "Hidden", "valley.csv"] {
                    #expect(!answer.contains(word), "\(word) in \(answer)")
                }
            }

            try await hidden.accept(Self.figures(900), for: idle, in: world.test)
            _ = try await world.test.registry.changeCampaign(
                quiet.id,
                try CampaignChange(["name": "Mothers, again", "brief": ["goal": "Ours"]]),
                expecting: quiet.version, as: aliased.editor)
            #expect(try await Self.answers(world, paths) == before)

            // Other's, hidden and absent: one answer.
            let absent = try await world.ask(
                .get, "/v1/campaigns/\(Campaign.ID.random())", as: world.test.funder)
            let secret = try await world.ask(
                .get, "/v1/campaigns/\(idle.id)", as: world.test.funder)
            #expect(absent.status == 404 && secret.status == 404)
        }
    }

    private static func figures(_ contacts: Int64) -> NewResultSet {
        NewResultSet(
            channel: .meta, period: january,
            readings: [
                Reading(metric: .impressions, period: january, value: ExactDecimal(5_000)),
                Reading(
                    metric: .helpSeekingContacts, period: january, value: ExactDecimal(contacts)),
            ],
            note: "Valley Mothers",
            source: SourceFile(
                name: "valley.csv", bytes: 99, sha256: String(repeating: "ab", count: 32)))
    }

    /// Lists, everything they link to, summaries divided in every way, and their receipts.
    private static func paths(_ world: World, beside: [String]) async throws -> [String] {
        var paths = beside
        for list in ["organisations", "programmes", "grants", "campaigns", "result-sets"] {
            paths += ["/v1/\(list)", "/v1/\(list)?limit=1"]
            let seen = try await world.ask(.get, "/v1/\(list)", as: world.test.funder)
            for item in seen.json["items"]?.array ?? [] {
                guard let id = item["id"]?.string else { continue }
                paths.append("/v1/\(list)/\(id)")
                if list == "campaigns" {
                    paths.append("/v1/campaigns/\(id)/result-sets")
                    paths.append("/v1/summaries/results?campaign=\(id)&receipts=true")
                }
            }
        }
        let dimensions = GroupDimension.allCases.map(\.rawValue)
        for first in [""] + dimensions {
            for second in [""] + dimensions where second != first || first.isEmpty {
                let groups = [first, second].filter { !$0.isEmpty }.joined(separator: ",")
                let query = "/v1/summaries/results" + (groups.isEmpty ? "" : "?groupBy=\(groups)")
                paths.append(query)
                let seen = try await world.ask(.get, query, as: world.test.funder)
                for group in (seen.json["groups"]?.array ?? []).prefix(1) {
                    if let receipt = group["receipt"]?.string {
                        paths.append("/v1/receipts/\(receipt)")
                    }
                }
            }
        }
        return paths
    }

    /// Each answer as one text: status, headers but for the request's id, body but for the moment of answering.
    private static func answers(_ world: World, _ paths: [String]) async throws -> [String] {
        var answers: [String] = []
        for path in paths {
            for accepted in path.contains("summaries") ? ["application/json", "text/csv"] : [""] {
                let seen = try await world.ask(
                    .get, path, as: world.test.funder, accepted.isEmpty ? [:] : [.accept: accepted])
                let headers = seen.headers.filter {
                    !["x-request-id", "request-id", "date"].contains($0.name.canonicalName)
                }.map { "\($0.name): \($0.value)" }.sorted()
                var body = seen.text
                if case .object(var object) = seen.json, object["asOf"] != nil {
                    object["asOf"] = .null
                    body = JSONValue.object(object).text
                }
                if case .object(var object) = seen.json, object["requestId"] != nil {
                    object["requestId"] = .null
                    body = JSONValue.object(object).text
                }
                answers.append(
                    ([path, String(seen.status)] + headers + [body]).joined(separator: "\n"))
            }
        }
        return answers
    }
}
