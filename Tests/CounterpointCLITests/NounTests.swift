// The way of a programme through the tool, from nothing to a receipt, and what each noun says when it is given nonsense.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct NounTests {
    private let figures = """
        channel,metric,from,to,value
        youtube,impressions,2024-03-01,2024-03-31,12500
        youtube,impressions,2024-04-01,2024-04-30,7500

        """

    @Test func fromNothingToAReceipt() async throws {
        try await Workbench.with { bench, _ in
            try await bench.prepare()
            try bench.write(figures, to: "figures.csv")
            let trial = await bench.run(
                "results", "import", "figures.csv", "--campaign", "Spring", "--dry-run")
            #expect(trial.code == 0, "\(trial.errors)")
            #expect(trial.output.contains("Rows read: 2 = 2 accepted"))
            #expect(await bench.run("results", "list").output.hasPrefix("There are none."))

            let made = try await bench.run(
                "results", "import", "figures.csv", "--campaign", "Spring", "--as", "Edith",
                "--output", "json"
            ).json()
            let set = try #require(made["resultSets"]?[0]?.string)
            let submitted = await bench.run("results", "submit", set, "--as", "Edith")
            #expect(submitted.code == 0, "\(submitted.errors)")
            let returned = await bench.run(
                "results", "return", set, "--reason", "Which account?", "--as", "Mina")
            #expect(returned.output.contains("Which account?"))
            _ = await bench.run("results", "submit", set, "--as", "Edith")
            #expect(await bench.run("results", "accept", set, "--as", "Edith").code == 77)
            #expect(await bench.run("results", "accept", set, "--as", "Mina").code == 0)

            let summary = await bench.run(
                "summary", "results", "--group-by", "month", "--campaign", "Spring")
            #expect(summary.output.contains("2024-03  impressions  12,500"))
            #expect(summary.output.contains("2024-04  impressions   7,500"))
            let asked = try await bench.run("summary", "results", "--output", "json").json()
            let receipt = try #require(asked["groups"]?[0]?["receipt"]?.string)
            let behind = try await bench.run("receipt", "show", receipt, "--output", "json").json()
            #expect(behind["resultSets"]?[0]?["resultSet"]?.string == set)
            #expect(
                await bench.run("receipt", "show", "sha256:" + String(repeating: "0", count: 64))
                    .code == 65)

            try await takeBack(set, bench)
        }
    }

    /// An accepted set leaves the record only with a reason and a yes.
    private func takeBack(_ set: String, _ bench: Workbench) async throws {
        let withdraw = ["results", "withdraw", set, "--reason", "counted twice", "--as", "Mina"]
        let unasked = await bench.run(withdraw)
        #expect(unasked.code == 64)
        #expect(unasked.errors.contains("--yes"))
        #expect(await bench.run(withdraw, answers: ["no"]).code == 64)
        #expect(await bench.run(withdraw, answers: ["yes"]).code == 0)
        #expect(await bench.run("summary", "results").output.hasPrefix("Nothing on record"))
    }

    @Test func whatStandsIsNamedAndTheSameFileIsKnown() async throws {
        try await Workbench.with { bench, _ in
            try await bench.prepare()
            try bench.write(figures, to: "figures.csv")
            let load = [
                "results", "import", "figures.csv", "--campaign", "Spring", "--as", "Edith",
            ]
            let first = try await bench.run(load + ["--output", "json"]).json()
            let set = try #require(first["resultSets"]?[0]?.string)
            let again = await bench.run(load)
            #expect(again.code == 0)
            #expect(again.output.contains("Imported before as result set \(set)."))
            try bench.write(figures.replacing("12500", with: "13000"), to: "figures.csv")
            let other = await bench.run(load)
            #expect(other.code == 65)
            #expect(other.errors.contains(set))
            #expect(other.errors.contains("periodAlreadyReported"))
            #expect(await bench.run(load + ["--on-overlap", "supersede"]).code == 0)
        }
    }

    @Test func everyFaultOfAFileIsTold() async throws {
        try await Workbench.with { bench, _ in
            try await bench.prepare()
            let faulty = """
                channel,metric,from,to,value
                youtube,impressions,2024-03-01,2024-03-31,12 500
                youtube,impresions,2024-04-01,2024-04-30,7500
                youtube,impressions,2024-05-01,2024-05-31,100

                """
            let refused = await bench.run(
                "results", "import", "-", "--campaign", "Spring", "--as", "Edith", input: faulty)
            #expect(refused.code == 65)
            #expect(refused.output.contains("line 2, value"))
            #expect(refused.output.contains("line 3, metric"))
            #expect(refused.errors.contains("Nothing was stored"))
            #expect(await bench.run("results", "list").output.hasPrefix("There are none."))
            let partly = await bench.run(
                "results", "import", "-", "--campaign", "Spring", "--as", "Edith", "--partial",
                input: faulty)
            #expect(partly.code == 65)
            #expect(partly.output.contains("1 accepted"))
            #expect(partly.errors.contains("left out"))
        }
    }

    @Test func aJSONFileIsLoggedAsTheAPITakesIt() async throws {
        try await Workbench.with { bench, _ in
            try await bench.prepare()
            let body = """
                {"channel":"youtube","from":"2024-03-01","to":"2024-03-31",
                 "readings":[{"metric":"impressions","value":12500},{"metric":"watchTimeMinutes","value":"500.5"}]}
                """
            let made = try await bench.run(
                "results", "import", "-", "--campaign", "Spring", "--as", "Edith", "--output",
                "json", input: body
            ).json()
            #expect(made["readings"]?.array?.count == 2)
            let shown = await bench.run(
                "results", "show", try #require(made["id"]?.string), "--output", "csv")
            #expect(shown.lines.first?.hasPrefix("metric,from,to,content,cell,value") == true)
            #expect(
                shown.output.contains("watchTimeMinutes,2024-03-01,2024-03-31,,,500.5,value,exact,")
            )
            let broken = await bench.run(
                "results", "import", "-", "--campaign", "Spring",
                input: #"{"channel":"yotube","from":1,"bogus":true}"#)
            #expect(broken.code == 65)
            for pointer in ["/channel", "/from", "/to", "/readings", "/bogus"] {
                #expect(broken.errors.contains("  \(pointer): "), "\(pointer)")
            }
        }
    }

    @Test func everyFaultOfARecordIsTold() async throws {
        try await Workbench.with { bench, _ in
            let run = await bench.run(
                "organisation", "register", "--country", "ZZ", "--language", "xx")
            #expect(run.code == 65)
            for pointer in ["/name", "/kind", "/country", "/languages/0"] {
                #expect(run.errors.contains(pointer), "\(pointer)")
            }
            #expect(
                await bench.run("organisation", "list").output.hasPrefix(
                    "There are none. Register one:"))
        }
    }

    @Test func aKeyMakesAWriteHappenOnce() async throws {
        try await Workbench.with { bench, test in
            let register = [
                "organisation", "register", "--name", "Voices", "--kind", "civilSociety",
                "--country", "GB", "--key",
                "once", "--output", "json",
            ]
            let first = await bench.run(register)
            let second = await bench.run(register)
            #expect(second.code == 0)
            #expect(second.output == first.output)
            #expect(second.errors.contains("done before"))
            let other = await bench.run(register.map { $0 == "Voices" ? "Rivals" : $0 })
            #expect(other.code == 65)
            let all = try await test.host.organisations(
                OrganisationFilter(), page: PageRequest(), as: test.administrator)
            #expect(all.items.count == 1)
        }
    }

    @Test func jsonIsTheRecordsOwn() async throws {
        try await Workbench.with { bench, test in
            try await bench.prepare()
            let organisations = try await test.host.organisations(
                OrganisationFilter(), page: PageRequest(), as: test.administrator)
            let list = try await bench.run("organisation", "list", "--output", "json").json()
            #expect(list == organisations.document(\.document))
            let one = try await bench.run("organisation", "show", "voices", "--output", "json")
                .json()
            #expect(one == organisations.items.first { $0.name == "Voices" }?.document)
            let paged = await bench.run("organisation", "list", "--limit", "1")
            #expect(paged.lines.count == 2)
            #expect(paged.errors.contains("--cursor "))
            #expect(
                await bench.run("organisation", "list", "--all", "--limit", "1").lines.count == 3)
        }
    }

    @Test func whatCannotBeUndoneIsAsked() async throws {
        try await Workbench.with { bench, _ in
            try await bench.prepare()
            #expect(await bench.run("principal", "disable", "Edith").code == 64)
            #expect(await bench.run("programme", "list", "--as", "Edith").code == 0)
            #expect(await bench.run("principal", "disable", "Edith", "--yes").code == 0)
            let gone = await bench.run("programme", "list", "--as", "Edith")
            #expect(gone.code == 77)
            #expect(gone.errors.contains("principal list"))
            let strike = [
                "organisation", "move", "Voices", "--to", "struckOff", "--reason", "fraud",
            ]
            #expect(await bench.run(strike).code == 64)
            // Only a suspended one can be struck off: the rule speaks, not the question.
            #expect(await bench.run(strike + ["--yes"]).code == 65)
        }
    }
}
