// What the command line says of the log: heads kept elsewhere, and people who ask to be forgotten.

import CounterpointModel
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct AuditNounTests {
    @Test func aCutOffEndShowsAgainstHeadsKeptElsewhere() async throws {
        try await Workbench.with { bench, test in
            _ = try await TestWorld(test)
            for format in ["table", "csv", "json"] {
                let heads = await bench.run("audit", "show", "--head", "--output", format)
                try bench.write(heads.output, to: "heads.\(format)")
                let verdict = await bench.run("audit", "verify", "--head", "heads.\(format)")
                #expect(verdict.code == 0, "\(format): \(verdict.errors)")
            }
            // The end is cut off and the head mended, so that the chain by itself holds.
            try await bench.database.run(
                """
                set session_replication_role = replica;
                create temporary table last as select e.chain, max(e.sequence) as sequence from audit_entries e
                 where e.chain <> '00000000-0000-0000-0000-000000000000' group by e.chain;
                delete from audit_details d using last l where d.chain = l.chain and d.sequence = l.sequence;
                delete from audit_entries d using last l where d.chain = l.chain and d.sequence = l.sequence;
                update audit_chains c set (length, head) = (select e.sequence, e.hash from audit_entries e
                    where e.chain = c.chain order by e.sequence desc limit 1)
                 where c.chain in (select l.chain from last l)
                """)
            #expect(await bench.run("audit", "verify").code == 0)
            for format in ["table", "csv", "json"] {
                let verdict = await bench.run("audit", "verify", "--head", "heads.\(format)")
                #expect(verdict.code == 65, "\(format)")
                #expect(verdict.errors.contains("its end was cut off"))
            }
            try bench.write("nothing", to: "heads.txt")
            #expect(await bench.run("audit", "verify", "--head", "heads.txt").code == 65)
        }
    }

    @Test func peopleAreForgottenAfterAQuestion() async throws {
        try await Workbench.with { bench, _ in
            _ = await bench.run(
                "principal", "add", "--name", "Ada Auditor", "--role", "auditor")
            let erase = ["principal", "erase", "Ada Auditor", "--reason", "case 12"]
            #expect(await bench.run(erase).code == 64)
            #expect(await bench.run(erase, answers: ["no"]).code == 64)
            let done = await bench.run(erase + ["--yes", "--output", "json"])
            let erased = try done.json()["entriesErased"]
            #expect(erased == 1, "\(done.errors)")
            #expect(await !bench.run("principal", "list").output.contains("Ada"))
            #expect(await bench.run("audit", "verify").code == 0)

            // A restored backup brings her back; the list that was kept makes her go again.
            let kept = await bench.run("audit", "erasures", "--output", "json")
            try bench.write(kept.output, to: "erasures.json")
            try await bench.database.run(
                "set session_replication_role = replica; update principals set name = 'Ada Auditor' where name like 'Erased %'"
            )
            let again = ["audit", "erasures", "--again", "erasures.json"]
            #expect(await bench.run(again, answers: ["no"]).code == 64)
            let redone = await bench.run(again + ["--yes"])
            #expect(redone.code == 0 && redone.output.contains("erased"), "\(redone.errors)")
            #expect(await !bench.run("principal", "list").output.contains("Ada"))
            try bench.write("[1]", to: "erasures.txt")
            #expect(
                await bench.run("audit", "erasures", "--again", "erasures.txt", "--yes").code == 65)
            _ = await bench.run(
                "organisation", "register", "--name", "Voices", "--kind", "civilSociety",
                "--country", "GB")
            let forget = ["organisation", "forget-contact", "Voices", "--reason", "x", "--yes"]
            #expect(await bench.run(forget).code == 64)
            let unknown = await bench.run(forget + ["--name", "Anna"])
            #expect(unknown.code == 65)
            #expect(unknown.errors.contains("exactly that name"))
        }
    }
}
