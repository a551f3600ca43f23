// What a summary reads, in two exchanges: first what the question is about, by number, then what is on record of it.
//
// Each statement asks row-level security anew which rows exist for the caller: a number that came from elsewhere would get
// nobody more than the first statement would have told them.

import CounterpointModel
import Postgres

enum SummaryStatements {
    /// The scope of a question, in one row:
    /// `asked`, the programmes and the revision of each to answer by, and `answering`, those of them that the answer names;
    /// `scope`, the campaigns; `counted`, the sets that counted at those revisions, with pending corrections in the place of
    /// what they correct where that was asked for.
    ///
    /// Parameters: $1 programmes  $2 grants  $3 organisations  $4 campaigns  $5 channels  $6 countries  $7 as of
    /// $8 with pending sets; null means "all".
    static let scope = SQLStatement(
        """
        with asked as materialized (
            select p.id as programme_id, coalesce((select max(r.revision) from programme_revisions r
                     where r.programme_id = p.id and ($7::timestamptz is null or r.at <= $7)), 0) as revision
              from programmes p where ($1::uuid[] is null or p.id = any ($1))
        ), former as materialized (
            -- Whose a campaign was at the moment asked about, if two records of one organisation were merged since.
            select distinct on (m.campaign_id) m.campaign_id, m.former_id from campaign_moves m
             where m.left_at > $7 order by m.campaign_id, m.left_at
        ), granted as materialized (
            select g.campaign_id, g.grant_id, g.programme_id from campaign_grants g
              join asked a on a.programme_id = g.programme_id where ($4::uuid[] is null or g.campaign_id = any ($4))
        ), wherever as materialized (
            select c.id, coalesce(w.former_id, c.organisation_id) as organisation_id, c.countries
              from campaigns c left join former w on w.campaign_id = c.id
             where c.id in (select g.campaign_id from granted g where $2::uuid[] is null or g.grant_id = any ($2))
               and ($3::uuid[] is null or coalesce(w.former_id, c.organisation_id) = any ($3))
        ), scope as materialized (
            select w.id, w.organisation_id from wherever w
             where $6::text[] is null or (w.countries <@ $6 and w.countries <> '{}')
        ), pending as materialized (
            select s.id, s.supersedes, s.channel, s.readings from result_sets s join scope c on c.id = s.campaign_id
             where s.status = 'submitted'
        ), recorded as materialized (
            -- On record in two of the programmes asked: once. The digest is that of what is published of the set, so that
            -- a receipt is the same for everybody and gives nobody a digest to try small numbers against.
            select r.result_set_id, max(r.published_digest) as digest, max(r.readings) as readings,
                   bool_or(r.retired_revision is null or r.retired_revision > a.revision) as counts
              from result_records r
              join asked a on a.programme_id = r.programme_id join scope c on c.id = r.campaign_id
             where r.accepted_revision <= a.revision
             group by r.result_set_id
        ), counted as materialized (
            select r.result_set_id, r.digest from recorded r
             where r.counts and not ($8::boolean and r.result_set_id in (
                   select p.supersedes from pending p where p.supersedes is not null))
             union all select p.id, sec.pending_digest(p.id) from pending p where $8
        ), answering as materialized (
            -- The programmes that the campaigns in the scope belong to; all that were asked if there are none.
            select a.programme_id, sec.shown_revision(a.programme_id, a.revision) as revision from asked a
             where not exists (select from scope)
                or a.programme_id in (select g.programme_id from granted g join scope c on c.id = g.campaign_id)
        )
        select clock_timestamp() as now,
               array(select a.programme_id from answering a order by a.programme_id) as programmes,
               array(select a.revision from answering a order by a.programme_id) as revisions,
               array(select c.id from scope c order by c.id) as campaigns,
               array(select c.organisation_id from scope c order by c.id) as organisations,
               array(select n.result_set_id from counted n order by n.result_set_id) as counted,
               array(select n.digest from counted n order by n.result_set_id) as digests,
               (select coalesce(sum(p.readings), 0)::bigint from pending p
                 where $5::text[] is null or p.channel = any ($5)) as pending,
               (select coalesce(sum(r.readings), 0)::bigint from recorded r where not r.counts) as superseded,
               -- Whose figures cannot be divided by country.
               (select count(*) from wherever w
                 where $6 is not null and w.countries && $6 and not w.countries <@ $6) as partly
        """, name: "summaries.scope")

    /// Sums of what adds, collapsed over all days inside the scope (or inside one month of it); everything else as it is.
    /// Parts of a breakdown that add are not listed: they only count among the readings.
    ///
    /// Parameters: $1 the sets that count  $2 channels  $3 from  $4 to  $5 by month
    static let figures = SQLStatement(
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
               array_agg(distinct f.result_set_id), how.listed,
               coalesce(sum(f.readings) filter (where how.inside and f.stage = 'accepted'), 0)::bigint,
               coalesce(sum(f.suppressed) filter (where how.inside and f.stage = 'accepted'), 0)::bigint
          from result_figures f
         cross join lateral (
            select f.role = 'primary' or f.additivity = 'unique' as listed,
                   f.additivity in ('count', 'countPerChannel', 'quantity', 'money') as adds,
                   ($3::date is null or f.period_from >= $3) and ($4::date is null or f.period_to <= $4) as inside,
                   date_trunc('month', f.period_from) = date_trunc('month', f.period_to) as in_one_month) as how
         cross join lateral (
            -- What bounds people (no more people than impressions) keeps its days: only with them does it bound anything.
            select how.inside, how.adds and how.inside and (not $5::boolean or how.in_one_month)
                       and f.metric not in ('impressions', 'linkClicks') or not how.listed as collapsed) as placed
         where f.result_set_id = any ($1::uuid[])
           and ($2::text[] is null or f.channel = any ($2))
           and ($3::date is null or f.period_to >= $3) and ($4::date is null or f.period_from <= $4)
         group by f.campaign_id, f.channel, f.metric, f.currency, f.role, f.breakdown, how.listed, placed.inside, placed.collapsed,
                  case when placed.collapsed then null else f.result_set_id end,
                  case when placed.collapsed then null else f.period_from end,
                  case when placed.collapsed then null else f.period_to end,
                  case when placed.collapsed and $5::boolean then date_trunc('month', f.period_from) end
         order by f.campaign_id, f.channel, f.metric, min(f.period_from), max(f.period_to)
        """, name: "summaries.figures")

    /// Parameters: $1 the campaigns in the scope
    static let campaigns = SQLStatement(
        """
        select c.id, c.name, c.starts_on, c.ends_on, c.countries, c.channels, c.audience_size, c.elsewhere
          from sec.summary_campaigns($1) c
        """, name: "summaries.campaigns")

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
        scope, figures, campaigns, settle, organisationNames, publishedNames,
        keepReceipts, receiptQuestion, receiptSets, receiptSetsForFunder,
    ]
}
