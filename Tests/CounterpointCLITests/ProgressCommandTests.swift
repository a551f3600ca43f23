// Review, deadlines and indicators at the command line.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct ProgressCommandTests {
    /// The world of the other tests, seen from the command line of the host.
    private func with(
        _ body: (Workbench, TestWorld, Campaign) async throws -> Void
    ) async throws {
        try await Workbench.with { bench, test in
            let world = try await TestWorld(test)
            let campaign = try await world.campaign("Spring", channels: [.youtube])
            try await body(bench, world, campaign)
        }
    }

    private let figures = """
        channel,metric,from,to,value
        youtube,impressions,2024-03-01,2024-03-31,100
        youtube,reach,2024-03-01,2024-03-31,120

        """

    @Test func objectionsAndFindingsAreSaidInSentences() async throws {
        try await with { bench, _, _ in
            try bench.write(figures, to: "figures.csv")
            let made = try await bench.run(
                "results", "import", "figures.csv", "--campaign", "Spring", "--as", "Edith Editor",
                "--output", "json"
            ).json()
            let set = try #require(made["resultSets"]?[0]?.string)
            let submitted = await bench.run("results", "submit", set, "--as", "Edith Editor")
            #expect(
                submitted.output.contains(
                    "Odd: reach 120 (2024-03-01/2024-03-31) is more than impressions 100"))
            #expect(submitted.output.contains("reading 2, line 3 of figures.csv"))
            #expect(submitted.output.contains("reading 1, line 2 of figures.csv"))
            let returned = await bench.run(
                "results", "return", set, "--reason", "Look", "--objection",
                "2=more people than impressions", "--as", "Mina Manager")
            #expect(returned.code == 0, "\(returned.errors)")
            let shown = await bench.run("results", "show", set)
            #expect(
                shown.output.contains(
                    "Objection to reading 2, reach (2024-03-01/2024-03-31): more people than impressions (as it was)"
                ))
            #expect(shown.output.contains("Mina Manager  programmeManager  Look"))
            let csv = await bench.run("results", "show", set, "--output", "csv")
            #expect(csv.lines.first?.hasSuffix(",objection.reason") == true)
            let unclear = await bench.run(
                "results", "return", set, "--reason", "Look", "--objection", "reach")
            #expect(unclear.code == 64)
        }
    }

    @Test func whatIsDueIsListedAndCounted() async throws {
        try await with { bench, _, _ in
            let due = await bench.run("results", "due", "--as", "Edith Editor")
            #expect(due.code == 0, "\(due.errors)")
            #expect(due.lines.count == 4, "a heading, two years, and the count")
            #expect(due.output.contains("2024-02-29  veryLate"))
            #expect(due.output.contains("2 veryLate, 2 missing"))
            let none = await bench.run("results", "due", "--status", "accepted")
            #expect(none.output.hasPrefix("There are none."))
            let json = try await bench.run("results", "due", "--output", "json").json()
            #expect(json["items"]?[0]?["daysNeeded"] == 365)
            #expect(await bench.run("results", "due", "--as", "Frank Funder").code == 77)
        }
    }

    @Test func anIndicatorFromBaselineToActual() async throws {
        try await with { bench, world, campaign in
            let made = await bench.run(
                "indicator", "add", "--campaign", "Spring", "--code", "R1", "--title", "Shown",
                "--metric", "impressions", "--baseline", "0", "--target", "400", "--as",
                "Edith Editor", "--output", "json")
            #expect(made.code == 0, "\(made.errors)")
            let words = try await bench.run(
                "indicator", "add", "--campaign", "Spring", "--code", "Q1", "--title", "Tone",
                "--target-statement", "Most engage", "--output", "json"
            ).json()
            let march = Period(from: Day(iso: "2024-03-01")!, to: Day(iso: "2024-03-31")!)!
            try await world.accept(
                NewResultSet(
                    channel: .youtube, period: march,
                    readings: [
                        Reading(metric: .impressions, period: march, value: ExactDecimal(100))
                    ]), for: campaign)
            let list = await bench.run("indicator", "list", "--campaign", "Spring")
            let line = try #require(list.lines.first { $0.hasPrefix("R1") })
            #expect(
                line.split(separator: " ").prefix(9).joined(separator: " ")
                    == "R1 Shown impressions 0 400 100 100 100 400")
            let id = try #require(words["id"]?.string)
            let told = await bench.run(
                "indicator", "record", id, "--statement", "Half of them", "--on", "2024-06-01")
            #expect(told.output.contains("Half of them"))
            #expect(await bench.run("indicator", "show", id).output.contains("Most engage"))
            #expect(await bench.run("indicator", "remove", id).code == 64, "it asks first")
            #expect(await bench.run("indicator", "remove", id, "--yes").code == 0)
            let faulty = await bench.run(
                "indicator", "add", "--campaign", "Spring", "--code", "R2", "--title", "x",
                "--metric", "view", "--baseline", "a")
            #expect(faulty.code == 65 && faulty.errors.contains("/metric"))
        }
    }
}

@Suite struct DemonstrationFindingsTests {
    /// The real figures: what is odd about them, and nothing else. Nothing is.
    @Test func theDemonstrationRaisesNoFinding() async throws {
        try await Workbench.with { bench, test in
            let loaded = await bench.run("demo", "load")
            #expect(loaded.code == 0, "\(loaded.errors)")
            let sets = try await test.host.resultSets(
                ResultSetFilter(), page: PageRequest(), as: test.administrator
            ).items
            #expect(sets.count == 5)
            var found: [String] = []
            for set in sets {
                let detail = try await test.host.resultSet(set.id, as: test.administrator)
                found += detail.findings.map { "\($0.code): \($0.detail)" }
                #expect(detail.review?.steps.map(\.kind) == [.logged, .submitted, .accepted])
            }
            #expect(found == [])
            // Its reports are in: both campaigns lie within one reporting period of their grant.
            let reports = try await test.host.reportTotals(
                ReportFilter(), as: test.administrator)
            #expect(reports[.accepted] == 2 && reports[.late] + reports[.veryLate] == 0)
        }
    }
}
