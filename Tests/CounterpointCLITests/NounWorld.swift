// A programme as the command-line tool makes it: what the tests of the nouns begin with.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

extension Run {
    /// The id of what was made.
    func id(_ location: SourceLocation = #_sourceLocation) throws -> String {
        #expect(code == 0, "\(errors)", sourceLocation: location)
        return try #require(json(location)["id"]?.string, sourceLocation: location)
    }
}

extension Workbench {
    /// A campaign of Voices with an active grant; its manager is Mina and its editor Edith.
    func prepare() async throws {
        let json = ["--output", "json"]
        _ = try await run(
            ["principal", "add", "--name", "Mina", "--role", "programmeManager"] + json
        ).id()
        let mina = ["--as", "Mina"] + json
        _ = try await run(
            [
                "organisation", "register", "--name", "Fund", "--kind", "funder", "--country",
                "BE",
            ] + mina
        ).id()
        _ = try await run(
            [
                "organisation", "register", "--name", "Voices", "--kind", "civilSociety",
                "--country", "GB",
                "--identifier", "GB-CHC:1090095", "--alias", "Voices of reason", "--language",
                "en",
            ] + mina
        ).id()
        _ = try await run(
            ["organisation", "move", "Voices", "--to", "eligible", "--reason", "checked"] + mina
        ).id()
        _ = try await run(
            [
                "programme", "add", "--name", "Reason", "--currency", "EUR", "--budget",
                "20000.00", "--starts-on",
                "2024-01-01", "--ends-on", "2026-12-31", "--funder", "Fund",
            ] + mina
        ).id()
        _ = try await run(
            [
                "grant", "add", "--programme", "Reason", "--organisation", "Voices", "--title",
                "Voices online",
                "--amount", "12500.00", "--starts-on", "2024-02-01", "--ends-on", "2024-12-31",
                "--instalment",
                "2024-02-15=10000.00", "--instalment", "2024-06-15=2500.00",
            ] + mina
        ).id()
        for step in [
            ["submitted"], ["underReview"], ["awarded"], ["active", "--on", "2024-02-01"],
        ] {
            _ = try await run(["grant", "move", "Voices online", "--to"] + step + mina).id()
        }
        _ = try await run(
            [
                "principal", "add", "--name", "Edith", "--role", "ngoEditor", "--organisation",
                "Voices",
            ] + json
        ).id()
        _ = try await run(
            [
                "campaign", "add", "--organisation", "Voices", "--grant", "Voices online",
                "--name", "Spring",
                "--starts-on", "2024-03-01", "--ends-on", "2024-05-31", "--country", "GB",
                "--channel", "youtube",
                "--as", "Edith",
            ] + json
        ).id()
    }
}
