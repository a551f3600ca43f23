-- Signing in: what a token may be used for (scopes), rotation with overlap, and identities of an OpenID provider.
--
-- Reading order: scopes of tokens → signing in (sec.enter, sec.begin, sec.begin_as) → what a scope lets be written
-- (sec.require_scope) → issuing and rotating → identities of a provider (sec.begin_identity).
--
-- Effective right = scopes of the token ∩ role of its holder ∩ row policy. The scopes travel in the signed context, so that
-- a statement slipped into a session cannot widen them, and triggers on every table that callers write to ask for them:
-- triggers cost a reader nothing, which a policy would.

---------------------------------------------------------------------------------------------------------------------
-- Scopes

set local role counterpoint_owner;

alter table tokens
    add column scopes   text[] not null default '{read}'
        constraint token_scopes_are_known check
            (scopes <@ '{read,logResults,review,manage}'::text[] and 'read' = any (scopes)),
    -- The token that this one took over from; the two are live together for a while.
    add column replaces uuid constraint token_replaces_a_token references tokens (id),
    add constraint token_is_replaced_once unique (replaces);
comment on column tokens.scopes is
    'read: see what the holder may see (part of every token). logResults: log, hand in and withdraw results. '
    'review: accept and return them. manage: everything else that the holder may change, tokens included.';

reset role;
set local role counterpoint_verifier;

-- What the acts of a role need, and so the widest token that its holder can have. The same list, derived from the acts,
-- is `Role.scopes` in CounterpointModel; a test holds the two together.
create function sec.role_scopes(role text) returns text[]
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select case role
        when 'administrator' then '{read,logResults,review,manage}'::text[]
        when 'programmeManager' then '{read,logResults,review,manage}'
        when 'ngoEditor' then '{read,logResults,manage}'
        when 'ngoViewer' then '{read,manage}'
        when 'funder' then '{read,manage}'
        else '{read}' end
$$;

-- Tokens from before there were scopes keep what they could do.
update public.tokens t set scopes = sec.role_scopes(p.role)
  from public.principals p where p.id = t.principal_id;

---------------------------------------------------------------------------------------------------------------------
-- Signing in
--
-- The context has two more items: 9 scopes as an array, 10 end of the credential in microseconds. Both are empty for the
-- command line, which has no token: its login may name principals, and scopes would take nothing from it.

drop function sec.begin(text);
drop function sec.begin_as(text);
drop function sec.renew();
drop function sec.enter(principals, uuid);

create function sec.enter(principal principals, token uuid, token_scopes text[], credential_end timestamptz,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[], out scopes text[])
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    claims text;
    signature text;
begin
    role := case principal.role
        when 'administrator' then 'counterpoint_admin' when 'programmeManager' then 'counterpoint_manager'
        when 'funder' then 'counterpoint_funder' when 'auditor' then 'counterpoint_auditor'
        else 'counterpoint_ngo' end;
    principal_id := principal.id;
    principal_role := principal.role;
    organisation_id := principal.organisation_id;
    token_id := token;
    scopes := token_scopes;
    programmes := case principal.role
        when 'programmeManager' then array(
            select m.programme_id from public.programme_managers m where m.principal_id = principal.id order by 1)
        when 'funder' then array(
            select f.programme_id from public.programme_funders f
             where f.organisation_id = principal.organisation_id order by 1)
        else '{}' end;
    claims := concat_ws('|', pg_backend_pid(), (extract(epoch from now()) * 1000000)::bigint, principal.role, principal.id,
        coalesce(principal.organisation_id::text, ''), coalesce(token::text, ''), programmes::text,
        coalesce(token_scopes::text, ''),
        coalesce((extract(epoch from credential_end) * 1000000)::bigint::text, ''));
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(claims, 'UTF8'))), 'hex')
      into signature from sec.context_key k;
    perform set_config('counterpoint.context', signature || '|' || claims, true);
end $$;

-- As in schema/0001, by one look-up: digest → token → holder. Unknown, expired, revoked and disabled all give 28000.
create function sec.begin(secret text,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[], out scopes text[])
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    known record;
begin
    select p as holder, t.id, t.scopes, t.expires_at into known
      from sec.token_secrets s
      join public.tokens t on t.id = s.token_id and t.revoked_at is null and t.expires_at > now()
      join public.principals p on p.id = t.principal_id and p.disabled_at is null
     where s.digest = sha256(convert_to(secret, 'UTF8'))
       -- Administrators act on the host, through the command line, never over the network.
       and p.role <> 'administrator';
    if known.id is null then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    select e.* into role, principal_id, principal_role, organisation_id, token_id, programmes, scopes
      from sec.enter(known.holder, known.id, known.scopes, known.expires_at) e;
end $$;

create function sec.begin_as(who text,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[], out scopes text[])
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    holder principals;
    namesakes integer;
begin
    if who is null then
        select p.* into holder from public.principals p
         where p.role = 'administrator' and p.disabled_at is null order by p.created_at, p.id limit 1;
    else
        select count(*) into namesakes from public.principals p where p.name = who and p.disabled_at is null;
        if namesakes > 1 then
            raise exception 'several principals have this name' using errcode = '28000', hint = 'name the id';
        end if;
        select p.* into holder from public.principals p
         where (p.id::text = lower(who) or p.name = who) and p.disabled_at is null;
    end if;
    if holder.id is null then
        raise exception 'no such principal' using errcode = '28000';
    end if;
    select e.* into role, principal_id, principal_role, organisation_id, token_id, programmes, scopes
      from sec.enter(holder, null, null, null) e;
end $$;

-- Scopes and end of the credential, as signed; null on the command line.
create function sec.scopes() returns text[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin return sec.claim(9)::text[]; end $$;

create function sec.credential_end() returns timestamptz
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin return timestamptz 'epoch' + sec.claim(10)::bigint * interval '1 microsecond'; end $$;

create function sec.renew() returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    holder principals;
begin
    select p.* into holder from public.principals p where p.id = sec.claim(5)::uuid;
    perform from sec.enter(holder, sec.claim(7)::uuid, sec.scopes(), sec.credential_end());
end $$;

grant execute on function sec.begin(text) to counterpoint_service;
grant execute on function sec.begin_as(text) to counterpoint_operator;

---------------------------------------------------------------------------------------------------------------------
-- What a scope lets be written

-- One of the scopes named must be in the context. Without any context the service's login writes nothing (clearing the
-- setting is no way around it); other logins without one are the owner's and the migrator's.
create function sec.require_scope() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if sec.claim(5) is null then
        if session_user = 'counterpoint_service' then
            raise exception 'not signed in' using errcode = '28000';
        end if;
        return new;
    end if;
    if sec.claim(9) is null or sec.scopes() && tg_argv then return new; end if;
    -- A merge moves results from one record of an organisation to another: it is managing, whatever it touches.
    if sec.merging() and 'manage' = any (sec.scopes()) then return new; end if;
    raise exception 'the token lacks the scope %', tg_argv[0] using errcode = 'CP020', constraint = tg_argv[0];
end $$;
grant execute on function sec.require_scope() to counterpoint_owner;

reset role;
set local role counterpoint_owner;

do $$
declare
    guarded record;
begin
    for guarded in
        select * from (values
            ('principals', '''manage'''), ('organisations', '''manage'''), ('organisation_identifiers', '''manage'''),
            ('organisation_contacts', '''manage'''), ('organisation_checks', '''manage'''), ('programmes', '''manage'''),
            ('programme_budgets', '''manage'''), ('programme_managers', '''manage'''), ('programme_funders', '''manage'''),
            ('programme_organisations', '''manage'''), ('grants', '''manage'''), ('grant_instalments', '''manage'''),
            ('grant_decisions', '''manage'''), ('campaigns', '''manage'''), ('campaign_grants', '''manage'''),
            ('organisation_merges', '''manage'''), ('organisation_merge_moves', '''manage'''),
            ('campaign_moves', '''manage'''),
            ('result_sets', '''logResults'', ''review'''), ('result_coverage', '''logResults'', ''review'''),
            ('result_figures', '''logResults'', ''review'''), ('readings', '''logResults'''),
            ('programme_revisions', '''review'''), ('result_records', '''review'''),
            -- Written together with something of the above.
            ('audit_chains', '''logResults'', ''review'', ''manage'''),
            ('audit_entries', '''logResults'', ''review'', ''manage'''),
            ('audit_details', '''logResults'', ''review'', ''manage'''),
            ('idempotency_keys', '''logResults'', ''review'', ''manage''')
        ) as t(name, scopes)
    loop
        execute format(
            'create trigger scope before insert or update or delete on %I
                 for each statement execute function sec.require_scope(%s)', guarded.name, guarded.scopes);
    end loop;
end $$;

-- Not last_used_at, which the service notes for whoever came by.
create trigger scope before insert or delete or update of principal_id, label, scopes, replaces, expires_at, revoked_at
    on tokens for each statement execute function sec.require_scope('manage');

-- What enters the record or leaves it, and what goes back to its author, is a reviewer's to decide.
create trigger scope_of_review before update of status on result_sets
    for each row when (new.status is distinct from old.status
                       and (new.status in ('accepted', 'returned') or old.status = 'accepted'))
    execute function sec.require_scope('review');

---------------------------------------------------------------------------------------------------------------------
-- Issuing and rotating

-- People and programs of a provider, and the principals that they are here. Kept by administrators on the host.
create table principal_identities (
    id           uuid primary key default gen_random_uuid(),
    issuer       text not null check (issuer <> '' and octet_length(issuer) <= 500),
    subject      text not null check (subject <> '' and octet_length(subject) <= 500),
    principal_id uuid not null references principals (id),
    created_at   timestamptz not null default now(),
    ended_at     timestamptz
);
create unique index principal_identities_once on principal_identities (issuer, subject) where ended_at is null;
create index principal_identities_in_order on principal_identities (created_at, id);
create index principal_identities_by_principal on principal_identities (principal_id);
select sec.protect('principal_identities');
grant insert, update (ended_at) on principal_identities to counterpoint_admin;
create trigger scope before insert or update or delete on principal_identities
    for each statement execute function sec.require_scope('manage');

reset role;
set local role counterpoint_verifier;

drop function sec.issue_token(uuid, text, timestamptz, bytea);

-- No credential makes one that is wider or lives longer than itself, for whomever: a stolen one must not outlive its own
-- end. Scopes that are not named are those of the holder's role, as far as the issuer has them.
create function sec.check_issuing(scopes text[], expires_at timestamptz) returns void
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if sec.claim(5) is null then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    if check_issuing.expires_at > sec.credential_end() then
        raise exception 'outlives the credential it is made with' using errcode = 'CP002';
    end if;
    if not coalesce(scopes <@ sec.scopes(), true) then
        raise exception 'A token cannot give scopes that the one it is made with lacks: leave out %.',
                array_to_string(array(select unnest(scopes) except select unnest(sec.scopes()) order by 1), ', ')
            using errcode = 'CP010', constraint = 'widerThanIssuer';
    end if;
end $$;

create function sec.issue_token(for_principal uuid, label text, expires_at timestamptz, digest bytea, scopes text[])
    returns uuid
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    issuer  uuid := sec.claim(5)::uuid;
    of_role text[];
    made    uuid;
begin
    if for_principal is distinct from issuer and not sec.may_issue_for(for_principal) then
        raise exception 'no such principal' using errcode = 'CP003';
    end if;
    select sec.role_scopes(p.role) into of_role from public.principals p where p.id = for_principal;
    if not scopes <@ of_role then
        raise exception 'The role of this principal has no use for %; it may have %.',
                array_to_string(array(select unnest(scopes) except select unnest(of_role) order by 1), ', '),
                array_to_string(of_role, ', ')
            using errcode = 'CP010', constraint = 'widerThanRole';
    end if;
    scopes := coalesce(scopes, array(
        select s from unnest(of_role) with ordinality o(s, place)
         where sec.scopes() is null or s = any (sec.scopes()) order by place));
    perform sec.check_issuing(scopes, issue_token.expires_at);
    insert into public.tokens (principal_id, label, expires_at, created_by, scopes)
        values (for_principal, issue_token.label, issue_token.expires_at, issuer, issue_token.scopes)
        returning id into made;
    insert into sec.token_secrets (digest, token_id) values (issue_token.digest, made);
    return made;
end $$;

-- A new secret for the same use. The old one opens the door until the overlap is over, one from before it no longer: at
-- most two of a line are live. A token is replaced once; whoever lost the answer ends the new one and issues another.
create function sec.rotate_token(rotated uuid, overlap interval, expires_at timestamptz, digest bytea) returns uuid
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    issuer uuid := sec.claim(5)::uuid;
    old    tokens;
    made   uuid;
begin
    select t.* into old from public.tokens t where t.id = rotated for update;
    if old.id is null or (old.principal_id is distinct from issuer and not sec.may_issue_for(old.principal_id)) then
        raise exception 'no such token' using errcode = 'CP003';
    end if;
    if old.revoked_at is not null or old.expires_at <= now() then
        raise exception 'This token has ended already. Issue a new one instead.'
            using errcode = 'CP010', constraint = 'tokenEnded';
    end if;
    select t.id into made from public.tokens t where t.replaces = rotated;
    if made is not null then
        raise exception 'This token was rotated before; rotate the one that took over from it.'
            using errcode = 'CP011', constraint = 'alreadyRotated', detail = made;
    end if;
    perform sec.check_issuing(old.scopes, rotate_token.expires_at);
    update public.tokens t set revoked_at = now(), version = t.version + 1
     where t.id = old.replaces and t.revoked_at is null and t.expires_at > now();
    insert into public.tokens (principal_id, label, expires_at, created_by, scopes, replaces)
        values (old.principal_id, old.label, rotate_token.expires_at, issuer, old.scopes, rotated)
        returning id into made;
    insert into sec.token_secrets (digest, token_id) values (rotate_token.digest, made);
    if overlap <= interval '0' then
        update public.tokens t set revoked_at = now(), version = t.version + 1 where t.id = rotated;
    else
        update public.tokens t set expires_at = least(t.expires_at, now() + overlap), version = t.version + 1
         where t.id = rotated;
    end if;
    return made;
end $$;

grant execute on function sec.scopes(), sec.credential_end(),
    sec.issue_token(uuid, text, timestamptz, bytea, text[]), sec.rotate_token(uuid, interval, timestamptz, bytea)
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;
-- The constraint of the columns' default and the check of identities are the owner's.
grant execute on function sec.role_scopes(text) to counterpoint_owner;

---------------------------------------------------------------------------------------------------------------------
-- Identities of an OpenID provider
--
-- The database cannot verify a provider's signature, and the service must not be able to name a principal at will from
-- inside a session. So the service, having verified the provider's token, signs "this issuer says this subject, until
-- then" with a key that is in its own memory and here, where only the verifier reads it: a statement that was slipped in
-- has neither the key nor a fresh assertion. Without a key installed nobody signs in this way.

create table sec.identity_key (
    only_row  boolean primary key default true check (only_row),
    inner_key bytea not null check (length(inner_key) = 64),
    outer_key bytea not null check (length(outer_key) = 64)
);
comment on table sec.identity_key is
    'HMAC-SHA-256 key of what the service asserts of a provider''s users, mixed with the pads of RFC 2104.';
alter table sec.identity_key enable row level security;
alter table sec.identity_key force row level security;

-- Installed on the host by a superuser: counterpoint schema identity-key.
create function sec.install_identity_key(key bytea) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    inner_pad bytea := decode(repeat('36', 64), 'hex');
    outer_pad bytea := decode(repeat('5c', 64), 'hex');
begin
    if length(key) <> 32 then
        raise exception 'the key of identities has 32 bytes' using errcode = '22023';
    end if;
    for i in 0..31 loop
        inner_pad := set_byte(inner_pad, i, get_byte(key, i) # 54);
        outer_pad := set_byte(outer_pad, i, get_byte(key, i) # 92);
    end loop;
    insert into sec.identity_key (inner_key, outer_key) values (inner_pad, outer_pad)
        on conflict (only_row) do update set inner_key = excluded.inner_key, outer_key = excluded.outer_key;
end $$;

-- ends_at: microseconds since 1970. An assertion is for one request: made now, good for a minute or two.
create function sec.begin_identity(issuer text, subject text, ends_at bigint, mac bytea,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[], out scopes text[])
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    expected bytea;
    until    timestamptz := timestamptz 'epoch' + ends_at * interval '1 microsecond';
    holder   principals;
begin
    select sha256(k.outer_key || sha256(k.inner_key || convert_to(
               concat_ws('|', 'identity', ends_at, octet_length(issuer), issuer, subject), 'UTF8')))
      into expected from sec.identity_key k;
    -- Digests are compared, so that the time it takes says nothing about the bytes.
    if expected is null or sha256(expected) is distinct from sha256(mac)
       or until is null or until <= now() or until > now() + interval '5 minutes'
    then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    select p.* into holder from public.principal_identities i
      join public.principals p on p.id = i.principal_id
     where i.issuer = begin_identity.issuer and i.subject = begin_identity.subject and i.ended_at is null;
    if holder.id is null then
        raise exception 'this identity is not linked' using errcode = 'CP021';
    end if;
    if holder.disabled_at is not null or holder.role = 'administrator' then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    select e.* into role, principal_id, principal_role, organisation_id, token_id, programmes, scopes
      from sec.enter(holder, null, sec.role_scopes(holder.role), until) e;
end $$;
grant execute on function sec.begin_identity(text, text, bigint, bytea) to counterpoint_service;

reset role;
set local role counterpoint_owner;
create constraint trigger audited after insert or update on principal_identities
    deferrable initially deferred for each row execute function sec.require_audit();
reset role;
