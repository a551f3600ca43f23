// Files that are read while they come: kept in blocks, followed while they run, and gone without a trace when the client is.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import HTTPTypes
import NIOCore
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Large files")
struct LargeFileTests {
    /// Counts and people in parts, masked and missing cells, money with decimals, a total and a repeat.
    private static func varied(days: Int) -> [UInt8] {
        var text = "channel,metric,from,to,content,value,state,qualifier,currency,note\n"
        let first = Day(iso: "2021-01-01")!
        for number in 0..<days {
            let day = first.adding(days: number)!
            for content in ["a", "b, c", "Київ"] {
                let cell = content.contains(",") ? "\"\(content)\"" : content
                text += "meta,impressions,\(day),\(day),\(cell),\(number * 13 % 97),,,,\n"
                text += "meta,spend,\(day),\(day),\(cell),\(number).\(number % 9)1,,,UAH,\n"
                text +=
                    number % 5 == 0
                    ? "meta,reach,\(day),\(day),\(cell),,masked,,,small\n"
                    : "meta,reach,\(day),\(day),\(cell),\(number % 50),,\(number % 7 == 0 ? "about" : ""),,\n"
            }
            text += "meta,reach,\(day),\(day),,\(number % 90),,,,\n"
            text += "meta,comments,\(day),\(day),a,,missing,,,\n"
        }
        text += "meta,impressions,2021-01-01,2021-01-01,,5,,,,\n"
        text += "meta,impressions,2021-01-01,2021-01-01,a,0,,,,\n"
        return Array(text.utf8)
    }

    @Test(
        "A set in blocks reads, counts and is published like one in rows, and its figures derive the same"
    )
    func blocks() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.meta])
            let made = try await world.send(
                Self.varied(days: 600), to: "/v1/campaigns/\(campaign.id)/imports",
                as: world.test.editor)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["accounting"]?["rowsRead"] == .integer(600 * 11 + 2))
            #expect(made.json["accounting"]?["totalsSetAside"] == 1)
            #expect(made.json["accounting"]?["duplicate"] == 1)
            let id = try #require(made.json["resultSets"]?[0]?.string)
            let set = try await world.ask(.get, "/v1/result-sets/\(id)", as: world.test.editor)
            #expect(set.json["readingCount"] == .integer(600 * 11))
            #expect(set.json["readings"]?.array?.count == 5_000)
            let reading = try #require(set.json["readings"]?[4_999])
            #expect(
                reading["from"]
                    == .string(Day(iso: "2021-01-01")!.adding(days: 4_999 / 11)!.description))
            let host = world.test.test.host
            let before = try await host.recompute(as: world.test.test.administrator)
            #expect(before.sets == 1 && before.drifts.isEmpty, "\(before.drifts)")

            try await world.move("/v1/result-sets/\(id)", to: "submitted", as: world.test.editor)
            try await world.move("/v1/result-sets/\(id)", to: "accepted", as: world.test.manager)
            let funder = try await world.ask(.get, "/v1/result-sets/\(id)", as: world.test.funder)
            #expect(funder.status == 200, "\(funder.text)")
            #expect(funder.json["readings"]?.array?.count == 5_000)
            #expect(funder.json["readings"]?[0]?["content"] == .null)
            let after = try await host.recompute(as: world.test.test.administrator)
            #expect(after.drifts.isEmpty, "\(after.drifts)")
            let summary = try await world.ask(
                .get, "/v1/summaries/results?campaign=\(campaign.id)", as: world.test.manager)
            let impressions = (0..<600).reduce(0) { $0 + $1 * 13 % 97 } * 3
            #expect(
                summary.json["groups"]?[0]?["counts"]?["impressions"]
                    == .integer(Int64(impressions)))
        }
    }

    @Test("The same rows in rows and in blocks come to the same digest and figures")
    func sameEitherWay() async throws {
        try await World.with { world in
            // 5,000 readings are rows; the same with as many again on another channel are too, each set by itself.
            let rows = World.canonical(rows: 5_000)
            let blocks = World.canonical(rows: 5_001)
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/imports"
            let first = try await world.send(rows, to: path, as: world.test.editor)
            let second = try await world.send(
                blocks, to: path + "?onOverlap=supersede", as: world.test.editor)
            #expect(first.status == 201 && second.status == 201, "\(second.text)")
            let host = world.test.test.host
            let checked = try await host.recompute(as: world.test.test.administrator)
            #expect(checked.sets == 2 && checked.drifts.isEmpty, "\(checked.drifts)")
            // A large set may change what is not in its readings, and take others in their place.
            let id = try #require(second.json["resultSets"]?[0]?.string)
            let set = "/v1/result-sets/\(id)"
            let refused = try await world.change(
                .patch, set, of: set, as: world.test.editor, ["to": "2023-12-31"])
            #expect(refused.status == 422 && refused.code == "tooLargeToChange", "\(refused.text)")
            let noted = try await world.change(
                .patch, set, of: set, as: world.test.editor, ["note": "as exported"])
            #expect(noted.status == 200 && noted.json["readingCount"] == 5_001)
            let replaced = try await world.change(
                .patch, set, of: set, as: world.test.editor,
                [
                    "readings": [["metric": "impressions", "content": "a", "value": 3]],
                    "breakdown": "content",
                ])
            #expect(
                replaced.status == 200 && replaced.json["readings"]?.array?.count == 1,
                "\(replaced.text)")
        }
    }

    @Test("An import can be followed by who hands it in, and by nobody else")
    func progress() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/imports"
            let id = UUID().uuidString.lowercased()
            let made = try await world.send(
                World.canonical(rows: 60), to: path, as: world.test.editor, [.importId: id])
            #expect(made.status == 201 && made.json["id"]?.string == id, "\(made.text)")
            let run = try await world.ask(.get, "/v1/imports/\(id)", as: world.test.editor)
            #expect(run.json["state"] == "finished" && run.json["rowsStored"] == 60)
            #expect(
                run.json["rowsRead"] == 60 && run.json["bytesRead"] == made.json["source"]?["bytes"]
            )
            #expect(run.json["outcome"]?["resultSets"] == made.json["resultSets"])
            for other in [
                world.test.rival, world.test.viewer, world.test.manager, world.test.auditor,
            ] {
                #expect(try await world.ask(.get, "/v1/imports/\(id)", as: other).status == 404)
            }
            let again = try await world.send(
                World.canonical(rows: 3), to: path, as: world.test.editor, [.importId: id])
            #expect(again.status == 409 && again.code == "importIdUsed")
            // Another's choice of the same id is another import.
            let rival = try await world.send(
                World.canonical(rows: 3), to: path + "?dryRun=true", as: world.test.manager,
                [.importId: id])
            #expect(rival.code == "periodAlreadyReported", "\(rival.text)")
            let bad = try await world.send(
                Array("channel,metric,from,to,value\nx,y,z,z,1\n".utf8), to: path,
                as: world.test.editor)
            #expect(bad.status == 422)
            #expect(
                try await world.send(
                    World.canonical(rows: 3), to: path, as: world.test.editor, [.importId: "1"]
                ).status == 400)
        }
    }

    @Test("A client that vanishes halfway leaves nothing behind", arguments: [false, true])
    func vanishes(chunked: Bool) async throws {
        try await LiveWorld.with { world, port in
            let campaign = try await world.campaign(channels: [.youtube])
            let id = UUID().uuidString.lowercased()
            let bytes = World.canonical(rows: 20_000)
            let half = String(decoding: bytes.prefix(bytes.count / 2), as: UTF8.self)
            let length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: \(bytes.count)"
            let body = chunked ? String(half.utf8.count, radix: 16) + "\r\n" + half + "\r\n" : half
            let head =
                "POST /v1/campaigns/\(campaign.id)/imports HTTP/1.1\r\nHost: a\r\nImport-Id: \(id)\r\n\(length)\r\n"
                + "Authorization: Bearer \(World.token(of: world.editor))\r\nContent-Type: text/csv\r\n\r\n"
            _ = try await RawConnection.to(port) { _, outbound in
                try await outbound.write(ByteBuffer(string: head + body))
            }
            var seen = try? await world.registry.importRun(ImportRun.ID(id)!, as: world.editor)
            for _ in 0..<400
            where seen == nil || seen?.state == .receiving || seen?.state == .storing {
                try await Task.sleep(for: .milliseconds(50))
                seen = try? await world.registry.importRun(ImportRun.ID(id)!, as: world.editor)
            }
            let run = try #require(seen)
            #expect(run.state == .failed || run.state == .refused)
            var filter = ResultSetFilter()
            filter.campaign = campaign.id
            let sets = try await world.registry.resultSets(
                filter, page: PageRequest(), as: world.editor)
            #expect(sets.items.isEmpty)
            for table in ["reading_blocks", "readings", "evidence_files", "evidence_pieces"] {
                let rows = try await world.test.database.run("select count(*) from \(table)")
                #expect(rows.first?.first == "0", "\(table)")
            }
        }
    }
}
