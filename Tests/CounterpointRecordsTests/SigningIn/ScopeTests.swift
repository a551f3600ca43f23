// A token does what its scopes say, its holder's role may, and the row policies let through: the least of the three.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@Suite struct ScopeTests {
    private static let february = Period(
        from: Day(iso: "2023-02-01")!, to: Day(iso: "2023-02-28")!)!
    private static let results = NewResultSet(
        channel: .meta, period: february,
        readings: [
            Reading(metric: .impressions, period: february, value: ExactDecimal("1000")!)
        ])

    @Test func theDatabaseAndTheModelAgreeOnWhatARoleNeeds() async throws {
        try await TestRegistry.with { test in
            for role in Role.allCases {
                let row = try await test.database.run("select sec.role_scopes('\(role.rawValue)')")
                let scopes = role.scopes.map(\.rawValue).joined(separator: ",")
                #expect(row == [["{\(scopes)}"]], "\(role)")
            }
        }
    }

    @Test func everyTableThatCallersWriteAsksForAScope() async throws {
        try await TestRegistry.with { test in
            let found = try await test.database.run(Self.unguarded)
            #expect(found.map(\.first) == [])
            // Teeth: the rule finds a table that lost its trigger.
            try await test.database.run("drop trigger scope on campaigns")
            let again = try await test.database.run(Self.unguarded).compactMap { $0.first ?? nil }
            #expect(again == ["campaigns"])
        }
    }

    /// Tables that some kind of caller, or a function of the verifier's, may write, without the trigger. Receipts are
    /// kept for whoever asks a question: they hold questions, and a reader needs them.
    private static let unguarded = """
        select c.relname from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
           and c.relname not in ('receipts', 'schema_migrations')
           and exists (select from unnest(array['counterpoint_ngo', 'counterpoint_manager', 'counterpoint_funder',
                           'counterpoint_auditor', 'counterpoint_admin', 'counterpoint_verifier']) as role(name)
                        where has_any_column_privilege(role.name, c.oid, 'insert, update')
                           or has_table_privilege(role.name, c.oid, 'delete'))
           and not exists (select from pg_trigger t
                            where t.tgrelid = c.oid and t.tgname = 'scope' and t.tgenabled = 'O')
         order by 1
        """

    @Test func aTokenDoesWhatItsScopesSay() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let reader = try await world.narrowed(world.editor, to: [.read])
            let logger = try await world.narrowed(world.editor, to: [.logResults])
            let reviewer = try await world.narrowed(world.manager, to: [.review])
            let name = CampaignChange.renamed("Another name")

            // Reading is part of every token, with the receipts that a summary keeps.
            for caller in [reader, logger, reviewer] {
                #expect(
                    try await world.registry.campaign(campaign.id, as: caller).id == campaign.id)
                _ = try await world.registry.summary(SummaryQuestion(), as: caller)
            }
            #expect(
                await refusal {
                    try await world.registry.logResultSet(
                        Self.results, for: campaign.id, as: reader)
                } == "logResultsScopeNeeded")
            #expect(
                await refusal {
                    try await world.registry.logResultSet(
                        Self.results, for: campaign.id, as: reviewer)
                } == "logResultsScopeNeeded")
            for caller in [reader, logger] {
                #expect(
                    await refusal {
                        try await world.registry.changeCampaign(
                            campaign.id, name, expecting: campaign.version, as: caller)
                    } == "manageScopeNeeded")
                #expect(
                    await refusal { try await world.issued(caller) } == "manageScopeNeeded")
            }
            let set = try await world.registry.logResultSet(
                Self.results, for: campaign.id, as: logger
            ).get().set
            let submitted = try await world.registry.moveResultSet(
                set.id, Transition(to: .submitted), expecting: set.version, as: logger
            ).get().set
            let manager = try await world.narrowed(world.manager, to: [.logResults, .manage])
            #expect(
                await refusal {
                    try await world.registry.moveResultSet(
                        set.id, Transition(to: .accepted), expecting: submitted.version,
                        as: manager)
                } == "reviewScopeNeeded")
            let accepted = try await world.registry.moveResultSet(
                set.id, Transition(to: .accepted), expecting: submitted.version, as: reviewer
            ).get().set
            #expect(accepted.status == .accepted)
            #expect(
                await refusal {
                    try await world.registry.moveResultSet(
                        set.id, Transition(to: .withdrawn, reason: "wrong"),
                        expecting: accepted.version, as: manager)
                } == "reviewScopeNeeded")
        }
    }

    @Test func meSaysWhatTheTokenLeaves() async throws {
        try await TestWorld.with { world in
            let reader = try await world.narrowed(world.editor, to: [.read])
            let me = try await world.registry.me(as: reader).document
            #expect(me["scopes"] == ["read"])
            #expect(me["may"]?.array?.contains("logResults") == false)
            #expect(me["may"]?.array?.contains("readResults") == true)
        }
    }

    @Test func theDatabaseRefusesWhatTheServiceForgot() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let rename = "update campaigns set name = 'mine' where id = '\(campaign.id)'"
            let full = try await world.slipIn(
                rename + "; select sec.audit(null, 't', 'x', 'campaign', '\(campaign.id)', "
                    + "'\(campaign.organisationId)', null, null)", as: world.editor)
            #expect(full == nil)
            let reader = try await world.narrowed(world.editor, to: [.read])
            let attempts = [
                rename,
                "delete from campaign_grants",
                "insert into idempotency_keys (key, fingerprint) values ('k', 'f')",
                "select sec.audit(null, 't', 'x', 'campaign', '\(campaign.id)', null, null, null)",
                "select sec.issue_token(sec.principal(), 'x', now() + interval '1 hour', sha256('x'), null)",
                "select sec.revoke_token(t.id) from tokens t",
                "update result_figures set stage = 'accepted'",
                // Widening the context does not go unseen …
                "select set_config('counterpoint.context', replace(current_setting('counterpoint.context'), "
                    + "'{read}', '{read,manage}'), true); \(rename)",
                // … nor does the way back in through another role.
                "select set_config('role', 'counterpoint_manager', true); \(rename)",
            ]
            for attempt in attempts {
                let state = try await world.slipIn(attempt, as: reader)
                #expect(["CP020", "28000"].contains(state), "\(attempt): \(state ?? "done")")
            }
            // Clearing the context leaves nobody, and nobody writes.
            let cleared = try await world.slipIn(
                "select set_config('counterpoint.context', '', true); "
                    + "insert into idempotency_keys (key, fingerprint) values ('k', 'f')",
                as: reader)
            #expect(cleared == "28000")
            let after = try await world.registry.campaign(campaign.id, as: world.editor)
            #expect(after.name == "mine")
        }
    }

    @Test func aLoggersTokenAcceptsNothingEvenFromInside() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let set = try await world.registry.logResultSet(
                Self.results, for: campaign.id, as: world.editor
            ).get().set
            _ = try await world.registry.moveResultSet(
                set.id, Transition(to: .submitted), expecting: set.version, as: world.editor)
            let logger = try await world.narrowed(world.manager, to: [.logResults])
            let state = try await world.slipIn(
                "update result_sets set status = 'accepted' where id = '\(set.id)'", as: logger)
            #expect(state == "CP020")
        }
    }
}

extension CampaignChange {
    fileprivate static func renamed(_ name: String) -> CampaignChange {
        try! CampaignChange(["name": .string(name)])
    }
}
