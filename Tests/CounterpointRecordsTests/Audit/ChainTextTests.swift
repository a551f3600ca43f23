// What the hash of an entry covers is put together by the database when it is written and by the verification when it is
// read: byte for byte the same, whatever stands in the columns, or a sound log would be called altered.

import CounterpointModel
import CounterpointRecords
import Postgres
import TestCluster
import TestDice
import TestRegistry
import Testing

@Suite("The text that a hash covers")
struct ChainTextTests {
    private static let rounds = 12
    private static let uuids = [
        "gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'",
        "'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'01234567-89ab-cdef-fedc-ba9876543210'",
    ]
    private static let texts = [
        "''", "' '", "'x'", "'--'", "'-x'", "'x-'", "'a b'", "E'line\\nend'", "'ünïcødé 🌍'",
        "repeat('long ', 5000)",
    ]
    /// What may stand in a column of an entry so that its text is still the database's.
    private static let columns: [(name: String, values: [String])] = [
        ("principal_id", uuids + ["null"]), ("token_id", uuids + ["null"]),
        ("organisation_id", uuids + ["null"]), ("subject_id", uuids),
        // Ours never have a '|' there, but the database would hash it as it is.
        ("request_id", texts + ["null", "'a|b'", "'|'", "'0'"]),
        ("action", texts + ["'-'"]), ("subject_kind", texts + ["'-'"]),
        (
            "at",
            [
                "'1970-01-01Z'", "'1969-12-31 23:59:59.999999Z'", "'1970-01-01 00:00:00.000001Z'",
                "'1999-12-31 23:59:59.999999Z'", "'2000-01-01Z'", "'0001-01-01 00:00:00.1Z'",
                "'4713-01-01 00:00:00.000009Z BC'", "'294246-12-31 23:59:59.999999Z'",
                "now() + random() * interval '1 day'", "now() - random() * interval '100 years'",
            ]
        ),
    ]
    private static let documents =
        texts + [
            "null", "'{\"entries\": [1]}'", "repeat('ä', 300000)", "E'\\\\x00'",
        ]

    @Test("Whatever the columns hold, an entry that the database hashed is found sound")
    func nastyRows() async throws {
        try await TestWorld.with { world in
            _ = try await world.campaign()
            let chain = world.programme.id.text
            var dice = Dice(seed: runSeed)
            try await world.test.database.run(Tampering.preparation)
            let length = try await self.length(world)
            #expect(length > 3)
            for round in 0..<Self.rounds {
                var script = "set session_replication_role = replica;"
                for entry in 1...length {
                    let changes = Self.columns.map { "\($0.name) = \(dice.pick($0.values))" }
                    script += """
                        update audit_entries set \(changes.joined(separator: ", "))
                         where chain = '\(chain)' and sequence = \(entry);
                        update audit_details set before = \(dice.pick(Self.documents)), after = \(dice.pick(Self.documents)),
                               salt = decode(\(dice.pick(["repeat('ab', 32)", "''", "'00'"])), 'hex')
                         where chain = '\(chain)' and sequence = \(entry);
                        call tampering.redigest('\(chain)', \(entry));
                        """
                }
                script += "call tampering.rehash('\(chain)', 1, 1000000, true)"
                try await world.test.database.run(script)
                let found = try await faults(world)
                #expect(found == [], "SEED=\(runSeed) round \(round)")
            }
        }
    }

    @Test(
        "What sec.audit never writes is a fault, also where the text that it gives is one that could have been written",
        arguments: [
            "request_id = '-'", "action = 'a|b'", "subject_kind = '|'", "at = 'infinity'",
            "at = '-infinity'", "action = null", "subject_kind = null", "subject_id = null",
            "request_id = request_id || '|' || action, action = null",
            "request_id = request_id || '|' || action, action = subject_kind, subject_kind = null",
            "at = null",
        ])
    func neverWritten(change: String) async throws {
        try await TestWorld.with { world in
            let chain = world.programme.id.text
            // Without a name, so that '-' for nothing and '-' for a name are the same text.
            try await world.test.database.run(
                """
                \(Tampering.preparation);
                alter table audit_entries alter action drop not null, alter subject_kind drop not null,
                    alter subject_id drop not null, alter at drop not null;
                set session_replication_role = replica;
                update audit_entries set request_id = \(change.contains("||") ? "'r'" : "null")
                 where chain = '\(chain)' and sequence = 1;
                call tampering.rehash('\(chain)', 1, 1000000, true)
                """)
            #expect(try await faults(world) == [])
            try await world.test.database.run(
                """
                set session_replication_role = replica;
                update audit_entries set \(change) where chain = '\(chain)' and sequence = 1;
                call tampering.rehash('\(chain)', 1, 1000000, true)
                """)
            #expect(try await faults(world) == ["entry 1 was changed"])
        }
    }

    @Test(
        "A moment that is too late for the database to hash is a fault, and not the end of the walk"
    )
    func tooLate() async throws {
        try await TestWorld.with { world in
            try await world.test.database.run(
                """
                set session_replication_role = replica;
                update audit_entries set at = '294276-12-31 23:59:59.999999Z'
                 where chain = '\(world.programme.id)' and sequence = 1
                """)
            #expect(try await faults(world) == ["entry 1 was changed"])
        }
    }

    private func faults(_ world: TestWorld) async throws -> [String] {
        try await world.test.host.verifyAudit(as: world.test.administrator).flatMap(\.faults)
    }

    private func length(_ world: TestWorld) async throws -> Int {
        let verdicts = try await world.test.host.verifyAudit(as: world.test.administrator)
        return Int(verdicts.first { $0.programme == world.programme.id }?.entries ?? 0)
    }
}
