-- Who may ask, who is asking, and what was done: roles, the request context, principals, tokens, audit, idempotency.
--
-- Reading order: roles → context (sec.begin, sec.claim) → the rule every table gets (sec.protect) → the four tables.
-- ARCHITECTURE.md, "Identity reaches the database", tells why it has this shape.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- Roles belong to the whole server, so several databases share them: each is made once, whoever comes first. Two databases
-- migrated at the same moment would both write to the server's catalogues; whoever is told so looks again.
create function pg_temp.settle(wish text) returns void
    language plpgsql
as $$
begin
    for attempt in 1..100 loop
        begin
            execute wish;
            return;
        exception
            when duplicate_object or unique_violation then return;
            when internal_error then  -- "tuple concurrently updated"
                perform pg_sleep(0.02);
        end;
    end loop;
    raise exception 'could not: %', wish;
end $$;

do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('counterpoint_owner',    'nologin'),            -- owns the tables; nobody logs in as it
            ('counterpoint_verifier', 'nologin bypassrls'),  -- owns what must see every row; nobody may become it
            ('counterpoint_ngo',      'nologin'),            -- one role a kind of caller, never one a person:
            ('counterpoint_manager',  'nologin'),            -- grants and policies are written for these
            ('counterpoint_funder',   'nologin'),
            ('counterpoint_auditor',  'nologin'),
            ('counterpoint_admin',    'nologin'),
            ('counterpoint_service',  'login noinherit'),    -- the service's pool: owns nothing, becomes its caller's kind
            ('counterpoint_operator', 'login noinherit'),    -- the command-line tool on the host
            ('counterpoint_backup',   'login bypassrls')     -- dumps; every other role would dump only what it may see
        ) as role(name, attributes)
    loop
        perform pg_temp.settle(format('create role %I %s', wanted.name, wanted.attributes));
    end loop;

    for wanted in
        select kind, login from (values
            ('counterpoint_ngo'), ('counterpoint_manager'), ('counterpoint_funder'), ('counterpoint_auditor'),
            ('counterpoint_admin'), ('pg_read_all_data')) as k(kind),
            (values ('counterpoint_service'), ('counterpoint_operator'), ('counterpoint_backup')) as l(login)
         where case login
                   when 'counterpoint_backup' then kind = 'pg_read_all_data'
                   when 'counterpoint_operator' then kind <> 'pg_read_all_data'
                   -- Administrators act on the host, so the service cannot become one.
                   else kind not in ('pg_read_all_data', 'counterpoint_admin') end
           and not pg_has_role(login, kind, 'member')
    loop
        perform pg_temp.settle(format('grant %I to %I', wanted.kind, wanted.login));
    end loop;

    -- Short statements, asked over and over with other parameters: planning each anew costs more than it gains, compiling
    -- them always does. Whoever waits for a lock longer than three seconds is told so instead of holding a connection.
    for wanted in
        select name, value from (values
            ('plan_cache_mode', 'force_generic_plan'), ('jit', 'off'), ('lock_timeout', '3s')) as s(name, value)
         where not exists (select from pg_db_role_setting d
                            where d.setrole = 'counterpoint_service'::regrole and d.setdatabase = 0
                              and s.name || '=' || s.value = any (d.setconfig))
    loop
        perform pg_temp.settle(format('alter role counterpoint_service set %I = %L', wanted.name, wanted.value));
    end loop;
end $$;

create schema sec;
alter schema sec owner to counterpoint_verifier;
revoke all on schema public from public;
grant usage on schema public, sec to
    counterpoint_owner, counterpoint_verifier, counterpoint_service, counterpoint_operator,
    counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;
grant create on schema public to counterpoint_owner;
alter default privileges for role counterpoint_verifier revoke execute on functions from public;
alter default privileges for role counterpoint_owner revoke execute on functions from public;

-- The migrator keeps its list here (schema_migrations), before any role of ours exists. Nobody but it touches the list;
-- the service learns the level from sec.schema_level.
do $$
begin
    if to_regclass('public.schema_migrations') is not null then
        alter table public.schema_migrations owner to counterpoint_owner;
        alter table public.schema_migrations enable row level security;
        alter table public.schema_migrations force row level security;
        grant select on public.schema_migrations to counterpoint_verifier;
    end if;
end $$;

---------------------------------------------------------------------------------------------------------------------
-- The request context
--
-- One request is one transaction. Its first statement hands over the caller's token; sec.begin looks it up and writes
-- who is calling into a setting that lasts as long as the transaction. Any statement may overwrite a setting, also one
-- that was slipped in, so the text is signed with a key that only the verifier can read, over the backend and the start
-- of the transaction: a forged context, and one copied from another transaction, are both refused.

set local role counterpoint_verifier;

create table sec.context_key (
    only_row  boolean primary key default true check (only_row),
    inner_key bytea not null check (length(inner_key) = 64),
    outer_key bytea not null check (length(outer_key) = 64)
);
comment on table sec.context_key is 'HMAC-SHA-256 key of the request context, already mixed with the inner and outer pads (RFC 2104).';
alter table sec.context_key enable row level security;
alter table sec.context_key force row level security;

do $$
declare
    -- Four random UUIDs carry 488 random bits; hashing them gives 64 bytes, the block length of SHA-256.
    key   bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
                || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    inner_key bytea := key;
    outer_key bytea := key;
begin
    for i in 0..63 loop
        inner_key := set_byte(inner_key, i, get_byte(key, i) # 54);
        outer_key := set_byte(outer_key, i, get_byte(key, i) # 92);
    end loop;
    insert into sec.context_key (inner_key, outer_key) values (inner_key, outer_key);
end $$;

-- Items of a context, separated by '|':
--   1 signature   2 backend   3 start of the transaction in microseconds   4 role of the principal   5 principal
--   6 organisation or ''   7 token or ''   8 programmes managed or funded, as an array
create function sec.claim(item integer) returns text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    context text := current_setting('counterpoint.context', true);
    items   text[];
    signed  text;
begin
    -- Never set in this session: null. Set by an earlier transaction: ''. Both mean that nobody is calling.
    if context is null or context = '' then
        return null;
    end if;
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(substr(context, 66), 'UTF8'))), 'hex')
      into signed from sec.context_key k;
    items := string_to_array(context, '|');
    if items[1] is distinct from signed
       or items[2] is distinct from pg_backend_pid()::text
       or items[3] is distinct from (extract(epoch from now()) * 1000000)::bigint::text
    then
        raise exception 'forged request context' using errcode = '28000';
    end if;
    return nullif(items[item], '');
end $$;

create function sec.principal() returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin return sec.claim(5)::uuid; end $$;

-- True when the caller has this role. A session may RESET ROLE or become a sibling role; the signed role stays.
create function sec.acts_as(role text) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin return coalesce(sec.claim(4) = role, false); end $$;

-- The organisation of an NGO member, editor or viewer.
create function sec.organisation() returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if sec.claim(4) in ('ngoEditor', 'ngoViewer') then return sec.claim(6)::uuid; end if;
    return null;
end $$;

-- The same for writing: a viewer has none.
create function sec.editing_organisation() returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if sec.claim(4) = 'ngoEditor' then return sec.claim(6)::uuid; end if;
    return null;
end $$;

create function sec.managed_programmes() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if sec.claim(4) = 'programmeManager' then return coalesce(sec.claim(8)::uuid[], '{}'); end if;
    return '{}';
end $$;

create function sec.funded_programmes() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if sec.claim(4) = 'funder' then return coalesce(sec.claim(8)::uuid[], '{}'); end if;
    return '{}';
end $$;

-- What every table gets: forced row security, everything for the administrator, reading for the auditor; and, for a
-- table that belongs to an organisation, a restrictive wall for NGOs that no later permissive policy can widen.
create function sec.protect(protected regclass, tenant name default null) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s enable row level security', protected);
    execute format('alter table %s force row level security', protected);
    execute format(
        'create policy administrator on %s to counterpoint_admin
             using ((select sec.acts_as(''administrator''))) with check ((select sec.acts_as(''administrator'')))',
        protected);
    execute format(
        'create policy auditor on %s for select to counterpoint_auditor using ((select sec.acts_as(''auditor'')))',
        protected);
    execute format('grant select on %s to counterpoint_auditor, counterpoint_admin, counterpoint_verifier', protected);
    if tenant is not null then
        execute format(
            'create policy ngo_wall on %s as restrictive to counterpoint_ngo
                 using (%I = (select sec.organisation())) with check (%I = (select sec.editing_organisation()))',
            protected, tenant, tenant);
    end if;
end $$;

grant execute on function sec.claim(integer), sec.principal(), sec.acts_as(text), sec.organisation(),
    sec.editing_organisation(), sec.managed_programmes(), sec.funded_programmes()
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;
grant execute on function sec.protect(regclass, name), sec.principal() to counterpoint_owner;

reset role;

---------------------------------------------------------------------------------------------------------------------
-- Principals: people and programs that may sign in. The name is the only personal datum; everything else points at the id.

set local role counterpoint_owner;

create table principals (
    id              uuid primary key default gen_random_uuid(),
    name            text not null constraint principal_has_a_name check (name <> '' and length(name) <= 200),
    role            text not null constraint principal_role_is_known check (role in
                        ('administrator', 'programmeManager', 'ngoEditor', 'ngoViewer', 'funder', 'auditor')),
    organisation_id uuid,
    disabled_at     timestamptz,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    version         integer not null default 1,
    constraint principal_of_an_organisation check
        ((role in ('ngoEditor', 'ngoViewer', 'funder')) = (organisation_id is not null))
);
create index principals_by_organisation on principals (organisation_id);
create index principals_in_order on principals (created_at, id);
select sec.protect('principals');
create policy oneself on principals for select
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder
    using (id = (select sec.principal()));
grant select on principals to counterpoint_ngo, counterpoint_manager, counterpoint_funder;
grant insert, update on principals to counterpoint_admin;

-- Bearer tokens. The secret itself is in sec.token_secrets, as a hash that only the verifier can read.
create table tokens (
    id           uuid primary key default gen_random_uuid(),
    principal_id uuid not null references principals (id),
    label        text not null constraint token_has_a_label check (label <> '' and length(label) <= 200),
    created_at   timestamptz not null default now(),
    created_by   uuid references principals (id),
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    version      integer not null default 1,
    constraint token_ends_after_it_begins check (expires_at > created_at)
);
create index tokens_by_principal on tokens (principal_id, created_at);
select sec.protect('tokens');
create policy own on tokens for select
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder
    using (principal_id = (select sec.principal()));
grant select on tokens to counterpoint_ngo, counterpoint_manager, counterpoint_funder;

---------------------------------------------------------------------------------------------------------------------
-- Audit: one entry a write, in the same transaction, chained by hash, one chain a programme (and one for what belongs
-- to none). What was written before and after is kept apart from the chain: the chain covers its salted digest, so that
-- personal data can be erased later and the chain still verifies.

create table audit_chains (
    chain   uuid primary key,
    length  bigint not null default 0,
    head    bytea not null
);
select sec.protect('audit_chains');

create table audit_entries (
    chain           uuid not null references audit_chains (chain),
    sequence        bigint not null,
    at              timestamptz not null,
    principal_id    uuid references principals (id),
    token_id        uuid references tokens (id),
    request_id      text,
    action          text not null,
    subject_kind    text not null,
    subject_id      uuid not null,
    organisation_id uuid,
    digest          bytea not null,
    previous        bytea not null,
    hash            bytea not null,
    transaction     xid8 not null default pg_current_xact_id(),
    primary key (chain, sequence)
);
create index audit_entries_by_transaction on audit_entries (transaction);
create index audit_entries_by_subject on audit_entries (subject_id, at);
create index audit_entries_by_organisation on audit_entries (organisation_id, at);
create index audit_entries_in_order on audit_entries (at, chain, sequence);
select sec.protect('audit_entries');
create policy own_organisation on audit_entries for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy own_programmes on audit_entries for select to counterpoint_manager
    using (chain = any ((select sec.managed_programmes())::uuid[]) or principal_id = (select sec.principal()));
grant select on audit_entries to counterpoint_ngo, counterpoint_manager;

create table audit_details (
    chain    uuid not null,
    sequence bigint not null,
    salt     bytea not null,
    before   text,
    after    text,
    primary key (chain, sequence),
    foreign key (chain, sequence) references audit_entries (chain, sequence)
);
select sec.protect('audit_details');
-- Visible with its entry: the entry's own policies decide.
create policy with_its_entry on audit_details for select to counterpoint_ngo, counterpoint_manager
    using (exists (select from audit_entries e where e.chain = audit_details.chain and e.sequence = audit_details.sequence));
grant select on audit_details to counterpoint_ngo, counterpoint_manager;

-- Nothing in the log is ever changed, by anyone: privileges say so, and this says it once more.
create function refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$ begin
    raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;
create trigger append_only before update or delete or truncate on audit_entries
    for each statement execute function refuse_change();
create trigger append_only before delete or truncate on audit_chains
    for each statement execute function refuse_change();

---------------------------------------------------------------------------------------------------------------------
-- Idempotency: the answer of a write, kept under its key, committed with its effect or not at all.

create table idempotency_keys (
    principal_id uuid not null default sec.principal() references principals (id),
    key          text not null check (length(key) between 1 and 255),
    fingerprint  bytea not null,
    status       integer,
    headers      text,
    body         bytea,
    created_at   timestamptz not null default now(),
    primary key (principal_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
select sec.protect('idempotency_keys');
create policy own on idempotency_keys
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor
    using (principal_id = (select sec.principal())) with check (principal_id = (select sec.principal()));
grant select, insert, update on idempotency_keys
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;

reset role;

---------------------------------------------------------------------------------------------------------------------
-- What only the verifier may do: look up secrets, sign a context, write the log.

grant select on principals, tokens to counterpoint_verifier;
grant insert, update on tokens, audit_chains to counterpoint_verifier;
grant insert on audit_entries, audit_details to counterpoint_verifier;

set local role counterpoint_verifier;

create table sec.token_secrets (
    digest   bytea primary key check (length(digest) = 32),
    token_id uuid not null unique
);
comment on table sec.token_secrets is
    'SHA-256 of each token. A plain hash is enough: the secret carries 178 random bits, nobody can try them all.';
alter table sec.token_secrets enable row level security;
alter table sec.token_secrets force row level security;

-- Signs the context of a principal and answers what the caller is. Internal: sec.begin and sec.begin_as check first.
create function sec.enter(principal principals, token uuid,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[])
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
    programmes := case principal.role
        when 'programmeManager' then array(
            select m.programme_id from public.programme_managers m where m.principal_id = principal.id order by 1)
        when 'funder' then array(
            select f.programme_id from public.programme_funders f
             where f.organisation_id = principal.organisation_id order by 1)
        else '{}' end;
    claims := concat_ws('|', pg_backend_pid(), (extract(epoch from now()) * 1000000)::bigint, principal.role, principal.id,
        coalesce(principal.organisation_id::text, ''), coalesce(token::text, ''), programmes::text);
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(claims, 'UTF8'))), 'hex')
      into signature from sec.context_key k;
    perform set_config('counterpoint.context', signature || '|' || claims, true);
end $$;

-- The first statement of every request: select set_config('role', b.role, true), b.* from sec.begin($1) b
-- (a function may not change the role itself, the statement around it may). Unknown, expired, revoked and disabled
-- all give the same answer, 28000.
create function sec.begin(secret text,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[])
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    holder principals;
    token  uuid;
begin
    select t.id into token
      from sec.token_secrets s
      join public.tokens t on t.id = s.token_id and t.revoked_at is null and t.expires_at > now()
     where s.digest = sha256(convert_to(secret, 'UTF8'));
    select p.* into holder
      from public.tokens t join public.principals p on p.id = t.principal_id and p.disabled_at is null
     where t.id = token;
    -- Administrators act on the host, through the command line, never over the network.
    if holder.id is null or holder.role = 'administrator' then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    select e.* into role, principal_id, principal_role, organisation_id, token_id, programmes
      from sec.enter(holder, token) e;
end $$;

-- The same for the command-line tool on the host, which acts as a principal named by id or by name; nobody named: as
-- the installation's administrator.
create function sec.begin_as(who text,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[])
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
    select e.* into role, principal_id, principal_role, organisation_id, token_id, programmes
      from sec.enter(holder, null) e;
end $$;

-- Writes one entry. Who did it comes from the signed context, never from an argument. Call it last: the head of the
-- chain stays locked until the transaction ends.
create function sec.audit(in_chain uuid, request_id text, action text, subject_kind text, subject_id uuid,
        organisation_id uuid, before text, after text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    head     audit_chains;
    salt     bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    digest   bytea;
    written  timestamptz := date_trunc('microseconds', clock_timestamp());
    hash     bytea;
    principal uuid := sec.claim(5)::uuid;
    token     uuid := sec.claim(7)::uuid;
    -- Things of no programme go into the installation's own chain.
    target   uuid := coalesce(in_chain, '00000000-0000-0000-0000-000000000000');
begin
    insert into public.audit_chains (chain, head) values (target, sha256(uuid_send(target))) on conflict do nothing;
    select * into head from public.audit_chains c where c.chain = target for update;
    digest := sha256(salt || coalesce(convert_to('b' || before, 'UTF8'), 'n'::bytea)
                          || '\x00'::bytea || coalesce(convert_to('a' || after, 'UTF8'), 'n'::bytea));
    hash := sha256(head.head || convert_to(concat_ws('|', head.length + 1, target,
        (extract(epoch from written) * 1000000)::bigint, coalesce(principal::text, '-'), coalesce(token::text, '-'),
        coalesce(request_id, '-'), action, subject_kind, subject_id, coalesce(organisation_id::text, '-')), 'UTF8') || digest);
    insert into public.audit_entries (chain, sequence, at, principal_id, token_id, request_id, action, subject_kind,
            subject_id, organisation_id, digest, previous, hash)
        values (target, head.length + 1, written, principal, token, audit.request_id, audit.action, audit.subject_kind,
            audit.subject_id, audit.organisation_id, digest, head.head, hash);
    insert into public.audit_details (chain, sequence, salt, before, after)
        values (target, head.length + 1, salt, audit.before, audit.after);
    update public.audit_chains c set length = head.length + 1, head = hash where c.chain = target;
    return head.length + 1;
end $$;

-- Deferred to the end of each transaction: a row that changed without an entry in the log about it does not commit.
create function sec.require_audit() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not exists (select from public.audit_entries e
                    where e.transaction = pg_current_xact_id() and e.subject_id = new.id) then
        raise exception 'a change of % has no audit entry', tg_table_name using errcode = 'CP001';
    end if;
    return null;
end $$;

-- A manager gives tokens to the people of the organisations in their programmes; everyone may make one for themselves,
-- never one that outlives the token it was made with. The secret arrives hashed.
create function sec.issue_token(for_principal uuid, label text, expires_at timestamptz, digest bytea) returns uuid
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    issuer   uuid := sec.claim(5)::uuid;
    own_end  timestamptz;
    made     uuid;
begin
    if issuer is null then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    select t.expires_at into own_end from public.tokens t where t.id = sec.claim(7)::uuid;
    if for_principal = issuer and own_end is not null and issue_token.expires_at > own_end then
        raise exception 'outlives the token it is made with' using errcode = 'CP002';
    end if;
    if for_principal <> issuer and not sec.may_issue_for(for_principal) then
        raise exception 'no such principal' using errcode = 'CP003';
    end if;
    insert into public.tokens (principal_id, label, expires_at, created_by)
        values (for_principal, issue_token.label, issue_token.expires_at, issuer) returning id into made;
    insert into sec.token_secrets (digest, token_id) values (issue_token.digest, made);
    return made;
end $$;

-- Anyone ends their own tokens, an issuer those of the people they may issue for; effective with the next request.
create function sec.revoke_token(revoked uuid) returns boolean
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    holder uuid;
begin
    select t.principal_id into holder from public.tokens t where t.id = revoked for update;
    if holder is null or (holder <> sec.claim(5)::uuid and not sec.may_issue_for(holder)) then
        return false;
    end if;
    update public.tokens t set revoked_at = coalesce(t.revoked_at, now()), version = t.version + 1
     where t.id = revoked and t.revoked_at is null;
    return true;
end $$;

-- Whom the caller may issue tokens for: the administrator for everyone; a manager for NGO members and funders'
-- staff of the organisations in the programmes they manage.
create function sec.may_issue_for(holder uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if sec.acts_as('administrator') then
        return exists (select from public.principals p where p.id = holder and p.disabled_at is null);
    end if;
    return exists (
        select from public.principals p
          join public.programme_organisations o on o.organisation_id = p.organisation_id
         where p.id = holder and p.disabled_at is null and o.programme_id = any (sec.managed_programmes()));
end $$;

-- The service notes coarsely, at most once a minute a token, when it was last used.
create function sec.note_use(used uuid[]) returns void
    language sql security definer set search_path = pg_catalog, public, pg_temp
as $$
    update public.tokens t set last_used_at = now()
     where t.id = any (used) and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute')
$$;

-- Which migrations this database has seen; the service refuses to start on a schema other than its own.
create function sec.schema_level() returns integer
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$ begin return (select coalesce(max(m.version), 0) from public.schema_migrations m); end $$;

grant execute on function sec.schema_level() to counterpoint_service, counterpoint_operator;
grant execute on function sec.begin(text), sec.note_use(uuid[]) to counterpoint_service;
grant execute on function sec.begin_as(text) to counterpoint_operator;
grant execute on function sec.audit(uuid, text, text, text, uuid, uuid, text, text),
    sec.issue_token(uuid, text, timestamptz, bytea), sec.revoke_token(uuid), sec.may_issue_for(uuid)
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;
grant execute on function sec.require_audit() to counterpoint_owner;

reset role;

create constraint trigger audited after insert or update on principals
    deferrable initially deferred for each row execute function sec.require_audit();
create constraint trigger audited after insert on tokens
    deferrable initially deferred for each row execute function sec.require_audit();

-- The installation's administrator, as whom the command line acts when no other is named.
insert into audit_chains (chain, head)
    values ('00000000-0000-0000-0000-000000000000', sha256(uuid_send('00000000-0000-0000-0000-000000000000')));
with administrator as (
    insert into principals (name, role) values ('Administrator', 'administrator') returning id
)
select sec.audit(null, null, 'principal.added', 'principal', id, null, null,
    '{"name":"Administrator","role":"administrator"}') from administrator;
