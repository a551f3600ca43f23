// What the tests of merging need: a second record of one organisation with a row in every table, and a dump of it all.

import CounterpointModel
import CounterpointRecords
import Postgres
import TestCluster
import TestRegistry

let mergingPeriod = Period(from: Day(iso: "2023-04-14")!, to: Day(iso: "2024-03-11")!)!

extension TestWorld {
    /// Gives the second organisation names, numbers, contacts, a campaign with an accepted set, one that was
    /// returned with an objection, and an indicator.
    func furnishRival() async throws -> (campaign: Campaign, accepted: ResultSet) {
        let organisation = try await registry.organisation(rivalOrganisation.id, as: manager).full
        var change = OrganisationChange()
        change.aliases = .set(["Rivals of old", "VOICES"])
        change.identifiers = .set([
            try OrganisationIdentifier(scheme: "GB-CHC", id: "1090095"),
            try OrganisationIdentifier(scheme: "GB-COH", id: "7076251"),
        ])
        change.contacts = .set([ContactPoint(name: "Rita", email: "rita@example.org")])
        _ = try await registry.changeOrganisation(
            organisation.id, change, expecting: organisation.version, as: manager)
        let campaign = try await registry.addCampaign(
            NewCampaign(
                organisationId: rivalOrganisation.id, grantIds: [rivalGrant.id], name: "Rival's",
                startsOn: Day(iso: "2023-01-01")!, endsOn: Day(iso: "2024-12-31")!,
                channels: [.meta, .youtube, .x]),
            as: rival
        ).get()
        let accepted = try await acceptRival(.meta, "700", for: campaign)
        let draft = try await registry.logResultSet(
            Self.set(.youtube, "50"), for: campaign.id, as: rival
        ).get().set
        let submitted = try await registry.moveResultSet(
            draft.id, Transition(to: .submitted), expecting: draft.version, as: rival
        ).get().set
        _ = try await registry.moveResultSet(
            draft.id, Transition(to: .returned, reason: "look"),
            objections: [NewObjection(reading: 1, reason: "whose?")],
            expecting: submitted.version, as: manager)
        _ = try await registry.addIndicator(
            NewIndicator(
                code: "R1", title: "Reach",
                terms: IndicatorTerms(
                    metric: .reach, target: IndicatorAim(value: ExactDecimal(50)))),
            to: campaign.id, as: rival)
        return (campaign, accepted)
    }

    func acceptRival(
        _ channel: Channel, _ value: String, for campaign: Campaign
    ) async throws -> ResultSet {
        let set = try await registry.logResultSet(
            Self.set(channel, value), for: campaign.id, as: rival
        ).get().set
        let submitted = try await registry.moveResultSet(
            set.id, Transition(to: .submitted), expecting: set.version, as: rival
        ).get().set
        return try await registry.moveResultSet(
            set.id, Transition(to: .accepted), expecting: submitted.version, as: manager
        ).get().set
    }

    static func set(_ channel: Channel, _ value: String) -> NewResultSet {
        NewResultSet(
            channel: channel, period: mergingPeriod,
            readings: [
                Reading(
                    metric: .impressions, period: mergingPeriod, content: nil, cell: nil,
                    value: ExactDecimal(value)!, currency: nil),
                Reading(
                    metric: .reach, period: mergingPeriod, content: nil, cell: nil,
                    value: ExactDecimal("40")!, currency: nil),
            ])
    }

    @discardableResult
    func merge(_ lost: Organisation.ID? = nil, as caller: Caller? = nil) async throws
        -> OrganisationMerge
    {
        try await registry.mergeOrganisations(
            NewOrganisationMerge(
                organisationId: lost ?? rivalOrganisation.id, reason: "the same charity"),
            into: organisation.id, as: caller ?? manager
        ).get()
    }

    /// Every row of every table but the log and the merges themselves, without what grows with each change.
    func dump() async throws -> [String: String] {
        var rows: [String: String] = [:]
        let apart = [
            "audit_chains", "audit_entries", "audit_details", "organisation_merges",
            "organisation_merge_moves", "campaign_moves", "receipts", "schema_migrations",
        ]
        let tables = try await test.database.run(
            "select tablename from pg_tables where schemaname = 'public' order by 1")
        for table in tables.compactMap({ $0[0] }) where !apart.contains(table) {
            rows[table] = try await test.database.run(
                """
                select coalesce(jsonb_agg(d.r order by d.r), '[]')::text
                  from (select to_jsonb(t) - 'version' - 'updated_at' - 'last_used_at' as r from \(table) t) d
                """
            )[0][0]
        }
        return rows
    }

    /// Tables that still have rows of an organisation, but the log, which is never rewritten.
    func tables(naming organisation: Organisation.ID) async throws -> [String] {
        var found: [String] = []
        for table in try await tablesOfOrganisations() {
            let count = try await test.database.run(
                "select count(*) from \(table) where organisation_id = '\(organisation)'")
            if count[0][0] != "0" { found.append(table) }
        }
        return found
    }

    func tablesOfOrganisations() async throws -> [String] {
        try await test.database.run(
            """
            select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
             where a.attname = 'organisation_id' and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
               and c.relname <> 'audit_entries' order by 1
            """
        ).compactMap { $0[0] }
    }

    /// Statements in one transaction, signed in on the host as a principal; rows of the last.
    @discardableResult
    func session(as principal: String, _ statements: String) async throws -> [[String?]] {
        try await test.database.withDatabase(
            test.database.settings(user: "counterpoint_operator")
        ) {
            try await $0.withoutTransaction(
                """
                begin;
                select set_config('role', b.role, true) from sec.begin_as('\(principal)') b;
                \(statements);
                commit
                """)
        }
    }
}

extension OrganisationView {
    struct NotFull: Error {}

    /// The whole record; a test that expects it fails on a published one.
    var full: Organisation {
        get throws {
            guard case .full(let organisation) = self else { throw NotFull() }
            return organisation
        }
    }
}
