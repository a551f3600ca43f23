// Two records of one organisation made one and two again: nothing lost, nothing counted otherwise, nobody sees more.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@Suite struct MergingTests {
    @Test func aMergeMovesEveryRowAndUndoingItRestoresEach() async throws {
        try await TestWorld.with { world in
            let own = try await world.campaign()
            try await world.accept(TestWorld.set(.meta, "300"), for: own)
            _ = try await world.furnishRival()
            let before = try await world.dump()
            let asked = try await totals(world)
            #expect(asked.overall == ["1000"])

            let merge = try await world.merge()
            #expect(try await world.tables(naming: world.rivalOrganisation.id) == [])
            let merged = try await totals(world)
            #expect(merged.overall == asked.overall)
            #expect(merged.organisations == [world.organisation.id.text: "1000"])
            let rows = Dictionary(uniqueKeysWithValues: merge.moved.map { ($0.table, $0.rows) })
            #expect(rows["grants"] == 1 && rows["campaigns"] == 1 && rows["result_sets"] == 2)
            #expect(rows["readings"] == 4 && rows["result_figures"] == 4)
            #expect(rows["result_records"] == 1 && rows["principals"] == 1)
            #expect(rows["result_set_steps"] == 6 && rows["result_objections"] == 1)
            #expect(rows["grant_reporting"] == 1 && rows["grant_reporting_periods"] == 15)
            #expect(rows["indicators"] == 1)
            #expect(rows["organisation_checks"] == 1 && rows["organisation_contacts"] == 1)

            let survivor = try await world.registry.organisation(
                world.organisation.id, as: world.manager
            ).full
            // "VOICES" is the survivor's own name already.
            #expect(survivor.aliases == ["Rivals", "Rivals of old"])
            #expect(survivor.identifiers.map(\.id) == ["1090095", "7076251"])
            #expect(survivor.contacts.map(\.name) == ["Rita"])
            #expect(survivor.clearance?.checked == world.organisation.clearance?.checked)
            try await expectSound(world)

            let undone = try await world.registry.undoMerge(merge.id.uuid, as: world.manager).get()
            let stayed = undone.undone?.stayed.flatMap(\.value)
            #expect(stayed == [])
            let after = try await world.dump()
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
            #expect(try await totals(world).organisations == asked.organisations)
            try await expectSound(world)
        }
    }

    private func totals(
        _ world: TestWorld
    ) async throws -> (overall: [String], organisations: [String: String]) {
        let all = try await world.registry.summary(SummaryQuestion(), as: world.manager)
        var question = SummaryQuestion()
        question.groupBy = [.organisation]
        let grouped = try await world.registry.summary(question, as: world.manager)
        var organisations: [String: String] = [:]
        for group in grouped.groups {
            guard let key = group.key[0].value, let count = group.counts.first else { continue }
            organisations[key] = count.value.plainText
        }
        return (all.groups[0].counts.map(\.value.plainText), organisations)
    }

    private func expectSound(_ world: TestWorld) async throws {
        let verdicts = try await world.test.host.verifyAudit(as: world.test.administrator)
        #expect(verdicts.allSatisfy { $0.faults.isEmpty })
        let (sets, drifts) = try await world.test.host.recompute(as: world.test.administrator)
        #expect(sets == 3 && drifts.isEmpty)
    }

    @Test func everyTableOfOrganisationsIsMoved() async throws {
        try await TestWorld.with { world in
            // A table that is new here must be moved by sec.merge_organisations and sec.undo_merge too.
            #expect(
                try await world.tablesOfOrganisations() == [
                    "campaign_grants", "campaigns", "evidence", "evidence_files",
                    "evidence_pieces", "grant_decisions", "grant_instalments",
                    "grant_reporting", "grant_reporting_periods", "grants", "imports", "indicators",
                    "organisation_checks", "organisation_contacts", "organisation_identifiers",
                    "principals", "programme_funders", "programme_organisations", "reading_blocks",
                    "readings",
                    "result_coverage", "result_figures", "result_objections", "result_records",
                    "result_set_steps", "result_sets",
                ])
            let stiff = try await world.test.database.run(
                """
                select c.conname from pg_constraint c where c.contype = 'f' and not c.condeferrable
                   and cardinality(c.conkey) > 1 and exists (select from pg_attribute a
                        where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'organisation_id')
                """)
            #expect(stiff.isEmpty, "keys that carry the organisation must be deferrable")
        }
    }

    @Test func theLostIdLeadsToTheSurvivorForThoseWhoMaySeeIt() async throws {
        try await TestWorld.with { world in
            let third = try await People(world.test).organisation(
                "Third", .civilSociety, as: world.manager)
            let stranger = try await People(world.test).caller("Sam", .ngoEditor, third.id)
            try await world.merge()
            for reader in [world.manager, world.auditor, world.rival, world.editor] {
                #expect(
                    try await absence(of: world.rivalOrganisation.id, world, reader)
                        == world.organisation.id)
            }
            for reader in [stranger, world.funder] {
                #expect(try await absence(of: world.rivalOrganisation.id, world, reader) == nil)
            }
            let listed = try await world.registry.organisations(
                OrganisationFilter(), page: PageRequest(), as: world.manager)
            #expect(!listed.items.contains { $0.id == world.rivalOrganisation.id })
            // Whoever belonged to the lost organisation belongs to the survivor from the next request on.
            let me = try await world.registry.me(as: world.rival)
            #expect(me.organisation?.id == world.organisation.id)
        }
    }

    /// The survivor that the error names, or nil for an organisation that is simply not found.
    private func absence(
        of id: Organisation.ID, _ world: TestWorld, _ reader: Caller
    ) async throws -> Organisation.ID? {
        do {
            _ = try await world.registry.organisation(id, as: reader)
        } catch RegistryError.mergedInto(let survivor) {
            return survivor
        } catch RegistryError.notFound {
            return nil
        }
        Issue.record("a merged organisation was shown")
        return nil
    }

    @Test func thePastStaysAnswerableUnderTheOrganisationOfThen() async throws {
        try await TestWorld.with { world in
            _ = try await world.furnishRival()
            var question = SummaryQuestion()
            question.organisations = [world.rivalOrganisation.id]
            question.groupBy = [.organisation]
            let then = try await world.registry.summary(question, as: world.manager)
            let merge = try await world.merge()
            let between = try await world.registry.summary(question, as: world.manager)
            #expect(between.groups.allSatisfy { $0.counts.isEmpty })

            question.asOf = then.asOf
            let again = try await world.registry.summary(question, as: world.manager)
            #expect(again.groups.map(\.receipt) == then.groups.map(\.receipt))
            let receipt = try await world.registry.receipt(
                then.groups[0].receipt, as: world.manager)
            #expect(!receipt.sets.isEmpty)

            _ = try await world.registry.undoMerge(merge.id.uuid, as: world.manager)
            question.asOf = between.asOf
            let empty = try await world.registry.summary(question, as: world.manager)
            #expect(empty.groups.allSatisfy { $0.counts.isEmpty })
        }
    }

    @Test func whatCameSinceIsToldAndNothingIsTornApart() async throws {
        try await TestWorld.with { world in
            let (campaign, _) = try await world.furnishRival()
            let merge = try await world.merge()
            let newcomer = try await world.campaign("Since")
            let added = try await world.acceptRival(.x, "9", for: campaign)
            // A campaign of the one that draws on the grant of the other cannot be divided.
            var change = CampaignChange()
            change.grantIds = .set([world.grant.id, world.rivalGrant.id])
            let tied = try await world.registry.changeCampaign(
                newcomer.id, change, expecting: newcomer.version, as: world.editor
            ).get()
            try await expectConflict("tiedSince") {
                try await world.registry.undoMerge(merge.id.uuid, as: world.manager)
            }
            change.grantIds = .set([world.grant.id])
            _ = try await world.registry.changeCampaign(
                newcomer.id, change, expecting: tied.version, as: world.editor)

            // The id of the lost organisation names the merge too.
            let undone = try await world.registry.undoMerge(
                world.rivalOrganisation.id.uuid, reason: "two charities after all",
                as: world.manager
            ).get()
            #expect(undone.undone?.stayed["campaigns"] == [newcomer.id.text])
            #expect(undone.undone?.followed["resultSets"] == [added.id.text])
            let set = try await world.registry.resultSet(added.id, as: world.rival).set
            #expect(set.organisationId == world.rivalOrganisation.id)
            await #expect(throws: RegistryError.self) {
                try await world.registry.resultSet(added.id, as: world.editor)
            }
            try await expectConflict("alreadyUndone") {
                try await world.registry.undoMerge(merge.id.uuid, as: world.manager)
            }
        }
    }

    @Test func mergesAreUndoneInReverse() async throws {
        try await TestWorld.with { world in
            let third = try await People(world.test).organisation(
                "Third", .civilSociety, as: world.manager)
            let first = try await world.merge()
            let second = try await world.merge(third.id)
            try await expectConflict("laterMergeStands") {
                try await world.registry.undoMerge(first.id.uuid, as: world.manager)
            }
            let merges = try await world.registry.organisationMerges(
                into: world.organisation.id, page: PageRequest(limit: 1), as: world.manager)
            #expect(merges.items.map(\.id) == [first.id])
            let rest = try await world.registry.organisationMerges(
                into: world.organisation.id, page: PageRequest(cursor: merges.next),
                as: world.manager)
            #expect(rest.items.map(\.id) == [second.id] && rest.next == nil)
            _ = try await world.registry.undoMerge(second.id.uuid, as: world.manager)
            _ = try await world.registry.undoMerge(first.id.uuid, as: world.manager)
        }
    }

    @Test func twoRecordsOfAFunderFundAsOne() async throws {
        try await TestWorld.with { world in
            let people = People(world.test)
            let twin = try await people.organisation("The Fund", .funder, as: world.manager)
            let member = try await people.caller("Fiona Funder", .funder, twin.id)
            let euro = Currency("EUR")!
            let new = NewProgramme(
                name: "Second", currency: euro, budget: Money(text: "1000.00", euro),
                startsOn: Day(iso: "2020-01-01")!, endsOn: Day(iso: "2030-12-31")!,
                funderIds: [world.funderOrganisation.id, twin.id])
            let shared = try await world.registry.addProgramme(new, as: world.manager).get()
            var own = new
            own.name = "Third"
            own.funderIds = [twin.id]
            let alone = try await world.registry.addProgramme(own, as: world.manager).get()
            let before = try await world.dump()
            func funded(_ caller: Caller) async throws -> Set<Programme.ID> {
                let page = try await world.registry.programmes(
                    ProgrammeFilter(), page: PageRequest(), as: caller)
                return Set(page.items.map(\.id))
            }
            #expect(try await funded(member) == [shared.id, alone.id])

            let merge = try await world.registry.mergeOrganisations(
                NewOrganisationMerge(organisationId: twin.id, reason: "one fund"),
                into: world.funderOrganisation.id, as: world.manager
            ).get()
            for caller in [member, world.funder] {
                #expect(try await funded(caller) == [world.programme.id, shared.id, alone.id])
            }
            let listed = try await world.registry.programme(shared.id, as: world.manager)
            #expect(listed.funderIds == [world.funderOrganisation.id])

            _ = try await world.registry.undoMerge(merge.id.uuid, as: world.manager)
            let after = try await world.dump()
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
            #expect(try await funded(world.funder) == [world.programme.id, shared.id])
        }
    }

    @Test func theLogTellsWhatMovedInTheChainOfItsProgramme() async throws {
        try await TestWorld.with { world in
            let (campaign, set) = try await world.furnishRival()
            try await world.merge()
            var filter = AuditFilter()
            filter.programme = world.programme.id
            filter.organisation = world.organisation.id
            let moved = try await world.registry.auditEntries(
                filter, page: PageRequest(limit: 500), as: world.manager
            ).items.filter { $0.action.hasSuffix(".moved") }
            #expect(
                Set(moved.map(\.subjectId)).isSuperset(of: [
                    campaign.id.text, set.id.text, world.rivalGrant.id.text,
                ]))
            #expect(
                moved.allSatisfy {
                    $0.before["organisationId"] == .string(world.rivalOrganisation.id.text)
                        && $0.after["organisationId"] == .string(world.organisation.id.text)
                })
            // What happened to the lost one before is still there, under its own id.
            filter = AuditFilter()
            filter.organisation = world.rivalOrganisation.id
            let past = try await world.registry.auditEntries(
                filter, page: PageRequest(limit: 500), as: world.manager)
            #expect(past.items.contains { $0.action == "organisation.registered" })
            #expect(past.items.contains { $0.action == "organisation.mergedAway" })
        }
    }

    @Test func ofTwoMergesOfOnePairOneWins() async throws {
        try await TestWorld.with { world in
            _ = try await world.furnishRival()
            let pair = [world.organisation.id, world.rivalOrganisation.id]
            for survivors in [[pair[0], pair[0]], [pair[0], pair[1]]] {
                let won = try await withThrowingTaskGroup(of: OrganisationMerge.ID?.self) { group in
                    for survivor in survivors {
                        let lost = pair.first { $0 != survivor }!
                        group.addTask {
                            do {
                                let made = try await world.registry.mergeOrganisations(
                                    NewOrganisationMerge(organisationId: lost, reason: "one"),
                                    into: survivor, as: world.manager
                                ).get()
                                return made.id
                            } catch RegistryError.conflict(let conflict) {
                                #expect(conflict.code == "alreadyMerged")
                                return nil
                            }
                        }
                    }
                    var won: [OrganisationMerge.ID] = []
                    for try await made in group { if let made { won.append(made) } }
                    return won
                }
                try #require(won.count == 1)
                _ = try await world.registry.undoMerge(
                    won[0].uuid, as: world.manager)
            }
        }
    }

    private func expectConflict(
        _ code: String, _ body: () async throws -> Outcome<OrganisationMerge>
    ) async throws {
        do {
            _ = try await body()
            Issue.record("it was not refused: \(code)")
        } catch RegistryError.conflict(let conflict) {
            #expect(conflict.code == code)
        }
    }
}
