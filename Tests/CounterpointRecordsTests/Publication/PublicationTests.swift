// What is published of a set with small figures: how much of it, and that it stays true.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

private let january = period("2023-01-01", "2023-01-31")
private let february = period("2023-02-01", "2023-02-28")
private let march = period("2023-03-01", "2023-03-31")
private let quarter = period("2023-01-01", "2023-03-31")

@Suite struct PublicationTests {
    @Test func aSmallFigureIsMaskedAndSaidToBe() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let set = try await world.accept(smallSet, for: campaign)
            let seen = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            let group = seen.groups[0]
            #expect(group.counts.map(\.metric) == [.impressions])
            #expect(group.masked.map(\.metric) == [.helpSeekingContacts])
            #expect(seen.accounting.suppressedCells == 1)
            #expect(seen.notice == Publication.notice)
            let table = String(decoding: seen.csv, as: UTF8.self)
            #expect(table.contains("\r\nhelpSeekingContacts,,,,false,masked,"))

            let detail = try await world.registry.resultSet(set.id, as: world.funder)
            #expect(detail.readings.map(\.state) == [.masked, .value])
            #expect(detail.set.digest != set.digest && detail.set.source == nil)

            // Everybody else reads what was handed in, and says nothing of masking.
            for reader in [world.manager, world.editor, world.auditor] {
                let full = try await world.registry.summary(SummaryQuestion(), as: reader)
                #expect(
                    full.groups[0].counts.map(\.value) == [ExactDecimal(5_000), ExactDecimal(7)])
                #expect(full.accounting.suppressedCells == 0 && full.notice == nil)
                // A receipt is the same for everybody, and found by everybody.
                #expect(full.groups[0].receipt == group.receipt)
                let receipt = try await world.registry.receipt(group.receipt, as: reader)
                #expect(receipt.sets[0].digest == set.digest)
            }
            let receipt = try await world.registry.receipt(group.receipt, as: world.funder)
            #expect(receipt.sets[0].digest == detail.set.digest)
            #expect(receipt.sets[0].sourceSHA256 == nil)
        }
    }

    @Test func partsAreHiddenTogetherAndTheirSumStaysTrue() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let set = try await world.accept(
                NewResultSet(
                    channel: .meta, period: january, breakdown: .region,
                    readings: [
                        figure(.leads, 5, cell: "North"), figure(.leads, 40, cell: "South"),
                        figure(.shares, 30, cell: "North"), figure(.shares, 40, cell: "South"),
                        figure(.reach, 6, cell: "North"), figure(.reach, 900, cell: "South"),
                    ]), for: campaign)
            let seen = try await world.funderReads(campaign)
            #expect(seen.counts[.leads] == 45 && seen.counts[.shares] == 70)
            // Two parts, one of them small: the largest and the sum would give it.
            #expect(seen.reach == nil && seen.masked == [.reach])
            let readings = try await world.registry.resultSet(set.id, as: world.funder).readings
            #expect(
                readings.map(\.state) == [.masked, .masked, .value, .value, .masked, .masked])
            #expect(seen.suppressed == 4)
        }
    }

    @Test func amongThreePartsTheLargestAndTheSumStillBoundPeople() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            try await world.accept(
                NewResultSet(
                    channel: .meta, period: january, breakdown: .content,
                    readings: [5, 40_000, 30_000].enumerated().map {
                        figure(.reach, $1, content: "Ad \($0)")
                    }), for: campaign)
            let seen = try await world.funderReads(campaign)
            #expect(seen.reach?.lower == 40_000 && seen.reach?.upper == 70_005)
        }
    }

    @Test func smallMonthsAreToldAsOneFigureOverAllDays() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            try await world.accept(
                NewResultSet(
                    channel: .meta, period: quarter,
                    readings: [
                        figure(.leads, 3, january), figure(.leads, 20, february),
                        figure(.leads, 8, march), figure(.messages, 3, january),
                        figure(.messages, 4, march),
                        figure(.reach, 4, january), figure(.reach, 60, february),
                        figure(.reach, 62, quarter),
                    ]), for: campaign)
            let whole = try await world.funderReads(campaign)
            #expect(whole.counts == [.leads: 31])
            #expect(whole.reach?.lower == 62 && whole.reach?.upper == 62)
            #expect(whole.masked == [.messages])
            for days in [january, february, march] {
                let part = try await world.funderReads(campaign, days)
                #expect(part.counts.isEmpty)
                #expect(part.reach?.lower ?? 0 == 0 && part.reach?.upper ?? 62 == 62)
            }
        }
    }

    @Test func aSecondCutIsHiddenInWhicheverOrderItComes() async throws {
        try await TestWorld.with { world in
            // The primary first: 3 of the 103 are in a region that the cut leaves out.
            let campaign = try await world.campaign()
            try await world.accept(
                NewResultSet(
                    channel: .meta, period: january, breakdown: .content,
                    readings: [
                        figure(.leads, 3, content: "One"), figure(.leads, 100, content: "Two"),
                    ]), for: campaign)
            let cut = NewResultSet(
                channel: .meta, period: january, role: .breakdown, breakdown: .region,
                readings: [
                    figure(.leads, 60, cell: "North"), figure(.leads, 40, cell: "South"),
                ])
            let second = try await world.accept(cut, for: campaign)
            let hidden = try await world.registry.resultSet(second.id, as: world.funder).readings
            #expect(hidden.map(\.state) == [.masked, .masked])

            // The cut first: it stands as published, and the primary that comes later gives way.
            let other = try await world.campaign("Other")
            try await world.accept(
                NewResultSet(
                    channel: .meta, period: february,
                    readings: [figure(.leads, 100, february)]), for: other)
            var wide = cut
            wide.period = period("2023-01-01", "2023-02-28")
            try await world.accept(wide, for: other)
            try await world.accept(
                NewResultSet(
                    channel: .meta, period: january, breakdown: .content,
                    readings: [
                        figure(.leads, 3, content: "One"), figure(.leads, 100, content: "Two"),
                    ]), for: other)
            let seen = try await world.funderReads(other, january)
            #expect(seen.counts.isEmpty && seen.masked == [.leads])
        }
    }

    @Test func aCorrectionDoesNotGiveAwayWhatItAdds() async throws {
        try await TestWorld.with { world in
            for (added, isShown) in [(4, false), (25, true)] {
                let campaign = try await world.campaign("Corrected by \(added)")
                let first = try await world.accept(
                    NewResultSet(
                        channel: .meta, period: january, breakdown: .region,
                        readings: [
                            figure(.leads, 60, cell: "North"), figure(.leads, 40, cell: "South"),
                        ]), for: campaign)
                let then = try await world.now()
                try await world.accept(
                    NewResultSet(
                        channel: .meta, period: january, breakdown: .region,
                        readings: [
                            figure(.leads, 60, cell: "North"),
                            figure(.leads, 36 + added, cell: "South"),
                            figure(.leads, 4, cell: "East"),
                        ], supersedes: first.id), for: campaign)
                let now = try await world.funderReads(campaign)
                #expect(now.counts == (isShown ? [.leads: 100 + added] : [:]))
                let before = try await world.funderReads(campaign, asOf: then)
                #expect(before.counts == [.leads: 100])
            }
        }
    }

    /// The new sum less what was shown before and still stands would be the figure that was corrected to a small one.
    @Test(arguments: [Breakdown.none, .region])
    func aFigureCorrectedToASmallOneIsNotTheRestOfTheSum(cut: Breakdown) async throws {
        try await TestWorld.with { world in
            for (corrected, isShown) in [(4, false), (25, true)] {
                let campaign = try await world.campaign("Corrected to \(corrected)")
                let handedIn = { (first: Int, corrects: ResultSet.ID?) in
                    NewResultSet(
                        channel: .meta, period: quarter, breakdown: cut,
                        readings: zip([first, 200, 300], [january, february, march]).map {
                            cut == .none
                                ? figure(.leads, $0, $1)
                                : figure(.leads, $0, cell: "From \($1.from)", quarter)
                        } + (corrected == 25 ? [figure(.leads, 7, cell: "New", quarter)] : []),
                        supersedes: corrects)
                }
                let first = try await world.accept(handedIn(100, nil), for: campaign)
                try await world.accept(handedIn(corrected, first.id), for: campaign)
                let now = try await world.funderReads(campaign)
                #expect(now.counts == (isShown ? [.leads: 532] : [:]))
            }
        }
    }

    @Test func aWholeThatWouldBoundASmallPartIsNotTold() async throws {
        try await TestWorld.with { world in
            for (whole, isShown) in [(64, false), (90, true)] {
                let campaign = try await world.campaign("Whole \(whole)")
                for (days, people) in [(january, 5), (february, 60)] {
                    try await world.accept(
                        NewResultSet(
                            channel: .meta, period: days, readings: [figure(.reach, people, days)]),
                        for: campaign)
                }
                let both = period("2023-01-01", "2023-02-28")
                try await world.accept(
                    NewResultSet(
                        channel: .meta, period: both, readings: [figure(.reach, whole, both)]),
                    for: campaign)
                let seen = try await world.funderReads(campaign, both)
                #expect((seen.reach?.lower == Int64(whole)) == isShown)
                #expect((seen.reach?.upper == Int64(whole)) == isShown)
            }
        }
    }

    @Test func ratesAndColumnsThatAreMadeOfAHiddenFigureAreHidden() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            var readings = [
                figure(.impressions, 8), figure(.engagements, 140), figure(.reactions, 120),
                figure(.comments, 5), figure(.shares, 15), figure(.followers, 6, january),
            ]
            readings.append(
                Reading(metric: .frequency, period: january, value: ExactDecimal("1.6")!))
            readings.append(
                Reading(
                    metric: .spend, period: january, value: ExactDecimal("12.50")!,
                    currency: Currency("EUR")!))
            try await world.accept(
                NewResultSet(channel: .meta, period: january, readings: readings), for: campaign)
            let seen = try await world.funderReads(campaign)
            #expect(seen.counts == [.reactions: 120, .shares: 15])
            #expect(
                Set(seen.masked)
                    == [.impressions, .engagements, .comments, .followers, .frequency])
        }
    }

    @Test func recomputingPublishesTheSameAgainAndSeesADifference() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            try await world.accept(smallSet, for: campaign)
            let sound = try await world.test.host.recompute(as: world.test.administrator)
            #expect(sound.sets == 1 && sound.drifts.isEmpty)
            try await world.test.database.run(
                "update result_records set published_digest = repeat('0', 64)")
            let drifted = try await world.test.host.recompute(as: world.test.administrator)
            #expect(drifted.drifts.count == 1)
        }
    }

    @Test func whatIsReportedTwiceIsFlaggedToEveryoneWithoutSayingWhere() async throws {
        try await TestWorld.with { world in
            let second = try await world.registry.addProgramme(
                NewProgramme(
                    name: "Second", currency: Currency("EUR")!, budget: nil,
                    startsOn: Day(iso: "2016-01-01")!, endsOn: Day(iso: "2030-12-31")!),
                as: world.manager
            ).get()
            let granted = try await world.registry.addGrant(
                NewGrant(
                    programmeId: second.id, organisationId: world.organisation.id, title: "Second",
                    amount: Money(text: "10.00", Currency("EUR")!)!,
                    startsOn: second.startsOn, endsOn: second.endsOn), as: world.manager
            ).get()
            let once = try await world.campaign("Once")
            let twice = try await world.registry.addCampaign(
                NewCampaign(
                    organisationId: world.organisation.id, grantIds: [world.grant.id, granted.id],
                    name: "Twice", startsOn: once.startsOn, endsOn: once.endsOn),
                as: world.editor
            ).get()
            for campaign in [once, twice] { try await world.accept(smallSet, for: campaign) }
            for reader in [world.funder, world.manager] {
                for (campaign, flagged) in [(once, false), (twice, true)] {
                    var question = SummaryQuestion()
                    question.campaigns = [campaign.id]
                    let summary = try await world.registry.summary(question, as: reader)
                    #expect(summary.groups[0].isReportedElsewhere == flagged)
                }
            }
            let shown = try await world.registry.campaign(twice.id, as: world.funder)
            #expect(shown.grantIds == [world.grant.id], "not under which other programme")
        }
    }
}

/// What a funder reads of one campaign.
struct FunderReading {
    var counts: [Metric: Int]
    var reach: ReachRange?
    var masked: [Metric]
    var suppressed: Int64
}

extension TestWorld {
    func funderReads(
        _ campaign: Campaign, _ days: Period? = nil, asOf: Instant? = nil
    ) async throws -> FunderReading {
        var question = SummaryQuestion()
        question.campaigns = [campaign.id]
        question.from = days?.from
        question.to = days?.to
        question.asOf = asOf
        let summary = try await registry.summary(question, as: funder)
        let group = summary.groups[0]
        return FunderReading(
            counts: Dictionary(
                uniqueKeysWithValues: group.counts.map {
                    ($0.metric, Int($0.value.wholeNumber ?? -1))
                }),
            reach: group.uniques.first { $0.metric == .reach }?.range,
            masked: group.masked.map(\.metric), suppressed: summary.accounting.suppressedCells)
    }
}
