// Nobody alters the log unseen: random alterations by somebody with every right, and every one must be found.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import Postgres
import TestCluster
import TestDice
import TestRegistry
import Testing

@Suite("Tampering with the log")
struct AuditTamperingTests {
    private static let alterations = 150
    private static let seed = runSeed

    @Test("Of some hundred random alterations every one is found, and none where there is none")
    func random() async throws {
        try await TestWorld.with { world in
            // An erasure in it, so that emptied entries are nothing unusual.
            let admin = world.test.administrator
            let viewer = try await world.registry.me(as: world.viewer).principal.id
            _ = try await world.test.host.erasePrincipal(viewer, reason: "asked", as: admin)
            _ = try await world.campaign()
            let sound = try await world.test.host.verifyAudit(as: admin)
            #expect(sound.allSatisfy { $0.faults.isEmpty })
            #expect(sound.map(\.erased).reduce(0, +) == 2)
            let heads = sound.map {
                ChainHead(programme: $0.programme, entries: $0.entries, head: $0.head)
            }
            var dice = Dice(seed: Self.seed)
            var number = 0
            var found = 0
            var onlyByKeptHead = 0
            try await world.test.database.withDatabase { superuser in
                _ = try await superuser.withoutTransaction(Tampering.preparation)
                while number < Self.alterations {
                    let target = sound.randomElement(using: &dice)!
                    let chain = target.programme?.text ?? Self.installationChain
                    let tampering = Tampering.random(
                        chain: chain, length: Int(target.entries), using: &dice)
                    let hint = "SEED=\(Self.seed) number \(number): \(tampering.name)"
                    let altered = try await superuser.withoutTransaction(
                        tampering.asSuperuser + ";" + Tampering.hasAltered)
                    guard altered.first?.first == "t" else { continue }
                    number += 1
                    let alone = try await faults(world, [])
                    #expect(tampering.needsKeptHead || !alone.isEmpty, "not found: \(hint)")
                    if alone.isEmpty {
                        let withHeads = try await faults(world, heads)
                        #expect(!withHeads.isEmpty, "not even by kept heads: \(hint)")
                        if !withHeads.isEmpty { onlyByKeptHead += 1 }
                    } else {
                        found += 1
                    }
                    _ = try await superuser.withoutTransaction(Tampering.undoing)
                }
            }
            #expect(try await faults(world, heads).isEmpty)
            print(
                "audit tampering: of \(number), \(found) found by the log alone, \(onlyByKeptHead) by kept heads"
            )
        }
    }

    private func faults(_ world: TestWorld, _ heads: [ChainHead]) async throws -> [String] {
        try await world.test.host.verifyAudit(against: heads, as: world.test.administrator)
            .flatMap(\.faults)
    }

    @Test("A chain that was removed as a whole is missed, for its programme is there")
    func removedChain() async throws {
        try await TestWorld.with { world in
            let kept = try await world.test.host.verifyAudit(as: world.test.administrator)
            try await world.test.database.run(
                """
                set session_replication_role = replica;
                delete from audit_entries where chain = '\(world.programme.id)';
                delete from audit_details where chain = '\(world.programme.id)';
                delete from audit_chains where chain = '\(world.programme.id)'
                """)
            let verdicts = try await world.test.host.verifyAudit(as: world.test.administrator)
            let missed = verdicts.first { $0.programme == world.programme.id }
            #expect(missed?.faults == ["there is no such chain: it was removed"])
            #expect(verdicts.count == kept.count)
        }
    }

    @Test("The installation's chain is missed as well if all of it was removed")
    func removedInstallationChain() async throws {
        try await TestWorld.with { world in
            try await world.test.database.run(
                """
                set session_replication_role = replica;
                delete from audit_entries where chain = '\(Self.installationChain)';
                delete from audit_details where chain = '\(Self.installationChain)';
                delete from audit_chains where chain = '\(Self.installationChain)'
                """)
            #expect(try await faults(world, []) == ["there is no such chain: it was removed"])
        }
    }

    private static let installationChain = "00000000-0000-0000-0000-000000000000"

    @Test("Writing goes on while the log is verified, and nothing is found that is not there")
    func whileWriting() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            async let writing: Void = {
                for number in 0..<30 {
                    let old = try await world.registry.campaign(campaign.id, as: world.editor)
                    var change = CampaignChange()
                    change.name = .set("Campaign \(number)")
                    _ = try await world.registry.changeCampaign(
                        campaign.id, change, expecting: old.version, as: world.editor)
                }
            }()
            for turn in 0..<15 {
                // In stretches of few entries, the end of the chain is always just being written.
                let verdicts = try await world.test.host.verifyAudit(
                    against: [], as: world.test.administrator,
                    inStretchesOf: [2, 5, 1_000][turn % 3])
                #expect(verdicts.flatMap(\.faults) == [])
            }
            try await writing
        }
    }
}
