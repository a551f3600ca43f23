// Every statement of the records room is prepared against the real schema: a misspelt column fails here and not at night.

import CounterpointRecords
import FoundationEssentials
import Postgres
import TestCluster
import TestRegistry
import Testing

@Suite struct StatementTests {
    @Test func everyStatementPrepares() async throws {
        try await TestRegistry.with { test in
            for statement in SQLStatement.ofRecords {
                // A COPY cannot be prepared; what it copies can.
                let text =
                    statement.text.wholeMatch(of: /copy \(\n((?s).*)\) to stdout \(.*\)/)
                    .map { String($0.1) } ?? statement.text
                // DEALLOCATE: the text may hold anything, so each is prepared under the same plain name.
                _ = try await test.database.run(
                    "prepare checked as \(text); deallocate checked")
            }
        }
    }

    @Test func everyStatementIsOnTheList() throws {
        let folder =
            #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            .joined(separator: "/") + "/Sources/CounterpointRecords"
        var names: Set<String> = []
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for match in text.matches(of: /name: "([A-Za-z]+\.[A-Za-z]+)"(?:\)|\n)/) {
                names.insert(String(match.1))
            }
        }
        #expect(names.count > 100)
        let listed = Set(SQLStatement.ofRecords.map(\.name))
        #expect(
            listed == names,
            "listed but not found, or found but not listed: \(listed.symmetricDifference(names))")
        #expect(listed.count == SQLStatement.ofRecords.count, "two statements have one name")
    }
}
