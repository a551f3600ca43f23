// Canonical CSV through the service: every row accounted for, all or nothing, the same file once.

import CounterpointModel
import HTTPTypes
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Canonical CSV")
struct ImportTests {
    private static let clean = """
        channel,metric,from,to,value\r
        youtube,impressions,2023-03-01,2023-03-31,500\r
        youtube,reach,2023-03-01,2023-03-31,200\r
        x,impressions,2023-03-01,2023-03-31,70\r

        """
    private static let faulty = clean + "x,impresions,2023-04-01,2023-04-30,5\r\n"

    private static let csv: HTTPFields = [
        .contentType: "text/csv; charset=utf-8",
        .contentDisposition: "attachment; filename=\"march.csv\"",
    ]

    @Test("A file makes a set for each channel; the same bytes again change nothing")
    func file() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube, .x])
            let path = "/v1/campaigns/\(campaign.id)/result-sets"
            let look = try await world.ask(
                .post, path + "?dryRun=true", as: world.test.editor, Self.csv, text: Self.clean)
            #expect(look.status == 200, "\(look.text)")
            #expect(look.json["resultSets"] == [])
            #expect(look.json["accounting"]?["accepted"] == 3)
            let made = try await world.ask(
                .post, path, as: world.test.editor, Self.csv, text: Self.clean)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["resultSets"]?.array?.count == 2)
            #expect(made.json["source"]?["name"] == "march.csv")
            #expect(made.headers[.location] == path)
            let again = try await world.ask(
                .post, path, as: world.test.editor, Self.csv, text: Self.clean)
            #expect(again.status == 200)
            #expect(again.json["accounting"]?["duplicate"] == 3)
            #expect(
                Set(again.json["resultSets"]?.array ?? [])
                    == Set(made.json["resultSets"]?.array ?? []))
            let list = try await world.ask(.get, path, as: world.test.editor)
            #expect(list.json["items"]?.array?.count == 2)
        }
    }

    @Test("A faulty row keeps the whole file out, unless the others are asked for")
    func faultyRow() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube, .x])
            let path = "/v1/campaigns/\(campaign.id)/result-sets"
            let kept = try await world.ask(
                .post, path, as: world.test.editor, Self.csv, text: Self.faulty)
            #expect(kept.status == 422)
            #expect(kept.code == "rowsRejected")
            #expect(kept.json["problems"]?[0]?["line"] == 5)
            #expect(kept.json["problems"]?[0]?["value"] == "impresions")
            #expect(try await world.ask(.get, path, as: world.test.editor).json["items"] == [])
            let partial = try await world.ask(
                .post, path + "?partial=true", as: world.test.editor, Self.csv, text: Self.faulty)
            #expect(partial.status == 201)
            #expect(partial.json["accounting"]?["rejected"] == 1)
            #expect(partial.json["accounting"]?["accepted"] == 3)
        }
    }

    @Test("A file with a key is answered alike the second time, byte for byte")
    func keyed() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube, .x])
            let path = "/v1/campaigns/\(campaign.id)/result-sets"
            var headers = Self.csv
            headers[.idempotencyKey] = "march"
            let first = try await world.ask(
                .post, path, as: world.test.editor, headers, text: Self.clean)
            let again = try await world.ask(
                .post, path, as: world.test.editor, headers, text: Self.clean)
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(again.text == first.text)
            let other = try await world.ask(
                .post, path + "?partial=true", as: world.test.editor, headers, text: Self.clean)
            #expect(other.status == 422)
            #expect(other.code == "idempotencyMismatch")
        }
    }

    @Test("Parameters of a file are refused with a JSON body; a rival cannot import")
    func refusals() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/result-sets"
            let json = try await world.ask(
                .post, path + "?dryRun=true", as: world.test.editor, body: World.set)
            #expect(json.status == 422)
            #expect(json.pointers == ["dryRun"])
            #expect(
                try await world.ask(
                    .post, path, as: world.test.rival, Self.csv, text: Self.clean
                ).status == 404)
        }
    }
}
