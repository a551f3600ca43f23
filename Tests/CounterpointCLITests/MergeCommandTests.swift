// An organisation that was registered twice, from the command line.

import CounterpointModel
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct MergeCommandTests {
    @Test func foundMergedAndSeparated() async throws {
        try await Workbench.with { bench, _ in
            for name in ["Voices", "The Voices"] {
                let made = await bench.run([
                    "organisation", "register", "--name", name, "--kind", "civilSociety", "--country", "GB",
                ])
                #expect(made.code == 0, "\(made.errors)")
            }
            let found = await bench.run(["organisation", "duplicates", "--output", "csv"])
            #expect(found.lines.count == 2 && found.lines[1].contains("The Voices"), "\(found.output)")

            let merged = await bench.run([
                "organisation", "merge", "The Voices", "--into", "Voices", "--reason", "the same people", "--output",
                "json",
            ])
            #expect(merged.code == 0, "\(merged.errors)")
            let lost = try #require(merged.json()["lostId"]?.string)
            let survivor = try #require(merged.json()["survivorId"]?.string)
            let shown = await bench.run(["organisation", "show", lost])
            #expect(shown.code == 65 && shown.errors.contains(survivor), "\(shown.errors)")
            let none = await bench.run(["organisation", "duplicates"])
            #expect(none.output.contains("No two"), "\(none.output)")

            let undone = await bench.run(["organisation", "unmerge", lost, "--output", "json"])
            #expect(undone.code == 0, "\(undone.errors)")
            let again = await bench.run(["organisation", "unmerge", lost])
            #expect(again.code == 65, "\(again.output)")
            let merges = await bench.run(["organisation", "merges", "Voices", "--output", "json"])
            #expect(try merges.json()["items"]?.array?.count == 1)
            let back = await bench.run(["organisation", "show", lost])
            #expect(back.output.contains("The Voices"))
        }
    }
}
