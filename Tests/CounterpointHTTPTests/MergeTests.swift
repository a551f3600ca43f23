// One organisation that was registered twice, through the service.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("An organisation that was registered twice")
struct MergeTests {
    @Test("It is found, merged, leads to the survivor, and can be separated again")
    func journey() async throws {
        try await World.with { world in
            let manager = world.test.manager
            let twin = try await world.made(
                "/v1/organisations", as: manager,
                ["name": "The Voices", "kind": "civilSociety", "country": "UA"])
            let found = try await world.ask(
                .get, "/v1/organisation-duplicates?country=UA&limit=5", as: manager)
            #expect(found.status == 200)
            #expect(found.json["items"]?[0]?["second"]?["id"] == .string(twin.id))

            let survivor = world.test.organisation.id
            let path = "/v1/organisations/\(survivor)/merges"
            let body: JSONValue = ["organisationId": .string(twin.id), "reason": "the same people"]
            let refused = try await world.ask(.post, path, as: world.test.editor, body: body)
            #expect(refused.status == 403)
            let merge = try await world.made(path, as: manager, body)

            let gone = try await world.ask(.get, twin.location, as: manager)
            #expect(gone.status == 404)
            #expect(gone.json["code"] == "mergedInto")
            #expect(gone.json["inTheWay"] == [.string(survivor.text)])
            // To a rival it is as absent as what never was, byte for byte.
            let unseen = try await world.ask(.get, twin.location, as: world.test.rival)
            let never = try await world.ask(
                .get, "/v1/organisations/\(Organisation.ID.random())", as: world.test.rival)
            #expect(unseen.status == 404 && unseen.text == never.text)
            let hidden = try await world.ask(.get, merge.location, as: world.test.funder)
            #expect(hidden.status == 403)

            let again = try await world.ask(.post, path, as: manager, body: body)
            #expect(again.status == 409)
            #expect(again.json["code"] == "alreadyMerged")
            let itself = try await world.ask(
                .post, path, as: manager,
                body: ["organisationId": .string(survivor.text), "reason": "x"])
            #expect(itself.status == 422)

            let undone = try await world.ask(
                .post, merge.location + "/undoing", as: manager, body: ["reason": "a mistake"])
            #expect(undone.status == 200)
            #expect(undone.json["undone"]?["reason"] == "a mistake")
            let back = try await world.ask(.get, twin.location, as: manager)
            #expect(back.json["name"] == "The Voices")
            let list = try await world.ask(.get, path, as: manager)
            #expect(list.json["items"]?.array?.count == 1)
        }
    }
}
