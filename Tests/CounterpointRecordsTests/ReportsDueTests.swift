// Which reports are due: what the database picks out, for whom, and by which day.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

private func day(_ text: String) -> Day { Day(iso: text)! }

private func figures(_ from: String, _ to: String) -> NewResultSet {
    let period = Period(from: day(from), to: day(to))!
    return NewResultSet(
        channel: .meta, period: period,
        readings: [Reading(metric: .impressions, period: period, value: ExactDecimal(100))])
}

extension TestWorld {
    /// Gives the first NGO's grant these reporting periods.
    fileprivate func agree(_ periods: [(String, String, String)]) async throws -> Grant {
        let standing = try await registry.grant(grant.id, as: manager)
        var change = GrantChange()
        change.reportingPeriods = .set(
            periods.map {
                ReportingPeriod(Period(from: day($0.0), to: day($0.1))!, dueOn: day($0.2))
            })
        return try await registry.changeGrant(
            grant.id, change, expecting: standing.version, as: manager
        ).get()
    }

    fileprivate func due(
        _ picks: Set<ReportPick> = [], as caller: Caller? = nil
    ) async throws -> [ReportDue] {
        var filter = ReportFilter()
        filter.picks = picks
        return try await registry.reportsDue(filter, page: PageRequest(), as: caller ?? editor)
            .page.items
    }
}

@Suite struct ReportsDueTests {
    @Test func aReportGoesFromMissingToAccepted() async throws {
        try await TestWorld.with { world in
            _ = try await world.agree(
                [
                    ("2023-01-01", "2023-06-30", "2023-08-29"),
                    ("2023-07-01", "2023-12-31", "2024-02-29"),
                    // Before the campaign, and after all that is over: neither is owed.
                    ("2022-01-01", "2022-12-31", "2023-03-01"),
                    ("2029-01-01", "2029-12-31", "2030-03-01"),
                ].sorted { $0.0 < $1.0 })
            let campaign = try await world.campaign()
            var reports = try await world.due()
            #expect(reports.map(\.dueOn) == [day("2023-08-29"), day("2024-02-29")])
            #expect(reports.allSatisfy { $0.campaignId == campaign.id && $0.answers.isEmpty })
            #expect(try await world.due([.missing]).count == 2)
            #expect(try await world.due([.due, .submitted, .accepted]).isEmpty)

            let draft = try await world.registry.logResultSet(
                figures("2023-01-01", "2023-03-31"), for: campaign.id, as: world.editor
            ).get().set
            #expect(try await world.due([.missing]).count == 2, "a draft is not handed in")
            let submitted = try await world.registry.moveResultSet(
                draft.id, Transition(to: .submitted), expecting: draft.version, as: world.editor
            ).get().set
            reports = try await world.due([.veryLate])
            #expect(reports[0].daysHandedIn == 90 && reports[0].daysNeeded == 181)
            #expect(reports[0].gaps == [Period(from: day("2023-04-01"), to: day("2023-06-30"))!])
            #expect(reports[0].answers.map(\.set) == [draft.id])
            try await world.accept(figures("2023-04-01", "2023-12-31"), for: campaign)
            #expect(try await world.due([.submitted]).map(\.dueOn) == [day("2023-08-29")])
            #expect(try await world.due([.accepted]).map(\.dueOn) == [day("2024-02-29")])
            _ = try await world.registry.moveResultSet(
                submitted.id, Transition(to: .accepted), expecting: submitted.version,
                as: world.manager)
            let totals = try await world.registry.reportTotals(ReportFilter(), as: world.manager)
            #expect(totals[.accepted] == 2 && totals[.late] + totals[.veryLate] == 0)
        }
    }

    @Test func everybodySeesTheirOwn() async throws {
        try await TestWorld.with { world in
            _ = try await world.campaign()
            let own = try await world.due()
            #expect(own.count == 2, "yearly, by the standard rule")
            for reader in [world.manager, world.viewer, world.auditor] {
                #expect(try await world.due(as: reader) == own)
            }
            #expect(try await world.due(as: world.rival).isEmpty)
            do {
                _ = try await world.due(as: world.funder)
                Issue.record("a funder was answered")
            } catch RegistryError.forbidden {}
            let grant = try await world.registry.grant(world.grant.id, as: world.funder)
            #expect(grant.reportingPeriods.isEmpty && grant.reporting == nil)
            // Another grant's, another organisation's.
            var filter = ReportFilter()
            filter.grant = world.rivalGrant.id
            let none = try await world.registry.reportsDue(
                filter, page: PageRequest(), as: world.manager)
            #expect(none.page.items.isEmpty)
        }
    }

    @Test func pagesGoOnWhereTheyEnded() async throws {
        try await TestWorld.with { world in
            for name in ["A", "B", "C"] { _ = try await world.campaign(name) }
            let all = try await world.due()
            #expect(all.count == 6)
            var seen: [ReportDue] = []
            var cursor: String?
            repeat {
                let next = try await world.registry.reportsDue(
                    ReportFilter(), page: PageRequest(limit: 4, cursor: cursor), as: world.editor)
                seen += next.page.items
                cursor = next.page.next
            } while cursor != nil
            #expect(seen == all)
            let first = try await world.registry.reportsDue(
                ReportFilter(), page: PageRequest(limit: 4), as: world.editor)
            let stolen = try? await world.registry.reportsDue(
                ReportFilter(), page: PageRequest(limit: 4, cursor: first.page.next),
                as: world.manager)
            #expect(stolen == nil, "a cursor is of one reader")
        }
    }

    @Test func aGrantWithALateReportIsNotClosed() async throws {
        try await TestWorld.with { world in
            _ = try await world.campaign()
            let standing = try await world.registry.grant(world.grant.id, as: world.manager)
            #expect(standing.reportingPeriods.count == 15 && standing.reporting == .standard)
            do {
                _ = try await world.registry.moveGrant(
                    world.grant.id, Transition(to: .closed), expecting: standing.version,
                    as: world.manager)
                Issue.record("it was closed")
            } catch RegistryError.refused(let refusal) {
                #expect(refusal.code == "reportsLate")
            }
            let agreed = try await world.agree([])
            #expect(agreed.reporting == nil)
            let closed = try await world.registry.moveGrant(
                world.grant.id, Transition(to: .closed), expecting: agreed.version,
                as: world.manager
            ).get()
            #expect(closed.status == .closed)
            do {
                _ = try await world.agree([("2023-01-01", "2023-12-31", "2024-02-29")])
                Issue.record("the past was changed")
            } catch RegistryError.refused(let refusal) {
                #expect(refusal.code == "termsAreFixed")
            }
        }
    }

    /// Other terms of a running grant stay fixed, and an NGO agrees nothing by itself.
    @Test func onlyReportingIsAgreedAnew() async throws {
        try await TestWorld.with { world in
            var change = GrantChange()
            change.title = .set("Another")
            let standing = try await world.registry.grant(world.grant.id, as: world.manager)
            let refused = try? await world.registry.changeGrant(
                world.grant.id, change, expecting: standing.version, as: world.manager)
            #expect(refused == nil)
            change = GrantChange()
            change.reportingPeriods = .set([])
            let own = try? await world.registry.changeGrant(
                world.grant.id, change, expecting: standing.version, as: world.editor)
            #expect(own == nil)
        }
    }
}
