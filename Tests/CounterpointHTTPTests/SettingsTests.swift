// Settings: typed, checked together, and never a password in a message.

import Configuration
import CounterpointSettings
import Testing

@testable import CounterpointHTTP

@Suite("Settings")
struct SettingsTests {
    private func settings(
        _ variables: [String: String], flagFaults: [String] = []
    ) throws(SettingsProblems) -> ServiceSettings {
        try ServiceSettings(
            reading: ConfigReader(
                provider: EnvironmentVariablesProvider(environmentVariables: variables)),
            flagFaults: flagFaults)
    }

    @Test("Defaults hold where nothing is said, also for an empty value")
    func defaults() throws {
        let read = try settings([
            "DATABASE_URL": "postgresql://a@b/c", "COUNTERPOINT_PORT": "",
        ])
        #expect(read.host == "127.0.0.1")
        #expect(read.port == 8080)
        #expect(read.logLevel == .info)
        #expect(read.poolSize == nil)
        #expect(read.databaseReadURL == nil)
        #expect(read.schemaDirectory == "schema")
        #expect(read.tls == nil)
        #expect(read.connectionsPerAddress == Limits.connectionsPerAddress)
        #expect(!read.allowsOldPostgres)
    }

    @Test("A certificate needs its key, and a key its certificate")
    func tlsPair() throws {
        for (given, missing) in [
            ("COUNTERPOINT_TLS_CERTIFICATE", "COUNTERPOINT_TLS_KEY"),
            ("COUNTERPOINT_TLS_KEY", "COUNTERPOINT_TLS_CERTIFICATE"),
        ] {
            let error = #expect(throws: SettingsProblems.self) {
                try settings(["DATABASE_URL": "postgresql://a@b/c", given: "/some/file"])
            }
            #expect(error?.problems.count == 1)
            #expect(error?.problems.first?.hasPrefix(missing) == true)
        }
    }

    @Test("A provider needs its audience and the key shared with the database; limits may be off")
    func signingIn() throws {
        let base = ["DATABASE_URL": "postgresql://a@b/c"]
        let plain = try settings(base).signingIn
        #expect(plain.rateLimit == 100 && plain.strangersLimit == 50 && plain.provider == nil)
        let off = try settings(base.merging(["COUNTERPOINT_RATE_LIMIT": "off"]) { $1 }).signingIn
        #expect(off.rateLimit == nil && off.strangersLimit == nil)
        let error = #expect(throws: SettingsProblems.self) {
            try settings(
                base.merging([
                    "COUNTERPOINT_RATE_LIMIT": "0", "COUNTERPOINT_RATE_LIMIT_STRANGERS": "many",
                    "COUNTERPOINT_OIDC_ISSUER": "https://login.example.org",
                ]) { $1 })
        }
        #expect(error?.problems.count == 4)
        let read = try settings(
            base.merging([
                "COUNTERPOINT_OIDC_ISSUER": "https://login.example.org",
                "COUNTERPOINT_OIDC_AUDIENCE": "counterpoint",
                "COUNTERPOINT_IDENTITY_KEY_FILE": "/run/key",
            ]) { $1 }
        ).signingIn
        #expect(read.provider?.claim == "sub")
        #expect(read.provider?.keys == nil)
    }

    @Test("Every problem is named at once, and no password is shown")
    func problems() {
        let error = #expect(throws: SettingsProblems.self) {
            try settings([
                "DATABASE_URL": "mysql://root:hush@h/d", "DATABASE_READ_URL": "hush",
                "COUNTERPOINT_PORT": "65536", "COUNTERPOINT_LOG_LEVEL": "loud",
                "COUNTERPOINT_POOL_SIZE": "0", "COUNTERPOINT_EVENT_LOOPS": "two",
            ])
        }
        let text = error?.description ?? ""
        #expect(error?.problems.count == 6)
        for name in [
            "DATABASE_URL", "DATABASE_READ_URL", "COUNTERPOINT_PORT", "COUNTERPOINT_LOG_LEVEL",
            "COUNTERPOINT_POOL_SIZE", "COUNTERPOINT_EVENT_LOOPS",
        ] {
            #expect(text.contains(name), "\(name)")
        }
        #expect(!text.contains("hush"))
    }

    @Test("Flags win, and a flag that does not exist is told with the rest")
    func flags() async throws {
        guard
            case .start(let sources, let faults) = try await ServiceSettings.sources(
                arguments: [
                    "--port", "9000", "--database-url=postgresql://a@b/c", "--prot", "1",
                    "--host",
                ], environmentFile: "/nonexistent/.env")
        else { throw Unexpected() }
        #expect(faults == ["--prot is no setting of counterpointd", "--host lacks its value"])
        let read = try ServiceSettings(reading: sources)
        #expect(read.port == 9000)
        #expect(read.databaseURL == "postgresql://a@b/c")
    }

    @Test("Help names every setting and asks for nothing")
    func help() async throws {
        guard case .help = try await ServiceSettings.sources(arguments: ["--help"]) else {
            throw Unexpected()
        }
        for setting in Setting.all { #expect(ServiceSettings.usage.contains(setting.variable)) }
        #expect(ServiceSettings.usage.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    private struct Unexpected: Error {}
}
