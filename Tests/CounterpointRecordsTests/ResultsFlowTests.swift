// From a draft to a quoted figure: logging, handing in, reviewing, correcting, and what each reader then sees.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

private let period = Period(from: Day(iso: "2023-04-14")!, to: Day(iso: "2024-03-11")!)!
private let uah = Currency("UAH")!

private func reading(
    _ metric: Metric, _ value: String, content: String? = nil, cell: String? = nil,
    in days: Period = period
) -> Reading {
    Reading(
        metric: metric, period: days, content: content, cell: cell, value: ExactDecimal(value)!,
        currency: metric.additivity == .money ? uah : nil)
}

private let ads = NewResultSet(
    channel: .meta, period: period, breakdown: .content,
    readings: [
        reading(.impressions, "100000", content: "one"),
        reading(.impressions, "50000", content: "two"),
        reading(.reach, "40000", content: "one"), reading(.reach, "30000", content: "two"),
        reading(.spend, "12.345678", content: "one"), reading(.spend, "0.004322", content: "two"),
    ])

@Suite struct ResultsFlowTests {
    @Test func acceptedFiguresAreSummedAndPeopleAreNot() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let draft = try await world.registry.logResultSet(
                ads, for: campaign.id, as: world.editor
            ).get()
            #expect(draft.set.status == .draft)
            #expect(draft.readings.count == 6)
            let before = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            #expect(before.groups[0].counts.isEmpty)

            try await world.accept(draft.set)
            let summary = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            let group = try #require(summary.groups.first)
            #expect(group.counts.map(\.value) == [ExactDecimal("150000")!])
            #expect(group.money.map(\.amount.text) == ["12.35"])
            let reach = try #require(group.uniques.first?.range)
            #expect(reach.lower == 40000 && reach.upper == 70000 && !reach.exact)
            #expect(summary.revisions.map(\.revision) == [1])

            // The account's own de-duplicated reading settles it.
            try await world.accept(
                NewResultSet(channel: .meta, period: period, readings: [reading(.reach, "55000")]),
                for: campaign)
            let settled = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            let exact = try #require(settled.groups[0].uniques.first?.range)
            #expect(exact.lower == 55000 && exact.upper == 55000 && exact.exact)
            #expect(settled.groups[0].rates.first?.lower == ExactDecimal("2.72727273")!)
        }
    }

    @Test func theSamePeriodAgainNamesTheSetInTheWay() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let first = try await world.registry.logResultSet(
                ads, for: campaign.id, as: world.editor
            ).get()
            for channel: Channel in [.meta, .facebook] {
                var again = ads
                again.channel = channel
                let conflict = try await conflict(logging: again, for: campaign, in: world)
                #expect(conflict.inTheWay == [first.set.id.uuid])
                #expect(conflict.detail.contains(first.set.id.text))
            }
            // Instagram's figures beside Facebook's are no overlap; beside Meta's they are.
            let all = try await world.registry.resultSets(
                ResultSetFilter(), page: PageRequest(), as: world.editor)
            #expect(all.items.count == 1)
        }
    }

    private func conflict(
        logging new: NewResultSet, for campaign: Campaign, in world: TestWorld
    ) async throws -> Conflict {
        do {
            _ = try await world.registry.logResultSet(new, for: campaign.id, as: world.editor)
        } catch RegistryError.conflict(let conflict) {
            return conflict
        }
        throw NoConflict()
    }

    private struct NoConflict: Error {}

    @Test func aBreakdownAddsNothing() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let cut = NewResultSet(
                channel: .meta, period: period, role: .breakdown, breakdown: .region,
                readings: [
                    reading(.impressions, "90000", cell: "North"),
                    reading(.impressions, "60000", cell: "South"),
                ])
            await #expect(
                throws: RegistryError.self, "there is nothing yet that it could be a cut of"
            ) {
                try await world.registry.logResultSet(cut, for: campaign.id, as: world.editor)
            }
            try await world.accept(ads, for: campaign)
            try await world.accept(cut, for: campaign)
            let summary = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            #expect(summary.groups[0].counts.map(\.value) == [ExactDecimal("150000")!])
        }
    }

    @Test func aCorrectionReplacesAndThePastStaysAnswerable() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let first = try await world.accept(ads, for: campaign)
            let then = try await world.registry.summary(SummaryQuestion(), as: world.funder)

            var correction = ads
            correction.supersedes = first.id
            correction.readings[0].value = ExactDecimal("100001")!
            try await world.accept(correction, for: campaign)

            let now = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            #expect(now.groups[0].counts.map(\.value) == [ExactDecimal("150001")!])
            #expect(now.revisions.map(\.revision) == [2])
            #expect(now.accounting.supersededReadings == 6)

            var question = SummaryQuestion()
            question.asOf = then.asOf
            let again = try await world.registry.summary(question, as: world.funder)
            #expect(again.groups[0].counts.map(\.value) == [ExactDecimal("150000")!])
            #expect(again.groups[0].receipt == then.groups[0].receipt)

            let receipt = try await world.registry.receipt(then.groups[0].receipt, as: world.funder)
            #expect(receipt.sets.map(\.set) == [first.id])
            await #expect(
                throws: RegistryError.self, "nobody learns what they could not have asked for"
            ) {
                try await world.registry.receipt(then.groups[0].receipt, as: world.rival)
            }
        }
    }

    @Test func audiencesAreAddedOnlyBesideTheRangeAndOnlyWithAStatement() async throws {
        try await TestWorld.with { world in
            var clickers = NewResultSet(
                channel: .googleSearch, period: period, breakdown: .language,
                readings: [
                    reading(.uniqueLinkClickers, "263001", cell: "ar"),
                    reading(.uniqueLinkClickers, "57905", cell: "en"),
                ])
            for statement in [
                nil, "Advertisements in Arabic and in English had different searchers.",
            ] {
                let campaign = try await world.campaign(channels: [.googleSearch])
                clickers.disjointAudiences = statement
                try await world.accept(clickers, for: campaign)
                var question = SummaryQuestion()
                question.campaigns = [campaign.id]
                let summary = try await world.registry.summary(question, as: world.funder)
                let range = try #require(summary.groups[0].uniques.first?.range)
                #expect(range.lower == 263_001 && range.upper == 320_906 && !range.exact)
                #expect(range.scenario?.value == (statement == nil ? nil : 320_906))
                #expect(range.scenario?.assumption == statement)
            }
        }
    }

    @Test func anAcceptedSetNeverChanges() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let set = try await world.accept(ads, for: campaign)
            for statement in [
                "update readings set value = 1", "delete from readings",
                "update result_sets set period_to = period_from",
                "update result_sets set status = 'draft'",
            ] {
                await #expect(throws: (any Error).self, "\(statement)") {
                    try await world.test.database.run(statement)
                }
            }
            #expect(set.status == .accepted)
        }
    }

    @Test func aRivalSeesNothing() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let set = try await world.accept(ads, for: campaign)
            for probe in [world.rival] {
                await #expect(throws: RegistryError.self) {
                    try await world.registry.campaign(campaign.id, as: probe)
                }
                await #expect(throws: RegistryError.self) {
                    try await world.registry.resultSet(set.id, as: probe)
                }
                await #expect(throws: RegistryError.self) {
                    try await world.registry.logResultSet(ads, for: campaign.id, as: probe)
                }
                await #expect(throws: RegistryError.self) {
                    try await world.registry.organisation(world.organisation.id, as: probe)
                }
                let summary = try await world.registry.summary(SummaryQuestion(), as: probe)
                #expect(summary.groups[0].counts.isEmpty)
                #expect(summary.accounting.acceptedReadings == 0)
            }
            let mine = try await world.registry.summary(SummaryQuestion(), as: world.editor)
            #expect(mine.accounting.acceptedReadings == 6)
        }
    }

    @Test func theLogHoldsAndTheFiguresDoNotDrift() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            try await world.accept(ads, for: campaign)
            let verdicts = try await world.test.host.verifyAudit(as: world.test.administrator)
            #expect(verdicts.count == 2)
            #expect(verdicts.allSatisfy { $0.faults.isEmpty && $0.entries > 0 })
            let (sets, drifts) = try await world.test.host.recompute(as: world.test.administrator)
            #expect(sets == 1 && drifts.isEmpty)
        }
    }
}
