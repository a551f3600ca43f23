// Result sets and their readings: what an NGO logs and a manager reviews.

import CounterpointModel
import Postgres

enum ResultSets {
    private static let shown: StaticString = """
        select s.id, s.organisation_id, s.campaign_id, s.channel, s.period_from, s.period_to, s.method, s.role,
               s.breakdown, s.status, s.supersedes, s.disjoint_audiences, s.source_bytes, s.source_sha256, s.readings,
               s.digest, s.snapshot, (select later.id from result_sets later where later.supersedes = s.id
                                and later.status in ('accepted', 'superseded') limit 1),
               s.submitted_at, s.reviewed_at, s.created_at, s.updated_at, s.version
        """
    private static let inside: StaticString = """
        , s.note, s.source_name, s.return_reason from result_sets s
        """
    // As published: no file (its digest would let small numbers be tried), no remark, the digest of what is published, and
    // one moment, that of acceptance; its version (0) tells of no change either.
    private static let published: StaticString = """
        select s.id, s.organisation_id, s.campaign_id, s.channel, s.period_from, s.period_to, s.method, s.role,
               s.breakdown, s.status, s.supersedes,
               (select max(f.disjoint_audiences) from result_figures f where f.result_set_id = s.id), null::bigint, null::text,
               s.readings, coalesce((select max(r.published_digest) from result_records r where r.result_set_id = s.id), ''),
               s.snapshot, null::uuid, null::timestamptz, s.reviewed_at, s.reviewed_at, s.reviewed_at, 0::integer, null::text, null::text,
               null::text
          from result_sets s
        """
    private static let filter: StaticString = """
        where ($1::timestamptz is null or (s.created_at, s.id) > ($1, $2))
          and ($4::uuid is null or s.campaign_id = $4)
          and ($5::text is null or s.status = $5)
          and ($6::text is null or s.channel = $6)
          and ($7::uuid is null or s.organisation_id = $7)
          and ($8::uuid is null or exists (select from campaign_grants g
                                            where g.campaign_id = s.campaign_id and g.programme_id = $8))
          and ($9::text is null or s.role = $9)
        order by s.created_at, s.id limit $3
        """

    static let byId = SQLStatement(shown, inside, "where s.id = $1", name: "resultSets.byId")
    static let list = SQLStatement(shown, inside, filter, name: "resultSets.list")
    static let lock = SQLStatement(
        shown, inside, "where s.id = $1 for update of s", name: "resultSets.lock")
    static let byIdForFunder = SQLStatement(
        published, "where s.id = $1", name: "resultSets.byIdForFunder")
    static let listForFunder = SQLStatement(
        published,
        """
        where ($1::timestamptz is null or (s.reviewed_at, s.id) > ($1, $2))
          and ($4::uuid is null or s.campaign_id = $4)
          and ($5::text is null or s.status = $5)
          and ($6::text is null or s.channel = $6)
          and ($7::uuid is null or s.organisation_id = $7)
          and ($8::uuid is null or exists (select from campaign_grants g
                                            where g.campaign_id = s.campaign_id and g.programme_id = $8))
          and ($9::text is null or s.role = $9)
        order by s.reviewed_at, s.id limit $3
        """, name: "resultSets.listForFunder")

    static let insert = SQLStatement(
        """
        insert into result_sets (id, organisation_id, campaign_id, channel, period_from, period_to, method, role,
                                 breakdown, supersedes, disjoint_audiences, note, source_name, source_bytes,
                                 source_sha256, snapshot)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """, name: "resultSets.insert")

    static let update = SQLStatement(
        """
        update result_sets
           set period_from = $2, period_to = $3, breakdown = $4, disjoint_audiences = $5, note = $6, method = $7,
               role = $8, supersedes = $9, updated_at = now(), version = version + 1
         where id = $1
        """, name: "resultSets.update")

    static let submit = SQLStatement(
        """
        update result_sets set status = 'submitted', submitted_by = sec.principal(), submitted_at = now(),
               return_reason = null, updated_at = now(), version = version + 1
         where id = $1
        """, name: "resultSets.submit")

    static let review = SQLStatement(
        """
        update result_sets set status = $2, return_reason = $3, reviewed_by = sec.principal(), reviewed_at = now(),
               updated_at = now(), version = version + 1
         where id = $1
        """, name: "resultSets.review")

    static let withdraw = SQLStatement(
        """
        update result_sets set status = 'withdrawn', return_reason = $2, updated_at = now(), version = version + 1
         where id = $1
        """, name: "resultSets.withdraw")

    static let retire = SQLStatement(
        "update result_sets set status = $2, updated_at = now(), version = version + 1 where id = $1",
        name: "resultSets.retire")

    /// Locks the campaign, so that two sets for the same days are looked at one after the other.
    static let lockCampaign = SQLStatement(
        "select c.organisation_id, c.status from campaigns c where c.id = $1 for update",
        name: "resultSets.lockCampaign")

    /// Whether a primary stands that a breakdown could be a cut of. `meta` and its parts count as one family.
    static let standingPrimary = SQLStatement(
        """
        select s.id from result_sets s
         where s.campaign_id = $1 and s.role = 'primary' and s.status in ('draft', 'submitted', 'returned', 'accepted')
           and (s.channel = $2 or (s.channel in ('meta', 'facebook', 'instagram')
                                   and $2 in ('meta', 'facebook', 'instagram')))
           and s.period_from <= $4 and s.period_to >= $3
         order by s.created_at limit 1
        """, name: "resultSets.standingPrimary")

    /// Sets that stand beside this one on the same channels, the smallest first. Those that it corrects, and corrections of
    /// it, say the same thing another way and are left out, and so is what a correction that waits for review would replace.
    static let neighbours = SQLStatement(
        shown, inside,
        """
        where s.campaign_id = $2 and s.id <> $1 and s.status in ('submitted', 'accepted')
          and s.id is distinct from $4 and s.supersedes is distinct from $1
          and (s.channel = $3 or (s.channel in ('meta', 'facebook', 'instagram')
                                  and $3 in ('meta', 'facebook', 'instagram')))
          and not exists (select from result_sets c where c.supersedes = s.id and c.status = 'submitted' and c.id <> $1)
        order by s.readings, s.created_at, s.id limit $5
        """, name: "resultSets.neighbours")

    /// Whether the same figures are claimed a second time: the number of programmes, or another set that holds them (null
    /// where the reader may not see it). No rows for a reader who manages nothing.
    static let claims = SQLStatement(
        "select c.programmes, c.twin from sec.claimed_twice($1) c order by c.programmes nulls last, c.twin",
        name: "resultSets.claims")

    static let acceptedPrimary = SQLStatement(
        """
        select s.id from result_sets s
         where s.campaign_id = $1 and s.role = 'primary' and s.status = 'accepted'
           and (s.channel = $2 or (s.channel in ('meta', 'facebook', 'instagram')
                                   and $2 in ('meta', 'facebook', 'instagram')))
           and s.period_from <= $4 and s.period_to >= $3
         limit 1
        """, name: "resultSets.acceptedPrimary")

    /// What stands and covers a day, figure and series of this set already. The set it corrects is no obstacle.
    static let inTheWay = SQLStatement(
        """
        select s.id, s.status, s.channel, other.metric, min(greatest(lower(other.period), lower(mine.period))),
               max(least(upper(other.period), upper(mine.period)) - 1)
          from result_coverage mine
          join result_coverage other
            on other.campaign_id = mine.campaign_id and other.part = mine.part and other.series = mine.series
           and other.metric = mine.metric and other.period && mine.period and other.result_set_id <> mine.result_set_id
           and other.claim = 'accepted'
          join result_sets s on s.id = other.result_set_id
         where mine.result_set_id = $1 and other.result_set_id is distinct from $2
         group by s.id, s.status, s.channel, other.metric
         order by s.id, other.metric limit 20
        """, name: "resultSets.inTheWay")

    /// The same for a set that is not stored yet: what would cover the days that these readings cover.
    static let wouldBeInTheWay = SQLStatement(
        """
        select s.id, s.status, s.channel, c.metric, min(greatest(lower(c.period), w.starts)),
               max(least(upper(c.period) - 1, w.ends))
          from unnest($2::text[], $3::date[], $4::date[]) as w(metric, starts, ends)
          join result_coverage c on c.campaign_id = $1 and c.metric = w.metric and c.part = any ($5)
           and c.series = $6 and c.period && daterange(w.starts, w.ends, '[]')
          join result_sets s on s.id = c.result_set_id
         where c.result_set_id is distinct from $7
         group by s.id, s.status, s.channel, c.metric
         order by s.id, c.metric limit 200
        """, name: "resultSets.wouldBeInTheWay")

    /// The sets that stand of a file with this digest, in the order of its rows, with what tells whether they still say
    /// what the file says.
    static let bySource = SQLStatement(
        """
        select s.id, s.channel, s.role, s.breakdown, s.digest from result_sets s
         where s.campaign_id = $1 and s.source_sha256 = $2 and s.status not in ('withdrawn', 'superseded')
         order by coalesce((select min(r.line) from readings r where r.result_set_id = s.id),
                           (select min(b.line[1]) from reading_blocks b where b.result_set_id = s.id)), s.id
        """, name: "resultSets.bySource")

    /// Figures are derived before: what covers days is a figure of something that adds, with a value or a masked one.
    static let cover = SQLStatement(
        """
        insert into result_coverage (result_set_id, organisation_id, campaign_id, part, series, metric, claim, period)
        select s.id, s.organisation_id, s.campaign_id, part, case s.role when 'primary' then 'primary' else s.breakdown end,
               covered.metric, 'pending', period
          from result_sets s
          join (select f.metric, range_agg(daterange(f.period_from, f.period_to, '[]')) as periods
                  from result_figures f
                 where f.result_set_id = $1 and f.readings > f.missing + f.not_applicable
                   and f.additivity in ('count', 'countPerChannel', 'quantity', 'money')
                 group by f.metric) covered on true
          cross join unnest($2::text[]) part
          cross join unnest(covered.periods) period
         where s.id = $1
        """, name: "resultSets.cover")

    /// Snapshots that stand for some of the same things as a new one, whatever days either names; and whether they stand
    /// for others besides.
    static let snapshotsInTheWay = SQLStatement(
        """
        select s.id, s.status, s.channel, 'snapshot', s.period_from, s.period_to,
               exists (select from readings r where r.result_set_id = s.id and coalesce(r.content, '') <> all ($5::text[]))
               or exists (select from reading_blocks b where b.result_set_id = s.id and not b.content <@ $5::text[])
          from result_sets s
         where s.campaign_id = $1 and s.channel = $2 and s.role = $3 and s.breakdown = $4 and s.snapshot
           and s.status in ('draft', 'submitted', 'returned', 'accepted')
           and (exists (select from readings r where r.result_set_id = s.id and coalesce(r.content, '') = any ($5::text[]))
                or exists (select from reading_blocks b where b.result_set_id = s.id and b.content && $5::text[]))
         order by s.created_at, s.id
        """, name: "resultSets.snapshotsInTheWay")

    /// What a set covers and other claims do not.
    static let coveredAlone = SQLStatement(
        """
        select c.metric, lower(p), upper(p) - 1
          from (select c.metric, range_agg(c.period) as days from result_coverage c
                 where c.result_set_id = $1
                   and c.part = (select min(o.part) from result_coverage o where o.result_set_id = $1)
                 group by c.metric) c
          left join (select w.metric, range_agg(daterange(w.starts, w.ends, '[]')) as days
                       from unnest($2::text[], $3::date[], $4::date[]) as w(metric, starts, ends)
                      group by w.metric) n on n.metric = c.metric,
               unnest(c.days - coalesce(n.days, '{}'::datemultirange)) p
         order by 1, 2 limit 100
        """, name: "resultSets.coveredAlone")

    static let uncover = SQLStatement(
        "delete from result_coverage where result_set_id = $1", name: "resultSets.uncover")

    static let claim = SQLStatement(
        "update result_coverage set claim = 'accepted' where result_set_id = $1",
        name: "resultSets.claim")

    static let setStage = SQLStatement(
        "update result_figures set stage = $2 where result_set_id = $1", name: "resultSets.setStage"
    )

    /// Who took which step of a set.
    static let steps = SQLStatement(
        """
        select t.sequence, t.step, t.reason, t.at, t.principal_id, p.role, p.name
          from result_set_steps t
          left join sec.people_behind(array(select x.principal_id from result_set_steps x where x.result_set_id = $1)) p
            on p.id = t.principal_id
         where t.result_set_id = $1 order by t.sequence
        """, name: "resultSets.steps")

    static let objections = SQLStatement(
        """
        select o.returned_by, o.settled_by, o.reason, o.metric, o.period_from, o.period_to, o.content, o.cell, o.state,
               o.qualifier, trim_scale(o.value)::text, o.currency, null::text, null::integer
          from result_objections o where o.result_set_id = $1 order by o.returned_by, o.number
        """, name: "resultSets.objections")

    /// With the return that was made just before, in the same transaction.
    static let object = SQLStatement(
        """
        insert into result_objections (organisation_id, campaign_id, result_set_id, returned_by, number, metric, period_from,
                                       period_to, content, cell, state, qualifier, value, currency, reason)
        select s.organisation_id, s.campaign_id, s.id,
               (select max(t.sequence) from result_set_steps t where t.result_set_id = s.id), o.number, r.metric,
               r.period_from, r.period_to, r.content, r.cell, r.state, r.qualifier, r.value, r.currency, o.reason
          from unnest($2::integer[], $3::text[]) with ordinality as o(reading, reason, number)
          join result_sets s on s.id = $1
          join (select r.number, r.metric, r.period_from, r.period_to, r.content, r.cell, r.state, r.qualifier, r.value,
                       r.currency
                  from readings r where r.result_set_id = $1
                union all
                select b.first_number + u.place::integer - 1, u.metric, u.period_from, u.period_to,
                       nullif(u.content, ''), nullif(u.cell, ''), u.state, u.qualifier, nullif(u.value, '')::numeric,
                       nullif(u.currency, '')
                  from reading_blocks b,
                       unnest(b.metric, b.period_from, b.period_to, b.content, b.cell, b.state, b.qualifier, b.value,
                              b.currency) with ordinality
                           as u(metric, period_from, period_to, content, cell, state, qualifier, value, currency, place)
                 where b.result_set_id = $1) r on r.number = o.reading
        """, name: "resultSets.object")

    static let all: [SQLStatement] = [
        steps, objections, object, byId, list, lock, byIdForFunder, listForFunder, insert, update,
        submit, review, withdraw,
        retire,
        lockCampaign, standingPrimary, acceptedPrimary, neighbours, claims, bySource, inTheWay,
        wouldBeInTheWay, snapshotsInTheWay, coveredAlone,
        cover, uncover,
        claim, setStage,
    ]
}
