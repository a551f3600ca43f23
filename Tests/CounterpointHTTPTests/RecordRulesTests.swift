// The rules of every address, on real records: versions, keys, pages.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import Synchronization
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Versions, keys and pages")
struct RecordRulesTests {
    // MARK: Versions

    @Test("A change needs the version that stands; a tag is new after it and stable without it")
    func versions() async throws {
        try await World.with { world in
            let manager = world.test.manager
            let path = "/v1/organisations/\(world.test.organisation.id)"
            let first = try await world.ask(.get, path, as: manager)
            let tag = try #require(first.headers[.eTag])
            #expect(
                try await world.ask(.get, path, as: manager, [.ifNoneMatch: tag]).status == 304)
            let patch: JSONValue = ["aliases": ["Voices of the street"]]
            #expect(try await world.ask(.patch, path, as: manager, body: patch).status == 428)
            for stale in ["\"99\"", "W/\(tag)", "\"abc\""] {
                let seen = try await world.ask(
                    .patch, path, as: manager, [.ifMatch: stale], body: patch)
                #expect(seen.status == 412, "\(stale)")
            }
            #expect(try await world.ask(.get, path, as: manager).text == first.text)
            let changed = try await world.ask(
                .patch, path, as: manager, [.ifMatch: tag], body: patch)
            #expect(changed.status == 200)
            let newTag = try #require(changed.headers[.eTag])
            #expect(newTag != tag)
            let again = try await world.ask(.get, path, as: manager)
            #expect(again.headers[.eTag] == newTag)
            #expect(again.text == changed.text)
            #expect(
                try await world.ask(
                    .patch, path, as: manager, [.ifMatch: "*"], body: ["aliases": nil]
                ).json["aliases"] == [])
        }
    }

    @Test("Of many writers with one tag exactly one succeeds")
    func race() async throws {
        try await World.with { world in
            let path = "/v1/campaigns/\(try await world.test.campaign().id)"
            var tag = try #require(
                try await world.ask(.get, path, as: world.test.editor).headers[.eTag])
            for round in 0..<10 {
                let statuses = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
                    for writer in 0..<4 {
                        let tag = tag
                        group.addTask {
                            let seen = try await world.ask(
                                .patch, path, as: world.test.editor, [.ifMatch: tag],
                                body: ["name": .string("Round \(round), writer \(writer)")])
                            return (seen.status, seen.headers[.eTag])
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses.map(\.0).sorted() == [200, 412, 412, 412])
                tag = try #require(statuses.first { $0.0 == 200 }?.1)
            }
        }
    }

    @Test("A change of what one may not see is 404, whatever the tag")
    func hiddenChange() async throws {
        try await World.with { world in
            let path = "/v1/campaigns/\(try await world.test.campaign().id)"
            for tag in ["\"1\"", "*", "W/\"1\"", "\"1\", \"2\""] {
                let seen = try await world.ask(
                    .patch, path, as: world.test.rival, [.ifMatch: tag], body: ["name": "Mine"])
                #expect(seen.status == 404, "\(tag)")
            }
        }
    }

    // MARK: Keys

    @Test("The same key and body give the first answer again, byte for byte")
    func keys() async throws {
        try await World.with { world in
            let manager = world.test.manager
            let body: JSONValue = [
                "name": "P", "currency": "EUR", "startsOn": "2017-01-01", "endsOn": "2017-12-31",
            ]
            func add(_ key: String, _ body: JSONValue, as caller: Caller) async throws -> Seen {
                try await world.ask(
                    .post, "/v1/programmes", as: caller, [.idempotencyKey: key], body: body)
            }
            let first = try await add("k-1", body, as: manager)
            let again = try await add("\"k-1\"", body, as: manager)
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(again.text == first.text)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(again.headers[.eTag] == first.headers[.eTag])
            #expect(first.headers[.idempotencyReplayed] == nil)
            #expect(again.headers[.idempotencyReplayed] == "true")
            let other = try await add("k-1", ["name": "Other"], as: manager)
            #expect(other.status == 400, "a body that is wrong in itself comes first")
            var changed = try #require(body.object)
            changed["name"] = "Q"
            let mismatch = try await add("k-1", .object(changed), as: manager)
            #expect(mismatch.status == 422)
            #expect(mismatch.code == "idempotencyMismatch")
            let list = try await world.ask(.get, "/v1/programmes", as: manager)
            #expect(list.json["items"]?.array?.count { $0["name"] == "P" } == 1)
        }
    }

    @Test("The same key at once from many makes one")
    func keysAtOnce() async throws {
        try await World.with { world in
            let statuses = try await withThrowingTaskGroup(of: Seen.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await world.ask(
                            .post, "/v1/programmes", as: world.test.manager,
                            [.idempotencyKey: "k"],
                            body: [
                                "name": "Once", "currency": "EUR", "startsOn": "2017-01-01",
                                "endsOn": "2017-12-31",
                            ])
                    }
                }
                return try await group.reduce(into: [Seen]()) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0.status == 201 || $0.status == 409 })
            #expect(Set(statuses.filter { $0.status == 201 }.map(\.text)).count == 1)
            let list = try await world.ask(.get, "/v1/programmes?name=Once", as: world.test.manager)
            #expect(list.json["items"]?.array?.count == 1)
        }
    }

    @Test("A replayed change is the first answer too, though its tag is stale by then")
    func keysOnChanges() async throws {
        try await World.with { world in
            let path = "/v1/programmes/\(world.test.programme.id)"
            let tag = try #require(
                try await world.ask(.get, path, as: world.test.manager).headers[.eTag])
            let headers: HTTPFields = [.ifMatch: tag, .idempotencyKey: "rename"]
            let first = try await world.ask(
                .patch, path, as: world.test.manager, headers, body: ["name": "Renamed"])
            let again = try await world.ask(
                .patch, path, as: world.test.manager, headers, body: ["name": "Renamed"])
            #expect(first.status == 200)
            #expect(again.status == 200)
            #expect(again.text == first.text)
        }
    }

    // MARK: Pages

    @Test("Following next shows every record once, filters kept")
    func pages() async throws {
        try await World.with { world in
            for number in 0..<7 { _ = try await world.test.campaign("Campaign \(number)") }
            var seen: [String] = []
            var path: String? = "/v1/campaigns?limit=3&channel=meta"
            while let next = path {
                let page = try await world.ask(.get, next, as: world.test.editor)
                let items = page.json["items"]?.array ?? []
                seen += items.compactMap { $0["name"]?.string }
                let link = page.headers[.link]
                #expect((link == nil) == (page.json["next"] == .null))
                path = link.flatMap { $0.firstMatch(of: #/^<(.+)>; rel="next"$/#) }.map {
                    String($0.1)
                }
                if let path {
                    #expect(path.hasPrefix("/v1/campaigns?limit=3&channel=meta&cursor="))
                }
            }
            #expect(seen == (0..<7).map { "Campaign \($0)" })
        }
    }

    @Test("A cursor is good for its own list, filters and reader only")
    func cursors() async throws {
        try await World.with { world in
            for number in 0..<3 { _ = try await world.test.campaign("Campaign \(number)") }
            let editor = world.test.editor
            let page = try await world.ask(.get, "/v1/campaigns?limit=1", as: editor)
            let cursor = try #require(page.json["next"]?.string)
            for (path, caller) in [
                ("/v1/campaigns?limit=1&status=planned&cursor=\(cursor)", editor),
                ("/v1/grants?cursor=\(cursor)", editor),
                ("/v1/campaigns?limit=1&cursor=\(cursor)", world.test.rival),
                ("/v1/campaigns?cursor=abc", editor),
                ("/v1/campaigns?cursor=", editor),
            ] {
                let seen = try await world.ask(.get, path, as: caller)
                #expect(seen.status == 400, "\(path)")
                #expect(seen.pointers == ["cursor"])
            }
            #expect(
                try await world.ask(.get, "/v1/campaigns?limit=2&cursor=\(cursor)", as: editor)
                    .json["items"]?.array?.count == 2)
        }
    }

    @Test("Every list can be read by whoever may, and HEAD goes with it")
    func lists() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let logged = try await world.ask(
                .post, "/v1/campaigns/\(campaign.id)/result-sets", as: world.test.editor,
                body: World.set)
            let set = try #require(logged.json["id"]?.string)
            for endpoint in world.endpoints
            where endpoint.method == .get && endpoint.operation.id.hasPrefix("list") {
                let path = endpoint.path.text.replacing(
                    "{campaignId}", with: "\(try await world.test.campaign().id)"
                ).replacing("{organisationId}", with: "\(world.test.organisation.id)")
                    .replacing("{resultSetId}", with: set)
                let seen = try await world.ask(.get, path, as: world.test.auditor)
                #expect(seen.status == 200, "\(path) \(seen.text)")
                #expect(try await world.ask(.head, path, as: world.test.auditor).status == 200)
            }
        }
    }
}
