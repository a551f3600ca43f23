// A PostgreSQL with known holes stops the start, unless somebody has said aloud that this machine has no real data.

import CounterpointModel
import TestCluster
import TestRegistry
import Testing

@Suite struct OldServerTests {
    /// What the service asks the server for its version by is answered by a function of ours, which says less than is true.
    private static func pretend(_ version: Int, _ database: TestDatabase) async throws {
        try await database.run(
            """
            create schema older;
            grant usage on schema older to public;
            create function older.current_setting(name text) returns text language sql stable as $$
                select case when name = 'server_version_num' then '\(version)' else pg_catalog.current_setting(name) end
            $$;
            alter role counterpoint_service in database \(database.name) set search_path = older, pg_catalog, public
            """)
    }

    @Test(
        "Below the release floor only COUNTERPOINT_ALLOW_OLD_POSTGRES=1 starts, and says so in the log"
    )
    func belowTheFloor() async throws {
        try await TestRegistry.with { test in
            try await Self.pretend(150_019, test.database)
            let settings = [
                "DATABASE_URL=\(try test.database.url(user: "counterpoint_service"))",
                "COUNTERPOINT_PORT=0",
            ]
            for refused in [settings, settings + ["COUNTERPOINT_ALLOW_OLD_POSTGRES=0"]] {
                let refusal = try await ServiceProcess.refusal(refused)
                #expect(refusal.code == 78)
                #expect(refusal.text.contains("serverBelowFloor") && refusal.text.contains("15.19"))
            }
            let service = try await ServiceProcess.start(
                settings + ["COUNTERPOINT_ALLOW_OLD_POSTGRES=1"])
            let answers = try await RawConnection.exchange(
                service.port,
                "GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answers.statusLines == 1)
            #expect(service.startLog.contains("serverBelowFloor"))
            service.terminate()
            #expect(try await service.exitCode(within: .seconds(30)) == 0)
        }
    }

    @Test("A major release that is too old is refused whatever was said")
    func tooOld() async throws {
        try await TestRegistry.with { test in
            try await Self.pretend(140_025, test.database)
            let refusal = try await ServiceProcess.refusal([
                "DATABASE_URL=\(try test.database.url(user: "counterpoint_service"))",
                "COUNTERPOINT_PORT=0", "COUNTERPOINT_ALLOW_OLD_POSTGRES=1",
            ])
            #expect(refusal.code == 78)
            #expect(refusal.text.contains("serverTooOld"))
        }
    }
}
