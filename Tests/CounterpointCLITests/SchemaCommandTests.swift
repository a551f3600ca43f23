// The schema's commands on an empty database, and what they say when they cannot.

import CounterpointModel
import Crypto
import FoundationEssentials
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointRecords
@testable import counterpoint

@Suite struct SchemaCommandTests {
    @Test func anEmptyDatabaseIsMigratedOnce() async throws {
        try await Workbench.empty { bench in
            let level = Int64(ExpectedSchema.level)
            let dry = await bench.run("schema", "migrate", "--dry-run")
            #expect(dry.code == 0, "\(dry.errors)")
            #expect(dry.output.contains("would apply 0001_foundation.sql"))
            let before = try await bench.run("schema", "status", "--output", "json").json()
            #expect(before["level"] == 0)
            #expect(before["pending"]?.array?.count == ExpectedSchema.level)

            let applied = await bench.run("schema", "migrate")
            #expect(applied.code == 0, "\(applied.errors)")
            #expect(applied.lines.last == "The schema is now at \(level).")
            let again = await bench.run("schema", "migrate")
            #expect(again.output == "The schema is up to date (\(level)).\n")
            let after = try await bench.run("schema", "status", "--output", "json").json()
            #expect(after["level"] == .integer(level))
            #expect(after["pending"] == [])
        }
    }

    @Test func onlyASuperuserMigrates() async throws {
        try await Workbench.with { bench, _ in
            for command in ["migrate", "service-login", "operator-login", "status"] {
                let run = await bench.run("schema", command)
                #expect(run.code == 77)
                #expect(run.errors.contains(command == "status" ? "login" : "superuser"))
                #expect(run.output.isEmpty)
            }
        }
    }

    @Test func aChangedFileIsNamed() async throws {
        try await Workbench.empty { bench in
            var bench = bench
            try FileManager.default.copyItem(
                atPath: Workbench.schemaFolder, toPath: bench.folder + "/changed")
            #expect(await bench.run("schema", "migrate").code == 0)
            bench.environment["COUNTERPOINT_SCHEMA_DIR"] = "changed"
            try bench.write(
                try bench.read("changed/0002_organisations.sql") + "\n-- more",
                to: "changed/0002_organisations.sql")
            let run = await bench.run("schema", "status")
            #expect(run.code == 65)
            #expect(run.errors.contains("0002_organisations.sql"))
            bench.environment["COUNTERPOINT_SCHEMA_DIR"] = "nowhere"
            #expect(await bench.run("schema", "status").code == 65)
        }
    }

    @Test func aLoginGetsANewAddressAtTheSamePlace() async throws {
        try await Workbench.empty { bench in
            let early = await bench.run("schema", "migrate")
            #expect(early.code == 0)
            var addresses: Set<String> = []
            for _ in 1...2 {
                let run = await bench.run("schema", "operator-login")
                #expect(run.code == 0, "\(run.errors)")
                let url = try #require(run.lines.first.map(String.init))
                #expect(url.hasPrefix("postgresql://counterpoint_operator:"))
                #expect(url.contains("/\(bench.database.name)"))
                addresses.insert(url)
                var next = bench
                next.environment["DATABASE_URL"] = url
                #expect(await next.run("programme", "list").code == 0)
            }
            #expect(addresses.count == 2)
        }
    }

    /// The example of RFC 7677: what is stored for "pencil" verifies the server's signature that is printed there.
    @Test func storedPasswordsAreThoseOfTheStandard() throws {
        let salt = try #require(Data(base64Encoded: "W22ZaJ0SNY7soEsUEjb6gQ=="))
        let text = ScramVerifier.text(of: "pencil", salt: Array(salt))
        #expect(text.hasPrefix("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"))
        let serverKey = try #require(
            text.split(separator: ":").last.flatMap { Data(base64Encoded: String($0)) })
        let message =
            "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
        let signature = HMAC<SHA256>.authenticationCode(
            for: Array(message.utf8), using: SymmetricKey(data: serverKey))
        #expect(
            Data(signature).base64EncodedString() == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
    }
}
