// What a summary reads: one description of the scope, asked five ways, all in one round trip.
//
// Parameters are the same for each:  $1 programmes  $2 grants  $3 organisations  $4 campaigns  $5 channels  $6 countries
// $7 from  $8 to  $9 as of  $10 with pending sets  $11 by month; null means "all". Row-level security has decided already
// which programmes, campaigns and figures exist for the caller.

import CounterpointModel
import Postgres

enum SummaryStatements {
    /// `parameters` is read by nobody; it says the types of all, so that no statement has to use each.
    /// `asked`: the programmes and the revision of each to answer by. `scope`: the campaigns. `counted`: the sets that
    /// counted at those revisions, with pending corrections in the place of what they correct where that was asked for.
    private static let scope: StaticString = """
        with parameters as (
            select $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date, $8::date,
                   $9::timestamptz, $10::boolean, $11::boolean
        ), asked as materialized (
            select p.id as programme_id, coalesce((select max(r.revision) from programme_revisions r
                     where r.programme_id = p.id and ($9::timestamptz is null or r.at <= $9)), 0) as revision
              from programmes p where ($1::uuid[] is null or p.id = any ($1))
        ), former as materialized (
            -- Whose a campaign was at the moment asked about, if two records of one organisation were merged since.
            select distinct on (m.campaign_id) m.campaign_id, m.former_id from campaign_moves m
             where m.left_at > $9 order by m.campaign_id, m.left_at
        ), scope as materialized (
            select c.id, coalesce(w.former_id, c.organisation_id) as organisation_id, c.starts_on, c.ends_on, c.countries, c.channels
              from campaigns c left join former w on w.campaign_id = c.id
             where ($4::uuid[] is null or c.id = any ($4))
               and ($3::uuid[] is null or coalesce(w.former_id, c.organisation_id) = any ($3))
               and ($6::text[] is null or (c.countries <@ $6 and c.countries <> '{}'))
               and exists (select from campaign_grants g join asked a on a.programme_id = g.programme_id
                            where g.campaign_id = c.id and ($2::uuid[] is null or g.grant_id = any ($2)))
        ), pending as materialized (
            select s.id, s.supersedes from result_sets s join scope c on c.id = s.campaign_id
             where $10::boolean and s.status = 'submitted'
        ), counted as materialized (
            select r.result_set_id from result_records r
              join asked a on a.programme_id = r.programme_id join scope c on c.id = r.campaign_id
             where r.accepted_revision <= a.revision
               and (r.retired_revision is null or r.retired_revision > a.revision)
               and r.result_set_id not in (select p.supersedes from pending p where p.supersedes is not null)
             union select p.id from pending p
        )
        """

    /// Sums of what adds, collapsed over all days inside the scope (or inside one month of it); everything else as it is.
    static let figures = SQLStatement(
        scope,
        """
        select f.campaign_id, f.channel, f.metric, f.currency, f.role, f.breakdown, placed.inside, placed.collapsed,
               min(f.period_from), max(f.period_to), sum(f.readings)::bigint, sum(f.missing)::bigint,
               sum(f.masked)::bigint, sum(f.not_applicable)::bigint, trim_scale(sum(f.total))::text,
               case when bool_and(f.total_qualifier = 'exact') then 'exact'
                    when bool_and(f.total_qualifier in ('exact', 'atLeast')) then 'atLeast'
                    when bool_and(f.total_qualifier in ('exact', 'atMost')) then 'atMost'
                    else 'about' end,
               trim_scale(max(f.whole))::text, max(f.whole_qualifier), trim_scale(max(f.largest_part))::text,
               trim_scale(max(f.parts_bound))::text, max(f.parts_qualifier), max(f.parts), max(f.part_values),
               max(f.disjoint_audiences),
               array_agg(distinct f.result_set_id)
          from counted n join result_figures f on f.result_set_id = n.result_set_id
         cross join lateral (
            select f.additivity in ('count', 'countPerChannel', 'quantity', 'money') as adds,
                   ($7::date is null or f.period_from >= $7) and ($8::date is null or f.period_to <= $8) as inside,
                   date_trunc('month', f.period_from) = date_trunc('month', f.period_to) as in_one_month) as how
         cross join lateral (
            -- What bounds people (no more people than impressions) keeps its days: only with them does it bound anything.
            select how.inside, how.adds and how.inside and (not $11::boolean or how.in_one_month)
                       and f.metric not in ('impressions', 'linkClicks') as collapsed) as placed
         where (f.role = 'primary' or f.additivity = 'unique')
           and ($5::text[] is null or f.channel = any ($5))
           and ($7::date is null or f.period_to >= $7) and ($8::date is null or f.period_from <= $8)
         group by f.campaign_id, f.channel, f.metric, f.currency, f.role, f.breakdown, placed.inside, placed.collapsed,
                  case when placed.collapsed then null else f.result_set_id end,
                  case when placed.collapsed then null else f.period_from end,
                  case when placed.collapsed then null else f.period_to end,
                  case when placed.collapsed and $11::boolean then date_trunc('month', f.period_from) end
         order by f.campaign_id, f.channel, f.metric, min(f.period_from), max(f.period_to)
        """, name: "summaries.figures")

    static let campaigns = SQLStatement(
        scope,
        """
        select c.id, c.organisation_id, l.name, c.starts_on, c.ends_on, c.countries, c.channels, l.audience_size, l.elsewhere
          from scope c join sec.campaign_labels(array(select w.id from scope w)) l on l.id = c.id
         order by c.id
        """, name: "summaries.campaigns")

    /// The programmes that the campaigns in the scope belong to; all that were asked if there are none.
    static let revisions = SQLStatement(
        scope,
        """
        select a.programme_id, sec.shown_revision(a.programme_id, a.revision), clock_timestamp() from asked a
         where not exists (select from scope)
            or exists (select from campaign_grants g join scope c on c.id = g.campaign_id
                        where g.programme_id = a.programme_id)
         order by a.programme_id
        """, name: "summaries.revisions")

    /// Readings that counted, that wait for review, and that were replaced; and campaigns that are only partly in the
    /// countries asked for, whose figures cannot be divided.
    static let accounting = SQLStatement(
        scope,
        """
        select shown.readings,
               (select coalesce(sum(s.readings), 0)::bigint from result_sets s join scope c on c.id = s.campaign_id
                 where s.status = 'submitted' and ($5::text[] is null or s.channel = any ($5))),
               (select coalesce(sum(f.readings), 0)::bigint from result_figures f
                 where f.result_set_id in (
                    select r.result_set_id from result_records r
                      join asked a on a.programme_id = r.programme_id join scope c on c.id = r.campaign_id
                     where r.accepted_revision <= a.revision and r.retired_revision <= a.revision)),
               (select count(*) from campaigns c
                 where $6::text[] is not null and c.countries && $6 and not c.countries <@ $6),
               shown.suppressed, sec.acts_as('funder')
          from (select coalesce(sum(f.readings), 0)::bigint as readings, coalesce(sum(f.suppressed), 0)::bigint as suppressed
                  from counted n join result_figures f on f.result_set_id = n.result_set_id
                 where f.stage = 'accepted' and ($5::text[] is null or f.channel = any ($5))
                   and ($7::date is null or f.period_from >= $7) and ($8::date is null or f.period_to <= $8)) shown
        """, name: "summaries.accounting")

    /// The sets behind the figures, with what identifies their content: the digest of what is published of it, so that
    /// a receipt is the same for everybody and gives nobody a digest to try small numbers against.
    static let sets = SQLStatement(
        scope,
        """
        select distinct on (n.result_set_id) n.result_set_id,
               case when r.result_set_id is null then sec.pending_digest(n.result_set_id) else r.published_digest end
          from counted n
          left join result_records r on r.result_set_id = n.result_set_id
         order by n.result_set_id
        """, name: "summaries.sets")

    static let settle = SQLStatement("select sec.settle($1)", name: "summaries.settle")

    static let organisationNames = SQLStatement(
        "select o.id, o.name from organisations o where o.id = any ($1)",
        name: "summaries.organisationNames")

    static let publishedNames = SQLStatement(
        "select o.id, o.name from sec.funded_organisations() o where o.id = any ($1)",
        name: "summaries.publishedNames")

    static let keepReceipts = SQLStatement(
        "select sec.keep_receipts($1, $2)", name: "summaries.keepReceipts")

    static let receiptQuestion = SQLStatement(
        "select sec.receipt_question($1)", name: "summaries.receiptQuestion")

    static let receiptSets = SQLStatement(
        """
        select distinct on (f.result_set_id) f.result_set_id, f.campaign_id, f.channel, f.role, f.breakdown,
               min(f.period_from) over (partition by f.result_set_id), max(f.period_to) over (partition by f.result_set_id),
               coalesce(r.digest, s.digest), coalesce(r.source_sha256, s.source_sha256),
               sec.shown_revision(r.programme_id, r.accepted_revision), sec.shown_revision(r.programme_id, r.retired_revision)
          from result_figures f
          left join result_records r on r.result_set_id = f.result_set_id
          left join result_sets s on s.id = f.result_set_id
         where f.result_set_id = any ($1)
         order by f.result_set_id
        """, name: "summaries.receiptSets")

    /// The same for a funder: neither the digest of the readings nor that of the file, and revisions as a funder counts.
    static let receiptSetsForFunder = SQLStatement(
        """
        select distinct on (f.result_set_id) f.result_set_id, f.campaign_id, f.channel, f.role, f.breakdown,
               min(f.period_from) over (partition by f.result_set_id), max(f.period_to) over (partition by f.result_set_id),
               r.published_digest, null::text, sec.shown_revision(r.programme_id, r.accepted_revision),
               sec.shown_revision(r.programme_id, r.retired_revision)
          from result_figures f join result_records r on r.result_set_id = f.result_set_id
         where f.result_set_id = any ($1)
         order by f.result_set_id
        """, name: "summaries.receiptSetsForFunder")

    static let all: [SQLStatement] = [
        figures, campaigns, revisions, accounting, sets, settle, organisationNames, publishedNames,
        keepReceipts, receiptQuestion, receiptSets, receiptSetsForFunder,
    ]
}
