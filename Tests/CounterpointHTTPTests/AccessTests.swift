// Tokens, who one is, and the audit log, through the service.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Tokens, me and the audit log")
struct AccessTests {
    @Test("A token's secret is shown once, opens the door, and is shut out when it is ended")
    func tokens() async throws {
        try await World.with { world in
            let editor = world.test.editor
            let me = try await world.ask(.get, "/v1/me", as: editor)
            let principal = try #require(me.json["principal"]?["id"]?.string)
            let own = try #require(me.json["tokenId"]?.string)
            let expiresAt = try #require(
                try await world.ask(.get, "/v1/tokens/\(own)", as: editor).json["expiresAt"])
            let issued = try await world.ask(
                .post, "/v1/tokens", as: editor,
                body: [
                    "principalId": .string(principal), "label": "Laptop", "expiresAt": expiresAt,
                ])
            #expect(issued.status == 201, "\(issued.text)")
            let secret = try #require(issued.json["secret"]?.string)
            let location = try #require(issued.headers[.location])
            let read = try await world.ask(.get, location, as: editor)
            #expect(!read.text.contains(secret))
            #expect(read.headers[.eTag] == issued.headers[.eTag])
            let mine = try await world.client.ask(.get, "/v1/me", token: secret)
            #expect(mine.status == 200)
            #expect(mine.json["principal"]?["id"] == .string(principal))
            let ended = try await world.ask(.post, location + "/revocation", as: editor)
            #expect(ended.status == 200, "\(ended.text)")
            #expect(ended.json["revokedAt"] != .null)
            #expect(try await world.client.ask(.get, "/v1/me", token: secret).status == 401)
            let again = try await world.ask(.post, location + "/revocation", as: editor)
            #expect(again.json["revokedAt"] == ended.json["revokedAt"])
        }
    }

    @Test("Everybody can ask who they are, read their own organisation, and is told of a fault")
    func everybody() async throws {
        try await World.with { world in
            let test = world.test
            for caller in [
                test.manager, test.editor, test.viewer, test.rival, test.funder, test.auditor,
            ] {
                let me = try await world.ask(.get, "/v1/me", as: caller)
                #expect(me.status == 200, "\(me.text)")
                if let own = me.json["organisation"]?["id"]?.string {
                    let read = try await world.ask(.get, "/v1/organisations/\(own)", as: caller)
                    #expect(read.status == 200, "\(read.text)")
                }
                // Looked up before the fault is told, whoever it is.
                #expect(
                    try await world.ask(.get, "/v1/campaigns?limit=0", as: caller).status == 400)
            }
        }
    }

    @Test("A token of another's is not there")
    func othersTokens() async throws {
        try await World.with { world in
            let me = try await world.ask(.get, "/v1/me", as: world.test.editor)
            let tokenId = try #require(me.json["tokenId"]?.string)
            let path = "/v1/tokens/\(tokenId)"
            #expect(try await world.ask(.get, path, as: world.test.rival).status == 404)
            #expect(
                try await world.ask(.post, path + "/revocation", as: world.test.rival).status == 404
            )
            let principal = try #require(me.json["principal"]?["id"]?.string)
            let issued = try await world.ask(
                .post, "/v1/tokens", as: world.test.rival,
                body: ["principalId": .string(principal), "label": "Mine now"])
            #expect(issued.status == 403 || issued.status == 404)
        }
    }

    @Test("What was changed stands in the log with the request's id kept out of sight")
    func audit() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign()
            try await world.move(
                "/v1/campaigns/\(campaign.id)", to: "running", as: world.test.editor)
            let log = try await world.ask(
                .get, "/v1/audit?subject=\(campaign.id)", as: world.test.auditor)
            let items = log.json["items"]?.array ?? []
            #expect(items.count == 2, "\(log.text)")
            #expect(items.allSatisfy { $0["subjectId"] == .string("\(campaign.id)") })
            #expect(
                try await world.ask(.get, "/v1/audit", as: world.test.funder).status == 403)
        }
    }

    @Test("Principals are for managers and auditors to see")
    func principals() async throws {
        try await World.with { world in
            let list = try await world.ask(
                .get, "/v1/principals?role=ngoEditor", as: world.test.manager)
            #expect(list.json["items"]?.array?.count == 2, "\(list.text)")
            let id = try #require(list.json["items"]?[0]?["id"]?.string)
            #expect(
                try await world.ask(.get, "/v1/principals/\(id)", as: world.test.manager).status
                    == 200)
            #expect(
                try await world.ask(.get, "/v1/principals", as: world.test.editor).status == 403)
        }
    }
}

@Suite("Scopes and rotation")
struct ScopeRouteTests {
    @Test("A narrow token reads, is told which scope it lacks, and cannot make a wider one")
    func narrow() async throws {
        try await World.with { world in
            let editor = world.test.editor
            let me = try await world.ask(.get, "/v1/me", as: editor)
            #expect(me.json["scopes"] == ["read", "logResults", "manage"])
            let principal = try #require(me.json["principal"]?["id"])
            let issued = try await world.ask(
                .post, "/v1/tokens", as: editor,
                body: [
                    "principalId": principal, "label": "Upload", "scopes": ["logResults"],
                ])
            #expect(issued.status == 201, "\(issued.text)")
            #expect(issued.json["scopes"] == ["read", "logResults"])
            let secret = try #require(TokenSecret(issued.json["secret"]?.string ?? ""))
            let narrow = Caller(.token(secret))
            #expect(try await world.ask(.get, "/v1/campaigns", as: narrow).status == 200)
            let refused = try await world.ask(
                .post, "/v1/campaigns", as: narrow,
                body: [
                    "organisationId": .string("\(world.test.organisation.id)"), "name": "C",
                    "startsOn": "2023-01-01", "endsOn": "2023-12-31", "countries": ["UA"],
                    "languages": ["uk"], "channels": ["meta"],
                ])
            #expect(refused.status == 403, "\(refused.text)")
            #expect(refused.json["code"] == "manageScopeNeeded")
            #expect(
                refused.headers[.wwwAuthenticate]?.contains(
                    "error=\"insufficient_scope\", scope=\"manage\"") == true)
            let wider = try await world.ask(
                .post, "/v1/tokens", as: editor,
                body: ["principalId": principal, "label": "Wide", "scopes": ["review"]])
            #expect(wider.status == 422)
            #expect(wider.json["code"] == "widerThanRole")
            let unknown = try await world.ask(
                .post, "/v1/tokens", as: editor,
                body: ["principalId": principal, "label": "Odd", "scopes": ["everything"]])
            #expect(unknown.status == 400)
        }
    }

    @Test("A rotated token has a successor; asking again with the key gives the same secret")
    func rotation() async throws {
        try await World.with { world in
            let editor = world.test.editor
            let me = try await world.ask(.get, "/v1/me", as: editor)
            let id = try #require(me.json["tokenId"]?.string)
            let path = "/v1/tokens/\(id)/rotation"
            let key: HTTPFields = [.idempotencyKey: "rotate-once"]
            let first = try await world.ask(.post, path, as: editor, key, body: [:])
            #expect(first.status == 201, "\(first.text)")
            #expect(first.json["replaces"] == .string(id))
            let replayed = try await world.ask(.post, path, as: editor, key, body: [:])
            #expect(replayed.json["secret"] == first.json["secret"])
            let again = try await world.ask(
                .post, path, as: editor, body: ["overlapHours": 1])
            #expect(again.status == 409)
            #expect(again.json["code"] == "alreadyRotated")
            let tooLong = try await world.ask(
                .post, path, as: editor, body: ["overlapHours": 169])
            #expect(tooLong.status == 422)
            let secret = try #require(first.json["secret"]?.string)
            #expect(try await world.client.ask(.get, "/v1/me", token: secret).status == 200)
            #expect(try await world.ask(.get, "/v1/me", as: editor).status == 200)
            #expect(try await world.ask(.post, path, as: world.test.rival, body: [:]).status == 404)
        }
    }
}
