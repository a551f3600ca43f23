// Ranges over real, published figures.

import CounterpointModel
import Testing

@Suite struct PublishedReachTests {
    private func reach() throws -> Metric.Unique { try #require(Metric.Unique(.reach)) }

    private func accountReading(_ id: Int) -> PlacedReading {
        PlacedReading(
            id: id, campaign: MH4U.campaign, channel: .meta, set: 12,
            reading: Reading(
                metric: .reach, period: period("2023-04-14", "2024-03-11"),
                value: ExactDecimal(1_211_188)))
    }

    @Test func adsAloneGiveARange() throws {
        let range = try ReachRange.over(
            ReachScope(), from: ReachEvidence(of: reach(), in: MH4U.ads()))
        #expect(range.lower == 307_479)
        #expect(range.upper == 2_166_883)
        #expect(!range.exact)
        #expect(range.method == .largestToSum)
        #expect(range.readings == 48)
        #expect(range.findings.isEmpty)
        #expect(range.scenario == nil)
    }

    @Test func theAccountsOwnReadingMakesItExact() throws {
        for role in [SetRole.primary, .breakdown] {
            var account = accountReading(9999)
            account.role = role
            let range = try ReachRange.over(
                ReachScope(campaigns: [MH4U.campaign], channels: [.meta]),
                from: ReachEvidence(of: reach(), in: MH4U.ads() + [account]))
            #expect(range.lower == 1_211_188)
            #expect(range.upper == 1_211_188)
            #expect(range.exact)
            #expect(range.method == .singleReading)
            #expect(range.used == [9999])
        }
    }

    @Test func regionsByMonthNeverCover() throws {
        let months = try ReachEvidence(of: reach(), in: MH4U.regions())
        let alone = ReachRange.over(ReachScope(), from: months)
        #expect(alone.upper == nil)
        #expect(alone.method == .largestToOpen)
        let both = try ReachRange.over(
            ReachScope(period: period("2023-04-14", "2024-03-11")),
            from: ReachEvidence(of: reach(), in: MH4U.ads() + MH4U.regions()))
        #expect(both.lower == 307_479)
        #expect(both.upper == 2_166_883)
        #expect(both.findings.isEmpty)
    }

    @Test func asAPrimarySetRegionsWithoutReachAreBoundedByTheirImpressions() throws {
        let regions = try MH4U.regions().map { placed in
            var placed = placed
            placed.role = .primary
            return placed
        }
        let range = try ReachRange.over(ReachScope(), from: ReachEvidence(of: reach(), in: regions))
        let missing = regions.filter { $0.reading.metric == .reach && $0.reading.state == .missing }
        #expect(missing.count == 31)
        let impressions = Dictionary(
            uniqueKeysWithValues: regions.filter { $0.reading.metric == .impressions }
                .map { ($0.id, $0.reading.value!.wholeNumber!) })
        // Ids run reach, impressions, spend.
        let ofMissing = missing.map { impressions[$0.id + 1]! }.reduce(0, +)
        #expect(range.upper == 1_846_036 + ofMissing)
        #expect(range.method == .largestToMixedCover)
    }

    @Test func anIndependenceScenarioStandsBesideTheRange() throws {
        let range = try ReachRange.over(
            ReachScope(),
            from: ReachEvidence(
                of: reach(), in: MH4U.ads(), audienceSizes: [MH4U.campaign: 30_000_000]))
        #expect(range.lower == 307_479)
        #expect(range.upper == 2_166_883)
        #expect(range.scenario?.kind == .independence)
        let value = try #require(range.scenario?.value)
        // In floating point, as a check on the exact arithmetic.
        let parts = try MH4U.ads().filter { $0.reading.metric == .reach }
            .map { Double($0.reading.value!.wholeNumber!) }
        let expected = 3e7 * (1 - parts.reduce(1) { $0 * (1 - $1 / 3e7) })
        #expect(abs(Double(value) - expected) < 0.6)
        let small = try ReachRange.over(
            ReachScope(),
            from: ReachEvidence(
                of: reach(), in: MH4U.ads(), audienceSizes: [MH4U.campaign: 2_000_000]))
        #expect(small.upper == 2_000_000)
        #expect(small.method == .largestToAudience)
        #expect(!small.exact)
    }

    /// The Redirect Method pilot: two language audiences, stated as estimates.
    private func pilot(_ assumption: String?) throws -> ReachRange {
        let weeks = period("2016-01-18", "2016-03-13")
        let languages = [("ar", 263_001, 347_195), ("en", 57_905, 152_875)]
        var id = 0
        let readings = languages.flatMap { language, clickers, minutes in
            [(Metric.uniqueLinkClickers, clickers), (.watchTimeMinutes, minutes)].map {
                metric, value in
                id += 1
                return PlacedReading(
                    id: id, campaign: 2, channel: .googleSearch, set: 20, breakdown: .language,
                    reading: Reading(
                        metric: metric, period: weeks, cell: language,
                        qualifier: metric == .uniqueLinkClickers ? .about : .exact,
                        value: ExactDecimal(Int64(value))))
            }
        }
        let clickers = try #require(Metric.Unique(.uniqueLinkClickers))
        return ReachRange.over(
            ReachScope(),
            from: ReachEvidence(
                of: clickers, in: readings,
                disjointAudiences: assumption.map { [20: $0] } ?? [:]))
    }

    @Test func thePilotIsARangeAndItsSumOnlyAScenario() throws {
        let range = try pilot(nil)
        #expect(range.lower == 263_001)
        #expect(range.upper == 320_906)
        #expect(!range.exact)
        #expect(range.method == .largestToSum)
        #expect(range.scenario == nil)
        let assumption = "Arabic and English ads were shown to different people."
        let stated = try pilot(assumption)
        #expect(stated.lower == 263_001)
        #expect(stated.upper == 320_906)
        #expect(
            stated.scenario
                == ReachScenario(
                    kind: .disjointAudiences, value: 320_906, assumption: assumption))
    }

    /// Link clicks of one campaign say nothing of how many clicked in another that reports
    /// clickers; but they are named.
    @Test func aCampaignWithoutClickersIsListedAndLeavesTheOthersAlone() throws {
        let clickers = try #require(Metric.Unique(.uniqueLinkClickers))
        let both = [
            placed(1, .uniqueLinkClickers, "5"), placed(2, .linkClicks, "70", 1, 1, .meta),
            placed(3, .impressions, "900", 1, 1, .meta),
        ]
        let range = ReachRange.over(ReachScope(), from: ReachEvidence(of: clickers, in: both))
        #expect(range.shorthand == "=5")
        #expect(range.unreported == [.init(campaign: 1, channel: .meta)])
        let named = ReachRange.over(
            ReachScope(channels: [.facebook, .meta]), from: ReachEvidence(of: clickers, in: both))
        #expect(named.shorthand == "5…70")
        // Of reach, impressions are enough: someone was reached.
        let reached = try ReachRange.over(
            ReachScope(),
            from: ReachEvidence(of: reach(), in: both + [placed(4, .reach, "60", 1, 1, .youtube)]))
        #expect(reached.shorthand == "60…960")
    }

    /// A part without a reading is unknown on the days for which the set has any other figure of
    /// it.
    @Test func partsKnownOnlyByOtherMetricsBreakTheCover() throws {
        var readings = [
            placed(1, .reach, "50", 1, content: "a"), placed(2, .reach, "40", 1, content: "b"),
            placed(3, .reach, "30", 2, content: "a"), placed(4, .shares, "9", 2, content: "b"),
        ]
        func range(_ month: Int) throws -> String {
            try ReachRange.over(
                ReachScope(period: Notebook.months(month, month)),
                from: ReachEvidence(of: reach(), in: readings)
            ).shorthand
        }
        #expect(try range(1) == "50…90")
        #expect(try range(2) == "30…")
        readings[3] = placed(4, .impressions, "9", 2, content: "b")
        #expect(try range(2) == "30…39")
        readings.removeLast()
        #expect(try range(2) == "=30")
    }
}
