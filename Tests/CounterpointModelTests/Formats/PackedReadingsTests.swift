// Readings as numbers say what they said, and cells that were met before mean what they meant.

import CounterpointModel
import TestDice
import Testing

@Suite struct PackedReadingsTests {
    private static let titles: [String?] = [
        nil, "Video 1", "Відео, \"друге\"", "'=x", "-3", " a b", "Cafe\u{301}", "line\u{200D}less",
    ]

    // One reading a day and series, so that no rule sets any aside.
    private func readings(_ dice: inout Dice, _ count: Int) -> [Reading] {
        let first = Day(iso: "2019-01-01")!
        let metrics: [Metric] = [
            .impressions, .reach, .spend, .watchTimeMinutes, .subscribersGained,
        ]
        return (0..<count).map { number in
            let metric = metrics[dice.upTo(metrics.count - 1)]
            let period = Period(first.adding(days: number)!)
            let state: ReadingState =
                dice.oneIn(6) ? [.missing, .masked, .notApplicable][dice.upTo(2)] : .value
            let whole = Int64(dice.upTo(99_999))
            let value: ExactDecimal =
                metric.additivity.isWhole
                ? ExactDecimal(metric.mayBeNegative && dice.oneIn(2) ? -whole : whole)
                : ExactDecimal(whole, fractionDigits: dice.upTo(5))!
            return Reading(
                metric: metric, period: period,
                content: Self.titles[dice.upTo(Self.titles.count - 1)].map {
                    try! TextRule.title.checked($0)
                },
                cell: dice.oneIn(3) ? "Київ" : nil, state: state,
                qualifier: dice.oneIn(4) ? .about : .exact, value: state == .value ? value : nil,
                currency: metric == .spend && state == .value
                    ? Currency(dice.oneIn(2) ? "EUR" : "UAH") : nil,
                note: dice.oneIn(5) ? "checked,\ntwice" : nil, line: nil)
        }
    }

    @Test func whatIsWrittenIsReadBackHoweverOftenItsCellsWereMet() {
        forWorlds(20) { dice, hint in
            let readings = readings(&dice, 300)
            var writer = CanonicalWriter()
            for reading in readings { writer.write(reading, channel: .youtube, breakdown: .region) }
            let report = CanonicalResults.read(writer.take())
            #expect(
                report.problems.isEmpty, "\(hint) \(report.problems.first.map { "\($0)" } ?? "")")
            let back = report.sets.first?.readings.map { reading in
                var reading = reading
                reading.line = nil
                return reading
            }
            #expect(back == readings, "\(hint)")
        }
    }

    @Test func packedReadingsAreTheReadings() {
        forWorlds(5) { dice, hint in
            let readings = readings(&dice, 9_000)
            let packed = PackedReadings(readings)
            #expect(packed.count == readings.count && Array(packed) == readings, "\(hint)")
        }
    }

    @Test func aFileBeyondTheBoundIsRefusedWhole() {
        var results = CanonicalResults()
        results.read(Array("channel,metric,from,to,content,value\n".utf8))
        // Long titles reach the bound on texts long before that on rows.
        let title = String(repeating: "ж", count: 390)
        var number = 0
        while !results.isTooLarge, number < 100_000 {
            var piece = ""
            for _ in 0..<500 {
                piece += "youtube,views,2020-01-01,2020-01-01,\(title)\(number),1\n"
                number += 1
            }
            results.read(Array(piece.utf8))
        }
        let report = results.finish().unpacked
        #expect(report.problems.map(\.code) == ["tooManyRows"] && report.sets.isEmpty)
        #expect(report.accounting.isBalanced && !report.isClean)
    }
}
