import CounterpointModel
import Testing

@Suite struct RateTests {
    private func rate(_ metric: Metric) throws -> Metric.Rate { try #require(Metric.Rate(metric)) }

    @Test func frequencyOfAnExactReachIsOneNumber() throws {
        var notes = Notebook()
        notes.reach(1_211_188, 1, 3)
        let exact = try #require(
            RateRange(frequencyOf: 3_159_843, reach: notes.range(1, 3)))
        #expect(exact.lowerText == "2.60887905")
        #expect(exact.upperText == "2.60887905")
    }

    @Test func frequencyOfARangeIsARange() throws {
        let reach = try #require(Metric.Unique(.reach))
        let ads = try ReachRange.over(ReachScope(), from: ReachEvidence(of: reach, in: MH4U.ads()))
        let range = try #require(RateRange(frequencyOf: 3_159_843, reach: ads))
        #expect(range.lowerText == "1.45824348")
        #expect(range.upperText == "10.27661401")
        var open = Notebook()
        open.reach(100, 1, 1, as: .atLeast)
        let above = try #require(RateRange(frequencyOf: 300, reach: open.range(1)))
        #expect(above.lower == nil && above.upperText == "3.00000000")
        #expect(RateRange(frequencyOf: 300, reach: Notebook().range()) == nil)
    }

    @Test func otherRatesComeFromTotals() throws {
        func text(_ metric: Metric, _ numerator: String, _ denominator: String) throws -> String? {
            try RateRange(
                rate(metric), numerator: #require(ExactDecimal(numerator)),
                denominator: #require(ExactDecimal(denominator)))?.lowerText
        }
        #expect(try text(.clickThroughRate, "43", "1000") == "0.04300000")
        #expect(try text(.averageViewSeconds, "1.5", "45") == "2.00000000")
        #expect(try text(.costPerThousandImpressions, "77818.01", "3159843") == "24.62717610")
        #expect(try text(.completionRate, "2", "3") == "0.66666667")
        #expect(try text(.engagementRate, "1", "0") == nil)
        #expect(try text(.engagementRate, "-1", "2") == nil)
    }

    @Test func everyRateHasPartsThatAddOrAreUnique() {
        for rate in Metric.Rate.all {
            #expect(rate.parts.numerator.additivity.isAdditive, "\(rate.code)")
            #expect(
                rate.parts.denominator.additivity.isAdditive
                    || rate.parts.denominator.additivity == .unique, "\(rate.code)")
        }
        #expect(
            Metric.Rate.all.filter(\.isPerChannel).map(\.metric)
                == [.engagementRate, .averageViewSeconds])
    }
}
