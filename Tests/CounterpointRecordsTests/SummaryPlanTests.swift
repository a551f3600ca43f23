// What a summary costs under row-level security: which indexes its statements use, and the time beside the same statements
// run past every policy with the same rows asked for outright.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import Postgres
import TestCluster
import TestRegistry
import Testing

@Suite struct SummaryPlanTests {
    /// Tables that grow with what is reported; the largest of the others has one row an organisation or grant.
    private static let growing = [
        "result_figures", "result_sets", "result_records", "readings", "programme_revisions",
    ]

    @Test func summariesUseIndexesWhoeverAsks() async throws {
        try await TestWorld.with { world in
            try await world.test.database.run(ManyFigures.script(world))
            for (name, caller) in [
                ("NGO", world.editor), ("manager", world.manager), ("funder", world.funder),
            ] {
                let cost = try await SummaryCost(of: caller, in: world)
                for plan in cost.plans {
                    for table in Self.growing {
                        #expect(!plan.contains("Seq Scan on \(table)"), "\(name): \(plan)")
                    }
                }
                let (with, without) = (cost.milliseconds, cost.withoutPolicies)
                let ratio = (with / without * 100).rounded() / 100
                print(
                    "summary as \(name): \(with) ms, without policies \(without) ms, ratio \(ratio)"
                )
                if ProcessInfo.processInfo.environment["PRINT_PLANS"] != nil {
                    print(cost.plans.joined(separator: "\n\n"))
                }
                // Ten times the bar: a plan that went wrong, and not a machine that is busy.
                #expect(ratio < 12, "\(name)")
            }
        }
    }
}

/// 115,200 figures of 400 campaigns of 200 organisations in 10 programmes, the world's own first.
private enum ManyFigures {
    static func script(_ world: TestWorld) -> String {
        """
        set session_replication_role = replica;
        create temporary table o as
            select n, case when n = 0 then '\(world.organisation.id)' else md5('o' || n) end::uuid as id,
                   case when n < 20 then '\(world.programme.id)' else md5('p' || n / 20) end::uuid as programme,
                   case when n = 0 then '\(world.grant.id)' else md5('g' || n) end::uuid as granted
              from generate_series(0, 199) n;
        insert into programmes (id, name, currency, starts_on, ends_on, created_by)
            select distinct o.programme, 'Programme', 'EUR', date '2020-01-01', date '2030-12-31',
                   (select id from principals limit 1)
              from o where o.n >= 20;
        insert into organisations (id, name, kind, country, public_alias, safety, registered_by)
            select o.id, 'Organisation ' || o.n, 'civilSociety', 'UA', 'Alias ' || o.n,
                   case when o.n % 10 = 9 then 'withheld' else 'alias' end, (select id from principals limit 1)
              from o where o.n > 0;
        insert into programme_organisations (programme_id, organisation_id)
            select o.programme, o.id from o where o.n > 0;
        insert into grants (id, programme_id, organisation_id, title, amount_minor, currency, starts_on, ends_on, status,
                            agreement_signed_on, created_by)
            select o.granted, o.programme, o.id, 'Grant', 100, 'EUR', '2020-01-01', '2030-12-31', 'active', '2020-01-01',
                   (select id from principals limit 1) from o where o.n > 0;
        create temporary table c as
            select o.*, md5('c' || o.n || ' ' || k)::uuid as campaign, o.n * 2 + k as place
              from o cross join generate_series(0, 1) k;
        insert into campaigns (id, organisation_id, name, starts_on, ends_on, countries, channels, created_by)
            select c.campaign, c.id, 'Campaign', '2023-01-01', '2023-12-31', '{UA}', '{meta}',
                   (select id from principals limit 1) from c;
        insert into campaign_grants (organisation_id, campaign_id, programme_id, grant_id, position)
            select c.id, c.campaign, c.programme, c.granted, 1 from c;
        create temporary table s as
            select c.*, m, md5('s' || c.place || ' ' || m)::uuid as result_set, (date '2023-01-01' + (m || ' months')::interval)::date as first,
                   row_number() over (partition by c.programme order by m, c.place) as revision
              from c cross join generate_series(0, 11) m;
        insert into result_sets (id, organisation_id, campaign_id, channel, period_from, period_to, method, role, breakdown,
                                 status, readings, digest, created_by, reviewed_at)
            select s.result_set, s.id, s.campaign, 'meta', s.first, (s.first + interval '1 month - 1 day')::date, 'form', 'primary',
                   'none', 'accepted', 24, repeat('0', 64), (select id from principals limit 1), now() from s;
        insert into programme_revisions (programme_id, revision, at, change, result_set_id, campaign_id)
            select s.programme, s.revision, now(), 'accepted', s.result_set, s.campaign from s;
        insert into result_records (programme_id, result_set_id, organisation_id, campaign_id, digest, published_digest,
                                    accepted_revision, readings)
            select s.programme, s.result_set, s.id, s.campaign, '', repeat('0', 64), s.revision, 24 from s;
        insert into result_figures (result_set_id, organisation_id, campaign_id, channel, role, breakdown, stage, metric,
                                    additivity, period_from, period_to, readings, missing, masked, not_applicable, total,
                                    total_qualifier, whole, whole_qualifier, parts, side)
            select s.result_set, s.id, s.campaign, 'meta', 'primary', 'none', 'accepted', w.metric, w.additivity, s.first,
                   (s.first + interval '1 month - 1 day')::date, 1, 0, 0, 0,
                   case when w.additivity = 'count' then 1000 end, case when w.additivity = 'count' then 'exact' end,
                   case when w.additivity = 'unique' then 500 end, case when w.additivity = 'unique' then 'exact' end, 0, 'both'
              from s cross join (values \(metrics)) as w(metric, additivity);
        analyze;
        """
    }

    private static var metrics: String {
        Metric.allCases.filter { $0.additivity == .count || $0.additivity == .unique }.prefix(24)
            .map { "('\($0.code)', '\($0.additivity.rawValue)')" }.joined(separator: ", ")
    }
}

/// The statements of one summary, as a caller and as the server's superuser, each timed by the server.
private struct SummaryCost {
    private(set) var plans: [String] = []
    private(set) var milliseconds = 0.0
    private(set) var withoutPolicies = 0.0

    /// The two ways take turns, so that what the machine does besides falls on both.
    private static let turns = 10
    private static let runsEachTurn = 5

    init(of caller: Caller, in world: TestWorld) async throws {
        guard case .token(let secret) = caller.credential else { return }
        let database = world.test.database
        let signIn = """
            set local role counterpoint_service;
            select set_config('role', b.role, true) from sec.begin('\(secret.text)') b;
            """
        let seen = try await database.run(
            "begin; \(signIn) select array_agg(id order by id)::text from campaigns")
        let asked = try #require(seen.last?[0])
        let scoping = AskedStatement("scope", scope: [])
        let scope = try await database.run(
            scoping.script(signIn, "execute asked(\(scoping.values))"))
        let answer = try #require(scope.last).map { $0 ?? "{}" }
        // Past every policy the question names the campaigns, and is then about the same sets.
        let bareScoping = AskedStatement("scope", scope: [], campaigns: asked)
        let bare = try await database.run(
            bareScoping.script("", "execute asked(\(bareScoping.values))"))
        #expect(bare.last?[5] == scope.last?[5])
        for name in ["scope", "figures", "campaigns"] {
            let statement = AskedStatement(name, scope: answer)
            let open = AskedStatement(name, scope: answer, campaigns: asked)
            plans.append(try await database.run(statement.script(signIn, statement.plan)).text)
            var times: [Double] = []
            var bare: [Double] = []
            for _ in 0..<Self.turns {
                times += try await database.run(
                    statement.script(signIn, statement.explained(Self.runsEachTurn))
                ).executionTimes
                bare += try await database.run(
                    open.script("", open.explained(Self.runsEachTurn), isOpen: true)
                ).executionTimes
            }
            // The shortest: what took longer was waiting for the machine.
            milliseconds += times.min() ?? 0
            withoutPolicies += bare.min() ?? 0
        }
    }
}

/// A statement of a summary with the values that it is asked with.
private struct AskedStatement {
    private let text: String
    private let types: String
    let values: String

    /// `scope`: the row that the scope's statement answered, as texts.
    init(_ name: String, scope: [String], campaigns: String? = nil) {
        text = SQLStatement.ofRecords.first { $0.name == "summaries.\(name)" }!.text
        func answered(_ column: Int) -> String { "'\(scope[column])'" }
        (types, values) =
            switch name {
            case "scope":
                (
                    "uuid[], uuid[], uuid[], uuid[], text[], text[], timestamptz, boolean",
                    "null, null, null, \(campaigns.map { "'\($0)'" } ?? "null"), null, null, null, false"
                )
            case "figures":
                ("uuid[], text[], date, date, boolean", "\(answered(5)), null, null, null, false")
            default: ("uuid[]", answered(3))
            }
    }

    var plan: String { "explain (analyze, costs off) execute asked(\(values));" }

    func explained(_ times: Int) -> String {
        Array(repeating: "explain (analyze, timing off) execute asked(\(values));", count: times)
            .joined()
    }

    /// Asked once before, so that functions are compiled and pages are warm.
    func script(_ signIn: String, _ rest: String, isOpen: Bool = false) -> String {
        // The labels ask who is calling; past every policy they are the names themselves.
        let text =
            isOpen
            ? text.replacing(
                "sec.summary_campaigns($1)",
                with: "(select *, false as elsewhere from campaigns where id = any ($1))")
            : text
        return """
            set plan_cache_mode = force_generic_plan; set jit = off;
            prepare asked(\(types)) as \(text);
            begin; \(signIn) execute asked(\(values)); \(rest)
            """
    }
}

extension [[String?]] {
    fileprivate var text: String { compactMap { $0[0] }.joined(separator: "\n") }

    /// In milliseconds.
    fileprivate var executionTimes: [Double] {
        compactMap { $0[0] }.filter { $0.hasPrefix("Execution Time") }
            .compactMap { $0.split(separator: " ").dropFirst(2).first.flatMap { Double($0) } }
    }
}
