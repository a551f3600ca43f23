import CounterpointModel
import TestDice
import Testing

/// One reading in short; months are those of 2023.
func placed(
    _ id: Int, _ metric: Metric, _ value: String?, _ from: Int = 1, _ to: Int? = nil,
    _ channel: Channel = .facebook, content: String? = nil, cell: String? = nil, set: Int = 1,
    role: SetRole = .primary, state: ReadingState = .value, as qualifier: Qualifier = .exact
) -> PlacedReading {
    PlacedReading(
        id: id, campaign: 1, channel: channel, set: set, role: role,
        breakdown: content != nil ? .content : cell != nil ? .region : .none,
        reading: Reading(
            metric: metric, period: Notebook.months(from, to ?? from), content: content, cell: cell,
            state: state, qualifier: qualifier, value: value.map { ExactDecimal($0)! },
            currency: metric.additivity == .money ? Currency("EUR") : nil))
}

@Suite struct ContradictionTests {
    private func codes(_ readings: PlacedReading...) -> [Finding.Code] {
        let findings = ContradictionCheck.findings(in: readings)
        #expect(ContradictionCheck.findings(in: readings.reversed()) == findings)
        return findings.map(\.code)
    }

    @Test func morePeopleThanEvents() {
        #expect(
            codes(placed(1, .reach, "101"), placed(2, .impressions, "100")) == [.peopleAboveEvents])
        #expect(codes(placed(1, .reach, "100"), placed(2, .impressions, "100")) == [])
        #expect(codes(placed(1, .reach, "101"), placed(2, .impressions, "100", 2)) == [])
        #expect(
            codes(placed(1, .reach, "101"), placed(2, .impressions, "100", as: .atLeast)) == [])
        #expect(codes(placed(1, .reach, "101", as: .about), placed(2, .impressions, "100")) == [])
        // An ad's reach in January above all impressions of January to March.
        #expect(
            codes(
                placed(1, .reach, "101", content: "a"), placed(2, .impressions, "100", 1, 3))
                == [.peopleAboveEvents])
        // The other way about says nothing: all the reach, one ad's impressions.
        #expect(
            codes(placed(1, .reach, "101"), placed(2, .impressions, "100", content: "a")) == [])
        #expect(
            codes(placed(1, .uniqueLinkClickers, "8"), placed(2, .linkClicks, "7"))
                == [.peopleAboveEvents])
    }

    @Test func aPartAboveTheWhole() {
        #expect(
            codes(placed(1, .reach, "90", 1, 12), placed(2, .reach, "100")) == [.partAboveWhole])
        #expect(
            codes(placed(1, .shares, "9"), placed(2, .shares, "10", content: "a"))
                == [.partAboveWhole])
        #expect(
            codes(placed(1, .shares, "9", content: "a"), placed(2, .shares, "10", content: "b"))
                == [])
        #expect(
            codes(placed(1, .reach, "90", 1, 1, .meta), placed(2, .reach, "100"))
                == [.partAboveWhole])
        #expect(codes(placed(1, .followers, "90", 1, 12), placed(2, .followers, "100")) == [])
        #expect(
            codes(placed(1, .subscribersGained, "-3", 1, 2), placed(2, .subscribersGained, "5"))
                == [])
        // The same to the cent.
        #expect(
            codes(placed(1, .spend, "71.46"), placed(2, .spend, "71.46028505", cell: "north"))
                == [])
        #expect(
            codes(placed(1, .spend, "71.46"), placed(2, .spend, "71.47", cell: "north"))
                == [.partAboveWhole])
        #expect(
            codes(placed(1, .shares, "9", state: .missing), placed(2, .shares, "10", content: "a"))
                == [])
    }

    @Test func laterPlaysAboveEarlierOnes() {
        #expect(
            codes(placed(1, .videoPlays50, "10"), placed(2, .videoPlays75, "11"))
                == [.laterPlaysAboveEarlier])
        #expect(
            codes(
                placed(1, .videoPlays25, "10"), placed(2, .videoPlays50, nil, state: .missing),
                placed(3, .videoPlays100, "11")) == [.laterPlaysAboveEarlier])
        #expect(
            codes(
                placed(1, .videoPlays25, "10"), placed(2, .videoPlays50, "10"),
                placed(3, .videoPlays75, "4"), placed(4, .videoPlays100, "4")) == [])
        #expect(
            codes(placed(1, .videoPlays50, "10"), placed(2, .videoPlays75, "11", content: "a"))
                == [])
    }

    @Test func partsOfACombinedColumn() throws {
        let total = placed(1, .reactions, "10")
        let parts = [
            placed(2, .reactions, "6", content: "a"), placed(3, .reactions, "3", content: "b"),
        ]
        #expect(ContradictionCheck.combined(total, parts: parts)?.code == .partsDoNotAdd)
        #expect(ContradictionCheck.combined(placed(1, .reactions, "9"), parts: parts) == nil)
        #expect(
            ContradictionCheck.combined(
                total, parts: parts + [placed(4, .reactions, nil, content: "c", state: .masked)])
                == nil)
        #expect(
            ContradictionCheck.combined(
                placed(1, .reach, "10"), parts: [placed(2, .reach, "6")]) == nil)
        let spend = [
            placed(2, .spend, "0.005", content: "a"), placed(3, .spend, "0.005", content: "b"),
        ]
        #expect(ContradictionCheck.combined(placed(1, .spend, "0.01"), parts: spend) == nil)
        #expect(ContradictionCheck.combined(placed(1, .spend, "0.02"), parts: spend) != nil)
    }

    @Test func aBreakdownThatDoesNotReconcile() throws {
        let whole = placed(1, .linkClicks, "10", 1, 2)
        func cells(_ north: String, _ south: String) -> [PlacedReading] {
            [
                placed(2, .linkClicks, north, 1, 2, cell: "north", set: 2, role: .breakdown),
                placed(3, .linkClicks, south, 1, 2, cell: "south", set: 2, role: .breakdown),
            ]
        }
        #expect(ContradictionCheck.findings(in: [whole] + cells("6", "4")) == [])
        let findings = ContradictionCheck.findings(in: [whole] + cells("6", "3"))
        #expect(findings.map(\.code) == [.breakdownDoesNotReconcile])
        #expect(findings.first?.first.value == "9")
        #expect(findings.first?.first.set == 2)
        #expect(findings.first?.second.value == "10")
        #expect(findings.first?.second.readings == [1])
        // A real file: 2,565.92 in all, 2,565.93 by its rows, which show whole cents.
        let account = placed(10, .spend, "2565.92", 1, 2)
        func ads(_ one: String, _ other: String) -> [PlacedReading] {
            [
                placed(11, .spend, one, 1, 2, content: "a", set: 2, role: .breakdown),
                placed(12, .spend, other, 1, 2, content: "b", set: 2, role: .breakdown),
            ]
        }
        #expect(ContradictionCheck.findings(in: [account] + ads("1000.00", "1565.93")) == [])
        #expect(
            ContradictionCheck.findings(in: [account] + ads("1000.00", "1565.94")).map(\.code)
                == [.breakdownDoesNotReconcile])
        #expect(
            ContradictionCheck.findings(in: [account] + ads("1000.001", "1565.929")).map(\.code)
                == [.breakdownDoesNotReconcile])
        // One cell unknown: less may be right, more cannot be.
        let unknown = placed(
            4, .linkClicks, nil, 1, 2, cell: "east", set: 2, role: .breakdown, state: .missing)
        #expect(ContradictionCheck.findings(in: [whole, unknown] + cells("6", "3")) == [])
        #expect(
            ContradictionCheck.findings(in: [whole, unknown] + cells("6", "5")).map(\.code)
                == [.breakdownDoesNotReconcile])
        // Days that are not comparable.
        #expect(
            ContradictionCheck.findings(
                in: [placed(1, .linkClicks, "99", 1, 3)] + cells("6", "4")) == [])
        #expect(
            ContradictionCheck.findings(in: [placed(1, .linkClicks, "10", 1)] + cells("6", "5"))
                .isEmpty)
        // A breakdown of two months beside three months of primary rows.
        let months = [
            placed(5, .linkClicks, "4", 1), placed(6, .linkClicks, "6", 2),
            placed(7, .linkClicks, "50", 3),
        ]
        #expect(ContradictionCheck.findings(in: months + cells("6", "4")) == [])
        #expect(
            ContradictionCheck.findings(in: months + cells("6", "3")).map(\.code)
                == [.breakdownDoesNotReconcile])
        // Rows by month and a row over both months would count twice.
        let twice = placed(8, .linkClicks, "5", 1, cell: "north", set: 2, role: .breakdown)
        #expect(ContradictionCheck.findings(in: [whole, twice] + cells("6", "4")) == [])
    }

    @Test func roundedQuantitiesReconcileWithinTheirRounding() {
        func cell(_ id: Int, _ minutes: String) -> PlacedReading {
            placed(
                id, .watchTimeMinutes, minutes, cell: "cell \(id)", set: 2, role: .breakdown)
        }
        #expect(
            codes(placed(1, .watchTimeMinutes, "10.2"), cell(2, "5.1"), cell(3, "5.0")) == [])
        #expect(
            codes(placed(1, .watchTimeMinutes, "10.6"), cell(2, "5.1"), cell(3, "5.0"))
                == [.breakdownDoesNotReconcile])
    }

    @Test func readingsThatOnlyTogetherContradict() {
        let readings = [
            placed(1, .reach, "100", 1, 2), placed(2, .reach, "30", 1), placed(3, .reach, "50", 2),
        ]
        let findings = ContradictionCheck.findings(in: readings)
        #expect(findings.map(\.code) == [.readingsContradict])
        #expect(findings.first?.first.metric == .reach)
        #expect(findings.first?.first.readings == [1, 2, 3])
    }
}

@Suite struct ContradictionAcrossSetsTests {
    private func findings(_ readings: PlacedReading...) -> [Finding] {
        ContradictionCheck.findings(in: readings)
    }

    /// Georgia is a country in one cut and a region in another.
    @Test func aCellIsComparedWithinItsOwnBreakdownOnly() {
        var country = placed(1, .reach, "100", 1, 3, cell: "Georgia", set: 1)
        var region = placed(2, .reach, "500", 1, cell: "Georgia", set: 2, role: .breakdown)
        country.breakdown = .country
        region.breakdown = .region
        #expect(findings(country, region).filter { $0.code == .partAboveWhole } == [])
        region.breakdown = .country
        #expect(findings(country, region).contains { $0.code == .partAboveWhole })
    }

    @Test func theLadderOfPlaysIsClimbedAcrossSetsAndWholly() {
        let ladder: [Metric] = [.videoPlays25, .videoPlays50, .videoPlays75, .videoPlays100]
        for (place, later) in ladder.enumerated() {
            for earlier in ladder[..<place] {
                let found = findings(
                    placed(1, earlier, "10", set: 1), placed(2, later, "11", set: 2))
                #expect(found.map(\.code) == [.laterPlaysAboveEarlier], "\(earlier) \(later)")
                #expect(found.first?.severity == .notice, "two exports may differ innocently")
            }
        }
        let twice = findings(
            placed(1, .videoPlays50, "20", set: 1), placed(2, .videoPlays50, "10", set: 2),
            placed(3, .videoPlays75, "11", set: 3))
        #expect(twice.map(\.second.readings) == [[2]])
    }

    @Test func aLifetimeReachBelowAMonthsInAnotherSetIsWorthALook() {
        let found = findings(
            placed(1, .reach, "90", 1, 12, set: 1), placed(2, .reach, "100", 3, set: 2))
        #expect(found.map(\.code) == [.partAboveWhole])
        #expect(found.first?.severity == .notice)
        #expect(found.first?.detail.contains("two sets") == true)
        let within = findings(
            placed(1, .reach, "90", 1, 12), placed(2, .reach, "100", 3))
        #expect(within.first?.severity == .contradiction)
    }

    @Test func aColumnThatAFormatSaysIsASum() {
        let parts = [
            placed(1, .reactions, "6"), placed(2, .comments, "3"), placed(3, .shares, "1"),
        ]
        func check(_ stated: Int64, _ parts: [PlacedReading]) -> Finding? {
            ContradictionCheck.combined(
                "Reactions, Comments and Shares", ExactDecimal(stated), parts: parts)
        }
        #expect(check(10, parts) == nil)
        let found = check(11, parts)
        #expect(found?.code == .partsDoNotAdd && found?.first.value == "11")
        #expect(found?.second.value == "10" && found?.second.readings == [1, 2, 3])
        let masked = [placed(4, .saves, nil, state: .masked)]
        #expect(check(14, parts + masked) == nil && check(15, parts + masked) != nil)
        #expect(check(99, []) == nil)
        #expect(check(99, parts + [placed(5, .reach, "80")]) == nil, "people are no events")
    }

    @Test func morePeopleThanTheAudienceIsWorthALook() {
        let readings = [
            placed(1, .reach, "150", content: "a"), placed(2, .reach, "120", content: "b"),
            placed(3, .reach, "90", 1, 1, .youtube),
        ]
        let found = ContradictionCheck.findings(in: readings, audiences: [1: 100])
        #expect(found.map(\.code) == [.reachAboveAudience])
        #expect(found.first?.first.readings == [1] && found.first?.second.value == "100")
        #expect(found.first?.severity == .notice)
        #expect(ContradictionCheck.findings(in: readings, audiences: [1: 150]) == [])
        #expect(ContradictionCheck.findings(in: readings, audiences: [2: 1]) == [])
    }
}

@Suite struct NoFalseAlarmTests {
    private func total(_ id: Int, _ metric: Metric, _ value: String, _ from: String)
        -> PlacedReading
    {
        PlacedReading(
            id: id, campaign: MH4U.campaign, channel: .meta, set: 12, role: .breakdown,
            reading: Reading(
                metric: metric, period: period(from, "2024-03-11"), value: ExactDecimal(value)!,
                currency: metric == .spend ? Currency("UAH") : nil))
    }

    @Test func theRealFilesRaiseNone() throws {
        let files = try MH4U.ads() + MH4U.regions()
        #expect(ContradictionCheck.findings(in: files) == [])
        for from in ["2023-04-14", "2023-04-01"] {
            let totals = [
                total(5001, .reach, "1211188", from), total(5002, .impressions, "3159843", from),
                total(5003, .spend, "77818.01", from),
            ]
            #expect(ContradictionCheck.findings(in: files + totals) == [])
            for total in totals where total.reading.metric != .reach {
                for cut in [try MH4U.ads(), try MH4U.regions()] {
                    let parts = cut.filter { $0.reading.metric == total.reading.metric }
                    #expect(ContradictionCheck.combined(total, parts: parts) == nil)
                }
            }
        }
    }

    /// The check does look at them: one impression more is found, and more money than 48 amounts can be off that show
    /// whole kopecks only.
    @Test func aSmallChangeInTheRealFilesIsFound() throws {
        for (metric, step) in [(Metric.impressions, "1"), (.spend, "0.26")] {
            var files = try MH4U.ads() + MH4U.regions()
            let place = try #require(
                files.firstIndex { $0.role == .breakdown && $0.reading.metric == metric })
            let value = try #require(files[place].reading.value)
            files[place].reading.value = try value + #require(ExactDecimal(step))
            #expect(
                ContradictionCheck.findings(in: files).map(\.code) == [.breakdownDoesNotReconcile])
        }
    }

    /// Truthful worlds: whatever is logged of them, nothing contradicts.
    @Test func truthfulReadingsRaiseNone() {
        forWorlds(500) { dice, hint in
            let world = ReachWorld(&dice)
            func place(_ reading: UniqueReading, _ metric: Metric) -> PlacedReading {
                PlacedReading(
                    id: reading.id, campaign: reading.campaign, channel: reading.channel,
                    set: reading.set, role: reading.role, breakdown: reading.breakdown,
                    reading: Reading(
                        metric: metric, period: reading.period, content: reading.content,
                        state: reading.state, qualifier: reading.qualifier,
                        value: reading.value.map { ExactDecimal($0) }))
            }
            let readings =
                world.readings.map { place($0, .reach) }
                + world.counts.map { place($0.asReading, .impressions) }
            let findings = ContradictionCheck.findings(in: readings)
            #expect(findings == [], "\(hint)")
        }
    }
}
