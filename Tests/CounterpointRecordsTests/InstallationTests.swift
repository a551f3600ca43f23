// The service starts only on what it can rely on: each thing that may be wrong is made wrong and must be named.

import CounterpointModel
import Postgres
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointRecords

@Suite struct InstallationTests {
    private static func codes(_ registry: Registry) async throws -> Set<String> {
        Set(try await registry.checkInstallation().faults.filter(\.isFatal).map(\.code))
    }

    @Test func aSoundInstallationHasNoFatalFault() async throws {
        try await TestRegistry.with { test in
            let codes = try await Self.codes(test.service)
            #expect(codes == [])
        }
    }

    @Test(arguments: [
        ("alter table grants no force row level security", "tableUnprotected"),
        ("alter table result_sets disable trigger keep_record", "triggerDisabled"),
        ("delete from schema_migrations where version > 1", "schemaBehind"),
        (
            "insert into schema_migrations select 99, 'later', checksum, applied_at from schema_migrations limit 1",
            "schemaAhead"
        ),
    ])
    func whatWasMadeWrongIsNamed(_ statement: String, _ code: String) async throws {
        try await TestRegistry.with { test in
            try await test.database.run(statement)
            let codes = try await Self.codes(test.service)
            #expect(codes == [code])
        }
    }

    /// A dump does not carry what a database's own privileges are.
    @Test func temporaryTablesAreRefused() async throws {
        try await TestRegistry.with { test in
            try await test.database.run(
                "grant temporary on database \(test.database.name) to public")
            let codes = try await Self.codes(test.service)
            #expect(codes == ["temporaryTables"])
        }
    }

    @Test func commitsThatMayBeLostAreRefused() async throws {
        try await TestRegistry.with { test in
            try await test.database.run(
                "alter database \(test.database.name) set synchronous_commit = off")
            let service = try test.database.settings(user: "counterpoint_service")
            let codes = try await test.database.withDatabase(service) {
                try await Self.codes(Registry(database: $0, logger: .quiet))
            }
            #expect(codes == ["synchronousCommitOff"])
        }
    }

    @Test func aLoginThatMayDoTooMuchIsRefused() async throws {
        try await TestRegistry.with { test in
            let codes = try await test.database.withDatabase {
                try await Self.codes(Registry(database: $0, logger: .quiet))
            }
            #expect(codes.contains("loginTooStrong"))
        }
    }

    @Test func releasesWithKnownHolesAreRefused() {
        for version in [140_025, 150_018, 150_019, 160_001, 170_011, 180_000] {
            #expect(ReleaseFloor.fault(version)?.isFatal == true, "\(version)")
        }
        for version in [150_020, 150_021, 160_016, 170_012, 180_006, 190_000] {
            #expect(ReleaseFloor.fault(version) == nil, "\(version)")
        }
    }
}
