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

    /// The installation's chain, chains with a head, and such as lost it: rows of the log that no head knows. From each
    /// to the next by the keys' order, because a log has few chains and many rows.
    static let chains = SQLStatement(
        """
        with recursive known (chain) as (
            select '00000000-0000-0000-0000-000000000000'::uuid
             union all
            select least(
                    (select c.chain from audit_chains c where c.chain > k.chain order by c.chain limit 1),
                    (select e.chain from audit_entries e where e.chain > k.chain order by e.chain limit 1),
                    (select d.chain from audit_details d where d.chain > k.chain order by d.chain limit 1))
              from known k where k.chain is not null)
        select k.chain from known k where k.chain is not null order by 1
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

    /// Which stretch of which chain `links` is to give, since COPY takes no parameters, and how it is planned: rows are
    /// wanted in order and from the first one on. With nothing sorted, both tables are read in the order of their keys
    /// and merged, where the planner would else collect a whole chain on disk to sort it.
    static let stretch = SQLStatement(
        """
        select set_config('counterpoint.walk_chain', $1::uuid::text, true),
               set_config('counterpoint.walk_after', $2::bigint::text, true),
               set_config('counterpoint.walk_most', $3::bigint::text, true),
               set_config('enable_sort', 'off', true), set_config('jit', 'off', true)
        """, name: "audit.stretch")

    /// Entries as they are stored, with what was written. ("distinct" only tells the planner that a number stands once
    /// on either side; else the merge would put every row aside in case it had to come back to it.)
    static let links = SQLStatement(
        """
        copy (
        select e.sequence, e.previous, e.hash, e.digest, e.at, e.principal_id, e.token_id, e.request_id, e.action,
               e.subject_kind, e.subject_id, e.organisation_id, (d.sequence is not null), d.salt, d.before, d.after,
               d.erased_by
          from audit_entries e
          left join (select distinct on (s.sequence) s.sequence, s.salt, s.before, s.after, s.erased_by
                       from audit_details s
                      where s.chain = current_setting('counterpoint.walk_chain')::uuid
                        and s.sequence > current_setting('counterpoint.walk_after')::bigint
                      order by s.sequence) d on d.sequence = e.sequence
         where e.chain = current_setting('counterpoint.walk_chain')::uuid
           and e.sequence > current_setting('counterpoint.walk_after')::bigint
         order by e.sequence limit current_setting('counterpoint.walk_most')::bigint
        ) to stdout (format binary)
        """, name: "audit.links")

    static let erasePrincipal = SQLStatement(
        "select sec.erase_principal($1, $2, $3)", name: "audit.erasePrincipal")

    static let forgetContact = SQLStatement(
        "select sec.forget_contact($1, $2, $3, $4, $5)", name: "audit.forgetContact")

    static let all: [SQLStatement] = [
        write, list, chains, programmesWithoutChain, standing, stretch, links, erasePrincipal,
        forgetContact,
    ]
}
