// The world that isolation is proven in: two NGOs, two programmes with a manager and a funder each, an auditor, and
// something of everybody's in every table. Made once a process; a test takes a copy of its database.
//
//   programme P (manager M, funder F)    NGO A and NGO B hold a grant and run a campaign each
//   programme Q (manager N, funder G)    NGO B holds a grant and runs a campaign
//
// NGO W takes part in P too, and has asked not to be published.
//
// Rows are spoken of by the name of whose they are: `A`, `B`, `W`, `F`, `G` what belongs to the organisation itself; `Bp` and
// `Bq` what NGO B does under one programme and the other; `P`, `Q` the programmes; `A.draft` a result set and all that
// hangs on it; `eA`, `vA`, `eB`, `M`, `N`, `F1`, `G1`, `X`, `Z` people; `A0`, `B0` records merged into A and B.

import CounterpointModel
public import CounterpointRecords
import TestCluster

/// The ids and tokens of that world. The database it is in is a template: see `with`.
public struct IsolationWorld: Sendable {
    /// Whose a row is when this id stands in it; of several the one with the highest rank decides.
    public struct Landmark: Sendable, Hashable {
        public var name: String
        public var rank: Int

        public init(name: String, rank: Int) {
            self.name = name
            self.rank = rank
        }
    }

    /// What one name stands for in paths and bodies.
    public struct Holding: Sendable {
        public var organisation = ""
        public var programme = ""
        public var grant = ""
        public var campaign = ""
    }

    /// In every text of NGO B and of programme Q: it must appear in nothing that is not theirs.
    public static let canary = "canary7b1f"

    /// By the person's name.
    public private(set) var callers: [String: Caller] = [:]
    public private(set) var landmarks: [String: Landmark] = [:]
    /// `A`, `Bp`, `Bq`.
    public private(set) var holdings: [String: Holding] = [:]
    /// By `A.draft` and so on.
    public private(set) var sets: [String: String] = [:]
    /// An attachment of each set, and an import of each campaign, by the names of these.
    public private(set) var evidence: [String: String] = [:]
    public private(set) var imports: [String: String] = [:]
    /// By the name of their campaign's.
    public private(set) var indicators: [String: String] = [:]
    /// Merges by the survivor's name.
    public private(set) var merges: [String: String] = [:]
    public private(set) var organisations: [String: String] = [:]
    public private(set) var people: [String: String] = [:]
    public private(set) var tokens: [String: String] = [:]
    /// A receipt of each person who may ask for summaries.
    public private(set) var receipts: [String: String] = [:]
    /// Signed in once, but no more.
    public private(set) var expired: Caller
    public private(set) var revoked: Caller

    /// Runs `body` in a copy of the world's database.
    public static func with<Value: Sendable>(
        _ body: (IsolationWorld, TestRegistry) async throws -> Value
    ) async throws -> Value {
        let (world, template) = try await made.value
        return try await TestRegistry.with(copyOf: template) { try await body(world, $0) }
    }

    private static let made = Task { () throws -> (IsolationWorld, String) in
        let schema = try await TestRegistry.schemaTemplate()
        return try await TestRegistry.keeping(copyOf: schema) { test in
            try await IsolationWorld(test)
        }
    }

    // MARK: Making it

    private init(_ test: TestRegistry) async throws {
        let people = People(test)
        expired = try await people.caller("late", .auditor)
        revoked = try await people.caller("gone", .auditor)
        let manager = try await people.caller("M", .programmeManager)
        let other = try await people.caller("N", .programmeManager)
        callers = ["M": manager, "N": other]
        callers["X"] = try await people.caller("X", .auditor)

        for (name, manager) in [("F", manager), ("G", other)] {
            let fund = try await people.organisation(
                Self.text("Fund \(name)", name == "G"), .funder, as: manager)
            note(fund.id.text, name, 3)
            organisations[name] = fund.id.text
            callers[name + "1"] = try await people.caller(name + "1", .funder, fund.id)
        }
        let p = try await programme("P", funder: "F", as: manager, test)
        let q = try await programme("Q", funder: "G", as: other, test)
        let a = try await organisation("A", as: manager, people, test)
        let b = try await organisation("B", as: manager, people, test)
        callers["eA"] = try await people.caller("eA", .ngoEditor, a)
        callers["vA"] = try await people.caller("vA", .ngoViewer, a)
        callers["eB"] = try await people.caller("eB", .ngoEditor, b)
        let w = try await organisation("W", as: manager, people, test)
        callers["eW"] = try await people.caller("eW", .ngoEditor, w)
        // N knows B from its own programme, and did not register it.
        try await test.database.run(
            "insert into programme_organisations values ('\(q.id)', '\(b)')")
        try await run("A", of: a, editor: "eA", in: p, as: manager, test)
        try await run("Bp", of: b, editor: "eB", in: p, as: manager, test)
        try await run("Bq", of: b, editor: "eB", in: q, as: other, test)
        try await run("W", of: w, editor: "eW", in: p, as: manager, test)
        try await merge("A", in: p, as: manager, people, test)
        try await merge("B", in: q, as: other, people, test)
        try await keepFiles(test)
        try await askAndKeep(test)
        try await attach(test)
        try await end(test)
    }

    private static func text(_ text: String, _ isSecret: Bool) -> String {
        isSecret ? "\(text) \(canary)" : text
    }

    private mutating func note(_ id: String, _ name: String, _ rank: Int) {
        landmarks[id] = Landmark(name: name, rank: rank)
    }

    private mutating func programme(
        _ name: String, funder: String, as manager: Caller, _ test: TestRegistry
    ) async throws -> Programme {
        let currency = Currency("EUR")!
        let programme = try await test.service.addProgramme(
            NewProgramme(
                name: Self.text("Programme \(name)", name == "Q"), currency: currency,
                budget: Money(text: "500000.00", currency), startsOn: Day(iso: "2020-01-01")!,
                endsOn: Day(iso: "2030-12-31")!,
                funderIds: [Organisation.ID(organisations[funder]!)!]), as: manager
        ).get()
        note(programme.id.text, name, 2)
        return programme
    }

    private mutating func organisation(
        _ name: String, as manager: Caller, _ people: People, _ test: TestRegistry
    ) async throws -> Organisation.ID {
        let isSecret = name != "A"
        var new = NewOrganisation(
            name: Self.text("NGO \(name)", isSecret), kind: .civilSociety, country: Country("UA")!,
            identifiers: [
                try OrganisationIdentifier(
                    scheme: "GB-COH", id: "0000000\(["A": 2, "B": 1][name] ?? 3)")
            ],
            aliases: [Self.text("Alias of \(name)", isSecret)], publicAlias: "Voice \(name)",
            safety: name == "W" ? .withheld : .alias)
        new.contacts = [
            ContactPoint(name: Self.text("Contact", isSecret), email: "\(name)@example.org")
        ]
        let made = try await test.service.registerOrganisation(new, as: manager).get()
        _ = try await test.service.moveOrganisation(
            made.id,
            StandingTransition(
                step: Transition(to: .eligible, reason: Self.text("register read", isSecret))),
            expecting: made.version, as: manager)
        note(made.id.text, name, 3)
        organisations[name] = made.id.text
        return made.id
    }

    /// A grant with an instalment, a campaign, and a set in each state.
    private mutating func run(
        _ name: String, of organisation: Organisation.ID, editor: String, in programme: Programme,
        as manager: Caller, _ test: TestRegistry
    ) async throws {
        let isSecret = name != "A"
        let amount = Money(text: "10000.00", programme.currency)!
        var grant = try await test.service.addGrant(
            NewGrant(
                programmeId: programme.id, organisationId: organisation,
                title: Self.text("Grant \(name)", isSecret), amount: amount,
                startsOn: programme.startsOn, endsOn: programme.endsOn,
                instalments: [Instalment(dueOn: Day(iso: "2023-06-30")!, amount: amount)]),
            as: manager
        ).get()
        for status: GrantStatus in [.submitted, .underReview, .awarded, .active] {
            grant = try await test.service.moveGrant(
                grant.id, Transition(to: status, on: Day(iso: "2023-01-01")!),
                expecting: grant.version, as: manager
            ).get()
        }
        let campaign = try await test.service.addCampaign(
            NewCampaign(
                organisationId: organisation, grantIds: [grant.id],
                name: Self.text("Campaign \(name)", isSecret), startsOn: Day(iso: "2023-01-01")!,
                endsOn: Day(iso: "2024-12-31")!, countries: [Country("UA")!],
                channels: [.meta, .youtube, .tiktok],
                brief: Brief(goal: Self.text("Goal", isSecret)), audienceSize: 100_000),
            as: callers[editor]!
        ).get()
        note(grant.id.text, name, 4)
        note(campaign.id.text, name, 4)
        holdings[name] = Holding(
            organisation: organisation.text, programme: programme.id.text, grant: grant.id.text,
            campaign: campaign.id.text)
        let indicator = try await test.service.addIndicator(
            NewIndicator(
                code: "R1", title: Self.text("Reach", isSecret),
                terms: IndicatorTerms(
                    metric: .reach,
                    target: IndicatorAim(
                        value: ExactDecimal("5000"), comment: Self.text("aim", isSecret)))),
            to: campaign.id, as: callers[editor]!
        ).get().indicator
        note(indicator.id.text, name, 4)
        indicators[name] = indicator.id.text
        for (channel, state): (Channel, ResultSetStatus) in [
            (.youtube, .draft), (.tiktok, .submitted), (.meta, .accepted),
        ] {
            var new = Self.results(channel, Self.text("note", isSecret))
            new.source = SourceFile(
                name: Self.text("file", isSecret), bytes: 10,
                sha256: String(repeating: isSecret ? "b" : "a", count: 64))
            var set = try await test.service.logResultSet(
                new, for: campaign.id, as: callers[editor]!
            ).get().set
            for status: ResultSetStatus in state == .draft
                ? [] : state == .submitted ? [.submitted] : [.submitted, .accepted]
            {
                set = try await test.service.moveResultSet(
                    set.id, Transition(to: status), expecting: set.version,
                    as: status == .accepted ? manager : callers[editor]!
                ).get().set
            }
            if state == .submitted {
                // It comes back with an objection, and is handed in as it was.
                let returned = try await test.service.moveResultSet(
                    set.id, Transition(to: .returned, reason: Self.text("look", isSecret)),
                    objections: [NewObjection(reading: 1, reason: Self.text("whose", isSecret))],
                    expecting: set.version, as: manager
                ).get().set
                set = try await test.service.moveResultSet(
                    set.id, Transition(to: .submitted), expecting: returned.version,
                    as: callers[editor]!
                ).get().set
            }
            note(set.id.text, "\(name).\(state.rawValue)", 5)
            sets["\(name).\(state.rawValue)"] = set.id.text
        }
    }

    static func results(_ channel: Channel, _ note: String) -> NewResultSet {
        let period = Period(from: Day(iso: "2023-04-01")!, to: Day(iso: "2023-04-30")!)!
        return NewResultSet(
            channel: channel, period: period,
            readings: [
                Reading(
                    metric: .impressions, period: period, content: nil, cell: nil,
                    value: ExactDecimal("70000")!, currency: nil),
                Reading(
                    metric: .reach, period: period, content: nil, cell: nil,
                    value: ExactDecimal("4000")!, currency: nil),
                // So few that a funder must not be told.
                Reading(
                    metric: .comments, period: period, content: nil, cell: nil,
                    value: ExactDecimal("4")!, currency: nil),
            ], note: note)
    }

    /// A second record of an organisation, with a campaign, merged into it.
    private mutating func merge(
        _ name: String, in programme: Programme, as manager: Caller, _ people: People,
        _ test: TestRegistry
    ) async throws {
        let lost = try await people.organisation(
            Self.text("Lost record of \(name)", name == "B"), .civilSociety, safety: .alias,
            as: manager)
        let grant = try await people.activeGrant(in: programme, to: lost, as: manager)
        let campaign = try await test.service.addCampaign(
            NewCampaign(
                organisationId: lost.id, grantIds: [grant.id],
                name: Self.text("Earlier campaign", name == "B"),
                startsOn: Day(iso: "2021-01-01")!, endsOn: Day(iso: "2021-12-31")!), as: manager
        ).get()
        let made = try await test.host.mergeOrganisations(
            NewOrganisationMerge(
                organisationId: lost.id, reason: Self.text("one body", name == "B")),
            into: Organisation.ID(organisations[name]!)!, as: test.administrator
        ).get()
        let holder = name == "A" ? "A" : "Bq"
        note(lost.id.text, name + "0", 3)
        note(grant.id.text, holder, 4)
        note(campaign.id.text, holder, 4)
        note(made.id.text, name, 4)
        organisations[name + "0"] = lost.id.text
        merges[name] = made.id.text
    }

    /// Behind every set a block of readings, a file as evidence, and the import that brought it.
    private func keepFiles(_ test: TestRegistry) async throws {
        try await test.database.run(
            """
            set session_replication_role = replica;
            insert into reading_blocks
            select s.id, 1, 1, s.organisation_id, s.campaign_id, array['comments'], array['count'], array[s.period_from],
                   array[s.period_to], array['an ad'], array[''], array['value'], array['exact'], array['3'], array[''],
                   array[''], array[2] from result_sets s;
            insert into imports (id, principal_id, organisation_id, campaign_id, state, file_name)
            select s.id, s.created_by, s.organisation_id, s.campaign_id, 'finished', 'figures.csv' from result_sets s;
            insert into evidence_files (id, organisation_id, campaign_id, sha256, bytes, media_type, created_by)
            select s.id, s.organisation_id, s.campaign_id, repeat('a', 64), 1, 'image/png', s.created_by from result_sets s;
            insert into evidence_pieces
            select s.id, 1, s.organisation_id, s.campaign_id, '\\x00' from result_sets s;
            insert into evidence (organisation_id, campaign_id, result_set_id, file_id, kind, name, created_by)
            select s.organisation_id, s.campaign_id, s.id, s.id, 'attachment', 'screen.png', s.created_by from result_sets s;
            """)
    }

    /// Everybody asks for a summary, which leaves a receipt, and has used an idempotency key.
    private mutating func askAndKeep(_ test: TestRegistry) async throws {
        for (name, caller) in callers {
            let summary = try await test.service.summary(SummaryQuestion(), as: caller)
            receipts[name] = summary.groups.first?.receipt
        }
        for row in try await test.database.run(
            "select p.name, p.id, t.id from principals p left join tokens t on t.principal_id = p.id"
        ) {
            let name = row[0]! == "Administrator" ? "Z" : row[0]!
            note(row[1]!, name, 0)
            people[name] = row[1]!
            guard let token = row[2] else { continue }
            note(token, name, 1)
            tokens[name] = token
        }
        try await test.database.run(
            """
            insert into idempotency_keys (principal_id, key, fingerprint, status, headers, body)
            select id, 'key', '\\x00', 201, 'Location: /v1/' || name, convert_to('{"kept":"' || name || '"}', 'UTF8')
              from principals;
            -- Some things are made by the command line alone; here without its log.
            set session_replication_role = replica;
            insert into principal_identities (issuer, subject, principal_id)
            select 'https://provider.example', name, id from principals where name in ('eA', 'eB', 'M', 'N');
            select sec.install_identity_key(sha256('isolation'));
            """)
    }

    /// Files behind sets, readings kept in blocks and imports, written as they lie: what makes them is tested elsewhere.
    private mutating func attach(_ test: TestRegistry) async throws {
        try await test.database.run(
            """
            set session_replication_role = replica;
            insert into evidence_files (organisation_id, campaign_id, sha256, bytes, media_type, created_by)
            select organisation_id, campaign_id, encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), 36, 'application/pdf', created_by
              from result_sets;
            insert into evidence_pieces (file_id, number, organisation_id, campaign_id, content)
            select f.id, 1, f.organisation_id, f.campaign_id, convert_to(s.id::text, 'UTF8')
              from evidence_files f join result_sets s on f.sha256 = encode(sha256(convert_to(s.id::text, 'UTF8')), 'hex');
            insert into evidence (organisation_id, campaign_id, result_set_id, file_id, kind, name, note, created_by)
            select s.organisation_id, s.campaign_id, s.id, f.id, 'attachment',
                   coalesce(s.source_name, 'file'), s.note, s.created_by
              from evidence_files f join result_sets s on f.sha256 = encode(sha256(convert_to(s.id::text, 'UTF8')), 'hex');
            insert into reading_blocks (result_set_id, first_number, size, organisation_id, campaign_id, metric, additivity,
                period_from, period_to, content, cell, state, qualifier, value, currency, note, line)
            select id, 1000, 1, organisation_id, campaign_id, '{views}', '{count}', array[period_from], array[period_to], '{NULL}',
                   '{NULL}', '{value}', '{exact}', '{1}', '{NULL}', '{NULL}', '{NULL}'
              from result_sets where status = 'draft';
            insert into imports (id, principal_id, organisation_id, campaign_id, state, file_name, outcome)
            select gen_random_uuid(), created_by, organisation_id, id, 'finished', name, '{}' from campaigns
             where created_by in (select id from principals where role = 'ngoEditor')
            """)
        for row in try await test.database.run("select result_set_id, id, file_id from evidence") {
            guard let owner = landmarks[row[0]!] else { continue }
            note(row[1]!, owner.name, 6)
            note(row[2]!, owner.name, 6)
            evidence[owner.name] = row[1]!
        }
        for row in try await test.database.run("select campaign_id, id from imports") {
            guard let owner = landmarks[row[0]!] else { continue }
            note(row[1]!, owner.name, 6)
            imports[owner.name] = row[1]!
        }
    }

    private func end(_ test: TestRegistry) async throws {
        try await test.database.run(
            """
            update tokens set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
             where id = '\(tokens["late"]!)';
            update tokens set revoked_at = now() where id = '\(tokens["gone"]!)';
            """)
    }
}
