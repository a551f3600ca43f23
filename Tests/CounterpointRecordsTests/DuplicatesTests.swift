// Likely duplicates are looked for among what the caller can see, and nowhere else.

import CounterpointModel
import CounterpointRecords
import TestRegistry
import Testing

@Suite struct DuplicatesTests {
    @Test func aManagerFindsTheirOwnAndNobodyElsesAreFound() async throws {
        try await TestWorld.with { world in
            let people = People(world.test)
            let twin = try await people.organisation("The Voices", .civilSociety, as: world.manager)
            let other = try await people.caller("Otto Other", .programmeManager)
            let hidden = try await people.organisation("Voices", .civilSociety, as: other)

            let found = try await world.registry.likelyDuplicates(as: world.manager)
            #expect(found.map(\.first.id) == [world.organisation.id])
            #expect(found.map(\.second.id) == [twin.id])
            #expect(found.map(\.reason) == [.similarName])
            #expect(!found.contains { $0.first.id == hidden.id || $0.second.id == hidden.id })
            for caller in [other, world.editor, world.rival, world.funder] {
                #expect(try await world.registry.likelyDuplicates(as: caller).isEmpty)
            }
            let all = try await world.test.host.likelyDuplicates(as: world.test.administrator)
            #expect(all.count == 3 && all[0].score == 1)
            #expect(
                try await world.registry.likelyDuplicates(in: Country("GB"), as: world.manager)
                    .isEmpty)

            let page = try await world.test.host.likelyDuplicates(
                page: PageRequest(limit: 2), as: world.test.administrator)
            let rest = try await world.test.host.likelyDuplicates(
                page: PageRequest(limit: 2, cursor: page.next), as: world.test.administrator)
            #expect(page.items + rest.items == all && rest.next == nil)

            // What was merged is no duplicate any more.
            try await world.merge(twin.id)
            #expect(try await world.registry.likelyDuplicates(as: world.manager).isEmpty)
        }
    }
}
