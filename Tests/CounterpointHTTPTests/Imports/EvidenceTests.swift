// Evidence: told by its content, in and out in pieces, for nobody who may not see the set, and never to be run.

import CounterpointModel
import CounterpointRecords
import Crypto
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Evidence")
struct EvidenceTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private func draft(_ world: World) async throws -> String {
        let campaign = try await world.test.campaign(channels: [.youtube])
        let made = try await world.ask(
            .post, "/v1/campaigns/\(campaign.id)/result-sets", as: world.test.editor,
            body: World.set)
        return "/v1/result-sets/\(made.json["id"]?.string ?? "")"
    }

    private func fetch(_ world: World, _ path: String, _ caller: Caller) async throws -> (
        HTTPResponse.Status, HTTPFields, [UInt8]
    ) {
        try await world.client.execute(
            uri: path, method: .get,
            headers: [.authorization: "Bearer \(World.token(of: caller))"]
        ) { response in (response.status, response.headers, Array(response.body.readableBytesView))
        }
    }

    @Test("A picture goes in and comes out the same, as an attachment that nothing can run")
    func roundTrip() async throws {
        try await World.with { world in
            let set = try await draft(world)
            let picture =
                Self.png + (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let added = try await world.send(
                picture, to: set + "/evidence?note=screen", named: "Київ \"1\".png", asForm: true,
                as: world.test.editor)
            #expect(added.status == 201, "\(added.text)")
            #expect(added.json["mediaType"] == "image/png" && added.json["kind"] == "attachment")
            #expect(
                added.json["bytes"] == .integer(Int64(picture.count))
                    && added.json["note"] == "screen")
            let path = try #require(added.headers[.location])
            let (status, headers, bytes) = try await fetch(
                world, path + "/content", world.test.editor)
            #expect(status == .ok && bytes == picture)
            #expect(headers[.contentType] == "image/png")
            #expect(headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
            #expect(headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
            #expect(
                headers[.xContentTypeOptions] == "nosniff" && headers[.cacheControl] == "no-store")
            let again = try await world.send(
                picture, to: set + "/evidence", named: "other.png", as: world.test.editor)
            #expect(again.json["id"] == added.json["id"])
            let list = try await world.ask(.get, set + "/evidence", as: world.test.editor)
            #expect(list.json["items"]?.array?.count == 1)
        }
    }

    @Test("What it is is seen from its content; what could run is not kept")
    func types() async throws {
        try await World.with { world in
            let set = try await draft(world)
            func send(_ bytes: [UInt8], _ name: String) async throws -> Seen {
                try await world.send(
                    bytes, to: set + "/evidence", named: name, as: world.test.editor)
            }
            #expect(
                try await send(Array("%PDF-1.7\n…".utf8), "a.exe").json["mediaType"]
                    == "application/pdf")
            #expect(
                try await send([0xFF, 0xD8, 0xFF, 0xE0], "a.png").json["mediaType"] == "image/jpeg")
            #expect(
                try await send(Array("a;b\n1;2\n".utf8), "a.csv").json["mediaType"] == "text/plain")
            for bad in [
                "<html><script>alert(1)</script>", " \n<svg onload=alert(1)>",
                "<?xml version=\"1.0\"?>",
                "MZ\u{0}\u{1}", "\u{FEFF}<html>",
            ] {
                let seen = try await send(Array(bad.utf8), "a.png")
                #expect(seen.status == 422 && seen.code == "typeNotKept", "\(bad)")
            }
            #expect(try await send([], "a.png").code == "emptyFile")
            let large = try await send(
                Self.png + [UInt8](repeating: 7, count: Evidence.bytesMax), "a.png")
            #expect(large.status == 422 || large.status == 413, "\(large.text)")
            let left = try await world.test.test.database.run(
                "select count(*) from evidence_files f where f.sha256 is null")
            #expect(left.first?.first == "0")
        }
    }

    @Test(
        "A draft's evidence is the organisation's, a submitted set's also the manager's, and never a funder's"
    )
    func rights() async throws {
        try await World.with { world in
            let set = try await draft(world)
            let added = try await world.send(
                Self.png, to: set + "/evidence", named: "a.png", as: world.test.editor)
            let path = try #require(added.headers[.location])
            let test = world.test
            func statuses(_ caller: Caller) async throws -> [Int] {
                [
                    try await world.ask(.get, set + "/evidence", as: caller).status,
                    try await world.ask(.get, path, as: caller).status,
                    try await fetch(world, path + "/content", caller).0.code,
                ]
            }
            #expect(try await statuses(test.editor) == [200, 200, 200])
            #expect(try await statuses(test.viewer) == [200, 200, 200])
            #expect(try await statuses(test.auditor) == [200, 200, 200])
            #expect(try await statuses(test.manager) == [404, 404, 404])
            #expect(try await statuses(test.rival) == [404, 404, 404])
            #expect(try await statuses(test.funder) == [403, 403, 403])
            #expect(
                try await world.send(Self.png, to: set + "/evidence", as: test.viewer).status == 403
            )
            #expect(
                try await world.send(Self.png, to: set + "/evidence", as: test.rival).status == 404)
            #expect(try await world.ask(.delete, path, as: test.viewer).status == 403)
            #expect(try await world.ask(.delete, path, as: test.rival).status == 404)

            try await world.move(set, to: "submitted", as: test.editor)
            #expect(try await statuses(test.manager) == [200, 200, 200])
            let stands = try await world.ask(.delete, path, as: test.editor)
            #expect(stands.status == 409 && stands.code == "evidenceStands")
            try await world.move(set, to: "accepted", as: test.manager)
            #expect(try await statuses(test.funder) == [403, 403, 403])
            let late = try await world.send(Self.png + [1], to: set + "/evidence", as: test.editor)
            #expect(late.status == 409 && late.code == "evidenceStands")
        }
    }

    @Test("Evidence leaves a draft, and its bytes with it")
    func removal() async throws {
        try await World.with { world in
            let set = try await draft(world)
            let added = try await world.send(Self.png, to: set + "/evidence", as: world.test.editor)
            let path = try #require(added.headers[.location])
            #expect(try await world.ask(.delete, path, as: world.test.editor).status == 204)
            #expect(try await world.ask(.get, path, as: world.test.editor).status == 404)
            for table in ["evidence", "evidence_files", "evidence_pieces"] {
                let rows = try await world.test.test.database.run("select count(*) from \(table)")
                #expect(rows.first?.first == "0", "\(table)")
            }
        }
    }
}
