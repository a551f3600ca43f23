// Doing a thing once, however often and however fast it is asked for.

import CounterpointModel
import CounterpointRecords
import TestRegistry
import Testing

@Suite struct OnceTests {
    private static func once(_ key: String, _ name: String) -> Once<Organisation> {
        Once(key: key, fingerprint: Fingerprint.of([Array(name.utf8)])) { made in
            StoredAnswer(
                status: 201,
                headers: [.init(name: "Location", value: "/v1/organisations/\(made.id)")],
                body: Array(made.document.text.utf8))
        }
    }

    private static func new(_ name: String) -> NewOrganisation {
        NewOrganisation(name: name, kind: .civilSociety, country: Country("UA")!)
    }

    @Test func theSecondTimeTheFirstAnswerIsGivenAgain() async throws {
        try await TestWorld.with { world in
            let first = try await world.registry.registerOrganisation(
                Self.new("Once"), as: world.manager, once: Self.once("k", "Once")
            ).get()
            let again = try await world.registry.registerOrganisation(
                Self.new("Once"), as: world.manager, once: Self.once("k", "Once"))
            guard case .replayed(let answer) = again else {
                Issue.record("done twice")
                return
            }
            #expect(answer.status == 201)
            #expect(
                answer.headers == [.init(name: "Location", value: "/v1/organisations/\(first.id)")])
            #expect(answer.body == Array(first.document.text.utf8))
            // Another's key of the same name is another key.
            let host = try await world.test.host.registerOrganisation(
                Self.new("Once"), as: world.test.administrator, once: Self.once("k", "Once"))
            _ = try host.get()
        }
    }

    @Test func theSameKeyWithAnotherRequestIsRefused() async throws {
        try await TestWorld.with { world in
            _ = try await world.registry.registerOrganisation(
                Self.new("One"), as: world.manager, once: Self.once("k", "One"))
            do {
                _ = try await world.registry.registerOrganisation(
                    Self.new("Two"), as: world.manager, once: Self.once("k", "Two"))
                Issue.record("the key was taken twice")
            } catch RegistryError.idempotencyMismatch {
            }
        }
    }

    @Test func aRefusedRequestLeavesItsKeyFree() async throws {
        try await TestWorld.with { world in
            let taken = try OrganisationIdentifier(scheme: "GB-CHC", id: "1090095")
            var first = Self.new("First")
            first.identifiers = [taken]
            _ = try await world.registry.registerOrganisation(first, as: world.manager).get()
            var second = Self.new("Second")
            second.identifiers = [taken]
            let refused = try? await world.registry.registerOrganisation(
                second, as: world.manager, once: Self.once("k", "Second"))
            if case .some = refused { Issue.record("registered a number twice") }
            second.identifiers = []
            let mended = try await world.registry.registerOrganisation(
                second, as: world.manager, once: Self.once("k", "Second"))
            _ = try mended.get()
        }
    }

    @Test func manyAtOnceAreDoneOnce() async throws {
        try await TestWorld.with { world in
            let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        let outcome = try await world.registry.registerOrganisation(
                            Self.new("Race"), as: world.manager, once: Self.once("race", "Race"))
                        if case .done = outcome { return true }
                        return false
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
            var filter = OrganisationFilter()
            filter.name = "race"
            let found = try await world.registry.organisations(
                filter, page: PageRequest(), as: world.manager)
            #expect(found.items.count == 1)
        }
    }
}
