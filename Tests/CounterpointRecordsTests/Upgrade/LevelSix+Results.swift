// What was logged, corrected, returned and accepted with schema 6, and the statements by which it was.

import CounterpointModel

extension LevelSix {
    /// A reading: metric, additivity, value (nil: masked), and the cell it is of.
    typealias Figure = (metric: String, additivity: String, value: Int?, cell: String?)

    /// What is in each set, by the set's name; the test logs the same again today.
    static let figures: [String: [Figure]] = [
        // Clicks below ten, and people below ten in one region.
        "small": [
            ("impressions", "count", 5_000, nil), ("linkClicks", "count", 7, nil),
            ("reach", "unique", 900, nil), ("spend", "money", 120, nil),
        ],
        "wrong": [
            ("impressions", "count", 4_000, nil), ("reactions", "count", 300, nil),
            ("reach", "unique", 800, nil),
        ],
        "right": [
            ("impressions", "count", 4_400, nil), ("reactions", "count", 304, nil),
            ("reach", "unique", 820, nil),
        ],
        "regions": [
            ("linkClicks", "count", 3, "Lviv"), ("linkClicks", "count", 40, "Kyiv"),
            ("linkClicks", "count", nil, "Odesa"), ("impressions", "count", 2_500, "Kyiv"),
        ],
        "plain": [("impressions", "count", 9_000, nil), ("reach", "unique", 1_500, nil)],
    ]

    /// Each: the set, whose campaign, who writes and who reviews it, what is in it, and what becomes of it.
    func results() async throws {
        try await log("small", "named", by: "editor", channel: "meta", month: 1, "small")
        try await accept("small", by: "editor", reviewer: "manager")
        try await log("wrong", "named", by: "editor", channel: "youtube", month: 2, "wrong")
        try await accept("wrong", by: "editor", reviewer: "manager")
        try await log(
            "right", "named", by: "editor", channel: "youtube", month: 2, "right",
            correcting: "wrong")
        try await accept("right", by: "editor", reviewer: "manager", correcting: "wrong")
        try await log("regions", "masked", by: "rival", channel: "tiktok", month: 1, "regions")
        try await accept("regions", by: "rival", reviewer: "manager")
        try await log(
            "unseen", "withheld", by: "withheldEditor", channel: "meta", month: 1, "plain")
        try await accept("unseen", by: "withheldEditor", reviewer: "manager")
        try await log("shared", "both", by: "rival", channel: "meta", month: 3, "plain")
        try await accept("shared", by: "rival", reviewer: "manager")
        try await log("twins", "twin", by: "twinEditor", channel: "meta", month: 1, "plain")
        try await accept("twins", by: "twinEditor", reviewer: "manager")
        try await log("taken back", "named", by: "editor", channel: "tiktok", month: 4, "plain")
        try await accept("taken back", by: "editor", reviewer: "manager")
        try await step(
            "taken back", "withdrawn", by: "manager", reason: "not theirs", statements: ["uncover"])
        try await log("draft", "named", by: "editor", channel: "x", month: 5, "plain")
        try await log("waiting", "named", by: "editor", channel: "facebook", month: 6, "plain")
        try await step("waiting", "submitted", by: "editor")
        try await log("sent back", "named", by: "editor", channel: "website", month: 7, "plain")
        try await step("sent back", "submitted", by: "editor")
        try await step("sent back", "returned", by: "manager", reason: "look again")
    }

    /// After schema 12, which notes each step by itself: a reviewer objects to a figure, and the set comes back.
    func objectAfterwards() async throws {
        let id = Self.id("waiting")
        try await step(
            "waiting", "returned", by: "manager", reason: "whose?",
            after: [
                "insert into result_objections (organisation_id, campaign_id, result_set_id, returned_by, number, metric, "
                    + "period_from, period_to, state, qualifier, value, reason) "
                    + "select organisation_id, campaign_id, result_set_id, 1, 1, metric, period_from, period_to, state, "
                    + "qualifier, value, 'too many' from readings where result_set_id = '\(id)' and number = 1"
            ])
        try await step("waiting", "submitted", by: "editor")
    }

    private static func programmes(of set: String) -> [String] {
        set == "shared" ? ["one", "two"] : ["one"]
    }

    private static func owner(of set: String) -> String {
        switch set {
        case "regions", "shared": "masked"
        case "unseen": "withheld"
        case "twins": "twin"
        default: "named"
        }
    }

    private func log(
        _ set: String, _ campaign: String, by editor: String, channel: String, month: Int,
        _ figures: String, correcting: String? = nil
    ) async throws {
        let from = "2023-0\(month)-01"
        let rows = Self.figures[figures]!.map { figure in
            "('\(figure.metric)', '\(figure.additivity)', \(figure.cell.map { "'\($0)'" } ?? "null"), "
                + "\(figure.value.map { "\($0)" } ?? "null::numeric"))"
        }
        let id = Self.id(set)
        let corrected = correcting.map { "'\(Self.id($0))'" } ?? "null"
        try await act(
            editor,
            [
                "insert into result_sets (id, organisation_id, campaign_id, channel, period_from, period_to, method, "
                    + "role, breakdown, supersedes, note, source_name, source_bytes, source_sha256) "
                    + "select '\(id)', c.organisation_id, c.id, '\(channel)', '\(from)', '2023-0\(month)-28', "
                    + "'canonicalCSV', 'primary', 'none', \(corrected), 'note', 'export.csv', 10, "
                    + "encode(sha256(convert_to('\(id)', 'UTF8')), 'hex') "
                    + "from campaigns c where c.id = '\(Self.id("\(campaign) campaign"))'",
                "insert into readings (result_set_id, number, organisation_id, campaign_id, metric, additivity, "
                    + "period_from, period_to, cell, state, value, currency, line) "
                    + "select s.id, row_number() over (), s.organisation_id, s.campaign_id, r.metric, r.additivity, "
                    + "s.period_from, s.period_to, r.cell, case when r.value is null then 'masked' else 'value' end, "
                    + "r.value, case r.additivity when 'money' then 'EUR' end, 2 "
                    + "from result_sets s, (values \(rows.joined(separator: ", "))) as r(metric, additivity, cell, value) "
                    + "where s.id = '\(id)'",
                "select then_used.settle('\(id)')",
            ] + entries("logged", set))
    }

    private func accept(
        _ set: String, by editor: String, reviewer: String, correcting: String? = nil
    ) async throws {
        try await step(set, "submitted", by: editor)
        let retired =
            correcting.map {
                [
                    "update result_sets set status = 'superseded', version = version + 1 where id = '\(Self.id($0))'"
                ] + entries("superseded", $0)
            } ?? []
        try await step(
            set, "accepted", by: reviewer,
            statements: (correcting == nil ? [] : ["uncover corrected"]) + ["claim"], after: retired
        )
    }

    private func step(
        _ set: String, _ status: String, by person: String, reason: String? = nil,
        statements: [String] = [], after: [String] = []
    ) async throws {
        let id = Self.id(set)
        let stage = ["returned": "draft", "withdrawn": "accepted"][status] ?? status
        let why = reason.map { "'\($0)'" } ?? "null"
        let who = status == "submitted" ? "submitted" : "reviewed"
        var all = statements.map { statement in
            switch statement {
            case "uncover": "delete from result_coverage where result_set_id = '\(id)'"
            case "uncover corrected":
                "delete from result_coverage where result_set_id = (select supersedes from result_sets where id = '\(id)')"
            default: "update result_coverage set claim = 'accepted' where result_set_id = '\(id)'"
            }
        }
        all += [
            "update result_figures set stage = '\(stage)' where result_set_id = '\(id)'",
            "update result_sets set status = '\(status)', return_reason = \(why), \(who)_by = sec.principal(), "
                + "\(who)_at = now(), updated_at = now(), version = version + 1 where id = '\(id)'",
        ]
        try await act(person, all + after + entries(status, set, reason: reason))
    }

    private func entries(_ step: String, _ set: String, reason: String? = nil) -> [String] {
        Self.programmes(of: set).map {
            Self.entry(
                step, "resultSet", Self.id(set), chain: $0, organisation: Self.owner(of: set),
                reason: reason)
        }
    }

    /// `readings.digest`, `readings.derive` and `resultSets.cover` of that time.
    static let functions = """
        create schema then_used;
        grant usage on schema then_used to public;
        create function then_used.settle(uuid) returns void language sql as $settle$
            update result_sets set (readings, digest) = (
                select coalesce(sum(batch.size), 0)::integer,
                       encode(sha256(coalesce(string_agg(batch.digest, ''::bytea order by batch.number), ''::bytea)), 'hex')
                  from (select (r.number - 1) / 10000 as number, count(*) as size,
                               sha256(convert_to(string_agg(concat_ws(E'\\x1f', r.number, r.metric, r.period_from, r.period_to,
                                   coalesce(r.content, ''), coalesce(r.cell, ''), r.state, r.qualifier,
                                   coalesce(trim_scale(r.value)::text, ''), coalesce(r.currency, '')), E'\\x1e' order by r.number),
                                   'UTF8')) as digest
                          from readings r where r.result_set_id = $1 group by 1) batch
                ) where id = $1;
            with parts_known as (
                select r.period_from, r.period_to, count(distinct (r.content, r.cell)) as parts from readings r
                 where r.result_set_id = $1 and (r.content is not null or r.cell is not null)
                 group by r.period_from, r.period_to
            )
            insert into result_figures (result_set_id, organisation_id, campaign_id, channel, role, breakdown, stage, metric,
                   additivity, currency, period_from, period_to, readings, missing, masked, not_applicable, total,
                   total_qualifier, whole, whole_qualifier, largest_part, parts_bound, parts_qualifier, parts, part_values,
                   disjoint_audiences)
            select s.id, s.organisation_id, s.campaign_id, s.channel, s.role, s.breakdown,
                   case when exists (select from result_records k where k.result_set_id = s.id) then 'accepted'
                        when s.status = 'submitted' then 'submitted' else 'draft' end,
                   r.metric, r.additivity, coalesce(r.currency, ''), r.period_from, r.period_to, count(*),
                   count(*) filter (where r.state = 'missing'), count(*) filter (where r.state = 'masked'),
                   count(*) filter (where r.state = 'notApplicable'),
                   case when r.additivity in ('count', 'countPerChannel', 'quantity', 'money') then sum(r.value) end,
                   case when r.additivity in ('count', 'countPerChannel', 'quantity', 'money') and count(r.value) > 0 then
                       case when bool_and(r.qualifier = 'exact') then 'exact'
                            when bool_and(r.qualifier in ('exact', 'atLeast')) then 'atLeast'
                            when bool_and(r.qualifier in ('exact', 'atMost')) then 'atMost' else 'about' end end,
                   case when r.additivity in ('unique', 'stock', 'rate')
                       then max(r.value) filter (where r.content is null and r.cell is null) end,
                   case when r.additivity in ('unique', 'stock', 'rate')
                       then max(r.qualifier) filter (where r.content is null and r.cell is null and r.value is not null) end,
                   case when r.additivity = 'unique' then
                       max(r.value) filter (where (r.content is not null or r.cell is not null) and r.qualifier <> 'atMost') end,
                   case when r.additivity = 'unique' and bool_and(r.state <> 'missing' and r.qualifier <> 'atLeast')
                                 filter (where r.content is not null or r.cell is not null)
                         and count(*) filter (where r.content is not null or r.cell is not null) = max(k.parts) then
                       sum(case r.state when 'masked' then 4 else r.value end)
                           filter (where r.content is not null or r.cell is not null) end,
                   case when r.additivity = 'unique' then
                       case when bool_and(r.qualifier = 'exact' and r.state = 'value')
                                     filter (where r.content is not null or r.cell is not null) then 'exact' else 'about' end end,
                   count(*) filter (where r.content is not null or r.cell is not null),
                   -- Up to a hundred parts are kept one by one (800 bytes), so that a scenario can be told from them.
                   case when r.additivity = 'unique'
                         and count(*) filter (where r.content is not null or r.cell is not null) between 1 and 100
                         and bool_and(r.qualifier in ('exact', 'about') and r.state = 'value')
                                 filter (where r.content is not null or r.cell is not null) then
                       array_agg(r.value::bigint order by r.number)
                           filter (where r.content is not null or r.cell is not null) end,
                   case when r.additivity = 'unique' then s.disjoint_audiences end
              from readings r join result_sets s on s.id = r.result_set_id
              left join parts_known k on k.period_from = r.period_from and k.period_to = r.period_to
             where r.result_set_id = $1
             group by s.id, r.metric, r.additivity, r.currency, r.period_from, r.period_to;
            insert into result_coverage (result_set_id, organisation_id, campaign_id, part, series, metric, claim, period)
            select s.id, s.organisation_id, s.campaign_id, part, case s.role when 'primary' then 'primary' else s.breakdown end,
                   covered.metric, 'pending', period
              from result_sets s
              join (select r.metric, range_agg(daterange(r.period_from, r.period_to, '[]')) as periods
                      from readings r
                     where r.result_set_id = $1 and r.state in ('value', 'masked')
                       and r.additivity in ('count', 'countPerChannel', 'quantity', 'money')
                     group by r.metric) covered on true
              cross join unnest(case s.channel when 'meta' then array['facebook', 'instagram', 'metaRest'] else array[s.channel] end) part
              cross join unnest(covered.periods) period
             where s.id = $1;
        $settle$
        """
}
