// Nothing in a set counts twice: case by case, and against a plain count of days.

import CounterpointModel
import TestDice
import Testing

@Suite struct ReadingRulesTests {
    private func reading(
        _ metric: Metric, _ content: String? = nil, _ cell: String? = nil,
        _ from: String = "2017-03-01", _ to: String = "2017-03-31"
    ) -> Reading {
        Reading(
            metric: metric, period: Sample.period(from, to), content: content, cell: cell,
            value: ExactDecimal(1))
    }

    private func codes(_ readings: [Reading], _ breakdown: Breakdown = .none) -> [String] {
        ReadingRules(period: Sample.period("2017-01-01", "2017-12-31"), breakdown: breakdown)
            .violations(in: readings).map { "\($0.index) \($0.code.rawValue)" }
    }

    @Test func aTotalBesideItsPartsIsRefusedUnlessItIsAUnique() {
        let parts = [reading(.impressions, "a"), reading(.impressions, "b")]
        #expect(codes(parts) == [])
        #expect(codes(parts + [reading(.impressions)]) == ["2 totalBesideParts"])
        #expect(codes(parts + [reading(.reach, "a"), reading(.reach)], .content) == [])
        // Other days, or other metrics, are no parts of it.
        let april = reading(.impressions, nil, nil, "2017-04-01", "2017-04-30")
        #expect(codes(parts + [april, reading(.comments)]) == [])
        #expect(codes(parts + [april], .content) == ["2 contentMissing"])
        #expect(codes(parts + [reading(.impressions)], .content) == ["2 totalBesideParts"])
    }

    @Test func partsOfPartsCountTwiceToo() {
        #expect(
            codes([reading(.comments, "a"), reading(.comments, "a", "Kyiv")], .region) == [
                "0 totalBesideParts"
            ])
        #expect(
            codes([reading(.comments, nil, "Kyiv"), reading(.comments, "a", "Kyiv")], .region) == [
                "0 totalBesideParts"
            ])
        #expect(
            codes([reading(.comments, "a"), reading(.comments, nil, "Kyiv")], .region) == [
                "0 mixedCuts"
            ])
        #expect(codes([reading(.comments, "a"), reading(.comments, "b", "Kyiv")], .region) == [])
    }

    @Test func repeatsAndOverlaps() {
        let march = reading(.impressions)
        let late = reading(.impressions, nil, nil, "2017-03-31", "2017-04-30")
        #expect(codes([march, march]) == ["1 duplicateReading"])
        #expect(codes([late, march]) == ["0 overlappingReadings"])
        let reach = reading(.reach)
        let within = reading(.reach, nil, nil, "2017-03-05", "2017-03-06")
        #expect(codes([reach, within]) == [])
        // A repeat is found also inside a longer reading.
        #expect(codes([reach, within, within]) == ["2 duplicateReading"])
        #expect(codes([reading(.reach, "a"), reach]) == [])
    }

    @Test func cellsNeedABreakdown() {
        #expect(codes([reading(.reach, nil, "Kyiv")]) == ["0 cellWithoutBreakdown"])
        #expect(codes([reading(.reach, "a", "Kyiv")], .content) == ["0 cellWithoutBreakdown"])
        #expect(codes([reading(.reach, nil, "Kyiv")], .region) == [])
    }

    // What the rules let through must not count one event twice: events are (day, content, cell)
    // triples, a reading claims all those that it does not tell apart.
    @Test func whatIsLeftNeverClaimsAnEventTwice() {
        forWorlds(400) { dice, hint in
            let names: [String?] = [nil, "a", "b"]
            let readings = (0..<dice.within(1...7)).map { _ in
                let from = dice.within(1...9)
                return reading(
                    .impressions, names[dice.upTo(2)], names[dice.upTo(2)], "2017-03-0\(from)",
                    "2017-03-0\(dice.within(from...9))")
            }
            let rules = ReadingRules(
                period: Sample.period("2017-03-01", "2017-03-31"), breakdown: .region)
            let broken = Set(rules.violations(in: readings).map(\.index))
            func clash(_ a: Reading, _ b: Reading) -> Bool {
                func meet(_ x: String?, _ y: String?) -> Bool { x == nil || y == nil || x == y }
                return a.period.overlaps(b.period) && meet(a.content, b.content)
                    && meet(a.cell, b.cell)
            }
            var isClashing = false
            for i in readings.indices {
                for j in readings.indices where i < j && clash(readings[i], readings[j]) {
                    isClashing = true
                    #expect(broken.contains(i) || broken.contains(j), "\(hint)")
                }
            }
            #expect(isClashing || broken.isEmpty, "\(hint)")
        }
    }

    @Test func aHundredThousandReadingsAreCheckedQuickly() {
        let days = (0..<365).map { Sample.day("2017-01-01").adding(days: $0)! }
        var readings: [Reading] = []
        for ad in 0..<70 {
            for day in days {
                for metric in [Metric.impressions, .linkClicks, .reach, .spend] {
                    readings.append(
                        Reading(
                            metric: metric, period: Period(day), content: "ad \(ad)", value: .zero))
                }
            }
        }
        let clock = ContinuousClock()
        var found = [""]
        let time = clock.measure { found = codes(readings, .content) }
        #expect(found.isEmpty)
        // Debug builds are some twenty times slower than release; quadratic work would take hours.
        #expect(time < .seconds(60))
    }
}
