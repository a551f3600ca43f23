// Review, deadlines and indicators through the service, every answer held against the description.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("How the work gets on")
struct ProgressRoutesTests {
    @Test("A returned set keeps the objections beside its readings, and its history")
    func objections() async throws {
        try await World.with { world in
            let (editor, manager) = (world.test.editor, world.test.manager)
            let campaign = try await world.test.campaign(channels: [.youtube])
            let set = try await world.made(
                "/v1/campaigns/\(campaign.id)/result-sets", as: editor,
                [
                    "channel": "youtube", "from": "2024-03-01", "to": "2024-03-31",
                    "readings": [
                        ["metric": "impressions", "value": 100], ["metric": "reach", "value": 120],
                    ],
                ])
            let submitted = try await world.move(set.location, to: "submitted", as: editor)
            #expect(submitted.json["findings"]?[0]?["code"] == "peopleAboveEvents")
            #expect(submitted.json["findings"]?[0]?["figures"]?[1]?["readings"] == [1])
            let path = set.location + "/transitions"
            let faulty = try await world.change(
                .post, path, of: set.location, as: manager,
                [
                    "to": "returned", "reason": "Look",
                    "objections": [
                        ["reading": 9, "reason": "x"], ["reading": "/readings/x", "reason": "y"],
                    ],
                ])
            #expect(faulty.status == 400 && faulty.pointers == ["/objections/1/reading"])
            let early = try await world.change(
                .post, path, of: set.location, as: manager,
                ["to": "accepted", "objections": [["reading": 1, "reason": "x"]]])
            #expect(early.status == 422 && early.pointers == ["/objections"])
            let returned = try await world.change(
                .post, path, of: set.location, as: manager,
                [
                    "to": "returned", "reason": "Look",
                    "objections": [["reading": "/readings/1", "reason": "More than impressions"]],
                ])
            #expect(returned.status == 200)
            let seen = try await world.ask(.get, set.location, as: editor)
            #expect(seen.json["readings"]?[0]?["objection"] == nil)
            #expect(seen.json["readings"]?[1]?["objection"]?["reason"] == "More than impressions")
            #expect(seen.json["objections"]?[0]?["settled"] == .null)
            #expect(
                seen.json["history"]?.array?.map { $0["step"] } == [
                    "logged", "submitted", "returned",
                ])
            #expect(seen.json["history"]?[2]?["by"]?["name"] == "Mina Manager")
        }
    }

    /// What is odd about a set changes when its neighbours do: whoever asks again is told.
    @Test("The tag of a set names what was worked out too, and changes go by the version in it")
    func tags() async throws {
        try await World.with { world in
            let editor = world.test.editor
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/result-sets"
            func body(_ metric: String, _ value: Int64) -> JSONValue {
                [
                    "channel": "youtube", "from": "2024-03-01", "to": "2024-03-31",
                    "readings": [["metric": .string(metric), "value": .integer(value)]],
                ]
            }
            let people = try await world.made(path, as: editor, body("reach", 120))
            let before = try await world.ask(.get, people.location, as: editor)
            let tag = try #require(before.headers[.eTag])
            let same = try await world.ask(
                .get, people.location, as: editor, [.ifNoneMatch: tag])
            #expect(same.status == 304)
            let counts = try await world.made(path, as: editor, body("impressions", 100))
            try await world.move(counts.location, to: "submitted", as: editor)
            let after = try await world.ask(
                .get, people.location, as: editor, [.ifNoneMatch: tag])
            #expect(after.status == 200)
            #expect(after.json["findings"]?[0]?["code"] == "peopleAboveEvents")
            // The set itself has not changed: the tag of before is good for a change.
            let changed = try await world.ask(
                .patch, people.location, as: editor, [.ifMatch: tag], body: ["note": "x"])
            #expect(changed.status == 200)
            let stale = try await world.ask(
                .patch, people.location, as: editor, [.ifMatch: tag], body: ["note": "y"])
            #expect(stale.status == 412)
        }
    }

    @Test("Reports are listed as due, late and missing, and counted")
    func reports() async throws {
        try await World.with { world in
            let manager = world.test.manager
            let grant = "/v1/grants/\(world.test.grant.id)"
            let agreed = try await world.change(
                .patch, grant, of: grant, as: manager, ["reporting": ["everyMonths": 6]])
            #expect(agreed.status == 200 && agreed.json["reportingPeriods"]?.array?.count == 30)
            let periods = try await world.change(
                .patch, grant, of: grant, as: manager,
                [
                    "reportingPeriods": [
                        ["from": "2023-01-01", "to": "2023-12-31"],
                        ["from": "2024-01-01", "to": "2024-12-31", "dueOn": "2099-12-31"],
                    ]
                ])
            #expect(periods.json["reportingPeriods"]?[0]?["dueOn"] == "2024-02-29")
            #expect(periods.json["reporting"] == .null)
            _ = try await world.test.campaign()
            let list = try await world.ask(
                .get, "/v1/reports-due?grant=\(world.test.grant.id)", as: world.test.editor)
            #expect(list.json["items"]?.array?.map { $0["status"] } == ["veryLate", "due"])
            #expect(list.json["items"]?[0]?["missing"] == true)
            #expect(list.json["items"]?[0]?["daysNeeded"] == 365)
            let some = try await world.ask(
                .get, "/v1/reports-due?status=due&status=submitted&limit=1", as: manager)
            #expect(some.json["items"]?.array?.count == 1 && some.json["next"] == .null)
            let totals = try await world.ask(.get, "/v1/reports-due/totals", as: manager)
            #expect(totals.json["veryLate"] == 1 && totals.json["missing"] == 1)
            #expect(totals.json["due"] == 1)
            for path in ["/v1/reports-due", "/v1/reports-due/totals"] {
                #expect(try await world.ask(.get, path, as: world.test.funder).status == 403)
                let rival = try await world.ask(.get, path, as: world.test.rival)
                #expect(rival.status == 200 && !rival.text.contains("\(world.test.grant.id)"))
            }
            let typo = try await world.ask(.get, "/v1/reports-due?status=overdue", as: manager)
            #expect(typo.status == 400)
        }
    }

    @Test("Indicators are set, read with what came of them, changed and removed")
    func indicators() async throws {
        try await World.with { world in
            let editor = world.test.editor
            let campaign = try await world.test.campaign(channels: [.youtube])
            let path = "/v1/campaigns/\(campaign.id)/indicators"
            let made = try await world.made(
                path, as: editor,
                [
                    "code": "R1", "title": "Shown", "metric": "impressions",
                    "baseline": ["value": 100], "target": ["value": 1100],
                ])
            let set = try await world.made(
                "/v1/campaigns/\(campaign.id)/result-sets", as: editor, World.set)
            let before = try await world.ask(.get, made.location, as: editor)
            let tag = try #require(before.headers[.eTag])
            #expect(before.json["progress"]?["gap"] == "noActual")
            try await world.move(set.location, to: "submitted", as: editor)
            try await world.move(set.location, to: "accepted", as: world.test.manager)
            let after = try await world.ask(
                .get, made.location, as: editor, [.ifNoneMatch: tag])
            #expect(after.status == 200 && after.json["actual"]?["lower"] == 500)
            #expect(
                after.json["progress"]?["lower"] == ["numerator": "400", "denominator": "1000"])
            let again = try await world.ask(
                .post, path, as: editor, body: ["code": "R1", "title": "Again"])
            #expect(again.status == 409 && again.json["code"] == "codeTaken")
            let changed = try await world.ask(
                .patch, made.location, as: editor, [.ifMatch: tag],
                body: ["target": ["value": 600]])
            #expect(
                changed.json["progress"]?["lower"] == ["numerator": "400", "denominator": "500"])
            let list = try await world.ask(.get, path, as: world.test.manager)
            #expect(list.json["items"]?[0] == changed.json)
            for probe in [path, made.location] {
                #expect(try await world.ask(.get, probe, as: world.test.funder).status == 403)
                #expect(try await world.ask(.get, probe, as: world.test.rival).status == 404)
            }
            #expect(try await world.ask(.delete, made.location, as: editor).status == 428)
            let key = HTTPField.Name("Idempotency-Key")!
            let removal: HTTPFields = [.ifMatch: changed.headers[.eTag] ?? "", key: "once"]
            for _ in 1...2 {
                let gone = try await world.ask(.delete, made.location, as: editor, removal)
                #expect(gone.status == 204 && gone.text.isEmpty)
            }
            #expect(try await world.ask(.get, made.location, as: editor).status == 404)
        }
    }
}
