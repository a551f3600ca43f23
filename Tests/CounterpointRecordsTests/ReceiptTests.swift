// Receipts outlive the way in which they are written.

import CounterpointModel
import CounterpointRecords
import Crypto
import FoundationEssentials
import TestCluster
import TestRegistry
import Testing

@Suite struct ReceiptTests {
    private static let period = Period(from: Day(iso: "2023-04-14")!, to: Day(iso: "2024-03-11")!)!
    private static let ads = NewResultSet(
        channel: .meta, period: period,
        readings: [
            Reading(metric: .impressions, period: period, value: ExactDecimal("100000")!)
        ])

    @Test func aReceiptIsTheSameForAllWhoMayAskAndSaysTheSets() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let set = try await world.accept(Self.ads, for: campaign)
            var receipts: Set<String> = []
            for caller in [world.editor, world.manager, world.funder] {
                let summary = try await world.registry.summary(SummaryQuestion(), as: caller)
                receipts.insert(summary.groups[0].receipt)
            }
            #expect(receipts.count == 1, "an NGO's receipt is its funder's too")
            for caller in [world.editor, world.manager, world.funder] {
                let receipt = try await world.registry.receipt(receipts.first!, as: caller)
                #expect(receipt.sets.map(\.set) == [set.id])
            }
        }
    }

    @Test func aReceiptOfTheFirstFormIsStillFound() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let set = try await world.accept(Self.ads, for: campaign)
            let summary = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            let made = try await world.registry.receipt(
                summary.groups[0].receipt, as: world.funder)
            let text = [
                "counterpoint receipt 1", summary.question.document.text, "key {}",
                "programme \(world.programme.id) at 1", "set \(set.id) \(made.sets[0].digest)",
            ].joined(separator: "\n")
            let digest =
                "sha256:"
                + SHA256.hash(data: Array(text.utf8)).map {
                    ($0 < 16 ? "0" : "") + String($0, radix: 16)
                }.joined()
            try await world.test.database.run(
                """
                insert into receipts (digest, question)
                    values ('\(digest)', '\(summary.receiptQuestion(group: 0).text)')
                """)
            for caller in [world.manager, world.funder] {
                let receipt = try await world.registry.receipt(digest, as: caller)
                #expect(receipt.sets.map(\.set) == [set.id])
            }
            await #expect(throws: RegistryError.self) {
                try await world.registry.receipt(digest, as: world.rival)
            }
        }
    }
}
