// The head of a chain is locked while an entry is written: of many who write at once none fails, and the chain holds.

import CounterpointModel
import CounterpointRecords
import TestRegistry
import Testing

@Suite("Many write at once")
struct WritersAtOnceTests {
    @Test("Every change is there, and the chain has no gap and no fork")
    func manyAtOnce() async throws {
        try await TestWorld.with { world in
            let count = 40
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<count {
                    group.addTask { _ = try await world.campaign("Campaign \(number)") }
                }
                try await group.waitForAll()
            }
            let list = try await world.registry.campaigns(
                CampaignFilter(), page: PageRequest(limit: 100), as: world.editor)
            #expect(list.items.count == count)
            let verdicts = try await world.test.host.verifyAudit(as: world.test.administrator)
            #expect(verdicts.allSatisfy { $0.faults.isEmpty })
        }
    }
}
