// Who may merge, what is refused, and that nobody gets past the triggers by pretending to merge.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@Suite struct MergingRightsTests {
    @Test func onlyWhoManagesBothMayMerge() async throws {
        try await TestWorld.with { world in
            for caller in [world.editor, world.viewer, world.rival, world.funder, world.auditor] {
                #expect(try await refusal(world, as: caller) == "notPermitted")
            }
            let people = People(world.test)
            let other = try await people.caller("Otto Other", .programmeManager)
            #expect(try await refusal(world, as: other) == "notFound")

            // A manager of one of them is told no more than that the other is not there.
            let own = try await people.organisation("Own", .civilSociety, as: other)
            #expect(try await refusal(world, lost: own.id, as: other) == "notFound")

            // Takes part elsewhere too: what belongs to others is not one manager's to give away.
            let elsewhere = try await world.registry.addProgramme(
                NewProgramme(
                    name: "Elsewhere", currency: Currency("EUR")!,
                    budget: Money(text: "1000.00", Currency("EUR")!),
                    startsOn: Day(iso: "2020-01-01")!, endsOn: Day(iso: "2030-12-31")!),
                as: other
            ).get()
            try await world.test.database.run(
                """
                insert into programme_organisations (programme_id, organisation_id)
                values ('\(elsewhere.id)', '\(world.rivalOrganisation.id)')
                """)
            #expect(try await refusal(world, as: world.manager) == "mergeIsNotYours")
            let merge = try await world.test.host.mergeOrganisations(
                NewOrganisationMerge(
                    organisationId: world.rivalOrganisation.id, reason: "the same"),
                into: world.organisation.id, as: world.test.administrator
            ).get()
            await #expect(throws: RegistryError.self) {
                try await world.registry.undoMerge(merge.id.uuid, as: world.manager)
            }
            await #expect(throws: RegistryError.self) {
                try await world.registry.organisationMerge(merge.id.uuid, as: world.rival)
            }
        }
    }

    @Test func whatDoesNotGoTogetherIsRefused() async throws {
        try await TestWorld.with { world in
            #expect(
                try await refusal(world, lost: world.organisation.id, as: world.manager)
                    == "sameOrganisation")
            #expect(
                try await refusal(world, lost: world.funderOrganisation.id, as: world.manager)
                    == "kindDiffers")
            let suspended = try await world.registry.moveOrganisation(
                world.rivalOrganisation.id,
                StandingTransition(step: Transition(to: .suspended, reason: "accounts missing")),
                expecting: world.rivalOrganisation.version, as: world.manager
            ).get()
            #expect(try await refusal(world, as: world.manager) == "standingDiffers")
            let cleared = try await world.registry.moveOrganisation(
                suspended.id,
                StandingTransition(step: Transition(to: .eligible, reason: "accounts came")),
                expecting: suspended.version, as: world.manager
            ).get()

            // Published under what is really its other record's name, it would not be protected.
            var change = OrganisationChange()
            change.publicAlias = .set("rivals")
            let renamed = try await world.registry.changeOrganisation(
                world.organisation.id, change, expecting: world.organisation.version,
                as: world.manager
            ).get()
            change = OrganisationChange()
            change.safety = .set(.withheld)
            _ = try await world.registry.changeOrganisation(
                cleared.id, change, expecting: cleared.version, as: world.manager)
            #expect(try await refusal(world, as: world.manager) == "aliasGivesNameAway")

            change = OrganisationChange()
            change.publicAlias = .set("Partner 7")
            _ = try await world.registry.changeOrganisation(
                renamed.id, change, expecting: renamed.version, as: world.manager)
            let merge = try await world.merge()
            let survivor = try await world.registry.organisation(
                world.organisation.id, as: world.manager
            ).full
            #expect(survivor.safety == .withheld, "the stricter of the two")
            _ = try await world.registry.undoMerge(merge.id.uuid, as: world.manager)
            let again = try await world.registry.organisation(
                world.organisation.id, as: world.manager
            ).full
            #expect(again.safety == .public)
        }
    }

    @Test func nobodyCanPretendToMerge() async throws {
        try await TestWorld.with { world in
            _ = try await world.furnishRival()
            let lost = world.rivalOrganisation.id
            let survivor = world.organisation.id
            let changes = [
                "update organisations set merged_into = '\(survivor)' where id = '\(lost)'",
                "update result_sets set organisation_id = '\(survivor)'",
                "update readings set organisation_id = '\(survivor)'",
            ]
            let pretences = [
                "select 1", "select set_config('counterpoint.merging', 'on', true)",
                "select set_config('counterpoint.merging', sec.merging_flag(), true)",
                "select set_config('counterpoint.merging', left(current_setting('counterpoint.context'), 64), true)",
            ]
            for principal in ["Mina Manager", "Administrator", "Rita Rival"] {
                for change in changes {
                    for pretence in pretences {
                        await #expect(
                            throws: (any Error).self, "\(principal): \(pretence); \(change)"
                        ) {
                            try await world.session(as: principal, "\(pretence); \(change)")
                        }
                    }
                }
            }
            // Nor can a superuser's slip, without the flag.
            for change in changes {
                await #expect(throws: (any Error).self, "\(change)") {
                    try await world.test.database.run(change)
                }
            }
            // A merge that went well leaves nothing behind to use, nor does an undone one.
            let merge = "select sec.merge_organisations('\(lost)', '\(survivor)', 'x', null)"
            for principal in ["Mina Manager", "Administrator"] {
                for change in [
                    "update result_sets set organisation_id = '\(lost)'",
                    "update readings set organisation_id = '\(lost)'",
                    "update organisations set merged_into = null where id = '\(lost)' or id = '\(survivor)' and 1 / (select count(*) from organisations where id = '\(lost)') = 1",
                ] {
                    await #expect(throws: (any Error).self, "\(principal): \(change)") {
                        try await world.session(as: principal, "\(merge); \(change)")
                    }
                }
            }
            let flag = try await world.test.database.run(
                "select count(*) from organisations where merged_into is not null")
            #expect(flag == [["0"]])
        }
    }

    @Test func nothingIsAddedToAMergedOrganisation() async throws {
        try await TestWorld.with { world in
            try await world.merge()
            let lost = world.rivalOrganisation.id
            for statement in [
                "insert into campaigns (organisation_id, name, starts_on, ends_on, created_by) select '\(lost)', 'x', now(), now(), id from principals limit 1",
                "insert into organisation_identifiers values ('\(lost)', 1, 'GB-CHC', '1')",
                "insert into programme_organisations values ('\(world.programme.id)', '\(lost)')",
                "update principals set organisation_id = '\(lost)' where organisation_id is not null",
                "update organisations set name = 'x' where id = '\(lost)'",
            ] {
                let refused = await #expect(throws: (any Error).self, "\(statement)") {
                    try await world.test.database.run(statement)
                }
                #expect(
                    String(reflecting: refused).contains("merged"), "\(String(reflecting: refused))"
                )
            }
        }
    }

    private func refusal(
        _ world: TestWorld, lost: Organisation.ID? = nil, as caller: Caller
    ) async throws -> String? {
        do {
            _ = try await world.merge(lost, as: caller)
            return nil
        } catch RegistryError.refused(let refusal) {
            return refusal.code
        } catch RegistryError.forbidden(let refusal) {
            return refusal.code
        } catch RegistryError.notFound {
            return "notFound"
        }
    }
}
