// Rules that need the record to be asked: budgets, clearances, versions, pages, tokens, and two people at once.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

private let months = Period(from: Day(iso: "2024-01-01")!, to: Day(iso: "2024-01-31")!)!
private let one = NewResultSet(
    channel: .youtube, period: months,
    readings: [Reading(metric: .impressions, period: months, value: ExactDecimal("10")!)])

@Suite struct RulesTests {
    @Test func twoWhoLogTheSameDaysAtOnceMakeOneSet() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        (try? await world.registry.logResultSet(
                            one, for: campaign.id, as: world.editor)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
        }
    }

    @Test func theDatabaseItselfRefusesDoubledCoverage() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            let set = try await world.accept(one, for: campaign)
            await #expect(throws: (any Error).self) {
                try await world.test.database.run(
                    """
                    insert into result_coverage select result_set_id, organisation_id, campaign_id, part, series, metric,
                           claim, period from result_coverage where result_set_id = '\(set.id)'
                    """)
            }
        }
    }

    @Test func twoAwardsAtOnceCannotBothTakeTheLastOfTheBudget() async throws {
        try await TestWorld.with { world in
            // 500,000 of which two grants of 10,000 are taken: 25 of 20,000 do not fit, 24 do.
            var grants: [Grant] = []
            for number in 0..<4 {
                var grant = try await world.registry.addGrant(
                    NewGrant(
                        programmeId: world.programme.id, organisationId: world.organisation.id,
                        title: "Race \(number)",
                        amount: Money(text: "200000.00", Currency("EUR")!)!,
                        startsOn: world.programme.startsOn, endsOn: world.programme.endsOn),
                    as: world.manager
                ).get()
                for status: GrantStatus in [.submitted, .underReview] {
                    grant = try await world.registry.moveGrant(
                        grant.id, Transition(to: status), expecting: grant.version,
                        as: world.manager
                    ).get()
                }
                grants.append(grant)
            }
            let awarded = await withTaskGroup(of: Bool.self) { group in
                for grant in grants {
                    group.addTask {
                        (try? await world.registry.moveGrant(
                            grant.id, Transition(to: .awarded), expecting: grant.version,
                            as: world.manager)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(awarded == 2)
        }
    }

    @Test func anOrganisationThatIsNotClearedGetsNoAward() async throws {
        try await TestWorld.with { world in
            let fresh = try await world.registry.registerOrganisation(
                NewOrganisation(name: "Fresh", kind: .civilSociety, country: Country("UA")!),
                as: world.manager
            ).get()
            var grant = try await world.registry.addGrant(
                NewGrant(
                    programmeId: world.programme.id, organisationId: fresh.id, title: "Too early",
                    amount: Money(text: "100.00", Currency("EUR")!)!,
                    startsOn: world.programme.startsOn,
                    endsOn: world.programme.endsOn),
                as: world.manager
            ).get()
            for status: GrantStatus in [.submitted, .underReview] {
                grant = try await world.registry.moveGrant(
                    grant.id, Transition(to: status), expecting: grant.version, as: world.manager
                ).get()
            }
            do {
                _ = try await world.registry.moveGrant(
                    grant.id, Transition(to: .awarded), expecting: grant.version, as: world.manager)
                Issue.record("awarded")
            } catch RegistryError.refused(let refusal) {
                #expect(refusal.code == "organisationNotEligible")
            }
        }
    }

    @Test func whoReadAnOldVersionChangesNothing() async throws {
        try await TestWorld.with { world in
            var change = ProgrammeChange()
            change.name = .set("Renamed")
            let renamed = try await world.registry.changeProgramme(
                world.programme.id, change, expecting: world.programme.version, as: world.manager
            ).get()
            #expect(renamed.version == world.programme.version + 1)
            let stale = try? await world.registry.changeProgramme(
                world.programme.id, change, expecting: world.programme.version, as: world.manager)
            if case .some = stale { Issue.record("an old version was enough") }
            // A change that changes nothing is none: neither version nor log move.
            let same = try await world.registry.changeProgramme(
                world.programme.id, change, expecting: renamed.version, as: world.manager
            ).get()
            #expect(same.version == renamed.version)
        }
    }

    @Test func pagesHoldEverythingOnceAndCursorsBelongToTheirList() async throws {
        try await TestWorld.with { world in
            for number in 0..<7 {
                _ = try await world.campaign("Campaign \(number)")
            }
            var seen: [Campaign.ID] = []
            var cursor: String?
            repeat {
                let page = try await world.registry.campaigns(
                    CampaignFilter(), page: PageRequest(limit: 3, cursor: cursor), as: world.editor)
                seen += page.items.map(\.id)
                cursor = page.next
            } while cursor != nil
            #expect(seen.count == 7 && Set(seen).count == 7)

            let first = try await world.registry.campaigns(
                CampaignFilter(), page: PageRequest(limit: 3), as: world.editor)
            var other = CampaignFilter()
            other.status = .planned
            for (filter, caller) in [(other, world.editor), (CampaignFilter(), world.viewer)] {
                await #expect(throws: RegistryError.self) {
                    try await world.registry.campaigns(
                        filter, page: PageRequest(limit: 3, cursor: first.next), as: caller)
                }
            }
        }
    }

    @Test func aRevokedTokenOpensNothingFromTheNextRequestOn() async throws {
        try await TestWorld.with { world in
            let me = try await world.registry.me(as: world.editor)
            let soon = Instant(
                microsecondsSince2000: try await world.now().microsecondsSince2000 + 3_600_000_000)!
            let issued = try await world.registry.issueToken(
                NewToken(principalId: me.principal.id, label: "second", expiresAt: soon),
                as: world.editor
            ).get()
            let second = Caller(.token(issued.secret))
            #expect(try await world.registry.me(as: second).principal.id == me.principal.id)
            _ = try await world.registry.revokeToken(issued.token.id, as: world.editor)
            do {
                _ = try await world.registry.me(as: second)
                Issue.record("a revoked token was accepted")
            } catch RegistryError.unauthenticated {
            }
            do {
                _ = try await world.registry.revokeToken(me.tokenId!, as: world.rival)
                Issue.record("a rival ended somebody's token")
            } catch RegistryError.notFound {
            }
        }
    }

    @Test func administratorsDoNotSignInOverTheNetwork() async throws {
        try await TestWorld.with { world in
            let me = try await world.test.host.me(as: world.test.administrator)
            let issued = try await world.test.host.issueToken(
                NewToken(principalId: me.principal.id, label: "no"), as: world.test.administrator
            ).get()
            do {
                _ = try await world.registry.me(as: Caller(.token(issued.secret)))
                Issue.record("an administrator signed in")
            } catch RegistryError.unauthenticated {
            }
        }
    }

    @Test func nobodyAsksWhatTheRecordWillSay() async throws {
        try await TestWorld.with { world in
            var question = SummaryQuestion()
            question.asOf = Instant(rfc3339: "2990-01-01T00:00:00Z")
            do {
                _ = try await world.registry.summary(question, as: world.funder)
                Issue.record("answered for the future")
            } catch RegistryError.invalid(let input) {
                #expect(input.faults.map(\.code) == ["inFuture"])
            }
        }
    }

    @Test func aFileIsTakenWholeOrNotAtAllAndOnlyOnce() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube])
            let sound =
                "channel,metric,from,to,value\nyoutube,impressions,2024-01-01,2024-01-31,12\n"
            let faulty = sound + "youtube,reach,2024-01-01,2024-01-31,many\n"
            func take(
                _ text: String, _ name: String, _ options: ImportOptions = ImportOptions()
            ) async throws -> ImportAnswer {
                let intake = FileIntake(name: name, kind: .canonical)
                try intake.take(Array(text.utf8))
                return try await world.registry.importFile(
                    intake.finish(), for: campaign.id, options: options, as: world.editor
                ).get()
            }
            let refused = try await take(faulty, "faulty.csv")
            #expect(refused.resultSets.isEmpty && refused.accounting.rejected == 1)
            #expect(refused.problems.first?.line == 3)
            let none = try await world.registry.resultSets(
                ResultSetFilter(), page: PageRequest(), as: world.editor)
            #expect(none.items.isEmpty)

            var dry = ImportOptions()
            dry.dryRun = true
            let tried = try await take(sound, "sound.csv", dry)
            #expect(tried.accounting.accepted == 1 && tried.resultSets.isEmpty)

            let taken = try await take(sound, "sound.csv")
            #expect(taken.resultSets.count == 1)
            let again = try await take(sound, "renamed.csv")
            #expect(again.resultSets == taken.resultSets)
            #expect(again.accounting.duplicate == 1 && again.accounting.accepted == 0)
        }
    }
}
