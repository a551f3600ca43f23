// Real figures of the field: what must come out of them is known.

import CounterpointFormats
import CounterpointModel
import FoundationEssentials
import Testing

@Suite struct PublishedFileTests {
    private func report(_ path: String) throws -> PlatformReport {
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: GoldenFile.root + path)))
        return try PlatformImport.read(bytes, name: "export.csv")
    }

    private func sum(_ metric: Metric, _ report: PlatformReport) throws -> ExactDecimal {
        try report.report.sets.flatMap(\.readings).filter { $0.metric == metric }.compactMap(
            \.value
        ).total()
    }

    @Test(arguments: ["metaAds/mh4u-ads.csv", "published/mh4u-region-month.csv"])
    func eitherCutGivesTheSameTotals(_ path: String) throws {
        let report = try report(path)
        #expect(report.format?.id == "metaAds" && report.report.isClean)
        #expect(try sum(.impressions, report) == ExactDecimal(3_159_843))
        #expect(try sum(.spend, report).text(scale: 2) == "77818.01")
        // The account's own reading, and never a sum.
        let whole = report.report.sets.flatMap(\.readings).filter {
            $0.metric == .reach && $0.content == nil && $0.cell == nil
        }
        #expect(whole.map { $0.value?.plainText } == ["1211188"])
        #expect(report.report.accounting.totalsSetAside == 1)
        // Nothing in it is wrong.
        #expect(report.findings.isEmpty)
        let placed = report.report.sets.enumerated().flatMap { number, set in
            set.readings.enumerated().map { index, reading in
                PlacedReading(
                    id: number * 10_000 + index, campaign: 1, channel: set.channel, set: number,
                    role: set.role ?? .primary, breakdown: set.breakdown, reading: reading)
            }
        }
        #expect(ContradictionCheck.findings(in: placed).isEmpty)
    }

    @Test func resultsBecomeWhatTheirIndicatorSays() throws {
        let readings = try report("metaAds/mh4u-ads.csv").report.sets.flatMap(\.readings)
        #expect(readings.count { $0.metric == .engagements } == 40)
        #expect(readings.count { $0.metric == .linkClicks } == 6)
        #expect(readings.count { $0.metric == .thruPlays } == 2)
    }

    @Test func theRegionsAreCellsOfTheirMonths() throws {
        let set = try #require(try report("published/mh4u-region-month.csv").report.sets.first)
        #expect(set.breakdown == .region && set.channel == .meta)
        #expect(set.period == Period(from: Day(iso: "2023-04-01")!, to: Day(iso: "2024-03-11")!))
        #expect(
            set.readings.contains {
                $0.cell == "Zhytomyr Oblast" && $0.value?.plainText == "71.46028505"
            })
    }

    /// An export of a large account: as long as reading each row twice, not each row against each other.
    @Test func aLongFileIsReadOnce() throws {
        var text =
            "Reporting starts,Reporting ends,Campaign name,Ad name,Day,Reach,Impressions,Amount spent (EUR)\n"
        for number in 0..<5_000 {
            text +=
                "2024-01-01,2024-12-31,C \(number % 40),Ad \(number % 500),2024-01-\(10 + number / 500),\(number),\(number + 1),1.25\n"
        }
        let report = try PlatformImport.read(Array(text.utf8))
        #expect(report.report.accounting.rowsRead == 5_000 && report.report.accounting.isBalanced)
    }
}
