// What a dry run tells an officer: the figures that would be drafted, what was noticed, and what is asked.

import CounterpointModel
import HTTPTypes
import HummingbirdTesting
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Dry runs")
struct DryRunTests {
    @Test("The figures of each set stand in the answer before anything is stored")
    func figures() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.meta])
            let text = """
                Campaign name,Reach,Impressions,Amount spent (EUR),Reporting starts,Reporting ends
                ,400,1500,20,2026-03-01,2026-03-31
                A,300,900,12,2026-03-01,2026-03-31
                B,210,600,8,2026-03-01,2026-03-31
                """
            let seen = try await world.send(
                Array(text.utf8), to: "/v1/campaigns/\(campaign.id)/imports?dryRun=true",
                named: "a.csv", as: world.test.editor)
            #expect(seen.status == 200, "\(seen.text)")
            let set = try #require(seen.json["sets"]?[0])
            #expect(set["channel"] == "meta" && set["breakdown"] == "content")
            #expect(set["role"] == "primary" && set["readings"] == 7)
            let figures = set["figures"]?.array ?? []
            func value(_ metric: String) -> JSONValue? {
                figures.first { $0["metric"]?.string == metric }?["value"]
            }
            #expect(value("impressions") == 1500 && value("reach") == 400)
            #expect(value("spend") == ["amount": "20.00", "currency": "EUR"])
            #expect(seen.json["problems"]?[0]?["effect"] == "setAside")
        }
    }

    @Test("What was noticed on the way stands among the problems, and keeps nothing out")
    func notes() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.meta])
            let bytes =
                Array("Alter;Impressionen;Berichtsstart;Berichtsende;Gr".utf8) + [0xFC]
                + Array("n\n18-24;100;2026-03-01;2026-03-31;x\n".utf8)
            let path = "/v1/campaigns/\(campaign.id)/imports?dryRun=true"
            let seen = try await world.send(bytes, to: path, as: world.test.editor)
            #expect(seen.status == 200, "\(seen.text)")
            func codes(_ seen: Seen) -> Set<String> {
                Set((seen.json["problems"]?.array ?? []).compactMap { $0["code"]?.string })
            }
            #expect(codes(seen) == ["windows1252Taken", "cutTakenAsWhole"])
            #expect(seen.json["problems"]?[0]?["effect"] == "noted")
            // Whoever says which role it has is not told.
            let told = try await world.send(
                bytes, to: path + "&role=primary", as: world.test.editor)
            #expect(codes(told) == ["windows1252Taken"])
        }
    }

    @Test("A question is answered in the query")
    func metric() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.facebook])
            let text = "Date,Mentions Likes\n2026-03-01,3\n"
            let path = "/v1/campaigns/\(campaign.id)/imports"
            let open = try await world.send(
                Array(text.utf8), to: path, named: "Visits.csv", as: world.test.editor)
            #expect(open.status == 422 && open.code == "nameContradictsColumn", "\(open.text)")
            #expect(open.json["questions"]?[0]?["effect"] == "asked")
            let told = try await world.send(
                Array(text.utf8), to: path + "?metric=follows", named: "Visits.csv",
                as: world.test.editor)
            #expect(told.status == 201, "\(told.text)")
            #expect(told.json["sets"]?[0]?["figures"]?[0]?["metric"] == "follows")
            let wrong = try await world.send(
                Array(text.utf8), to: path + "?metric=likes", as: world.test.editor)
            #expect(wrong.status == 400)
        }
    }
}
