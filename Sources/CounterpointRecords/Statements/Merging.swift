// Merges of organisations as they are stored. The database's own functions move the rows (schema/0006): they need rights
// that no caller has, and check the caller's themselves.

import CounterpointModel
import Postgres

enum Merging {
    /// What the search for duplicates looks at, of every organisation that the caller can see.
    static let candidates = SQLStatement(
        """
        select o.id, o.name, o.kind, o.country, o.standing, o.aliases,
               array(select i.scheme || ' ' || i.number from organisation_identifiers i
                      where i.organisation_id = o.id order by i.position)
          from organisations o
         where o.merged_into is null and ($2::text is null or o.country = $2)
         order by o.created_at, o.id limit $1
        """, name: "merging.candidates")

    static let merge = SQLStatement(
        "select sec.merge_organisations($1, $2, $3, $4)", name: "merging.merge")

    static let undo = SQLStatement("select sec.undo_merge($1, $2, $3)", name: "merging.undo")

    static let mergedInto = SQLStatement("select sec.merged_into($1)", name: "merging.mergedInto")

    private static let columns: StaticString = """
        select m.id, m.lost_id, m.survivor_id, m.reason, m.merged_by, m.merged_at, counts.tables, counts.moved,
               m.undone_by, m.undone_at, m.undone_reason, m.added_since
          from organisation_merges m
         cross join lateral (
            select coalesce(array_agg(t.relation order by t.relation), '{}') as tables,
                   coalesce(array_agg(t.moved order by t.relation), '{}') as moved
              from (select v.relation, sum(v.moved)::bigint as moved from organisation_merge_moves v
                     where v.merge_id = m.id group by v.relation) t) counts
        """

    /// By the merge's own id, or the merge that stands of the lost organisation with this id.
    static let find = SQLStatement(
        columns, "where m.id = $1 or (m.lost_id = $1 and m.undone_at is null)",
        name: "merging.find")

    static let ofSurvivor = SQLStatement(
        columns,
        """
        where m.survivor_id = $1 and ($2::timestamptz is null or (m.merged_at, m.id) > ($2, $3))
        order by m.merged_at, m.id limit $4
        """, name: "merging.ofSurvivor")

    static let all: [SQLStatement] = [candidates, merge, undo, mergedInto, find, ofSurvivor]
}
