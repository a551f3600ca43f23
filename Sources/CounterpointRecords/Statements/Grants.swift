// Grants, their instalments, and the decisions that moved them.

import CounterpointModel
import Postgres

enum Grants {
    private static let columns: StaticString = """
        select g.id, g.programme_id, g.organisation_id, g.title, g.currency, g.amount_minor, g.starts_on, g.ends_on,
               g.status, g.agreement_signed_on,
               array(select i.due_on from grant_instalments i where i.grant_id = g.id order by i.number),
               array(select i.amount_minor from grant_instalments i where i.grant_id = g.id order by i.number),
               array(select i.after_report from grant_instalments i where i.grant_id = g.id order by i.number),
               (select r.every_months from grant_reporting r where r.grant_id = g.id),
               (select r.due_after_days from grant_reporting r where r.grant_id = g.id),
               array(select p.period_from from grant_reporting_periods p where p.grant_id = g.id order by p.number),
               array(select p.period_to from grant_reporting_periods p where p.grant_id = g.id order by p.number),
               array(select p.due_on from grant_reporting_periods p where p.grant_id = g.id order by p.number),
               g.created_at, g.updated_at, g.version, g.public_title
          from grants g
        """

    static let byId = SQLStatement(columns, "where g.id = $1", name: "grants.byId")

    static let lock = SQLStatement(columns, "where g.id = $1 for update of g", name: "grants.lock")

    static let list = SQLStatement(
        columns,
        """
        where ($1::timestamptz is null or (g.created_at, g.id) > ($1, $2))
          and ($4::uuid is null or g.programme_id = $4)
          and ($5::uuid is null or g.organisation_id = $5)
          and ($6::text is null or g.status = $6)
        order by g.created_at, g.id limit $3
        """, name: "grants.list")

    // As published: under a title that names nobody who is not to be named, without moments and version, and without what
    // is awaited from the organisation.
    private static let published: StaticString = """
        select g.id, g.programme_id, g.organisation_id, g.title, g.currency, g.amount_minor, g.starts_on, g.ends_on,
               g.status, g.agreement_signed_on,
               array(select i.due_on from grant_instalments i where i.grant_id = g.id order by i.number),
               array(select i.amount_minor from grant_instalments i where i.grant_id = g.id order by i.number),
               array(select i.after_report from grant_instalments i where i.grant_id = g.id order by i.number),
               null::smallint, null::smallint, '{}'::date[], '{}'::date[], '{}'::date[],
               timestamptz '2000-01-01 00:00:00+00', timestamptz '2000-01-01 00:00:00+00', 0::integer, null::text
          from sec.published_grants() g
        """

    static let byIdForFunder = SQLStatement(
        published, "where g.id = $1", name: "grants.byIdForFunder")

    static let listForFunder = SQLStatement(
        published,
        """
        where ($1::uuid is null or g.id > $1)
          and ($3::uuid is null or g.programme_id = $3)
          and ($4::uuid is null or g.organisation_id = $4)
          and ($5::text is null or g.status = $5)
        order by g.id limit $2
        """, name: "grants.listForFunder")

    static let insert = SQLStatement(
        """
        insert into grants (id, programme_id, organisation_id, title, amount_minor, currency, starts_on, ends_on,
                            public_title)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """, name: "grants.insert")

    static let update = SQLStatement(
        """
        update grants set title = $2, amount_minor = $3, starts_on = $4, ends_on = $5, agreement_signed_on = $6,
               public_title = $7,
               updated_at = now(), version = version + 1
         where id = $1
        """, name: "grants.update")

    static let insertInstalments = SQLStatement(
        """
        insert into grant_instalments (organisation_id, grant_id, number, due_on, amount_minor, after_report)
        select $1, $2, row_number() over (), i.due_on, i.amount_minor, i.after_report
          from unnest($3::date[], $4::bigint[], $5::boolean[]) as i(due_on, amount_minor, after_report)
        """, name: "grants.insertInstalments")

    static let deleteInstalments = SQLStatement(
        "delete from grant_instalments where grant_id = $1", name: "grants.deleteInstalments")

    static let insertReporting = SQLStatement(
        """
        insert into grant_reporting (organisation_id, grant_id, every_months, due_after_days) values ($1, $2, $3, $4)
        """, name: "grants.insertReporting")

    static let insertReportingPeriods = SQLStatement(
        """
        insert into grant_reporting_periods (organisation_id, grant_id, number, period_from, period_to, due_on)
        select $1, $2, p.number, p.period_from, p.period_to, p.due_on
          from unnest($3::date[], $4::date[], $5::date[]) with ordinality
            as p(period_from, period_to, due_on, number)
        """, name: "grants.insertReportingPeriods")

    static let deleteReporting = SQLStatement(
        "delete from grant_reporting where grant_id = $1", name: "grants.deleteReporting")

    static let deleteReportingPeriods = SQLStatement(
        "delete from grant_reporting_periods where grant_id = $1",
        name: "grants.deleteReportingPeriods")

    static let move = SQLStatement(
        """
        update grants set status = $2, agreement_signed_on = coalesce(agreement_signed_on, $3),
               updated_at = now(), version = version + 1
         where id = $1
        """, name: "grants.move")

    static let insertDecision = SQLStatement(
        """
        insert into grant_decisions (organisation_id, grant_id, sequence, from_status, to_status, decided_on, reason)
        select $1, $2, coalesce(max(sequence), 0) + 1, $3, $4, $5, $6 from grant_decisions where grant_id = $2
        """, name: "grants.insertDecision")

    /// What the programme has promised beside this grant. Run with the programme's row locked.
    static let committed = SQLStatement(
        """
        select coalesce(sum(g.amount_minor), 0)::bigint from grants g
         where g.programme_id = $1 and g.id <> $2 and g.status in ('awarded', 'active', 'suspended', 'closed')
        """, name: "grants.committed")

    static let today = SQLStatement("select current_date", name: "grants.today")

    /// The day it is in UTC, wherever the server stands: a due day is over when it is over there.
    static let todayInUTC = SQLStatement(
        "select (now() at time zone 'utc')::date", name: "grants.todayInUTC")

    /// What each campaign owes each of its grants for each reporting period that it touches and that has begun, with the
    /// sets handed in for it. A primary set answers by its days; a second cut answers nothing. In the order of the due
    /// days; the key tells reports of one due day apart, and is the same whenever it is asked.
    static let reportsDue = SQLStatement(
        """
        select w.key, w.grant_id, w.campaign_id, w.organisation_id, w.programme_id, w.period_from, w.period_to,
               w.needed_from, w.needed_to, w.due_on, w.channels, s.ids, s.statuses, s.channels, s.froms, s.tos, s.days
          from (select md5(g.id::text || c.id::text || p.number)::uuid as key, g.id as grant_id, c.id as campaign_id,
                       g.organisation_id, g.programme_id, p.period_from, p.period_to,
                       greatest(p.period_from, c.starts_on) as needed_from, least(p.period_to, c.ends_on) as needed_to,
                       p.due_on, c.channels
                  from grants g
                  join grant_reporting_periods p on p.grant_id = g.id
                  join campaign_grants cg on cg.grant_id = g.id
                  join campaigns c on c.id = cg.campaign_id and c.starts_on <= p.period_to and c.ends_on >= p.period_from
                 where g.status in ('active', 'suspended', 'closed') and c.status <> 'cancelled'
                   and ($3::uuid is null or g.id = $3) and ($4::uuid is null or c.id = $4)
                   and ($5::uuid is null or g.organisation_id = $5) and ($6::uuid is null or g.programme_id = $6)
                   and greatest(p.period_from, c.starts_on) <= (now() at time zone 'utc')::date
                   and ($1::date is null or (p.due_on, md5(g.id::text || c.id::text || p.number)::uuid) > ($1, $2))
                 order by p.due_on, key limit $7) w
         cross join lateral (
            select coalesce(array_agg(s.id order by s.created_at, s.id), '{}') as ids,
                   coalesce(array_agg(s.status order by s.created_at, s.id), '{}') as statuses,
                   coalesce(array_agg(s.channel order by s.created_at, s.id), '{}') as channels,
                   coalesce(array_agg(s.period_from order by s.created_at, s.id), '{}') as froms,
                   coalesce(array_agg(s.period_to order by s.created_at, s.id), '{}') as tos,
                   coalesce(array_agg((s.submitted_at at time zone 'utc')::date order by s.created_at, s.id), '{}') as days
              from result_sets s
             where s.campaign_id = w.campaign_id and s.role = 'primary' and s.submitted_at is not null
               and s.status in ('submitted', 'returned', 'accepted', 'superseded')
               and s.period_from <= w.needed_to and s.period_to >= w.needed_from) s
         order by w.due_on, w.key
        """, name: "grants.reportsDue")

    static let all: [SQLStatement] = [
        byId, lock, list, byIdForFunder, listForFunder, insert, update, insertInstalments,
        deleteInstalments, move,
        insertDecision,
        committed, today, todayInUTC, reportsDue, insertReporting, insertReportingPeriods,
        deleteReporting, deleteReportingPeriods,
    ]
}
