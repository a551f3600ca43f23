// Programmes, their funders, and the organisations that take part.

import CounterpointModel
import Postgres

enum Programmes {
    private static let columns: StaticString = """
        select p.id, p.name, p.currency, b.budget_minor, p.starts_on, p.ends_on,
               array(select f.organisation_id from programme_funders f
                      where f.programme_id = p.id order by f.position),
               p.created_at, p.updated_at, p.version
          from programmes p left join programme_budgets b on b.programme_id = p.id
        """

    static let byId = SQLStatement(columns, "where p.id = $1", name: "programmes.byId")

    static let lock = SQLStatement(
        columns, "where p.id = $1 for update of p", name: "programmes.lock")

    static let list = SQLStatement(
        columns,
        """
        where ($1::timestamptz is null or (p.created_at, p.id) > ($1, $2))
          and ($4::uuid is null or exists (select from programme_funders f
                                            where f.programme_id = p.id and f.organisation_id = $4))
          and ($5::date is null or (p.starts_on <= $5 and p.ends_on >= $5))
          and ($6::text is null or position(lower($6) in lower(p.name)) > 0)
        order by p.created_at, p.id limit $3
        """, name: "programmes.list")

    static let insert = SQLStatement(
        "insert into programmes (id, name, currency, starts_on, ends_on) values ($1, $2, $3, $4, $5)",
        name: "programmes.insert")

    static let update = SQLStatement(
        """
        update programmes set name = $2, starts_on = $3, ends_on = $4, updated_at = now(), version = version + 1
         where id = $1
        """, name: "programmes.update")

    static let setBudget = SQLStatement(
        """
        insert into programme_budgets (programme_id, currency, budget_minor) values ($1, $2, $3)
        on conflict (programme_id) do update set budget_minor = excluded.budget_minor
        """, name: "programmes.setBudget")

    static let clearBudget = SQLStatement(
        "delete from programme_budgets where programme_id = $1", name: "programmes.clearBudget")

    static let insertFunders = SQLStatement(
        """
        insert into programme_funders (programme_id, organisation_id, position)
        select $1, f.id, f.position from unnest($2::uuid[]) with ordinality as f(id, position)
        """, name: "programmes.insertFunders")

    static let deleteFunders = SQLStatement(
        "delete from programme_funders where programme_id = $1", name: "programmes.deleteFunders")

    static let takePart = SQLStatement(
        """
        insert into programme_organisations (programme_id, organisation_id)
        select $1, w.id from unnest($2::uuid[]) as w(id) on conflict do nothing
        """, name: "programmes.takePart")

    /// The organisations among those named that the caller can see, with their kind.
    static let visibleOrganisations = SQLStatement(
        "select o.id, o.kind from organisations o where o.id = any ($1) and o.merged_into is null",
        name: "programmes.visibleOrganisations")

    static let addManager = SQLStatement(
        "insert into programme_managers (programme_id, principal_id) values ($1, $2) on conflict do nothing",
        name: "programmes.addManager")

    static let all: [SQLStatement] = [
        byId, lock, list, insert, update, setBudget, clearBudget, insertFunders, deleteFunders,
        takePart,
        visibleOrganisations, addManager,
    ]
}
