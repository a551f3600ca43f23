// The canonical CSV: every row is accounted for, whatever stands in it.

import CounterpointModel
import TestDice
import Testing

@Suite struct CanonicalResultsTests {
    private func report(_ text: String) -> ImportReport { CanonicalResults.read(Array(text.utf8)) }

    private func problems(_ text: String) -> [String] {
        report(text).problems.map { "\($0.line) \($0.column) \($0.code)" }
    }

    private let head =
        "channel,metric,from,to,content,breakdown,cell,value,state,qualifier,currency,note\n"
    private let short = "channel,metric,from,to,value\n"

    @Test func columnsComeInAnyOrder() throws {
        let report = report(
            "value,to,\"from\", metric ,channel\r\n12,2017-03-31,2017-03-01,reach,facebook\r\n")
        #expect(report.isClean && report.problems.isEmpty)
        let set = try #require(report.sets.first)
        #expect(set.channel == .facebook && set.breakdown == .none)
        #expect(set.period == Sample.period("2017-03-01", "2017-03-31"))
        #expect(
            set.readings == [
                Reading(
                    metric: .reach, period: set.period, value: ExactDecimal(12), line: 2)
            ])
    }

    @Test func aHeaderAtFaultSaysAllThatIsWrong() {
        #expect(
            problems("channel,metrics,from,from,value\nx,y,z,z,1\n") == [
                "1 metrics unknownColumn", "1 from duplicateColumn", "1 metric missingColumn",
                "1 to missingColumn",
            ])
        #expect(problems("") == ["1  emptyFile"])
        let semicolons = report("channel;metric;from;to;value\nfacebook;reach;a;b;1")
        #expect(semicolons.problems.contains { $0.detail.contains("commas") })
        #expect(!semicolons.isClean && semicolons.sets.isEmpty)
        #expect(semicolons.accounting.isBalanced && semicolons.accounting.rowsRead == 0)
    }

    @Test func everyFaultOfARowIsNamed() {
        #expect(
            problems(
                head
                    + "myspace,reech,1.3.2017,,,,,x,,,,\n"
                    + "facebook,spend,2017-03-01,2017-03-31,,,,12.50,,,,\n"
                    + "facebook,reach,2017-03-01,2017-03-31,,,,<5,,,,\n"
                    + "facebook,reach,2017-03-01,2017-03-31,,,,,,,,\n"
                    + "facebook,reach,2017-03-01,2017-03-31,,,,3,masked,,,\n"
                    + "facebook,reach,2017-03-31,2017-03-01,,,,3,,,EUR,\n"
                    + "facebook,reach\n"
                    + "facebook,reach,2017-03-01,2017-03-31,a\u{202E}b,,,3,gone,,,\"n\"x\n") == [
                    "2 channel unknownChannel", "2 metric unknownMetric", "2 from notADay",
                    "2 to required", "3 currency required", "4 value notAWholeNumber",
                    "5 value required", "6 value valueNotExpected",
                    "7 currency currencyNotExpected", "7 to endsBeforeStart",
                    "8 value wrongCellCount", "9 note textAfterQuote",
                ])
    }

    @Test func oneSetAChannel() {
        let report = report(
            short + """
                youtube,views,2017-03-01,2017-03-31,61503
                facebook,reach,2017-03-01,2017-03-31,10
                youtube,watchTimeMinutes,2017-04-01,2017-04-30,500070.5
                """)
        #expect(report.sets.map(\.channel) == [.youtube, .facebook])
        #expect(report.sets[0].period == Sample.period("2017-03-01", "2017-04-30"))
        #expect(report.accounting.accepted == 3 && report.accounting.isBalanced)
    }

    @Test func rowsAreToldApart() {
        let report = report(
            head + """
                meta,impressions,2023-04-14,2024-03-11,ad 1,,,10,,,,
                meta,impressions,2023-04-14,2024-03-11,ad 2,,,20,,,,
                meta,impressions,2023-04-14,2024-03-11,,,,30,,,,
                meta,impressions,2023-04-14,2024-03-11,ad 1,,,10,,,,
                meta,impressions,2023-04-14,2024-03-11,ad 2,,,21,,,,
                meta,reach,2023-04-14,2024-03-11,,,,25,,,,
                meta,spend,2023-04-14,2024-03-11,ad 1,,,71.46028505,,,UAH,
                meta,spend,2023-04-14,2024-03-11,ad 2,,,,masked,,,
                """)
        var wanted = ImportAccounting()
        wanted.rowsRead = 8
        wanted.accepted = 5
        wanted.duplicate = 1
        wanted.totalsSetAside = 1
        wanted.rejected = 1
        #expect(report.accounting == wanted)
        #expect(report.sets.map(\.breakdown) == [.content])
        #expect(report.sets[0].readings.compactMap(\.line) == [2, 3, 7, 8, 9])
        #expect(
            report.problems.map { "\($0.line) \($0.code) \($0.effect)" } == [
                "4 totalBesideParts setAside", "6 duplicateReading rejected",
            ])
        #expect(!report.isClean)
    }

    @Test func oneCutAChannel() {
        let rows = """
            meta,impressions,2023-04-01,2023-04-30,,region,Kyiv,10,,,,
            meta,impressions,2023-04-01,2023-04-30,,age,18-24,10,,,,
            meta,impressions,2023-04-01,2023-04-30,,,Lviv,5,,,,
            """
        #expect(problems(head + rows) == ["3 breakdown mixedBreakdowns"])
        #expect(report(head + rows).sets.map(\.breakdown) == [.region])
        #expect(
            problems(head + "meta,reach,2023-04-01,2023-04-30,,,Lviv,5,,,,\n") == [
                "2 cell cellWithoutBreakdown"
            ])
    }

    @Test func problemsAreListedUpToABound() {
        let rows = String(repeating: "facebook,reach,x,y,1\n", count: 700)
        let report = report(short + rows)
        #expect(report.accounting.rejected == 700 && report.accounting.isBalanced)
        #expect(report.problems.count == 1_000 && report.problemsNotListed == 400)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let body = Sample.resultSet(
            [
                [
                    "metric": "impressions", "value": 10, "content": "=cmd|' /C calc'!A0",
                    "cell": "Київ", "note": "two\nlines, \"quoted\"",
                ],
                ["metric": "subscribersGained", "value": -10, "content": "b", "cell": "-"],
                ["metric": "reach", "state": "masked", "cell": "x"],
                [
                    "metric": "spend", "value": ["amount": "12.34567891", "currency": "UAH"],
                    "content": "'=a", "cell": "y", "qualifier": "about",
                ],
            ], breakdown: "region")
        let set = try NewResultSet(body)
        var writer = CanonicalWriter()
        for reading in set.readings {
            writer.write(reading, channel: set.channel, breakdown: set.breakdown)
        }
        let bytes = writer.take()
        let report = CanonicalResults.read(bytes)
        #expect(report.problems.isEmpty)
        let back = try #require(report.sets.first)
        #expect(back.breakdown == .region)
        let unplaced = back.readings.map { reading in
            var reading = reading
            reading.line = nil
            return reading
        }
        #expect(unplaced == set.readings)
        let cells = csvRows(bytes).flatMap(\.cells)
        #expect(cells.contains("-10"))
        #expect(!cells.contains { $0.hasPrefix("=") })
    }

    // Mangled files: whatever is done to one, each row below the header is in one column of the
    // account, the sets hold the accepted ones, and reading in pieces changes nothing.
    @Test func theAccountAlwaysBalances() {
        let lines = [
            "meta,impressions,2023-04-01,2023-04-30,ad 1,,,10,,,,",
            "meta,impressions,2023-04-01,2023-04-30,ad 2,,,20,,,,note",
            "meta,impressions,2023-04-01,2023-04-30,,,,30,,,,",
            "meta,reach,2023-04-01,2023-04-30,,,,25,,atLeast,,",
            "facebook,spend,2023-04-01,2023-04-30,ad 1,,,7.5,,,UAH,\"a, \"\"b\"\"\"",
            "youtube,views,2023-04-01,2023-04-30,,region,\"Kyiv\nOblast\",4,,,,",
            "youtube,views,2023-04-01,2023-04-15,,region,Lviv,,missing,,,",
        ]
        let damage = Array(",\"\n\r=0<5é\u{FEFF}\u{0}x-.".utf8) + [0xFF]
        var rejected = 0
        var accepted = 0
        forWorlds(1_500) { dice, hint in
            var text = dice.oneIn(2) ? "\u{FEFF}" : ""
            text += head
            let lineEnd = ["\n", "\r\n", "\r"][dice.upTo(2)]
            for _ in 0..<dice.upTo(8) { text += lines[dice.upTo(lines.count - 1)] + lineEnd }
            var bytes = Array(text.utf8)
            for _ in 0..<dice.upTo(4) {
                let place = dice.within(
                    (dice.oneIn(8) ? 0 : min(80, bytes.count - 1))...(bytes.count - 1))
                switch dice.upTo(3) {
                case 0: bytes[place] = damage[dice.upTo(damage.count - 1)]
                case 1: bytes.insert(damage[dice.upTo(damage.count - 1)], at: place)
                case 2: bytes.remove(at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + dice.upTo(30)))
                }
                if bytes.isEmpty { bytes = [0x0A] }
            }
            let report = CanonicalResults.read(bytes)
            #expect(report.accounting.isBalanced, "\(hint)")
            #expect(
                report.sets.reduce(0) { $0 + $1.readings.count } == report.accounting.accepted,
                "\(hint)")
            let isUnreadable = report.problems.contains { $0.effect == .unreadable }
            #expect(
                report.accounting.rowsRead
                    == (isUnreadable ? 0 : max(0, csvRows(bytes).count - 1)), "\(hint)")
            #expect(report.accounting.rejected == 0 || !report.problems.isEmpty, "\(hint)")
            for set in report.sets {
                let rules = ReadingRules(period: set.period, breakdown: set.breakdown)
                #expect(rules.violations(in: set.readings).isEmpty, "\(hint)")
            }
            var pieces = CanonicalResults()
            for byte in bytes { pieces.read([byte]) }
            let again = pieces.finish().unpacked
            #expect(again.sets == report.sets && again.problems == report.problems, "\(hint)")
            rejected += report.accounting.rejected
            accepted += report.accounting.accepted
        }
        #expect(rejected > 100 && accepted > 1_000)
    }
}
