// The demonstration: every published figure comes out, for each of its readers what they may see, and loading it again
// changes nothing.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct DemonstrationTests {
    private func group(_ summary: JSONValue, campaign name: String) throws -> JSONValue {
        let groups = try #require(summary["groups"]?.array)
        return try #require(groups.first { $0["labels"]?["campaign"]?.string == name })
    }

    private func expectMentalHealth(_ group: JSONValue) {
        #expect(group["counts"]?["impressions"] == 3_159_843)
        #expect(group["counts"]?["linkClicks"] == 11_855)
        #expect(group["counts"]?["thruPlays"] == 92_543)
        #expect(group["countsByChannel"]?["engagements"]?["meta"] == 170_932)
        #expect(group["money"]?["spend"] == [["amount": "77818.01", "currency": "UAH"]])
        let reach = group["uniques"]?["reach"]
        #expect(reach?["lower"] == 1_211_188)
        #expect(reach?["upper"] == 1_211_188)
        #expect(reach?["exact"] == true)
        #expect(reach?["method"] == "singleReading")
        #expect(reach?["readings"] == 1)
        #expect(group["rates"]?["frequency"]?["lower"]?.number?.text == "2.60887905")
        #expect(group["rates"]?["frequency"]?["upper"]?.number?.text == "2.60887905")
        #expect(group["findings"] == [])
        #expect(group["straddling"]?["readings"] == 0)
    }

    private func expectPilot(_ group: JSONValue) {
        #expect(group["quantities"]?["watchTimeMinutes"] == "500070")
        let clickers = group["uniques"]?["uniqueLinkClickers"]
        #expect(clickers?["lower"] == 263_001)
        #expect(clickers?["upper"] == 320_906)
        #expect(clickers?["exact"] == false)
        // Nobody has said that the two audiences have no one in common.
        #expect(clickers?["scenario"] == .null)
        #expect(group["findings"] == [])
    }

    private let byCampaign = ["summary", "results", "--group-by", "campaign", "--output", "json"]

    @Test func everyPublishedFigureComesOut() async throws {
        try await Workbench.with { bench, test in
            let loaded = await bench.run("demo", "load")
            #expect(loaded.code == 0, "\(loaded.errors)")
            for reader in [
                [], ["--as", "Demonstration funder"], ["--as", "Demonstration manager"],
            ] {
                let summary = try await bench.run(byCampaign + reader).json()
                try expectMentalHealth(group(summary, campaign: "MH4U Facebook and Instagram ads"))
                try expectPilot(group(summary, campaign: "Redirect Method pilot"))
                #expect(summary["groups"]?.array?.count == 2)
                #expect(summary["accounting"]?["pendingReadings"] == 0)
            }
        }
    }

    @Test func anOrganisationSeesItsOwnAlone() async throws {
        try await Workbench.with { bench, test in
            _ = await bench.run("demo", "load")
            let own = try await bench.run(
                byCampaign + ["--as", "Demonstration editor, Mental Health for Ukraine"]
            ).json()
            #expect(own["groups"]?.array?.count == 1)
            try expectMentalHealth(group(own, campaign: "MH4U Facebook and Instagram ads"))
            let other = try await bench.run(
                byCampaign + ["--as", "Demonstration editor, Redirect Method pilot"]
            ).json()
            #expect(other["groups"]?.array?.count == 1)
            try expectPilot(group(other, campaign: "Redirect Method pilot"))
        }
    }

    /// The second cut of the same ads counts for nothing, and comes to the same by itself.
    @Test func theRegionsReconcileWithTheAds() async throws {
        let regions = try MentalHealthFigures.byRegion()
        let ads = try MentalHealthFigures.byAd()
        for metric in [Metric.impressions, .spend] {
            func total(_ set: NewResultSet) throws -> ExactDecimal {
                try set.readings.filter { $0.metric == metric }.compactMap(\.value).total()
            }
            #expect(try total(regions).rounded(toScale: 2) == total(ads))
        }
        #expect(ads.readings.count == 48 * 4)
        #expect(regions.readings.count == 310 * 3)
        #expect(regions.readings.filter { $0.state == .missing }.count == 31)
        #expect(
            try ads.readings.filter { $0.metric == .reach }.compactMap(\.value).total()
                == ExactDecimal(2_166_883))
    }

    @Test func aSecondLoadChangesNothing() async throws {
        try await Workbench.with { bench, test in
            let first = await bench.run("demo", "load")
            #expect(first.code == 0, "\(first.errors)")
            #expect(first.output.hasPrefix("Loaded"))
            let tokens = try bench.read(".local/demo.env")
            // What people do with it afterwards is theirs.
            let renamed = await bench.run(
                "organisation", "change", "Mental Health for Ukraine", "--name", "Renamed")
            #expect(renamed.code == 0, "\(renamed.errors)")
            let entries = try await entries(test)
            let second = await bench.run("demo", "load")
            #expect(second.code == 0)
            #expect(second.output.contains("is loaded already"))
            #expect(try bench.read(".local/demo.env") == tokens)
            #expect(try await self.entries(test) == entries)

            // Another address is written without new tokens; a lost file brings new ones.
            _ = await bench.run(
                "demo", "load", "--base-url", "http://127.0.0.1:9999", "--cli-path", "bin/x")
            let moved = try bench.read(".local/demo.env")
            #expect(moved.contains("BASE_URL=http://127.0.0.1:9999\n"))
            #expect(moved.contains("CLI=bin/x\n"))
            #expect(
                moved.contains(
                    tokens.split(separator: "\n").first { $0.hasPrefix("NGO_TOKEN=") } ?? "?"))
            try FileManager.default.removeItem(atPath: bench.folder + "/.local/demo.env")
            _ = await bench.run("demo", "load")
            let fresh = try bench.read(".local/demo.env")
            #expect(fresh.contains("MANAGER_TOKEN=cpt_"))
            #expect(
                !fresh.contains(
                    tokens.split(separator: "\n").first { $0.hasPrefix("MANAGER_TOKEN=") } ?? "?"))
        }
    }

    private func entries(_ test: TestRegistry) async throws -> Int {
        try await everything {
            try await test.host.auditEntries(AuditFilter(), page: $0, as: test.administrator)
        }.count
    }

    @Test func theFileIsItsOwnersAndItsTokensOpenWhatTheyShould() async throws {
        try await Workbench.with { bench, test in
            _ = await bench.run("demo", "load", "--env-file", "secrets/here.env")
            #expect(FileMode.bits(of: bench.folder + "/secrets/here.env") == 0o600)
            let lines = try bench.read("secrets/here.env").split(separator: "\n").filter {
                !$0.hasPrefix("#")
            }
            let values = Dictionary(
                uniqueKeysWithValues: lines.map { line in
                    let parts = line.split(separator: "=", maxSplits: 1)
                    return (String(parts[0]), String(parts[1]))
                })
            #expect(
                lines.map { $0.prefix { $0 != "=" } } == [
                    "BASE_URL", "MANAGER_TOKEN", "NGO_TOKEN", "OTHER_NGO_TOKEN", "FUNDER_TOKEN",
                    "AUDITOR_TOKEN", "CLI",
                ])
            #expect(values["CLI"] == "bin/counterpoint")
            let roles: [(String, Role, Int)] = [
                ("MANAGER_TOKEN", .programmeManager, 2), ("NGO_TOKEN", .ngoEditor, 1),
                ("OTHER_NGO_TOKEN", .ngoEditor, 1),
                ("FUNDER_TOKEN", .funder, 2), ("AUDITOR_TOKEN", .auditor, 2),
            ]
            for (name, role, campaigns) in roles {
                let secret = try #require(values[name].flatMap { TokenSecret($0) })
                let caller = Caller(.token(secret))
                #expect(try await test.service.me(as: caller).principal.role == role)
                let seen = try await test.service.campaigns(
                    CampaignFilter(), page: PageRequest(), as: caller)
                #expect(seen.items.count == campaigns, "\(name)")
            }
        }
    }

    @Test func anInterruptedLoadGoesOnWhereItEnded() async throws {
        try await Workbench.with { bench, test in
            let administrator = test.administrator
            for steps in [3, 9, 14] {
                let work = Task {
                    var left = steps
                    var demonstration = Demonstration(
                        registry: test.host, administrator: administrator
                    ) { _ in
                        left -= 1
                        if left == 0 { withUnsafeCurrentTask { $0?.cancel() } }
                    }
                    _ = try await demonstration.load()
                }
                await #expect(throws: (any Error).self) { try await work.value }
            }
            let loaded = await bench.run("demo", "load")
            #expect(loaded.code == 0, "\(loaded.errors)")
            let sets = try await test.host.resultSets(
                ResultSetFilter(), page: PageRequest(), as: administrator)
            #expect(sets.items.count == 5)
            #expect(sets.items.allSatisfy { $0.status == .accepted })
            let organisations = try await test.host.organisations(
                OrganisationFilter(), page: PageRequest(), as: administrator)
            #expect(organisations.items.count == 3)
            let grants = try await test.host.grants(
                GrantFilter(), page: PageRequest(), as: administrator)
            #expect(grants.items.map(\.status) == [.active, .active])
            #expect(
                grants.items.allSatisfy { $0.title.hasPrefix("Invented for the demonstration: ") })
        }
    }
}
