// From registration to a summary, through the service alone, as each of the people in it.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("From registration to a summary")
struct JourneyTests {
    @Test("Every step answers as described, and what is made can be read where it is said to be")
    func journey() async throws {
        try await World.with { world in
            let manager = world.test.manager
            let organisation = try await world.made(
                "/v1/organisations", as: manager,
                [
                    "name": "Counter Voices", "kind": "civilSociety", "country": "KE",
                    "identifiers": [["scheme": "GB-CHC", "id": "1090095"]], "safety": "public",
                    "contacts": [["name": "Amina", "email": "amina@example.org"]],
                ])
            let eligible = try await world.move(
                organisation.location, to: "eligible", as: manager, reason: "Register checked")
            #expect(eligible.json["standing"] == "eligible")
            let grant = try await world.grant(to: organisation.id)
            let campaign = try await world.made(
                "/v1/campaigns", as: manager,
                [
                    "organisationId": .string(organisation.id), "grantIds": [.string(grant.id)],
                    "name": "Our street", "startsOn": "2017-03-01", "endsOn": "2017-05-31",
                    "countries": ["KE"], "channels": ["youtube"], "audienceSize": 10_000,
                    "brief": ["goal": "Show what leaving cost"],
                ])
            let set = try await world.made(
                campaign.location + "/result-sets", as: manager,
                [
                    "channel": "youtube", "from": "2017-03-01", "to": "2017-03-31",
                    "readings": [
                        ["metric": "impressions", "value": 12_500],
                        ["metric": "reach", "value": 4_100],
                        ["metric": "spend", "value": ["amount": "310.25", "currency": "EUR"]],
                        ["metric": "comments", "state": "missing"],
                    ],
                ])
            try await world.move(set.location, to: "submitted", as: manager)
            let accepted = try await world.move(set.location, to: "accepted", as: manager)
            #expect(accepted.json["status"] == "accepted")
            let summary = try await world.ask(
                .get, "/v1/summaries/results?campaign=\(campaign.id)&groupBy=channel,month",
                as: manager)
            #expect(summary.status == 200)
            let group = summary.json["groups"]?[0]
            #expect(group?["counts"]?["impressions"] == 12_500)
            #expect(group?["money"]?["spend"]?[0]?["amount"] == "310.25")
            #expect(group?["uniques"]?["reach"]?["lower"] == 4_100)
            let digest = try #require(group?["receipt"]?.string)
            let receipt = try await world.ask(.get, "/v1/receipts/\(digest)", as: manager)
            #expect(receipt.status == 200)
            #expect(receipt.json["resultSets"]?[0]?["resultSet"] == .string(set.id))
            let table = try await world.ask(
                .get, "/v1/summaries/results?campaign=\(campaign.id)", as: manager,
                [.accept: "text/csv"])
            #expect(table.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(table.text.contains("impressions"))
        }
    }

    @Test("The same days again are a conflict that names what is in the way")
    func twice() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/result-sets"
            let first = try await world.made(path, as: world.test.editor, World.set)
            let again = try await world.ask(.post, path, as: world.test.editor, body: World.set)
            #expect(again.status == 409)
            #expect(again.json["inTheWay"] == [.string(first.id)])
        }
    }

    @Test("Every fault of a body is told, with its pointer, and nothing is stored")
    func faults() async throws {
        try await World.with { world in
            let before = try await world.ask(.get, "/v1/organisations", as: world.test.manager)
            let seen = try await world.ask(
                .post, "/v1/organisations", as: world.test.manager,
                body: [
                    "name": "", "kind": "choir", "country": "Kenya", "nmae": "x",
                    "identifiers": [["scheme": "GB-CHC"]],
                ])
            #expect(seen.status == 400)
            #expect(
                Set(seen.pointers) == ["/name", "/kind", "/country", "/nmae", "/identifiers/0/id"])
            let after = try await world.ask(.get, "/v1/organisations", as: world.test.manager)
            #expect(after.text == before.text)
            let refused = try await world.ask(
                .post, "/v1/programmes", as: world.test.manager,
                body: [
                    "name": "P", "currency": "EUR", "startsOn": "2017-02-01",
                    "endsOn": "2017-01-01",
                ])
            #expect(refused.status == 422)
            #expect(refused.pointers == ["/endsOn"])
        }
    }

    @Test("An NGO sees nothing of another, and cannot tell it from nothing")
    func rivals() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let set = try await world.made(
                "/v1/campaigns/\(campaign.id)/result-sets", as: world.test.editor, World.set)
            let nothing = "0b1f9f5e-8c1a-4f0e-9d3e-2f6a7b8c9d0e"
            for (kind, id) in [
                ("organisations", "\(world.test.organisation.id)"),
                ("grants", "\(world.test.grant.id)"), ("campaigns", "\(campaign.id)"),
                ("result-sets", set.id),
            ] {
                let theirs = try await world.ask(.get, "/v1/\(kind)/\(id)", as: world.test.rival)
                let absent = try await world.ask(
                    .get, "/v1/\(kind)/\(nothing)", as: world.test.rival)
                #expect(theirs.status == 404)
                #expect(theirs.text == absent.text)
                var left = theirs.headers
                var right = absent.headers
                left[.requestId] = nil
                right[.requestId] = nil
                #expect(left == right)
            }
            let list = try await world.ask(.get, "/v1/campaigns", as: world.test.rival)
            #expect(list.json["items"] == [])
        }
    }

    @Test("A funder sees nothing before acceptance")
    func funders() async throws {
        try await World.with { world in
            let campaign = try await world.test.campaign(channels: [.youtube])
            let set = try await world.made(
                "/v1/campaigns/\(campaign.id)/result-sets", as: world.test.editor, World.set)
            let query = "/v1/summaries/results?programme=\(world.test.programme.id)"
            #expect(
                try await world.ask(.get, set.location, as: world.test.funder).status == 404)
            let before = try await world.ask(.get, query, as: world.test.funder)
            #expect(before.json["groups"]?[0]?["counts"]?["impressions"] == nil)
            try await world.move(set.location, to: "submitted", as: world.test.editor)
            try await world.move(set.location, to: "accepted", as: world.test.manager)
            let after = try await world.ask(.get, query, as: world.test.funder)
            #expect(after.json["groups"]?[0]?["counts"]?["impressions"] == 500)
            #expect(
                try await world.ask(
                    .post, "/v1/campaigns", as: world.test.funder,
                    body: [
                        "organisationId": .string("\(world.test.organisation.id)"), "name": "C",
                        "startsOn": "2017-01-01", "endsOn": "2017-01-02",
                    ]
                ).status == 403)
        }
    }
}

extension World {
    struct Made {
        let id: String
        let location: String
        let seen: Seen
    }

    static let set: JSONValue = [
        "channel": "youtube", "from": "2023-03-01", "to": "2023-03-31",
        "readings": [["metric": "impressions", "value": 500]],
    ]

    /// Makes something and reads it back where it is said to be: the same body, the same tag.
    func made(
        _ path: String, as caller: Caller, _ body: JSONValue,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Made {
        let seen = try await ask(.post, path, as: caller, body: body, at: location)
        #expect(seen.status == 201, "\(seen.text)", sourceLocation: location)
        let place = try #require(seen.headers[.location], sourceLocation: location)
        let read = try await ask(.get, place, as: caller, at: location)
        #expect(read.status == 200, sourceLocation: location)
        #expect(read.text == seen.text, sourceLocation: location)
        #expect(read.headers[.eTag] == seen.headers[.eTag], sourceLocation: location)
        let id = try #require(seen.json["id"]?.string, sourceLocation: location)
        return Made(id: id, location: place, seen: seen)
    }

    /// A programme with a grant to this organisation, taken to active.
    func grant(to organisation: String) async throws -> Made {
        let manager = test.manager
        let programme = try await made(
            "/v1/programmes", as: manager,
            [
                "name": "Resilient Voices", "currency": "EUR", "startsOn": "2017-01-01",
                "endsOn": "2018-12-31", "budget": ["amount": "250000.00", "currency": "EUR"],
            ])
        let grant = try await made(
            "/v1/grants", as: manager,
            [
                "programmeId": .string(programme.id), "organisationId": .string(organisation),
                "title": "Films", "amount": ["amount": "12500.00", "currency": "EUR"],
                "startsOn": "2017-02-01", "endsOn": "2017-12-31",
                "instalments": [
                    ["dueOn": "2017-02-15", "amount": ["amount": "12500.00", "currency": "EUR"]]
                ],
            ])
        for status in ["submitted", "underReview", "awarded"] {
            try await move(grant.location, to: status, as: manager)
        }
        let active = try await move(grant.location, to: "active", as: manager, on: "2017-01-30")
        #expect(active.json["status"] == "active", "\(active.text)")
        return grant
    }
}
