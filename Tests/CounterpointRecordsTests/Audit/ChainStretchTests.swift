// A chain is followed in stretches, each in a transaction of its own: what is found must not depend on where one ends.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@Suite("A chain in stretches")
struct ChainStretchTests {
    private static let stretches = [2, 3, 5]
    /// One of each kind; `$n` is the entry's number.
    private static let alterations = [
        "update audit_entries set action = action || '.' where chain = '$c' and sequence = $n",
        "update audit_entries set previous = sha256(previous) where chain = '$c' and sequence = $n",
        "update audit_entries set hash = sha256(hash) where chain = '$c' and sequence = $n",
        "update audit_details set after = coalesce(after, '') || '.' where chain = '$c' and sequence = $n",
        "delete from audit_details where chain = '$c' and sequence = $n",
        "delete from audit_entries where chain = '$c' and sequence = $n",
        """
        delete from audit_details where chain = '$c' and sequence = $n;
        delete from audit_entries where chain = '$c' and sequence = $n
        """,
        "delete from audit_entries where chain = '$c' and sequence >= $n",
        // The same number twice, which takes the table's keys away first.
        "insert into audit_entries table audit_entries_twice",
        "insert into audit_details table audit_details_twice",
    ]

    @Test("A fault at any place is found whatever the stretches, and the same is said of it")
    func borders() async throws {
        try await TestWorld.with { world in
            for _ in 0..<3 { _ = try await world.campaign() }
            let chain = world.programme.id.text
            let length = try await entries(world)
            #expect(length > 2 * Self.stretches.max()!)
            for stretch in [1] + Self.stretches + [length, length + 1] {
                #expect(try await faults(world, stretch) == [], "stretches of \(stretch)")
            }
            try await world.test.database.run(Tampering.preparation)
            for (kind, alteration) in Self.alterations.enumerated() {
                // The first border of each stretch, what stands on both sides of it, and the ends.
                for entry in [2, 3, 5, 6, length] {
                    let script = alteration.replacing("$c", with: chain)
                        .replacing("$n", with: "\(entry)")
                    try await world.test.database.run(
                        """
                        set session_replication_role = replica;
                        \(kind == 8 ? Self.twice("audit_entries", chain, entry) : "")
                        \(kind == 9 ? Self.twice("audit_details", chain, entry) : "")
                        \(script)
                        """)
                    let whole = try await faults(world, length + 2)
                    #expect(!whole.isEmpty, "\(script)")
                    for stretch in Self.stretches {
                        let found = try await faults(world, stretch)
                        #expect(!found.isEmpty, "stretches of \(stretch): \(script)")
                        // A number that stands on both sides of a border is told by the count alone.
                        if kind < 8 {
                            #expect(found == whole, "stretches of \(stretch): \(script)")
                        }
                    }
                    try await world.test.database.run(Tampering.undoing)
                }
            }
        }
    }

    /// Takes the key off `table`, and puts the entry's row aside to be inserted once more.
    private static func twice(_ table: String, _ chain: String, _ entry: Int) -> String {
        """
        alter table audit_details drop constraint if exists audit_details_chain_sequence_fkey;
        alter table \(table) drop constraint if exists \(table)_pkey;
        create temporary table \(table)_twice as
            select * from \(table) where chain = '\(chain)' and sequence = \(entry);
        """
    }

    private func faults(_ world: TestWorld, _ stretch: Int) async throws -> [String] {
        try await world.test.host.verifyAudit(
            against: [], as: world.test.administrator, inStretchesOf: stretch
        ).flatMap(\.faults)
    }

    private func entries(_ world: TestWorld) async throws -> Int {
        let verdicts = try await world.test.host.verifyAudit(as: world.test.administrator)
        return Int(verdicts.first { $0.programme == world.programme.id }?.entries ?? 0)
    }
}
