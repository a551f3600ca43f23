// Review: who did what with a set, what was objected to, and what is odd about it beside the sets that stand.

import CounterpointModel
import Postgres
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointRecords

private let march = Period(from: Day(iso: "2024-03-01")!, to: Day(iso: "2024-03-31")!)!
private let spring = Period(from: Day(iso: "2024-03-01")!, to: Day(iso: "2024-05-31")!)!

private func reading(
    _ metric: Metric, _ value: String, in days: Period = march, content: String? = nil,
    cell: String? = nil
) -> Reading {
    Reading(
        metric: metric, period: days, content: content, cell: cell, value: ExactDecimal(value)!,
        currency: metric.additivity == .money ? Currency("EUR") : nil)
}

private func set(
    _ readings: [Reading], on channel: Channel = .youtube, in days: Period = march,
    role: SetRole = .primary, breakdown: Breakdown = .none
) -> NewResultSet {
    NewResultSet(
        channel: channel, period: days, role: role, breakdown: breakdown, readings: readings)
}

extension TestWorld {
    fileprivate func log(_ new: NewResultSet, for campaign: Campaign) async throws
        -> ResultSetDetail
    {
        try await registry.logResultSet(new, for: campaign.id, as: editor).get()
    }

    fileprivate func move(
        _ detail: ResultSetDetail, to status: ResultSetStatus, as caller: Caller,
        reason: String? = nil, objections: [NewObjection] = []
    ) async throws -> ResultSetDetail {
        try await registry.moveResultSet(
            detail.set.id, Transition(to: status, reason: reason), objections: objections,
            expecting: detail.set.version, as: caller
        ).get()
    }
}

@Suite struct ReviewTests {
    private let figures = [
        reading(.impressions, "100"), reading(.reach, "120"), reading(.comments, "7"),
    ]

    @Test func objectionsStayBesideTheirReadingsUntilTheNextDecision() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            var detail = try await world.log(set(figures), for: campaign)
            detail = try await world.move(detail, to: .submitted, as: world.editor)
            detail = try await world.move(
                detail, to: .returned, as: world.manager, reason: "two to look at",
                objections: [
                    NewObjection(reading: 2, reason: "more people than impressions"),
                    NewObjection(reading: 3, reason: "whose comments?"),
                ])
            #expect(detail.document["readings"]?[0]?["objection"] == nil)
            let beside = detail.document["readings"]?[1]?["objection"]
            #expect(beside?["reason"] == "more people than impressions")
            #expect(beside?["was"]?["value"] == 120 && beside?["mended"] == false)

            // The NGO puts the readings in another order, mends one, and leaves one out.
            let patch: JSONValue = [
                "readings": [
                    ["metric": "reach", "value": 90], ["metric": "impressions", "value": 100],
                ]
            ]
            detail = try await world.registry.changeResultSet(
                detail.set.id, patch, expecting: detail.set.version, as: world.editor
            ).get()
            let mended = detail.document["readings"]?[0]?["objection"]
            #expect(mended?["mended"] == true && mended?["was"]?["value"] == 120)
            #expect(detail.document["objections"]?[1]?["reading"] == .null)
            #expect(detail.document["objections"]?[1]?["mended"] == true)

            detail = try await world.move(detail, to: .submitted, as: world.editor)
            #expect(detail.review?.objections.filter(\.isOpen).count == 2, "for the reviewer")
            detail = try await world.move(
                detail, to: .returned, as: world.manager, reason: "one still",
                objections: [NewObjection(reading: 1, reason: "and by day?")])
            let open = try #require(detail.review).objections.filter(\.isOpen)
            #expect(open.map(\.reason) == ["and by day?"])
            detail = try await world.move(detail, to: .submitted, as: world.editor)
            detail = try await world.move(detail, to: .accepted, as: world.manager)
            #expect(detail.document["readings"]?[0]?["objection"] == nil)
            let settled = try #require(detail.document["objections"]?.array)
            #expect(settled.map { $0["settled"]?["step"] } == ["returned", "returned", "accepted"])
            #expect(settled.allSatisfy { $0["raised"]?["by"]?["name"] == "Mina Manager" })
        }
    }

    @Test func everyStepIsInTheHistoryWithWhoTookIt() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            var detail = try await world.log(set(figures), for: campaign)
            detail = try await world.move(detail, to: .submitted, as: world.editor)
            detail = try await world.move(
                detail, to: .returned, as: world.manager, reason: "which account?")
            for note in ["a", "b"] {
                detail = try await world.registry.changeResultSet(
                    detail.set.id, ["note": .string(note)], expecting: detail.set.version,
                    as: world.editor
                ).get()
            }
            detail = try await world.move(detail, to: .submitted, as: world.editor)
            detail = try await world.move(detail, to: .accepted, as: world.manager)
            let steps = try #require(detail.review).steps
            #expect(
                steps.map(\.kind) == [
                    .logged, .submitted, .returned, .changed, .submitted, .accepted,
                ])
            #expect(steps.map(\.sequence) == Array(1...6))
            #expect(steps[2].reason == "which account?" && steps[4].reason == nil)
            let names = ["Edith Editor", "Mina Manager"]
            #expect(steps.map(\.by?.name) == [0, 0, 1, 0, 0, 1].map { names[$0] })
            #expect(steps.map(\.by?.role).first == .ngoEditor)
            #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.at <= $1.at })

            // The NGO reads the same; a funder reads the set and nothing of its review.
            let own = try await world.registry.resultSet(detail.set.id, as: world.viewer)
            #expect(own.review?.steps == steps)
            let funders = try await world.registry.resultSet(detail.set.id, as: world.funder)
            #expect(funders.review == nil && funders.document["history"] == nil)
            for table in ["result_set_steps", "result_objections"] {
                let refused = try? await world.session(
                    as: "Frank Funder", "select count(*) from \(table)")
                #expect(refused == nil, "\(table)")
                // Divides by nothing if a row is seen.
                try await world.session(
                    as: "Rita Rival",
                    "select 1 / (case when count(*) = 0 then 1 else 0 end) from \(table)")
            }
        }
    }

    /// A manager of another programme of the same campaign is told the role and no name.
    @Test func namesDoNotCrossBetweenProgrammes() async throws {
        try await TestWorld.with { world in
            let (other, campaign) = try await world.sharedCampaign()
            var detail = try await world.log(set(figures), for: campaign)
            detail = try await world.move(detail, to: .submitted, as: world.editor)
            detail = try await world.move(detail, to: .accepted, as: other)
            let seen = try await world.registry.resultSet(detail.set.id, as: world.manager)
            let last = try #require(seen.review?.steps.last?.by)
            #expect(last.role == .programmeManager && last.name == nil)
            let known = try await world.registry.resultSet(detail.set.id, as: world.editor)
            #expect(known.review?.steps.last?.by?.name == "Otto Other")
        }
    }

    @Test func faultsOfObjectionsAreTold() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            var detail = try await world.log(set(figures), for: campaign)
            detail = try await world.move(detail, to: .submitted, as: world.editor)
            do {
                _ = try await world.move(
                    detail, to: .returned, as: world.manager, reason: "look",
                    objections: [
                        NewObjection(reading: 4, reason: "a"),
                        NewObjection(reading: 1, reason: "b"),
                        NewObjection(reading: 1, reason: "c"),
                    ])
                Issue.record("it was not refused")
            } catch RegistryError.invalid(let input) {
                #expect(input.faults.map(\.code) == ["unknownReading", "repeatedReading"])
                #expect(
                    input.faults.map(\.pointer) == [
                        "/objections/0/reading", "/objections/2/reading",
                    ])
            }
            let standing = try await world.registry.resultSet(detail.set.id, as: world.editor)
            #expect(standing.set.status == .submitted)
            // Nor can one be slipped in beside a return that was made before.
            detail = try await world.move(
                detail, to: .returned, as: world.manager, reason: "look")
            let slipped = try? await world.session(
                as: "Mina Manager",
                """
                insert into result_objections (organisation_id, campaign_id, result_set_id, returned_by, number, metric,
                    period_from, period_to, state, qualifier, value, reason)
                select organisation_id, campaign_id, id, 3, 9, 'reach', period_from, period_to, 'value', 'exact', 1, 'x'
                  from result_sets
                """)
            #expect(slipped == nil)
        }
    }
}

@Suite struct FindingsOfSetsTests {
    @Test func aNewSetIsHeldAgainstThoseThatStand() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            var counts = set([reading(.impressions, "100"), reading(.videoPlays50, "40")])
            counts.source = SourceFile(
                name: "counts.csv", bytes: 9, sha256: String(repeating: "a", count: 64))
            counts.readings[0].line = 2
            let standing = try await world.accept(counts, for: campaign)
            let detail = try await world.log(
                set([reading(.reach, "120"), reading(.videoPlays75, "41")]), for: campaign)
            #expect(detail.findings.map(\.code) == [.peopleAboveEvents, .laterPlaysAboveEarlier])
            let figures = detail.document["findings"]?[0]?["figures"]
            #expect(figures?[0]?["resultSet"] == .string(detail.set.id.text))
            #expect(figures?[0]?["readings"] == [1] && figures?[0]?["file"] == .null)
            #expect(figures?[1]?["resultSet"] == .string(standing.id.text))
            #expect(figures?[1]?["readings"] == [1] && figures?[1]?["lines"] == [2])
            #expect(figures?[1]?["file"] == "counts.csv" && figures?[1]?["value"] == "100")

            // At submission and for the reviewer too; never for a funder.
            let submitted = try await world.move(detail, to: .submitted, as: world.editor)
            #expect(submitted.findings.count == 2)
            let reviewed = try await world.registry.resultSet(detail.set.id, as: world.manager)
            #expect(reviewed.findings == submitted.findings)
            _ = try await world.move(submitted, to: .accepted, as: world.manager)
            let funders = try await world.registry.resultSet(detail.set.id, as: world.funder)
            #expect(funders.findings.isEmpty)
        }
    }

    /// What waits to be corrected is not held against a set, its correction is.
    @Test func aCorrectionThatWaitsTakesThePlaceOfWhatItCorrects() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            let first = try await world.accept(set([reading(.impressions, "100")]), for: campaign)
            var correction = set([reading(.impressions, "1000")])
            correction.supersedes = first.id
            let corrected = try await world.log(correction, for: campaign)
            let people = try await world.log(set([reading(.reach, "120")]), for: campaign)
            #expect(people.findings.map(\.code) == [.peopleAboveEvents])
            _ = try await world.move(corrected, to: .submitted, as: world.editor)
            let after = try await world.registry.resultSet(people.set.id, as: world.editor)
            #expect(after.findings.isEmpty)
        }
    }

    /// More readings than are compared one by one: totals take their place, and a set is never read in part.
    @Test func largeSetsAreComparedByTheirTotals() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            var large = try await world.accept(
                set(
                    [
                        reading(.impressions, "60", content: "one"),
                        reading(.impressions, "40", content: "two"),
                        reading(.reach, "30", content: "one"),
                        reading(.spend, "1.005", content: "one"),
                    ], breakdown: .content), for: campaign)
            let statement = try #require(
                SQLStatement.ofRecords.first { $0.name == "readings.totalsOfSets" })
            let totals = try await world.test.database.run(
                statement.text.replacing("$1", with: "array['\(large.id)'::uuid]")
                    .replacing("$2", with: "10"))
            let told = totals.map { [$0[2], $0[7], $0[8], $0[9]].compactMap(\.self) }
            #expect(
                told == [
                    ["impressions", "value", "exact", "100"], ["reach", "value", "atLeast", "30"],
                    ["spend", "value", "about", "1.005"],
                ], "cells: \(told)")

            large.readingCount = Int64(FindingSearch.readingsMaximum) + 1
            func cut(_ north: String, _ reach: String) throws -> [Finding.Code] {
                var own = large
                own.id = .random()
                own.role = .breakdown
                own.breakdown = .region
                own.readingCount = 3
                var search = FindingSearch(own, beside: [large])
                #expect(search.wholeSets == [own.id] && search.summedSets == [large.id])
                let readings = [
                    reading(.impressions, north, cell: "north"),
                    reading(.impressions, "1", cell: "south"),
                    reading(.reach, reach, cell: "north"),
                ]
                search.add(
                    readings.enumerated().map {
                        StoredReading(set: own.id, number: $0 + 1, $1)
                    })
                search.addTotals([
                    StoredReading(set: large.id, number: 1, reading(.impressions, "100"))
                ])
                let found = search.findings(audienceSize: nil)
                #expect(found.allSatisfy { $0.second.set == 0 || $0.second.readings.isEmpty })
                return found.map(\.code)
            }
            #expect(try cut("99", "99") == [])
            #expect(try cut("90", "101") == [.peopleAboveEvents, .breakdownDoesNotReconcile])
            // A set too large even in its totals is left out whole.
            var search = FindingSearch(large, beside: [])
            let total = StoredReading(set: large.id, number: 1, reading(.impressions, "1"))
            search.addTotals(Array(repeating: total, count: FindingSearch.readingsMaximum))
            #expect(search.isEmpty)
        }
    }

    @Test func theSameFiguresUnderTwoProgrammesAreFlaggedToManagers() async throws {
        try await TestWorld.with { world in
            let (other, campaign) = try await world.sharedCampaign()
            let shared = try await world.log(set([reading(.impressions, "100")]), for: campaign)
            #expect(shared.findings.isEmpty, "the NGO knows whose money it draws on")
            let submitted = try await world.move(shared, to: .submitted, as: world.editor)
            for manager in [world.manager, other] {
                let seen = try await world.registry.resultSet(submitted.set.id, as: manager)
                #expect(seen.findings.map(\.code) == [.claimedUnderTwoProgrammes])
                #expect(seen.findings.map(\.severity) == [.notice])
            }
        }
    }

    @Test func theSameFiguresUnderAnotherCampaignAreFlaggedToManagers() async throws {
        try await TestWorld.with { world in
            let figures = [
                reading(.impressions, "100"), reading(.reach, "50"), reading(.comments, "3"),
            ]
            let one = try await world.campaign("One", channels: [.youtube])
            let two = try await world.campaign("Two", channels: [.youtube])
            let first = try await world.accept(set(figures), for: one)
            let again = try await world.log(set(figures), for: two)
            #expect(again.findings.isEmpty)
            let submitted = try await world.move(again, to: .submitted, as: world.editor)
            let seen = try await world.registry.resultSet(submitted.set.id, as: world.manager)
            #expect(seen.findings.map(\.code) == [.reportedTwice])
            let figure = seen.document["findings"]?[0]?["figures"]?[1]
            #expect(figure?["resultSet"] == .string(first.id.text))
            // Other figures, or only few of them, are no sign of anything.
            var different = figures
            different[0].value = ExactDecimal(101)
            let third = try await world.campaign("Three", channels: [.youtube])
            let fourth = try await world.campaign("Four", channels: [.youtube])
            for (readings, campaign) in [(different, third), ([figures[2]], fourth)] {
                let draft = try await world.log(set(readings), for: campaign)
                let handed = try await world.move(draft, to: .submitted, as: world.editor)
                let read = try await world.registry.resultSet(handed.set.id, as: world.manager)
                #expect(read.findings.isEmpty)
            }
        }
    }
}

extension TestWorld {
    /// A second programme with a manager of its own, and a campaign that draws on grants of both.
    fileprivate func sharedCampaign() async throws -> (manager: Caller, campaign: Campaign) {
        let people = People(test)
        let other = try await people.caller("Otto Other", .programmeManager)
        let euro = Currency("EUR")!
        let programme = try await registry.addProgramme(
            NewProgramme(
                name: "Other", currency: euro, budget: Money(text: "50000.00", euro),
                startsOn: Day(iso: "2020-01-01")!, endsOn: Day(iso: "2030-12-31")!, funderIds: []),
            as: other
        ).get()
        try await test.database.run(
            """
            insert into programme_organisations (programme_id, organisation_id)
                values ('\(programme.id)', '\(organisation.id)')
            """)
        let grant = try await people.activeGrant(in: programme, to: organisation, as: other)
        let campaign = try await registry.addCampaign(
            NewCampaign(
                organisationId: organisation.id, grantIds: [self.grant.id, grant.id],
                name: "Shared", startsOn: Day(iso: "2023-01-01")!, endsOn: Day(iso: "2024-12-31")!,
                channels: [.youtube]),
            as: editor
        ).get()
        return (other, campaign)
    }
}
