// Who may come in, what the log keeps, and two records of one: the nouns of an administrator.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct AccessNounTests {
    @Test func tokensAreShownOnceAndEnd() async throws {
        try await Workbench.with { bench, test in
            try await bench.prepare()
            let issued = try await bench.run(
                "token", "issue", "--principal", "Edith", "--label", "laptop", "--output", "json"
            ).json()
            let secret = try #require(issued["secret"]?.string.flatMap { TokenSecret($0) })
            let caller = Caller(.token(secret))
            #expect(try await test.service.me(as: caller).principal.name == "Edith")
            let list = await bench.run("token", "list", "--principal", "Edith")
            #expect(list.output.contains("laptop"))
            #expect(!list.output.contains("cpt_"))
            #expect(
                await bench.run("token", "revoke", try #require(issued["id"]?.string)).code == 0)
            await #expect(throws: RegistryError.self) { _ = try await test.service.me(as: caller) }
        }
    }

    @Test func tokensAreNarrowedAndRotated() async throws {
        try await Workbench.with { bench, test in
            try await bench.prepare()
            let issued = try await bench.run(
                "token", "issue", "--principal", "Edith", "--label", "upload", "--scope",
                "logResults", "--output", "json"
            ).json()
            #expect(issued["scopes"] == ["read", "logResults"])
            let wide = await bench.run(
                "token", "issue", "--principal", "Edith", "--label", "x", "--scope", "review")
            #expect(wide.code == 65)
            #expect(wide.errors.contains("widerThanRole"))
            let id = try #require(issued["id"]?.string)
            let rotated = try await bench.run(
                "token", "rotate", id, "--overlap-hours", "0", "--output", "json"
            ).json()
            #expect(rotated["replaces"] == .string(id))
            let old = try #require(issued["secret"]?.string.flatMap { TokenSecret($0) })
            let new = try #require(rotated["secret"]?.string.flatMap { TokenSecret($0) })
            #expect(
                try await test.service.me(as: Caller(.token(new))).scopes == [.read, .logResults])
            await #expect(throws: RegistryError.self) {
                _ = try await test.service.me(as: Caller(.token(old)))
            }
            #expect(await bench.run("token", "rotate", id).code == 65)
            #expect(await bench.run("token", "rotate", id, "--overlap-hours", "999").code == 64)
        }
    }

    @Test func usersOfAProviderAreLinked() async throws {
        try await Workbench.with { bench, _ in
            try await bench.prepare()
            let link = [
                "principal", "link", "Edith", "--issuer", "https://login.example.org", "--subject",
                "42",
            ]
            let made = try await bench.run(link + ["--output", "json"]).json()
            #expect(made["subject"] == "42")
            let again = await bench.run(link)
            #expect(again.code == 65)
            #expect(again.errors.contains("identityIsLinked"))
            let list = await bench.run("principal", "identities", "--principal", "Edith")
            #expect(list.output.contains("https://login.example.org"))
            #expect(
                await bench.run("principal", "unlink", try #require(made["id"]?.string)).code == 0)
            #expect(await bench.run(link).code == 0)
            // Disabled principals are shown as such, and a key makes adding one happen once.
            let add = [
                "principal", "add", "--name", "Once", "--role", "auditor", "--key", "k",
                "--output", "json",
            ]
            let first = try await bench.run(add).json()
            #expect(try await bench.run(add).json()["id"] == first["id"])
            #expect(await bench.run("principal", "disable", "Once", "--yes").code == 0)
            let all = try await bench.run("principal", "list", "--all", "--output", "json").json()
            let once = all["items"]?.array?.first { $0["id"] == first["id"] }
            #expect(once?["disabledAt"]?.string != nil)
        }
    }

    @Test func theLogIsVerifiedAndShown() async throws {
        try await Workbench.with { bench, _ in
            try await bench.prepare()
            let verdicts = await bench.run("audit", "verify")
            #expect(verdicts.code == 0, "\(verdicts.errors)")
            #expect(verdicts.output.contains("holds"))
            let recomputed = await bench.run("audit", "recompute")
            #expect(recomputed.output == "0 result sets derived again, no difference.\n")
            let entries = try await bench.run(
                "audit", "show", "--action", "grant.active", "--output", "json"
            ).json()
            #expect(entries["items"]?.array?.count == 1)
            let heads = await bench.run("audit", "show", "--head", "--output", "csv")
            #expect(heads.lines.first == "chain,entries,head,erased,verdict")
            // Somebody with the right to do anything cuts the end off a chain.
            try await bench.database.run(
                """
                alter table audit_entries disable trigger all; alter table audit_details disable trigger all;
                delete from audit_details where sequence = 4 and chain <> '00000000-0000-0000-0000-000000000000';
                delete from audit_entries where sequence = 4 and chain <> '00000000-0000-0000-0000-000000000000'
                """)
            let broken = await bench.run("audit", "verify")
            #expect(broken.code == 65)
            #expect(broken.errors.contains("are missing"))
        }
    }

    @Test func namesThatFitSeveralAreAskedBack() async throws {
        try await Workbench.with { bench, _ in
            for name in ["Voices North", "Voices South"] {
                _ = await bench.run(
                    "organisation", "register", "--name", name, "--kind", "civilSociety",
                    "--country", "GB")
            }
            let run = await bench.run("organisation", "show", "Voices")
            #expect(run.code == 65)
            #expect(run.errors.contains("Voices North"))
            #expect(run.errors.contains("Voices South"))
            #expect(await bench.run("organisation", "show", "voices south").code == 0)
            #expect(await bench.run("organisation", "show", "Choirs").code == 65)
            #expect(await bench.run("results", "show", "first").code == 64)
        }
    }

    @Test func twoRecordsOfOneAreFoundMergedAndTakenApart() async throws {
        try await Workbench.with { bench, _ in
            for name in ["Voices of Reason", "Voices of Reason e.V."] {
                let made = await bench.run(
                    "organisation", "register", "--name", name, "--kind", "civilSociety",
                    "--country", "DE")
                #expect(made.code == 0, "\(made.errors)")
            }
            let found = await bench.run("organisation", "duplicates")
            #expect(found.output.contains("similarName"), "\(found.output) \(found.errors)")
            let pairs = try await bench.run("organisation", "duplicates", "--output", "json").json()
            #expect(pairs["items"]?.array?.count == 1)
            let merge = [
                "organisation", "merge", "Voices of Reason e.V.", "--into", "Voices of Reason",
                "--reason", "registered twice", "--output", "json",
            ]
            let merged = await bench.run(merge)
            let id = try #require(merged.json()["id"]?.string)
            #expect(
                await bench.run("organisation", "duplicates").output
                    == "No two of the organisations look alike.\n")
            #expect(await bench.run("organisation", "list").lines.count == 2)
            #expect(await bench.run("organisation", "unmerge", id).code == 0)
            #expect(await bench.run("organisation", "list").lines.count == 3)
        }
    }
}
