-- People can be forgotten, and the log still verifies.
--
-- The chain of the log covers salted digests; what was written, and the salt, are kept apart in audit_details. Erasing
-- destroys those two. The erasure itself is an entry in the installation's chain that names every entry it emptied, so
-- that an empty one no erasure names is known for what it is: somebody's tampering.
--
-- Reading order: the table's rule → the flag → the head of a chain → what mentions a person → the two erasures.

set local role counterpoint_owner;

alter table audit_details
    alter column salt drop not null,
    -- The number of the erasure's entry in the installation's chain.
    add column erased_by bigint,
    add constraint erased_is_empty check
        (case when erased_by is null then salt is not null else salt is null and before is null and after is null end);

reset role;

grant update (salt, before, after, erased_by) on audit_details to counterpoint_verifier;
grant update (name, disabled_at) on principals to counterpoint_verifier;
grant delete on organisation_contacts to counterpoint_verifier;
grant update (former) on organisation_merge_moves to counterpoint_verifier;
grant update (body) on idempotency_keys to counterpoint_verifier;

---------------------------------------------------------------------------------------------------------------------
-- The flag: an erasure may empty a detail, and nothing else may pass for one. Made and checked as in schema/0006.

set local role counterpoint_verifier;

create function sec.erasing_flag() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(concat_ws('|', 'erasing', pg_backend_pid(),
               (extract(epoch from now()) * 1000000)::bigint, pg_current_xact_id()), 'UTF8'))), 'hex')
      from sec.context_key k
$$;

create function sec.keep_details() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if tg_op <> 'UPDATE' or current_setting('counterpoint.erasing', true) is distinct from sec.erasing_flag() then
        raise exception '% is append-only', tg_table_name using errcode = '42501';
    end if;
    return null;
end $$;
grant execute on function sec.keep_details() to counterpoint_owner;

reset role;
set local role counterpoint_owner;
create trigger append_only before update or delete or truncate on audit_details
    for each statement execute function sec.keep_details();
reset role;

---------------------------------------------------------------------------------------------------------------------
-- Writing an entry, as in schema/0001, but that the chain's row is made only where it is missing, and that a request id
-- of '-', which the hash cannot tell from none, is none.

set local role counterpoint_verifier;

create or replace function sec.audit(in_chain uuid, request_id text, action text, subject_kind text, subject_id uuid,
        organisation_id uuid, before text, after text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    head     audit_chains;
    salt     bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    digest   bytea;
    written  timestamptz;
    hash     bytea;
    principal uuid := sec.claim(5)::uuid;
    token     uuid := sec.claim(7)::uuid;
    request   text := nullif(audit.request_id, '-');
    -- Things of no programme go into the installation's own chain.
    target   uuid := coalesce(in_chain, '00000000-0000-0000-0000-000000000000');
begin
    digest := sha256(salt || coalesce(convert_to('b' || before, 'UTF8'), 'n'::bytea)
                          || '\x00'::bytea || coalesce(convert_to('a' || after, 'UTF8'), 'n'::bytea));
    -- From here on whoever writes to the same chain waits until this transaction ends.
    select * into head from public.audit_chains c where c.chain = target for update;
    if not found then
        insert into public.audit_chains (chain, head) values (target, sha256(uuid_send(target))) on conflict do nothing;
        select * into head from public.audit_chains c where c.chain = target for update;
    end if;
    written := date_trunc('microseconds', clock_timestamp());
    hash := sha256(head.head || convert_to(concat_ws('|', head.length + 1, target,
        (extract(epoch from written) * 1000000)::bigint, coalesce(principal::text, '-'), coalesce(token::text, '-'),
        coalesce(request, '-'), action, subject_kind, subject_id, coalesce(organisation_id::text, '-')), 'UTF8') || digest);
    insert into public.audit_entries (chain, sequence, at, principal_id, token_id, request_id, action, subject_kind,
            subject_id, organisation_id, digest, previous, hash)
        values (target, head.length + 1, written, principal, token, request, audit.action, audit.subject_kind,
            audit.subject_id, audit.organisation_id, digest, head.head, hash);
    insert into public.audit_details (chain, sequence, salt, before, after)
        values (target, head.length + 1, salt, audit.before, audit.after);
    update public.audit_chains c set length = head.length + 1, head = hash where c.chain = target;
    return head.length + 1;
end $$;

---------------------------------------------------------------------------------------------------------------------
-- Erasing

-- Writes the erasure's entry, with the places it empties, and empties them. Internal: the functions below check first.
create function sec.erase_details(places jsonb, request text, action text, kind text, subject uuid, organisation uuid,
        about jsonb) returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    entry bigint;
begin
    entry := sec.audit(null, request, action, kind, subject, organisation, null,
        (about || jsonb_build_object('entries', places))::text);
    perform set_config('counterpoint.erasing', sec.erasing_flag(), true);
    update public.audit_details d set salt = null, before = null, after = null, erased_by = entry
      from jsonb_array_elements(places) as p(place)
     where d.chain = (p.place->>0)::uuid and d.sequence = (p.place->>1)::bigint;
    perform set_config('counterpoint.erasing', '', true);
    return jsonb_array_length(places);
end $$;

create function sec.require_administrator() returns void
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if not sec.acts_as('administrator') then
        raise exception 'Only an administrator can erase what the record knows of a person.'
            using errcode = 'CP013', constraint = 'notPermitted';
    end if;
end $$;

-- Forgets a principal: its name, the labels of its tokens, the answers kept under its keys, and what the log says of it
-- and of its tokens. Its id stays, so that who did what is still one and the same nobody. It can be done again, which
-- does nothing but for what came since.
create function sec.erase_principal(erased uuid, why text, request text) returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    holder principals;
    places jsonb;
begin
    perform sec.require_administrator();
    select * into holder from public.principals p where p.id = erased for update;
    if holder.id is null then raise exception 'no such principal' using errcode = 'CP003'; end if;
    if erased = sec.principal() then
        raise exception 'Nobody can erase themselves; have another administrator do it.'
            using errcode = 'CP010', constraint = 'oneself';
    end if;
    update public.principals p
       set name = 'Erased ' || left(erased::text, 8), disabled_at = coalesce(p.disabled_at, now()), updated_at = now(),
           version = p.version + 1
     where p.id = erased;
    update public.tokens t set label = 'erased', revoked_at = coalesce(t.revoked_at, now()), version = t.version + 1
     where t.principal_id = erased and t.label <> 'erased';
    update public.idempotency_keys k set body = '{}' where k.principal_id = erased and k.body is not null;
    select coalesce(jsonb_agg(jsonb_build_array(e.chain, e.sequence) order by e.chain, e.sequence), '[]') into places
      from public.audit_entries e join public.audit_details d on d.chain = e.chain and d.sequence = e.sequence
     where (e.subject_id = erased or e.subject_id in (select t.id from public.tokens t where t.principal_id = erased))
       and d.erased_by is null and e.action <> 'principal.erased';
    return sec.erase_details(places, request, 'principal.erased', 'principal', erased, holder.organisation_id,
        jsonb_build_object('reason', why));
end $$;

-- A contact's name that nobody can guess back without the key of this installation: an erasure's entry may say it, and
-- after a restore the same contact is found by it again.
create function sec.contact_mark(organisation uuid, name text) returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(k.outer_key || sha256(k.inner_key ||
               convert_to(concat_ws('|', 'contact', organisation, name), 'UTF8'))), 'hex')
      from sec.context_key k
$$;

-- Whether a document of the log has this contact among its contacts.
create function sec.names_contact(document text, organisation uuid, mark text, emails text[]) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    contacts jsonb;
begin
    contacts := document::jsonb -> 'contacts';
    if contacts is null or jsonb_typeof(contacts) <> 'array' then return false; end if;
    return exists (select from jsonb_array_elements(contacts) as c(one)
                    where sec.contact_mark(organisation, c.one->>'name') = mark or c.one->>'email' = any (emails));
exception
    when invalid_text_representation then return false;
end $$;

-- Forgets one contact of an organisation, by name or by the mark that an earlier erasure left in the log: the contact,
-- what the log says of it, and what merges and kept answers repeat of it.
create function sec.forget_contact(forgetting uuid, contact_name text, contact_mark text, why text, request text)
    returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    mark    text := coalesce(forget_contact.contact_mark, sec.contact_mark(forgetting, contact_name));
    listed  organisation_contacts[];
    emails  text[];
    texts   bytea[];
    parts   uuid[];
    places  jsonb;
begin
    perform sec.require_administrator();
    perform from public.organisations o where o.id = forgetting and o.merged_into is null for update;
    if not found then raise exception 'no such organisation' using errcode = 'CP012'; end if;
    select coalesce(array_agg(c), '{}') into listed from public.organisation_contacts c
     where c.organisation_id = forgetting and sec.contact_mark(forgetting, c.name) = mark;
    select coalesce(array_agg(distinct c.email) filter (where c.email <> ''), '{}'),
           coalesce(array_agg(distinct convert_to(c.name, 'UTF8')), '{}')
             || coalesce(array_agg(distinct convert_to(c.email, 'UTF8')) filter (where c.email <> ''), '{}')
      into emails, texts from unnest(listed) as c;
    parts := array(select m.lost_id from public.organisation_merges m
                    where m.survivor_id = forgetting and m.undone_at is null) || forgetting;
    select coalesce(jsonb_agg(jsonb_build_array(e.chain, e.sequence) order by e.chain, e.sequence), '[]') into places
      from public.audit_entries e join public.audit_details d on d.chain = e.chain and d.sequence = e.sequence
     where e.organisation_id = any (parts) and e.subject_kind = 'organisation' and d.erased_by is null
       and e.action <> 'organisation.contactForgotten'
       and (sec.names_contact(d.before, forgetting, mark, emails) or sec.names_contact(d.after, forgetting, mark, emails));
    if cardinality(listed) = 0 and places = '[]' then
        raise exception 'Neither the organisation nor the log has a contact of exactly that name.'
            using errcode = 'CP010', constraint = 'noSuchContact';
    end if;
    update public.organisation_merge_moves m set former = '{}'
     where m.relation = 'organisation_contacts' and m.former->>'digest' in (select sec.contact_digest(c) from unnest(listed) as c);
    delete from public.organisation_contacts c
     where c.organisation_id = forgetting and sec.contact_mark(forgetting, c.name) = mark;
    update public.idempotency_keys k set body = '{}'
     where exists (select from unnest(texts) as t(text) where length(t.text) >= 3 and position(t.text in k.body) > 0);
    update public.organisations o set updated_at = now(), version = o.version + 1 where o.id = forgetting;
    return sec.erase_details(places, request, 'organisation.contactForgotten', 'organisation', forgetting, forgetting,
        jsonb_build_object('reason', why, 'mark', mark, 'contacts', cardinality(listed)));
end $$;

grant execute on function sec.erase_principal(uuid, text, text), sec.forget_contact(uuid, text, text, text, text)
    to counterpoint_admin;

reset role;
