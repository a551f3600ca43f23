// Organisations as they are stored: every statement about them, each beside the rows that it produces.

import CounterpointModel
import Postgres

enum Organisations {
    private static let columns: StaticString = """
        select o.id, o.name, o.kind, o.country, o.aliases, o.public_alias, o.languages, o.safety, o.standing,
               array(select i.scheme || ' ' || i.number from organisation_identifiers i
                      where i.organisation_id = o.id order by i.position),
               (select jsonb_agg(jsonb_build_object('name', c.name, 'role', c.role, 'email', c.email,
                                                    'phone', c.phone, 'note', c.note) order by c.position)
                  from organisation_contacts c where c.organisation_id = o.id),
               k.checked, k.source, k.checked_on, k.expires_on, o.created_at, o.updated_at, o.version
          from organisations o
          left join lateral (select c.checked, c.source, c.checked_on, c.expires_on from organisation_checks c
                              where c.organisation_id = o.id and c.standing = 'eligible'
                              order by c.sequence desc limit 1) k on true
        """

    static let byId = SQLStatement(
        columns, "where o.id = $1 and o.merged_into is null", name: "organisations.byId")

    static let lock = SQLStatement(
        columns, "where o.id = $1 and o.merged_into is null for update of o",
        name: "organisations.lock")

    static let list = SQLStatement(
        columns,
        """
        where o.merged_into is null
          and ($1::timestamptz is null or (o.created_at, o.id) > ($1, $2))
          and ($4::text is null or o.kind = $4)
          and ($5::text is null or o.country = $5)
          and ($6::text is null or o.standing = $6)
          and ($7::text is null or o.safety = $7)
          and ($8::uuid is null or exists (select from programme_organisations p
                                            where p.organisation_id = o.id and p.programme_id = $8))
          and ($9::text is null or exists (select from organisation_identifiers i
                where i.organisation_id = o.id and i.scheme = $9 and i.number = $10))
          and ($11::text is null or position(lower($11) in lower(o.name)) > 0
                or exists (select from unnest(o.aliases) a where position(lower($11) in lower(a)) > 0))
        order by o.created_at, o.id limit $3
        """, name: "organisations.list")

    static let insert = SQLStatement(
        """
        insert into organisations (id, name, kind, country, aliases, public_alias, languages, safety)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """, name: "organisations.insert")

    static let insertIdentifiers = SQLStatement(
        """
        insert into organisation_identifiers (organisation_id, position, scheme, number)
        select $1, row_number() over (), scheme, number from unnest($2::text[], $3::text[]) as i(scheme, number)
        """, name: "organisations.insertIdentifiers")

    static let deleteIdentifiers = SQLStatement(
        "delete from organisation_identifiers where organisation_id = $1",
        name: "organisations.deleteIdentifiers")

    static let insertContacts = SQLStatement(
        """
        insert into organisation_contacts (organisation_id, position, name, role, email, phone, note)
        select $1, c.position, c.contact->>'name', c.contact->>'role', c.contact->>'email', c.contact->>'phone',
               c.contact->>'note'
          from jsonb_array_elements($2::jsonb) with ordinality as c(contact, position)
        """, name: "organisations.insertContacts")

    static let deleteContacts = SQLStatement(
        "delete from organisation_contacts where organisation_id = $1",
        name: "organisations.deleteContacts")

    static let update = SQLStatement(
        """
        update organisations
           set name = $2, aliases = $3, public_alias = $4, languages = $5, safety = $6,
               updated_at = now(), version = version + 1
         where id = $1
        """, name: "organisations.update")

    // Columns that an NGO has no privilege to write have a statement of their own.
    static let updateIdentity = SQLStatement(
        "update organisations set kind = $2, country = $3 where id = $1",
        name: "organisations.updateIdentity")

    static let updateStanding = SQLStatement(
        """
        update organisations set standing = $2, standing_on = $3, updated_at = now(), version = version + 1
         where id = $1
        """, name: "organisations.updateStanding")

    static let insertCheck = SQLStatement(
        """
        insert into organisation_checks (organisation_id, sequence, standing, checked, source, checked_on, expires_on)
        select $1, coalesce(max(sequence), 0) + 1, $2, $3, $4, $5, $6
          from organisation_checks where organisation_id = $1
        """, name: "organisations.insertCheck")

    static let identifierTaken = SQLStatement(
        """
        select i.scheme, i.number, o.id, o.name
          from unnest($1::text[], $2::text[]) as w(scheme, number)
          join organisation_identifiers i on i.scheme = w.scheme and i.number = w.number
          join organisations o on o.id = i.organisation_id
         where o.id <> $3
        """, name: "organisations.identifierTaken")

    static let published = SQLStatement(
        """
        select o.id, o.name, o.kind, o.country, o.safety from sec.funded_organisations() o
         where ($1::uuid is null or o.id = $1)
           and ($2::uuid is null or o.id > $2)
         order by o.id limit $3
        """, name: "organisations.published")

    // A funder may read its own entry, but none of what hangs on it.
    static let ownOfFunder = SQLStatement(
        "select o.id, o.name, o.kind, o.country, o.safety from organisations o where o.id = $1",
        name: "organisations.ownOfFunder")

    static let all: [SQLStatement] = [
        ownOfFunder,
        byId, lock, list, insert, insertIdentifiers, deleteIdentifiers, insertContacts,
        deleteContacts,
        update, updateIdentity, updateStanding, insertCheck, identifierTaken, published,
    ]
}
