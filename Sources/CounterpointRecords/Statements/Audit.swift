// The log of who changed what. Entries are written by the database's own function, which takes the actor from the
// signed context: no statement can name another.

import CounterpointModel
import Postgres

enum Audit {
    static let write = SQLStatement(
        "select sec.audit($1, $2, $3, $4, $5, $6, $7, $8)", name: "audit.write")

    static let list = SQLStatement(
        """
        select e.chain, e.sequence, e.at, e.principal_id, e.token_id, e.request_id, e.action, e.subject_kind,
               e.subject_id, e.organisation_id, d.before, d.after, encode(e.hash, 'hex'),
               encode(e.previous, 'hex')
          from audit_entries e left join audit_details d on d.chain = e.chain and d.sequence = e.sequence
         where ($1::timestamptz is null or (e.at, e.chain, e.sequence) > ($1, $2, $3))
           and ($5::uuid is null or e.chain = $5)
           and ($6::uuid is null or e.organisation_id = $6)
           and ($7::uuid is null or e.subject_id = $7)
           and ($8::uuid is null or e.principal_id = $8)
           and ($9::text is null or e.action = $9)
           and ($10::timestamptz is null or e.at >= $10)
           and ($11::timestamptz is null or e.at < $11)
         order by e.at, e.chain, e.sequence limit $4
        """, name: "audit.list")

    static let chains = SQLStatement(
        "select c.chain, c.length, c.head from audit_chains c order by c.chain", name: "audit.chains")

    static let links = SQLStatement(
        """
        select e.sequence, e.previous, e.hash, e.digest, concat_ws('|', e.sequence, e.chain,
               (extract(epoch from e.at) * 1000000)::bigint, coalesce(e.principal_id::text, '-'),
               coalesce(e.token_id::text, '-'), coalesce(e.request_id, '-'), e.action, e.subject_kind, e.subject_id,
               coalesce(e.organisation_id::text, '-')),
               d.salt, d.before, d.after
          from audit_entries e left join audit_details d on d.chain = e.chain and d.sequence = e.sequence
         where e.chain = $1 and e.sequence > $2 order by e.sequence limit $3
        """, name: "audit.links")

    static let all: [SQLStatement] = [write, list, chains, links]
}
