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
               encode(e.previous, 'hex'), d.erased_by is not null
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

    /// Chains with a head, and such as lost it: rows of the log that no head knows.
    static let chains = SQLStatement(
        """
        select c.chain from audit_chains c union select e.chain from audit_entries e
         union select d.chain from audit_details d order by 1
        """, name: "audit.chains")

    /// Programmes of which the log knows nothing at all: each is entered when it is added.
    static let programmesWithoutChain = SQLStatement(
        """
        select p.id from programmes p
         where not exists (select from audit_chains c where c.chain = p.id)
           and not exists (select from audit_entries e where e.chain = p.id) order by 1
        """, name: "audit.programmesWithoutChain")

    /// A chain as it stands at one moment: what its head says, and how many rows there are.
    static let standing = SQLStatement(
        """
        select c.length, c.head, (select count(*) from audit_entries e where e.chain = $1),
               (select count(*) from audit_details d where d.chain = $1)
          from (select) one left join audit_chains c on c.chain = $1
        """, name: "audit.standing")

    // What the hash covers is put together here as sec.audit does, but so that two different rows never give the same
    // text: '-' stands for nothing there, and '|' for the end of an item.
    static let links = SQLStatement(
        """
        select e.sequence, e.previous, e.hash, e.digest, concat_ws('|', e.sequence, e.chain,
               case when isfinite(e.at) then (extract(epoch from e.at) * 1000000)::bigint end,
               coalesce(e.principal_id::text, '-'), coalesce(e.token_id::text, '-'),
               case e.request_id when '-' then '--' else coalesce(e.request_id, '-') end,
               replace(e.action, '|', '||'), replace(e.subject_kind, '|', '||'), e.subject_id,
               coalesce(e.organisation_id::text, '-')),
               d.sequence is not null, d.salt, d.before, d.after, d.erased_by, e.action
          from audit_entries e left join audit_details d on d.chain = e.chain and d.sequence = e.sequence
         where e.chain = $1 and e.sequence > $2 order by e.sequence limit $3
        """, name: "audit.links")

    static let erasePrincipal = SQLStatement(
        "select sec.erase_principal($1, $2, $3)", name: "audit.erasePrincipal")

    static let forgetContact = SQLStatement(
        "select sec.forget_contact($1, $2, $3, $4, $5)", name: "audit.forgetContact")

    static let all: [SQLStatement] = [
        write, list, chains, programmesWithoutChain, standing, links, erasePrincipal, forgetContact,
    ]
}
