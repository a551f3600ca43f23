// Principals and their tokens. Secrets are hashed before they get here and are read by nobody.

import CounterpointModel
import Postgres

enum Principals {
    private static let columns: StaticString = """
        select p.id, p.name, p.role, p.organisation_id, p.disabled_at, p.created_at, p.updated_at, p.version
          from principals p
        """

    static let byId = SQLStatement(columns, "where p.id = $1", name: "principals.byId")

    static let list = SQLStatement(
        columns,
        """
        where ($1::timestamptz is null or (p.created_at, p.id) > ($1, $2))
          and ($4::text is null or p.role = $4)
          and ($5::uuid is null or p.organisation_id = $5)
        order by p.created_at, p.id limit $3
        """, name: "principals.list")

    static let insert = SQLStatement(
        "insert into principals (id, name, role, organisation_id) values ($1, $2, $3, $4)",
        name: "principals.insert")

    static let disable = SQLStatement(
        """
        update principals set disabled_at = coalesce(disabled_at, now()), updated_at = now(), version = version + 1
         where id = $1
        """, name: "principals.disable")

    static let all: [SQLStatement] = [byId, list, insert, disable]
}

enum Tokens {
    private static let columns: StaticString = """
        select t.id, t.principal_id, t.label, t.created_at, t.expires_at, t.revoked_at, t.last_used_at, t.scopes,
               t.replaces, t.version
          from tokens t
        """

    static let byId = SQLStatement(columns, "where t.id = $1", name: "tokens.byId")

    static let list = SQLStatement(
        columns,
        """
        where ($1::timestamptz is null or (t.created_at, t.id) > ($1, $2))
          and ($4::uuid is null or t.principal_id = $4)
        order by t.created_at, t.id limit $3
        """, name: "tokens.list")

    static let issue = SQLStatement(
        "select sec.issue_token($1, $2, $3, $4, $5)", name: "tokens.issue")
    static let rotate = SQLStatement(
        "select sec.rotate_token($1, $2 * interval '1 hour', $3, $4)", name: "tokens.rotate")
    static let revoke = SQLStatement("select sec.revoke_token($1)", name: "tokens.revoke")
    /// Also when the credential ends that the caller came with; null on the host.
    static let now = SQLStatement("select now(), sec.credential_end()", name: "tokens.now")
    static let noteUse = SQLStatement("select sec.note_use($1)", name: "tokens.noteUse")
    static let clock = SQLStatement("select clock_timestamp()", name: "tokens.clock")

    static let all: [SQLStatement] = [byId, list, issue, rotate, revoke, now, clock, noteUse]
}
