// Identities of an OpenID provider, and the principals that they are here.

import Postgres

enum Identities {
    private static let columns: StaticString = """
        select i.id, i.issuer, i.subject, i.principal_id, i.created_at, i.ended_at from principal_identities i
        """

    static let byId = SQLStatement(columns, "where i.id = $1", name: "identities.byId")

    static let list = SQLStatement(
        columns,
        """
        where ($1::timestamptz is null or (i.created_at, i.id) > ($1, $2))
          and ($4::uuid is null or i.principal_id = $4)
        order by i.created_at, i.id limit $3
        """, name: "identities.list")

    static let insert = SQLStatement(
        "insert into principal_identities (id, issuer, subject, principal_id) values ($1, $2, $3, $4)",
        name: "identities.insert")

    static let end = SQLStatement(
        "update principal_identities set ended_at = coalesce(ended_at, now()) where id = $1",
        name: "identities.end")

    static let installKey = SQLStatement(
        "select sec.install_identity_key($1)", name: "identities.installKey")

    static let all: [SQLStatement] = [byId, list, insert, end, installKey]
}
