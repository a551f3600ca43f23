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

    // As published: under a title that names nobody who is not to be named, without moments and version.
    private static let published: StaticString = """
        select g.id, g.programme_id, g.organisation_id, g.title, g.currency, g.amount_minor, g.starts_on, g.ends_on,
               g.status, g.agreement_signed_on,
               array(select i.due_on from grant_instalments i where i.grant_id = g.id order by i.number),
               array(select i.amount_minor from grant_instalments i where i.grant_id = g.id order by i.number),
               array(select i.after_report from grant_instalments i where i.grant_id = g.id order by i.number),
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

    static let all: [SQLStatement] = [
        byId, lock, list, byIdForFunder, listForFunder, insert, update, insertInstalments, deleteInstalments, move,
        insertDecision,
        committed, today,
    ]
}
