// Small figures that nobody hid, because nobody handed them in or because they are in another set: what is left of a sum of
// several metrics, the other part of a rate, and Meta less one of its channels.

import CounterpointModel
import CounterpointRecords
import TestRegistry
import Testing

private let january = period("2023-01-01", "2023-01-31")

private func rate(_ metric: Metric, _ value: String, cell: String? = nil) -> Reading {
    Reading(
        metric: metric, period: january, content: nil, cell: cell, value: ExactDecimal(value)!)
}

private func money(_ value: String) -> Reading {
    Reading(
        metric: .spend, period: january, content: nil, cell: nil, value: ExactDecimal(value)!,
        currency: Currency("EUR"))
}

private func results(_ readings: [Reading], _ channel: Channel = .meta) -> NewResultSet {
    NewResultSet(channel: channel, period: january, readings: readings)
}

@Suite struct GivenAwayTests {
    /// What a funder is told of each of these sets, accepted one after the other: stated rates, and counts or people.
    private static func told(
        _ sets: [NewResultSet], channels: [Channel] = [.meta]
    ) async throws -> (rates: [Metric], counts: [Metric: Int], shown: [[Metric]]) {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: channels)
            var shown: [[Metric]] = []
            for set in sets {
                let accepted = try await world.accept(set, for: campaign)
                shown.append(
                    try await world.registry.resultSet(accepted.id, as: world.funder).readings
                        .filter { $0.state == .value }.map(\.metric))
            }
            var question = SummaryQuestion()
            question.campaigns = [campaign.id]
            let group = try await world.registry.summary(question, as: world.funder).groups[0]
            return (
                group.asStated.map(\.metric), try await world.funderReads(campaign).counts, shown
            )
        }
    }

    @Test(arguments: [
        // 20 impressions, each account 4 times: 5 accounts.
        (figure(.impressions, 20), rate(.frequency, "4")),
        // A quarter of 20 clicked: 5 clicks.
        (figure(.impressions, 20), rate(.clickThroughRate, "0.25")),
        (figure(.reach, 40), rate(.engagementRate, "0.1")),
        // 5 cents at 10 euros for a thousand: 5 impressions.
        (money("0.05"), rate(.costPerThousandImpressions, "10")),
    ])
    func aRateDoesNotTellItsOtherPart(_ known: Reading, _ stated: Reading) async throws {
        // In one set; the rate later; the rate first.
        let together = try await Self.told([results([known, stated])])
        #expect(together.shown == [[known.metric]])
        #expect(together.rates.isEmpty)
        let after = try await Self.told([results([known]), results([stated])])
        #expect(after.shown == [[known.metric], []])
        let before = try await Self.told([results([stated]), results([known])])
        #expect(before.shown == [[stated.metric], []])
    }

    @Test func aRateOfManyIsTold() async throws {
        let seen = try await Self.told([
            results([
                figure(.impressions, 20_000), rate(.frequency, "4"),
                rate(.clickThroughRate, "0.25"),
            ])
        ])
        #expect(Set(seen.rates) == [.frequency, .clickThroughRate])
        #expect(seen.counts == [.impressions: 20_000])
    }

    @Test func aRateOfAPartDoesNotTellTheOtherPartOfThatPart() async throws {
        let cut = NewResultSet(
            channel: .meta, period: january, breakdown: .region,
            readings: [
                figure(.impressions, 20, cell: "North"),
                figure(.impressions, 9_000, cell: "South"),
                rate(.clickThroughRate, "0.2", cell: "North"),
                rate(.clickThroughRate, "0.2", cell: "South"),
            ])
        let seen = try await Self.told([cut])
        #expect(seen.shown == [[.impressions, .impressions]])
    }

    @Test func whatIsMadeOfSeveralDoesNotTellTheHiddenOne() async throws {
        let parts = [figure(.reactions, 5), figure(.comments, 60), figure(.shares, 40)]
        // Engagements later, in another file: 105 less 60 and 40.
        let after = try await Self.told([results(parts), results([figure(.engagements, 105)])])
        #expect(after.shown == [[.comments, .shares], []])
        // Engagements first: then the others would give it.
        let before = try await Self.told([results([figure(.engagements, 105)]), results(parts)])
        #expect(before.shown == [[.engagements], []])
        // Nothing small: all is told.
        let large = try await Self.told([
            results([figure(.reactions, 50), figure(.comments, 60)]),
            results([figure(.engagements, 110)]),
        ])
        #expect(large.shown == [[.reactions, .comments], [.engagements]])
    }

    @Test func metaLessFacebookDoesNotTellInstagram() async throws {
        let seen = try await Self.told(
            [
                results([figure(.reach, 6)], .instagram), results([figure(.reach, 1_000)], .meta),
                results([figure(.reach, 995)], .facebook),
            ], channels: [.meta, .facebook, .instagram])
        #expect(seen.shown == [[], [.reach], []])
        let other = try await Self.told(
            [
                results([figure(.reach, 6)], .instagram),
                results([figure(.reach, 995)], .facebook),
                results([figure(.reach, 1_000)], .meta),
            ], channels: [.meta, .facebook, .instagram])
        #expect(other.shown == [[], [.reach], []])
    }
}
