// The log is append-only for every role: tried by SQL, as each of them, with a caller's context where there is one.

import CounterpointRecords
import Postgres
import TestCluster
import TestRegistry
import Testing

@Suite("Nobody may change the log")
struct AuditRightsTests {
    private static let tables = ["audit_entries", "audit_details", "audit_chains"]

    private static let attempts: [String] =
        tables.flatMap { table in
            [
                "delete from \(table)", "truncate \(table) cascade",
                "insert into \(table) select * from \(table) limit 1",
                "alter table \(table) disable trigger all", "drop table \(table) cascade",
                "alter table \(table) no force row level security",
            ]
        } + [
            "update audit_entries set action = 'nothing'",
            "update audit_entries set hash = previous",
            "update audit_details set after = null", "update audit_details set salt = null",
            "update audit_details set after = null, before = null, salt = null, erased_by = 1",
            "update audit_chains set length = 0", "update audit_chains set head = '\\x00'",
            "set session_replication_role = replica",
            "select set_config('counterpoint.erasing', sec.erasing_flag(), true)",
            "select sec.erase_details('[]', null, 'x', 'x', gen_random_uuid(), null, '{}')",
        ]

    private static let roles = [
        "counterpoint_ngo", "counterpoint_manager", "counterpoint_funder", "counterpoint_auditor",
        "counterpoint_admin", "counterpoint_service", "counterpoint_operator",
        "counterpoint_backup", "counterpoint_owner",
    ]

    @Test("Every role, the tables' owner included, tries everything, and nothing changes")
    func everyRole() async throws {
        try await TestWorld.with { world in
            let before = try await digest(world)
            var refused = 0
            for role in Self.roles {
                for attempt in Self.attempts {
                    if try await wentThrough(attempt, as: role, world) {
                        // The owner may run statements that touch no row; owners can do more, and nobody is the owner.
                        #expect(role == "counterpoint_owner", "\(role): \(attempt)")
                    } else {
                        refused += 1
                    }
                }
            }
            #expect(try await digest(world) == before)
            print(
                "audit rights: \(refused) of \(Self.roles.count * Self.attempts.count) attempts refused, nothing changed"
            )
        }
    }

    /// Tries it as a caller of that kind where there is one, and takes back what the owner may do.
    private func wentThrough(
        _ attempt: String, as role: String, _ world: TestWorld
    ) async throws -> Bool {
        let context =
            role == "counterpoint_admin"
            ? "select sec.begin_as(null);" : ""
        do {
            try await world.test.database.run(
                "begin; \(context) set local role \(role); \(attempt); rollback")
            return true
        } catch let error as PostgresError {
            #expect(
                ["42501", "28000", "0A000"].contains(error.server?.sqlState.rawValue ?? ""),
                "\(role): \(attempt): \(error)")
            return false
        }
    }

    @Test("Even with the owner's rights and the tables' triggers awake, entries stand")
    func theOwner() async throws {
        try await TestWorld.with { world in
            let before = try await digest(world)
            for attempt in [
                "update audit_entries set action = 'nothing'", "delete from audit_entries",
                "truncate audit_entries cascade", "update audit_details set after = null",
                "delete from audit_details", "truncate audit_details", "delete from audit_chains",
            ] {
                for role in ["postgres", "counterpoint_owner"] {
                    await #expect(throws: PostgresError.self, "\(role): \(attempt)") {
                        try await world.test.database.run(
                            "begin; set role \(role); \(attempt); commit")
                    }
                }
            }
            #expect(try await digest(world) == before)
        }
    }

    private func digest(_ world: TestWorld) async throws -> [[String?]] {
        try await world.test.database.run(
            """
            select (select md5(string_agg(e::text, '' order by chain, sequence)) from audit_entries e),
                   (select md5(string_agg(d::text, '' order by chain, sequence)) from audit_details d),
                   (select md5(string_agg(c::text, '' order by chain)) from audit_chains c)
            """)
    }
}
