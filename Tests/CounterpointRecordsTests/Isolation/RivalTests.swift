// What an attacker of issue 3 tried on the finished thing and got: each test is a way that was open, through the operations
// that everybody has or by statements slipped into a session.

import CounterpointModel
import Postgres
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointRecords

@Suite("Rivals")
struct RivalTests {
    @Test("An NGO is not told in the log what was found out about it")
    func dueDiligence() async throws {
        try await TestWorld.with { world in
            let (registry, id) = (world.registry, world.organisation.id)
            let found = "A source says that its treasurer was convicted"
            var cleared = try await registry.moveOrganisation(
                id, StandingTransition(step: Transition(to: .eligible, reason: found)),
                expecting: world.organisation.version, as: world.manager
            ).get()
            var change = OrganisationChange()
            change.languages = .set([Language("uk")!])
            cleared = try await registry.changeOrganisation(
                id, change, expecting: cleared.version, as: world.manager
            ).get()
            _ = try await registry.moveOrganisation(
                id, StandingTransition(step: Transition(to: .suspended, reason: "\(found) again")),
                expecting: cleared.version, as: world.manager
            ).get()
            for reader in [world.editor, world.viewer] {
                let entries = try await registry.auditEntries(
                    AuditFilter(), page: PageRequest(limit: 500), as: reader
                ).items
                let told = entries.map { $0.document.text }.joined()
                #expect(!told.contains("treasurer"), "\(told)")
                // That it was decided, when and by whom it is told, and what else changed.
                #expect(entries.contains { $0.action == "organisation.suspended" })
                let changed = entries.first { $0.action == "organisation.changed" }
                #expect(changed?.after["languages"] == ["uk"])
            }
            let told = try await registry.auditEntries(
                AuditFilter(), page: PageRequest(limit: 500), as: world.auditor
            ).items.map { $0.document.text }.joined()
            #expect(told.contains("treasurer"))
        }
    }

    @Test("A draft that its writer takes back is not thereby shown to the manager")
    func withdrawnDrafts() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let draft = try await world.registry.logResultSet(
                Self.results("not yet"), for: campaign.id, as: world.editor
            ).get().set
            _ = try await world.registry.moveResultSet(
                draft.id, Transition(to: .withdrawn, reason: "wrong file"),
                expecting: draft.version, as: world.editor
            ).get()
            #expect(await Self.isThere(draft.id, world, as: world.editor))
            #expect(!(await Self.isThere(draft.id, world, as: world.manager)))
            let log = try await world.registry.auditEntries(
                AuditFilter(), page: PageRequest(limit: 500), as: world.manager
            ).items.map { $0.document.text }.joined()
            #expect(!log.contains("not yet"), "\(log)")
            // What was handed in before it was taken back, the manager has seen.
            let handedIn = try await world.registry.logResultSet(
                Self.results("seen"), for: campaign.id, as: world.editor
            ).get().set
            let submitted = try await world.registry.moveResultSet(
                handedIn.id, Transition(to: .submitted), expecting: handedIn.version,
                as: world.editor
            ).get().set
            _ = try await world.registry.moveResultSet(
                handedIn.id, Transition(to: .withdrawn, reason: "twice"),
                expecting: submitted.version, as: world.editor
            ).get()
            #expect(await Self.isThere(handedIn.id, world, as: world.manager))
        }
    }

    private static func isThere(
        _ id: ResultSet.ID, _ world: TestWorld, as caller: Caller
    ) async -> Bool {
        (try? await world.registry.resultSet(id, as: caller)) != nil
    }

    @Test("An NGO cannot count what its rivals do: neither by revisions nor by the log")
    func counting() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            try await world.accept(Self.results("mine"), for: campaign)
            var question = SummaryQuestion()
            question.receipts = true
            func seen() async throws -> String {
                let summary = try await world.registry.summary(question, as: world.editor)
                let receipt = try await world.registry.receipt(
                    summary.groups[0].receipt, as: world.editor)
                let log = try await world.registry.auditEntries(
                    AuditFilter(), page: PageRequest(limit: 500), as: world.viewer)
                let raw = try await Self.asEditor(
                    world, "select count(*)::text from programme_revisions")
                return "\(summary.revisions) \(summary.groups[0].receipt) "
                    + "\(receipt.sets.map { $0.document.text }.joined()) "
                    + "\(log.items.map { $0.document.text }.joined()) \(raw ?? [])"
            }
            let before = try await seen()
            #expect(before.contains("revision: 1)"), "\(before)")
            #expect(!before.contains(#""number":1"#) && before.contains(#""hash":null"#))

            // The rival's work: a campaign, and a set that is accepted.
            let rivals = try await world.registry.addCampaign(
                NewCampaign(
                    organisationId: world.rivalOrganisation.id, grantIds: [world.rivalGrant.id],
                    name: "Theirs", startsOn: Day(iso: "2023-01-01")!,
                    endsOn: Day(iso: "2024-12-31")!, channels: [.meta]), as: world.rival
            ).get()
            let set = try await world.registry.logResultSet(
                Self.results("theirs"), for: rivals.id, as: world.rival
            ).get().set
            let submitted = try await world.registry.moveResultSet(
                set.id, Transition(to: .submitted), expecting: set.version, as: world.rival
            ).get().set
            _ = try await world.registry.moveResultSet(
                set.id, Transition(to: .accepted), expecting: submitted.version, as: world.manager
            ).get()
            #expect(try await seen() == before)
            // The manager counts all, and is given the same receipt of the same figures.
            question.campaigns = [campaign.id]
            let manager = try await world.registry.summary(question, as: world.manager)
            let editor = try await world.registry.summary(question, as: world.editor)
            #expect(manager.revisions.map(\.revision) == [2])
            #expect(manager.groups[0].receipt == editor.groups[0].receipt)
            _ = try await world.registry.receipt(editor.groups[0].receipt, as: world.manager)
            // A page ends and begins where it should.
            var pages: [AuditEntry] = []
            var cursor: String?
            repeat {
                let page = try await world.registry.auditEntries(
                    AuditFilter(), page: PageRequest(limit: 2, cursor: cursor), as: world.viewer)
                pages += page.items
                cursor = page.next
            } while cursor != nil
            let whole = try await world.registry.auditEntries(
                AuditFilter(), page: PageRequest(limit: 500), as: world.viewer)
            #expect(pages == whole.items)
        }
    }

    /// What a statement slipped into the session of the NGO's editor shows; nil where it is refused.
    private static func asEditor(_ world: TestWorld, _ sql: String) async throws -> [[String?]]? {
        guard case .token(let secret) = world.editor.credential else { return nil }
        return try? await world.test.database.run(
            """
            begin;
            set local role counterpoint_service;
            select set_config('role', b.role, true) from sec.begin('\(secret.text)') b;
            \(sql);
            """)
    }

    private static func results(_ note: String) -> NewResultSet {
        NewResultSet(
            channel: .meta, period: period("2023-01-01", "2023-01-31"),
            readings: [figure(.impressions, 70_000), figure(.reach, 4_000)], note: note)
    }

    // MARK: Programmes of several managers

    @Test(
        "A campaign of two programmes: the managers of the one are not shown the grants of the other"
    )
    func sharedCampaign() async throws {
        try await TestWorld.with { world in
            let (other, grant, _) = try await Self.secondProgramme(world)
            let campaign = try await world.registry.addCampaign(
                NewCampaign(
                    organisationId: world.organisation.id, grantIds: [world.grant.id, grant.id],
                    name: "Shared", startsOn: Day(iso: "2023-01-01")!,
                    endsOn: Day(iso: "2024-12-31")!), as: world.editor
            ).get()
            for (manager, own, theirs) in [
                (world.manager, world.grant.id, grant.id), (other, grant.id, world.grant.id),
            ] {
                #expect(
                    try await world.registry.campaign(campaign.id, as: manager).grantIds == [own])
                var filter = AuditFilter()
                filter.subject = campaign.id.uuid
                let log = try await world.registry.auditEntries(
                    filter, page: PageRequest(), as: manager
                ).items.map { $0.document.text }.joined()
                #expect(log.contains(own.text) && !log.contains(theirs.text), "\(log)")
            }
        }
    }

    @Test(
        "Less protection is for nobody to decide who manages one programme of several, nor for the NGO"
    )
    func protection() async throws {
        try await TestWorld.with { world in
            let id = world.organisation.id
            func set(_ safety: SafetyLevel, as caller: Caller) async throws -> String? {
                guard case .full(let now) = try await world.registry.organisation(id, as: caller)
                else { return nil }
                var change = OrganisationChange()
                change.safety = .set(safety)
                do {
                    _ = try await world.registry.changeOrganisation(
                        id, change, expecting: now.version, as: caller)
                    return nil
                } catch RegistryError.forbidden(let refusal) {
                    return refusal.code
                }
            }
            // More is everybody's to ask for; less the programme's.
            #expect(try await set(.withheld, as: world.editor) == nil)
            #expect(try await set(.alias, as: world.editor) == "protectionIsDecided")
            #expect(try await set(.alias, as: world.manager) == nil)
            let (other, _, _) = try await Self.secondProgramme(world)
            #expect(try await set(.public, as: world.manager) == "protectionIsShared")
            #expect(try await set(.public, as: other) == "protectionIsShared")
            #expect(try await set(.withheld, as: other) == nil)
            var change = OrganisationChange()
            change.safety = .set(.alias)
            guard
                case .full(let now) = try await world.test.host.organisation(
                    id, as: world.test.administrator)
            else { return }
            _ = try await world.test.host.changeOrganisation(
                id, change, expecting: now.version, as: world.test.administrator)
        }
    }

    /// Another manager's programme, in which the first NGO holds a grant too.
    private static func secondProgramme(
        _ world: TestWorld
    ) async throws -> (manager: Caller, grant: Grant, programme: Programme) {
        let people = People(world.test)
        let other = try await people.caller("Nora Neighbour", .programmeManager)
        let programme = try await world.registry.addProgramme(
            NewProgramme(
                name: "Elsewhere", currency: Currency("EUR")!,
                budget: Money(text: "500000.00", Currency("EUR")!),
                startsOn: Day(iso: "2016-01-01")!, endsOn: Day(iso: "2030-12-31")!), as: other
        ).get()
        try await world.test.database.run(
            "insert into programme_organisations values ('\(programme.id)', '\(world.organisation.id)')"
        )
        let grant = try await people.activeGrant(
            in: programme, to: world.organisation, as: other)
        return (other, grant, programme)
    }

    // MARK: Sharing the database

    @Test("A file of several sets holds the programme's log up for the time of its commit only")
    func longFiles() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.youtube, .tiktok])
            // Readings that come after an entry of their transaction: whoever writes in the same chain would wait for them.
            try await world.test.database.run(
                """
                create function public.watch() returns trigger language plpgsql security definer as $$ begin
                    if exists (select from public.audit_entries e where e.transaction = pg_current_xact_id()) then
                        raise exception 'the head of the chain is locked already';
                    end if;
                    return null;
                end $$;
                grant execute on function public.watch() to public;
                create trigger watch after insert on readings for each statement execute function public.watch();
                """)
            let intake = FileIntake(name: "two.csv", kind: .canonical)
            try intake.take(
                Array(
                    """
                    channel,metric,from,to,value
                    youtube,impressions,2024-01-01,2024-01-31,1200
                    tiktok,impressions,2024-01-01,2024-01-31,1300

                    """.utf8))
            let taken = try await world.registry.importFile(
                intake.finish(), for: campaign.id, as: world.editor
            ).get()
            #expect(taken.resultSets.count == 2)
        }
    }

    @Test("Nobody puts a statement in the place of the one that signs the next caller in")
    func preparedStatements() async throws {
        try await TestWorld.with { world in
            let login = try world.test.database.settings(user: "counterpoint_service")
            let pool = PoolLimits(maxConnections: 1, minConnections: 0)
            try await world.test.database.withDatabase(login, pool: pool) { database in
                let registry = Registry(database: database, logger: .quiet)
                _ = try await registry.campaigns(
                    CampaignFilter(), page: PageRequest(), as: world.editor)
                // A look at what is prepared on the connection, and failing that a guess.
                var names = await Self.slip(
                    [
                        "select name from pg_prepared_statements where statement like '%from sec.begin(%'"
                    ],
                    into: database, as: world.editor)
                if names.isEmpty { names = (1...20).map { "s\($0)" } }
                for name in names {
                    _ = await Self.slip(
                        [
                            "deallocate \(name)",
                            """
                            prepare \(name)(text) as
                            select set_config('role', b.role, true), b.principal_id, b.principal_role, b.organisation_id,
                                   b.token_id, b.programmes, b.scopes
                              from sec.begin($1) b, set_config('x.stolen', $1, false)
                            """,
                        ], into: database, as: world.editor)
                }
                // The rival comes next, on the same connection.
                _ = try await registry.campaigns(
                    CampaignFilter(), page: PageRequest(), as: world.rival)
                let stolen = await Self.slip(
                    ["select current_setting('x.stolen', true)"], into: database, as: world.editor)
                #expect(!stolen.contains { $0.hasPrefix("cpt_") })
            }
        }
    }

    @Test("Whoever reads the database reads no token, also not of one that was issued under a key")
    func keptSecrets() async throws {
        try await TestWorld.with { world in
            let registry = world.registry
            let me = try await registry.me(as: world.editor).principal
            let once = Once<IssuedToken>(key: "again", fingerprint: [1]) { issued in
                StoredAnswer(status: 201, headers: [], body: Array(issued.secret.text.utf8))
            }
            func issue(as caller: Caller) async throws -> StoredAnswer? {
                let outcome = try await registry.issueToken(
                    NewToken(principalId: me.id, label: "second"), as: caller, once: once)
                guard case .replayed(let answer) = outcome else { return nil }
                return answer
            }
            #expect(try await issue(as: world.editor) == nil)
            let kept = try await world.test.database.run(
                """
                select count(*), count(*) filter (where position(convert_to('cpt_', 'UTF8') in body) > 0)
                  from idempotency_keys where body is not null
                """)
            #expect(kept == [["1", "0"]])
            // The same asker is answered the same; another token of the same person is told what to do.
            let again = try #require(try await issue(as: world.editor))
            let secret = try #require(TokenSecret(String(decoding: again.body, as: UTF8.self)))
            let other = Caller(.token(secret), requestId: "test")
            do {
                _ = try await issue(as: other)
                Issue.record("the secret was shown to another token")
            } catch RegistryError.conflict(let conflict) {
                #expect(conflict.code == "answeredToAnother")
            }
        }
    }

    /// The first column of the last statement, run after the caller was signed in and committed.
    private static func slip(
        _ statements: [String], into database: Database, as caller: Caller
    ) async -> [String] {
        let rows = try? await database.write(opening: caller.opening) { transaction in
            for statement in statements.dropLast() {
                _ = try transaction.execute(
                    Query<Void>(SQLStatement(dynamic: statement, name: "slipped")))
            }
            return try transaction.rows(
                Query(SQLStatement(dynamic: statements[statements.count - 1], name: "slipped")) {
                    row in try row.next(String?.self) ?? ""
                })
        }
        return rows ?? []
    }
}
