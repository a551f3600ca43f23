-- Two records of one organisation become one, and can become two again.
--
-- A merge moves every row of the lost organisation to the survivor, keeps the lost name and numbers as the survivor's
-- aliases and identifiers, and notes each move, so that undoing it is exact. What was accepted keeps its digest: the
-- organisation is not part of it. The log is never rewritten: entries of before stay under the lost organisation's id.
--
-- Reading order: the tables → the flag that lets a merge past the triggers → what is refused → merge → undo.

set local role counterpoint_owner;

alter table organisations
    add column merged_into uuid references organisations (id),
    add constraint not_merged_into_itself check (merged_into <> id);
create index organisations_merged_into on organisations (merged_into) where merged_into is not null;

create table organisation_merges (
    id              uuid primary key default gen_random_uuid(),
    lost_id         uuid not null references organisations (id),
    survivor_id     uuid not null references organisations (id),
    reason          text not null constraint merge_has_a_reason check (reason <> '' and length(reason) <= 4000),
    -- Both rows of `organisations` as they stood; what hangs on them is noted in organisation_merge_moves.
    lost_before     jsonb not null,
    survivor_before jsonb not null,
    merged_by       uuid not null references principals (id),
    merged_at       timestamptz not null,
    undone_by       uuid references principals (id),
    undone_at       timestamptz,
    undone_reason   text check (undone_reason <> '' and length(undone_reason) <= 4000),
    -- Written by an undo: what came since and stays with the survivor, and what followed its campaign or grant.
    added_since     jsonb,
    version         integer not null default 1,
    constraint merge_of_two check (lost_id <> survivor_id),
    constraint undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
create unique index organisation_is_merged_once on organisation_merges (lost_id) where undone_at is null;
create index organisation_merges_by_survivor on organisation_merges (survivor_id, merged_at);

-- One row for each row that moved, by table and key; rows that hang on a moved row, and cannot but move with it, are
-- counted under its key. Never a contact's name or address: only a digest, so that erasing a contact erases it here.
create table organisation_merge_moves (
    merge_id uuid not null references organisation_merges (id),
    relation text not null,
    key      text not null,
    moved    bigint not null default 1,
    former   jsonb,
    primary key (merge_id, relation, key)
);

-- Which organisation a campaign left, and when: "as it stood then" keeps answering under the organisation of then.
create table campaign_moves (
    campaign_id uuid not null references campaigns (id),
    former_id   uuid not null references organisations (id),
    left_at     timestamptz not null,
    primary key (campaign_id, left_at)
);

select sec.protect('organisation_merges', 'survivor_id');
select sec.protect('organisation_merge_moves');
select sec.protect('campaign_moves');

create policy of_the_manager on organisation_merges for select to counterpoint_manager
    using (sec.manages_organisation(survivor_id));
create policy with_their_merge on organisation_merge_moves for select to counterpoint_manager
    using (exists (select from organisation_merges m where m.id = organisation_merge_moves.merge_id));
grant select on organisation_merges, organisation_merge_moves to counterpoint_manager;
create policy with_its_campaign on campaign_moves for select
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder
    using (exists (select from campaigns c where c.id = campaign_moves.campaign_id));
grant select on campaign_moves to counterpoint_ngo, counterpoint_manager, counterpoint_funder;

-- Keys that carry the organisation hold at the end of a merge, not between its steps.
do $$
declare
    tie record;
begin
    for tie in
        select c.conrelid::regclass as relation, c.conname from pg_constraint c
         where c.contype = 'f' and c.connamespace = 'public'::regnamespace and cardinality(c.conkey) > 1
           and exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey)
                          and a.attname = 'organisation_id')
    loop
        execute format('alter table %s alter constraint %I deferrable initially immediate', tie.relation, tie.conname);
    end loop;
end $$;

reset role;

grant insert, update on organisation_merges to counterpoint_verifier;
grant insert on organisation_merge_moves, campaign_moves to counterpoint_verifier;
grant update (merged_into, aliases, safety, updated_at, version) on organisations to counterpoint_verifier;
grant select, insert, delete on organisation_identifiers to counterpoint_verifier;
grant select, update (organisation_id, position) on organisation_contacts to counterpoint_verifier;
grant select, update (organisation_id, sequence) on organisation_checks to counterpoint_verifier;
grant insert, delete on programme_organisations, programme_funders to counterpoint_verifier;
grant update (organisation_id, updated_at, version) on principals, grants, campaigns, result_sets to counterpoint_verifier;
grant update (organisation_id) on grant_instalments, grant_decisions, campaign_grants, readings, result_figures,
    result_coverage to counterpoint_verifier;

---------------------------------------------------------------------------------------------------------------------
-- The flag
--
-- Triggers that keep what was accepted from changing let a merge change the organisation, and nothing else may pass for
-- one: the flag is an HMAC over the backend and the transaction, with the key of the request context, set and cleared
-- inside one function call. A session that writes the setting itself is refused like any forged context.

set local role counterpoint_verifier;

create function sec.merging_flag() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(concat_ws('|', 'merging', pg_backend_pid(),
               (extract(epoch from now()) * 1000000)::bigint, pg_current_xact_id()), 'UTF8'))), 'hex')
      from sec.context_key k
$$;

create function sec.merging() returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    flag text := current_setting('counterpoint.merging', true);
begin
    if flag is null or flag = '' then return false; end if;
    if flag is distinct from sec.merging_flag() then
        raise exception 'forged merging flag' using errcode = '28000';
    end if;
    return true;
end $$;

-- Only a merge marks an organisation as merged, and a merged one stays as it is.
create function sec.merged_stand() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if (old.merged_into is not null or new.merged_into is not null) and not sec.merging() then
        raise exception 'a merged organisation changes by undoing the merge only'
            using errcode = 'CP004', constraint = 'merged_stand';
    end if;
    return new;
end $$;

-- Nothing is added to an organisation that was merged away. The lock makes a row that is being added while a merge is
-- under way wait for its end, and then be refused; otherwise it would stay behind, seen by nobody.
create function sec.refuse_merged() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    target uuid;
begin
    if new.organisation_id is null or (tg_op = 'UPDATE' and new.organisation_id = old.organisation_id) then
        return new;
    end if;
    select o.merged_into into target from public.organisations o where o.id = new.organisation_id for key share;
    if target is not null then
        raise exception 'the organisation was merged into another' using errcode = 'CP012', constraint = 'refuse_merged';
    end if;
    return new;
end $$;

-- Where a merged organisation went, for those who may see the survivor; null for everybody else, and for one that
-- stands: from outside, a merged organisation is not there.
create function sec.merged_into(organisation uuid) returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    target uuid := organisation;
    next uuid;
begin
    loop
        select o.merged_into into next from public.organisations o where o.id = target;
        exit when next is null;
        target := next;
    end loop;
    if target = organisation then return null; end if;
    if sec.acts_as('administrator') or sec.acts_as('auditor') or target = sec.organisation()
        or sec.manages_organisation(target)
    then
        return target;
    end if;
    return null;
end $$;

-- Organisations that were merged into those of the caller: their log is the survivor's past.
create function sec.merged_away() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$ begin
    return array(select m.lost_id from public.organisation_merges m
                  where m.undone_at is null and sec.manages_organisation(m.survivor_id));
end $$;

grant execute on function sec.merging(), sec.merged_into(uuid)
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin, counterpoint_owner;
grant execute on function sec.merged_away() to counterpoint_manager;
grant execute on function sec.merged_stand(), sec.refuse_merged() to counterpoint_owner;

reset role;
set local role counterpoint_owner;

create trigger merged_stand before update on organisations for each row execute function sec.merged_stand();
create trigger refuse_merged before insert or update on principals for each row execute function sec.refuse_merged();
create trigger refuse_merged before insert or update on organisation_identifiers
    for each row execute function sec.refuse_merged();
create trigger refuse_merged before insert or update on organisation_contacts
    for each row execute function sec.refuse_merged();
create trigger refuse_merged before insert or update on organisation_checks
    for each row execute function sec.refuse_merged();
create trigger refuse_merged before insert or update on programme_organisations
    for each row execute function sec.refuse_merged();
create trigger refuse_merged before insert or update on programme_funders
    for each row execute function sec.refuse_merged();
create trigger refuse_merged before insert or update on grants for each row execute function sec.refuse_merged();
create trigger refuse_merged before insert or update on campaigns for each row execute function sec.refuse_merged();

create policy of_the_merged on audit_entries for select to counterpoint_manager
    using (organisation_id = any ((select sec.merged_away())::uuid[]));
create constraint trigger audited after insert or update on organisation_merges
    deferrable initially deferred for each row execute function sec.require_audit();

reset role;

---------------------------------------------------------------------------------------------------------------------
-- What is refused

set local role counterpoint_verifier;

-- The administrator, and a manager who manages every programme that either takes part in: merging gives the members of
-- one organisation everything of the other, and that is no single manager's to give where others manage too. Not visible
-- and not there are the same.
create function sec.require_merging(going uuid, staying uuid) returns void
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if (select count(*) from public.organisations o where o.id in (going, staying)) < 2 then
        raise exception 'no such organisation' using errcode = 'CP012';
    end if;
    if sec.acts_as('administrator') then return; end if;
    if not (sec.manages_organisation(staying) and (sec.manages_organisation(going)
        or exists (select from public.organisations o where o.id = going and o.merged_into is not null)))
    then
        raise exception 'no such organisation' using errcode = 'CP012';
    end if;
    if exists (select from public.programme_organisations p
                where p.organisation_id in (going, staying) and p.programme_id <> all (sec.managed_programmes()))
       or exists (select from public.programme_funders p
                where p.organisation_id in (going, staying) and p.programme_id <> all (sec.managed_programmes()))
    then
        raise exception 'Only an administrator can do this: the organisations do not belong to your programmes alone.'
            using errcode = 'CP013', constraint = 'mergeIsNotYours';
    end if;
end $$;

-- The names under which an organisation is known, without the one it is published under.
create function sec.names_of(one organisations) returns text[]
    language sql immutable set search_path = pg_catalog, pg_temp
as $$ select array[(one).name] || (one).aliases $$;

create function sec.strictest(one text, other text) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
as $$ select case when 'withheld' in (one, other) then 'withheld' when 'alias' in (one, other) then 'alias' else 'public' end $$;

-- What the survivor does not have yet of the names of the lost one, in any case.
create function sec.names_to_keep(gone organisations, kept organisations) returns text[]
    language sql immutable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(array_agg(n.name order by n.place), '{}')
      from (select distinct on (lower(u.name)) u.name, u.place
              from unnest(sec.names_of(gone)) with ordinality as u(name, place) order by lower(u.name), u.place) n
     where lower(n.name) not in (select lower(k) from unnest(sec.names_of(kept)) k)
$$;

create function sec.check_mergeable(gone organisations, kept organisations) returns void
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    -- As many as an organisation's lists may have (ListLimit.ofOrganisation in the model).
    longest constant integer := 20;
begin
    if (gone).kind <> (kept).kind then
        raise exception 'The two are of different kinds (% and %). Correct the kind of one of them first.', (gone).kind, (kept).kind
            using errcode = 'CP010', constraint = 'kindDiffers';
    end if;
    if (gone).standing <> (kept).standing
        and ('suspended' in ((gone).standing, (kept).standing) or 'struckOff' in ((gone).standing, (kept).standing))
    then
        raise exception 'One is % and the other %: a merge would hide a decision. Bring both to the same standing first.',
            (gone).standing, (kept).standing using errcode = 'CP010', constraint = 'standingDiffers';
    end if;
    if sec.strictest((gone).safety, (kept).safety) <> 'public'
        and lower((kept).public_alias) in (select lower(n) from unnest(sec.names_of(gone) || sec.names_of(kept)) n)
    then
        raise exception 'The survivor would be published under a name that one of the two really has. Give it another public alias first.'
            using errcode = 'CP010', constraint = 'aliasGivesNameAway';
    end if;
    if cardinality((kept).aliases || sec.names_to_keep(gone, kept)) > longest
        or (select count(distinct (i.scheme, i.number)) from public.organisation_identifiers i
             where i.organisation_id in ((gone).id, (kept).id)) > longest
        or (select count(*) from public.organisation_contacts c
             where c.organisation_id in ((gone).id, (kept).id)) > longest
    then
        raise exception 'Together they have more than % aliases, register numbers or contacts. Remove what is no longer needed first.', longest
            using errcode = 'CP010', constraint = 'tooMuchToKeep';
    end if;
end $$;

-- The keys that carry the organisation, as one list for SET CONSTRAINTS.
create function sec.organisation_keys() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select string_agg(format('public.%I', c.conname), ', ') from pg_constraint c
     where c.contype = 'f' and c.condeferrable and c.connamespace = 'public'::regnamespace and cardinality(c.conkey) > 1
       and exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey)
                      and a.attname = 'organisation_id')
$$;

-- One entry for each record that changed hands, in the chains that its other changes are in, chain by chain in the order
-- in which everybody locks them.
create function sec.audit_moved(from_id uuid, to_id uuid, action text, request text,
        principals uuid[], grants uuid[], campaigns uuid[], sets uuid[]) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    entry record;
begin
    for entry in
        select null::uuid as chain, 'principal' as kind, unnest(principals) as id
        union all
        select g.programme_id, 'grant', g.id from public.grants g where g.id = any (grants)
        union all
        select c.programme_id, 'campaign', w.id from unnest(campaigns) as w(id)
          left join (select distinct c.campaign_id, c.programme_id from public.campaign_grants c) c on c.campaign_id = w.id
        union all
        select c.programme_id, 'resultSet', s.id from public.result_sets s
          left join (select distinct c.campaign_id, c.programme_id from public.campaign_grants c) c
            on c.campaign_id = s.campaign_id
         where s.id = any (sets)
        order by 1 nulls first, 2, 3
    loop
        perform sec.audit(entry.chain, request, entry.kind || '.' || action, entry.kind, entry.id, to_id,
            jsonb_build_object('organisationId', from_id)::text, jsonb_build_object('organisationId', to_id)::text);
    end loop;
end $$;

---------------------------------------------------------------------------------------------------------------------
-- The rows that hang on a campaign or a grant and carry its organisation: they move with it, both ways.

create function sec.move_dependents(to_id uuid, grants uuid[], campaigns uuid[], sets uuid[],
        out relation text, out key text, out moved bigint) returns setof record
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    return query
        with m as (update public.grant_instalments t set organisation_id = to_id where t.grant_id = any (grants)
                    returning t.grant_id)
        select 'grant_instalments', m.grant_id::text, count(*) from m group by m.grant_id;
    return query
        with m as (update public.grant_decisions t set organisation_id = to_id where t.grant_id = any (grants)
                    returning t.grant_id)
        select 'grant_decisions', m.grant_id::text, count(*) from m group by m.grant_id;
    return query
        with m as (update public.campaign_grants t set organisation_id = to_id where t.campaign_id = any (campaigns)
                    returning t.campaign_id)
        select 'campaign_grants', m.campaign_id::text, count(*) from m group by m.campaign_id;
    return query
        with m as (update public.readings t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'readings', m.result_set_id::text, count(*) from m group by m.result_set_id;
    return query
        with m as (update public.result_figures t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'result_figures', m.result_set_id::text, count(*) from m group by m.result_set_id;
    return query
        with m as (update public.result_coverage t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'result_coverage', m.result_set_id::text, count(*) from m group by m.result_set_id;
    return query
        with m as (update public.result_records t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'result_records', m.result_set_id::text, count(*) from m group by m.result_set_id;
end $$;

-- The moment of a move between organisations: taken when no answer "as of" an instant can be under way for the
-- programmes that it touches.
create function sec.moment_of_move(campaigns uuid[]) returns timestamptz
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programme uuid;
begin
    for programme in
        select distinct c.programme_id from public.campaign_grants c where c.campaign_id = any (campaigns) order by 1
    loop
        perform pg_advisory_xact_lock(hashtextextended('counterpoint revision ' || programme, 0));
    end loop;
    return clock_timestamp();
end $$;

create function sec.contact_digest(contact organisation_contacts) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(convert_to(jsonb_build_array((contact).name, (contact).role, (contact).email, (contact).phone,
        (contact).note)::text, 'UTF8')), 'hex')
$$;

-- An organisation as the log shows it, with the numbers that it has at this moment; never its contacts.
create function sec.organisation_document(one organisations) returns text
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select jsonb_build_object('id', (one).id, 'name', (one).name, 'kind', (one).kind, 'country', (one).country,
        'aliases', (one).aliases, 'publicAlias', (one).public_alias, 'languages', (one).languages,
        'safety', (one).safety, 'standing', (one).standing,
        'identifiers', (select coalesce(jsonb_agg(jsonb_build_object('scheme', i.scheme, 'id', i.number)
                                                  order by i.position), '[]')
                          from public.organisation_identifiers i where i.organisation_id = (one).id))::text
$$;

-- Merges one organisation into another and answers the id of the merge. Everything is checked here, whoever calls.
create function sec.merge_organisations(going uuid, staying uuid, why text, request text) returns uuid
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    gone      organisations;
    kept      organisations;
    now_kept  organisations;
    gone_before text;
    kept_before text;
    made      uuid := gen_random_uuid();
    moment    timestamptz;
    people    uuid[];
    granted   uuid[];
    run       uuid[];
    logged    uuid[];
    names_kept text[];
    lead      integer;
begin
    if going = staying then
        raise exception 'An organisation cannot be merged with itself.' using errcode = 'CP010', constraint = 'sameOrganisation';
    end if;
    if sec.merged_into(going) is not null then
        raise exception 'It was merged already, into %.', sec.merged_into(going)
            using errcode = 'CP011', constraint = 'alreadyMerged', detail = sec.merged_into(going);
    end if;
    perform sec.require_merging(going, staying);
    perform from public.organisations o where o.id in (going, staying) order by o.id for update;
    -- Again, now that nobody else can change the answer: whoever merged the same pair a moment ago has won.
    if sec.merged_into(going) is not null then
        raise exception 'It was merged already, into %.', sec.merged_into(going)
            using errcode = 'CP011', constraint = 'alreadyMerged', detail = sec.merged_into(going);
    end if;
    if sec.merged_into(staying) is not null then
        raise exception 'The survivor was itself merged, into %. Merge into that one.', sec.merged_into(staying)
            using errcode = 'CP011', constraint = 'alreadyMerged', detail = sec.merged_into(staying);
    end if;
    perform sec.require_merging(going, staying);
    select * into gone from public.organisations o where o.id = going;
    select * into kept from public.organisations o where o.id = staying;
    if gone.merged_into is not null or kept.merged_into is not null then
        raise exception 'no such organisation' using errcode = 'CP012';
    end if;
    perform sec.check_mergeable(gone, kept);
    gone_before := sec.organisation_document(gone);
    kept_before := sec.organisation_document(kept);

    execute 'set constraints ' || sec.organisation_keys() || ' deferred';
    perform set_config('counterpoint.merging', sec.merging_flag(), true);
    insert into public.organisation_merges (id, lost_id, survivor_id, reason, lost_before, survivor_before, merged_by, merged_at)
        values (made, going, staying, why, to_jsonb(gone), to_jsonb(kept), sec.principal(), clock_timestamp());

    -- The survivor takes part wherever the lost one did; where both did, it already does.
    insert into public.organisation_merge_moves (merge_id, relation, key, former)
        select made, 'programme_organisations', p.programme_id, jsonb_build_object('shared', exists (
                   select from public.programme_organisations k
                    where k.programme_id = p.programme_id and k.organisation_id = staying))
          from public.programme_organisations p where p.organisation_id = going
        union all
        select made, 'programme_funders', p.programme_id, jsonb_build_object('position', p.position, 'shared', exists (
                   select from public.programme_funders k
                    where k.programme_id = p.programme_id and k.organisation_id = staying))
          from public.programme_funders p where p.organisation_id = going;
    insert into public.programme_organisations (programme_id, organisation_id)
        select p.programme_id, staying from public.programme_organisations p where p.organisation_id = going
        on conflict do nothing;
    insert into public.programme_funders (programme_id, organisation_id, position)
        select p.programme_id, staying, p.position from public.programme_funders p where p.organisation_id = going
        on conflict do nothing;

    with m as (update public.principals t set organisation_id = staying, updated_at = now(), version = t.version + 1
                where t.organisation_id = going returning t.id)
    select coalesce(array_agg(m.id), '{}') into people from m;
    with m as (update public.grants t set organisation_id = staying, updated_at = now(), version = t.version + 1
                where t.organisation_id = going returning t.id)
    select coalesce(array_agg(m.id), '{}') into granted from m;
    with m as (update public.campaigns t set organisation_id = staying, updated_at = now(), version = t.version + 1
                where t.organisation_id = going returning t.id)
    select coalesce(array_agg(m.id), '{}') into run from m;
    with m as (update public.result_sets t set organisation_id = staying, updated_at = now(), version = t.version + 1
                where t.campaign_id = any (run) returning t.id)
    select coalesce(array_agg(m.id), '{}') into logged from m;
    insert into public.organisation_merge_moves (merge_id, relation, key)
        select made, 'principals', unnest(people) union all select made, 'grants', unnest(granted)
        union all select made, 'campaigns', unnest(run) union all select made, 'result_sets', unnest(logged);
    insert into public.organisation_merge_moves (merge_id, relation, key, moved)
        select made, d.relation, d.key, d.moved from sec.move_dependents(staying, granted, run, logged) d;
    delete from public.programme_organisations p where p.organisation_id = going;
    delete from public.programme_funders p where p.organisation_id = going;

    -- Numbers after the survivor's own; one that both have stays one.
    insert into public.organisation_merge_moves (merge_id, relation, key, former)
        select made, 'organisation_identifiers', i.scheme || ' ' || i.number, jsonb_build_object(
                   'scheme', i.scheme, 'number', i.number, 'position', i.position, 'shared', exists (
                       select from public.organisation_identifiers k where k.organisation_id = staying
                          and k.scheme = i.scheme and k.number = i.number))
          from public.organisation_identifiers i where i.organisation_id = going;
    select coalesce(max(i.position), 0) into lead from public.organisation_identifiers i where i.organisation_id = staying;
    insert into public.organisation_identifiers (organisation_id, position, scheme, number)
        select staying, lead + i.position, i.scheme, i.number
          from public.organisation_identifiers i where i.organisation_id = going
        on conflict do nothing;
    delete from public.organisation_identifiers i where i.organisation_id = going;

    insert into public.organisation_merge_moves (merge_id, relation, key, former)
        select made, 'organisation_contacts', c.position, jsonb_build_object('digest', sec.contact_digest(c))
          from public.organisation_contacts c where c.organisation_id = going;
    select coalesce(max(c.position), 0) into lead from public.organisation_contacts c where c.organisation_id = staying;
    update public.organisation_contacts c set organisation_id = staying, position = lead + c.position
     where c.organisation_id = going;

    -- Before the survivor's own checks: the latest clearance decides, and the survivor's own standing is not changed.
    select coalesce((select min(c.sequence) from public.organisation_checks c where c.organisation_id = staying)
               - 1 - (select max(c.sequence) from public.organisation_checks c where c.organisation_id = going), 0) into lead;
    insert into public.organisation_merge_moves (merge_id, relation, key, former)
        select made, 'organisation_checks', c.sequence, jsonb_build_object('became', c.sequence + lead)
          from public.organisation_checks c where c.organisation_id = going;
    update public.organisation_checks c set organisation_id = staying, sequence = c.sequence + lead
     where c.organisation_id = going;

    names_kept := sec.names_to_keep(gone, kept);
    insert into public.organisation_merge_moves (merge_id, relation, key) select made, 'aliases', unnest(names_kept);
    update public.organisations o
       set aliases = o.aliases || names_kept, safety = sec.strictest(gone.safety, kept.safety),
           updated_at = now(), version = o.version + 1
     where o.id = staying returning * into now_kept;
    update public.organisations o set merged_into = staying, updated_at = now(), version = o.version + 1
     where o.id = going;

    moment := sec.moment_of_move(run);
    update public.organisation_merges m set merged_at = moment where m.id = made;
    insert into public.campaign_moves (campaign_id, former_id, left_at) select unnest(run), going, moment;
    execute 'set constraints ' || sec.organisation_keys() || ' immediate';
    perform set_config('counterpoint.merging', '', true);

    perform sec.audit(null, request, 'organisation.mergedAway', 'organisation', going, going, gone_before,
        jsonb_build_object('mergedInto', staying, 'merge', made)::text);
    perform sec.audit(null, request, 'organisation.merged', 'organisation', staying, staying, kept_before,
        sec.organisation_document(now_kept));
    perform sec.audit(null, request, 'organisationMerge.made', 'organisationMerge', made, staying, null,
        jsonb_build_object('lost', going, 'survivor', staying, 'reason', why)::text);
    perform sec.audit_moved(going, staying, 'moved', request, people, granted, run, logged);
    return made;
end $$;

-- Takes a merge back: what it moved goes back, with what was added to those campaigns and grants since, because a result
-- cannot leave its campaign. What was added to the survivor itself stays there. Merges are undone in the reverse order.
create function sec.undo_merge(merge uuid, why text, request text) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    undone    organisation_merges;
    gone      organisations;
    kept      organisations;
    now_gone  organisations;
    now_kept  organisations;
    kept_before text;
    people    uuid[];
    granted   uuid[];
    run       uuid[];
    logged    uuid[];
    since     jsonb;
    tied      uuid;
    contact   record;
    moment    timestamptz;
begin
    select * into undone from public.organisation_merges m where m.id = merge;
    if undone.id is null then raise exception 'no such merge' using errcode = 'CP012'; end if;
    perform sec.require_merging(undone.lost_id, undone.survivor_id);
    perform from public.organisations o where o.id in (undone.lost_id, undone.survivor_id) order by o.id for update;
    perform sec.require_merging(undone.lost_id, undone.survivor_id);
    select * into undone from public.organisation_merges m where m.id = merge;
    if undone.undone_at is not null then
        raise exception 'This merge was undone already.' using errcode = 'CP011', constraint = 'alreadyUndone';
    end if;
    select * into gone from public.organisations o where o.id = undone.lost_id;
    select * into kept from public.organisations o where o.id = undone.survivor_id;
    kept_before := sec.organisation_document(kept);
    if kept.merged_into is not null or exists (
        select from public.organisation_merges m where m.survivor_id = undone.survivor_id and m.undone_at is null
           and m.merged_at > undone.merged_at)
    then
        raise exception 'The survivor was part of a later merge. Undo that one first.'
            using errcode = 'CP011', constraint = 'laterMergeStands';
    end if;

    execute 'set constraints ' || sec.organisation_keys() || ' deferred';
    perform set_config('counterpoint.merging', sec.merging_flag(), true);
    update public.organisations o set merged_into = null, updated_at = now(), version = o.version + 1
     where o.id = undone.lost_id;

    insert into public.programme_organisations (programme_id, organisation_id)
        select m.key::uuid, undone.lost_id from public.organisation_merge_moves m
         where m.merge_id = merge and m.relation = 'programme_organisations';
    insert into public.programme_funders (programme_id, organisation_id, position)
        select m.key::uuid, undone.lost_id, (m.former->>'position')::smallint from public.organisation_merge_moves m
         where m.merge_id = merge and m.relation = 'programme_funders';

    select array(select m.key::uuid from public.organisation_merge_moves m where m.merge_id = merge and m.relation = 'principals'),
           array(select m.key::uuid from public.organisation_merge_moves m where m.merge_id = merge and m.relation = 'grants'),
           array(select m.key::uuid from public.organisation_merge_moves m where m.merge_id = merge and m.relation = 'campaigns')
      into people, granted, run;
    update public.principals t set organisation_id = undone.lost_id, updated_at = now(), version = t.version + 1
     where t.id = any (people);
    update public.grants t set organisation_id = undone.lost_id, updated_at = now(), version = t.version + 1
     where t.id = any (granted);
    update public.campaigns t set organisation_id = undone.lost_id, updated_at = now(), version = t.version + 1
     where t.id = any (run);
    -- Looked at only now: the updates above have waited for whoever was tying them together.
    select c.campaign_id into tied from public.campaign_grants c
     where (c.campaign_id = any (run) or c.grant_id = any (granted))
       and (c.campaign_id = any (run)) <> (c.grant_id = any (granted)) limit 1;
    if tied is not null then
        raise exception 'Since the merge, the campaign % draws on grants of both. Change its grants first.', tied
            using errcode = 'CP011', constraint = 'tiedSince', detail = tied;
    end if;
    with m as (update public.result_sets t set organisation_id = undone.lost_id, updated_at = now(), version = t.version + 1
                where t.campaign_id = any (run) returning t.id)
    select coalesce(array_agg(m.id), '{}') into logged from m;
    perform from sec.move_dependents(undone.lost_id, granted, run, logged);

    delete from public.programme_funders p using public.organisation_merge_moves m
     where m.merge_id = merge and m.relation = 'programme_funders' and not (m.former->>'shared')::boolean
       and p.programme_id = m.key::uuid and p.organisation_id = undone.survivor_id;
    delete from public.programme_organisations p using public.organisation_merge_moves m
     where m.merge_id = merge and m.relation = 'programme_organisations' and not (m.former->>'shared')::boolean
       and p.programme_id = m.key::uuid and p.organisation_id = undone.survivor_id
       and not exists (select from public.grants g
                        where g.programme_id = p.programme_id and g.organisation_id = p.organisation_id)
       and not exists (select from public.programme_funders f
                        where f.programme_id = p.programme_id and f.organisation_id = p.organisation_id);

    delete from public.organisation_identifiers i using public.organisation_merge_moves m
     where m.merge_id = merge and m.relation = 'organisation_identifiers' and not (m.former->>'shared')::boolean
       and i.organisation_id = undone.survivor_id and i.scheme = m.former->>'scheme' and i.number = m.former->>'number';
    insert into public.organisation_identifiers (organisation_id, position, scheme, number)
        select undone.lost_id, (m.former->>'position')::smallint, m.former->>'scheme', m.former->>'number'
          from public.organisation_merge_moves m where m.merge_id = merge and m.relation = 'organisation_identifiers';
    -- A contact that was changed or removed since is somebody's decision about the survivor and stays as it is.
    for contact in
        select m.key::smallint as position, m.former->>'digest' as digest
          from public.organisation_merge_moves m
         where m.merge_id = merge and m.relation = 'organisation_contacts' order by 1
    loop
        update public.organisation_contacts c set organisation_id = undone.lost_id, position = contact.position
         where c.organisation_id = undone.survivor_id and c.position = (
               select max(k.position) from public.organisation_contacts k
                where k.organisation_id = undone.survivor_id and sec.contact_digest(k) = contact.digest);
    end loop;
    update public.organisation_checks c set organisation_id = undone.lost_id, sequence = m.key::integer
      from public.organisation_merge_moves m
     where m.merge_id = merge and m.relation = 'organisation_checks'
       and c.organisation_id = undone.survivor_id and c.sequence = (m.former->>'became')::integer;

    update public.organisations o
       set aliases = array(select a.name from unnest(o.aliases) with ordinality as a(name, place)
                            where a.name not in (select m.key from public.organisation_merge_moves m
                                                  where m.merge_id = merge and m.relation = 'aliases')
                            order by a.place),
           -- Stricter than the merge left it is somebody's decision since; it is not loosened again.
           safety = case when o.safety = sec.strictest(undone.lost_before->>'safety', undone.survivor_before->>'safety')
                         then undone.survivor_before->>'safety' else o.safety end,
           updated_at = now(), version = o.version + 1
     where o.id = undone.survivor_id returning * into now_kept;
    select * into now_gone from public.organisations o where o.id = undone.lost_id;

    moment := sec.moment_of_move(run);
    since := jsonb_build_object(
        'stayed', jsonb_build_object(
            'principals', array(select p.id from public.principals p
                where p.organisation_id = undone.survivor_id and p.created_at >= undone.merged_at order by 1),
            'grants', array(select g.id from public.grants g
                where g.organisation_id = undone.survivor_id and g.created_at >= undone.merged_at order by 1),
            'campaigns', array(select c.id from public.campaigns c
                where c.organisation_id = undone.survivor_id and c.created_at >= undone.merged_at order by 1)),
        'followed', jsonb_build_object(
            'resultSets', array(select s.id from unnest(logged) as s(id)
                where not exists (select from public.organisation_merge_moves m
                                   where m.merge_id = merge and m.relation = 'result_sets' and m.key = s.id::text) order by 1)));
    update public.organisation_merges m
       set undone_at = moment, undone_by = sec.principal(), undone_reason = why, added_since = since, version = m.version + 1
     where m.id = merge;
    insert into public.campaign_moves (campaign_id, former_id, left_at) select unnest(run), undone.survivor_id, moment;
    execute 'set constraints ' || sec.organisation_keys() || ' immediate';
    perform set_config('counterpoint.merging', '', true);

    perform sec.audit(null, request, 'organisation.restored', 'organisation', undone.lost_id, undone.lost_id,
        jsonb_build_object('mergedInto', undone.survivor_id, 'merge', merge)::text, sec.organisation_document(now_gone));
    perform sec.audit(null, request, 'organisation.unmerged', 'organisation', undone.survivor_id, undone.survivor_id,
        kept_before, sec.organisation_document(now_kept));
    perform sec.audit(null, request, 'organisationMerge.undone', 'organisationMerge', merge, undone.survivor_id, null,
        (since || jsonb_build_object('reason', why))::text);
    perform sec.audit_moved(undone.survivor_id, undone.lost_id, 'movedBack', request, people, granted, run, logged);
end $$;

grant execute on function sec.merge_organisations(uuid, uuid, text, text), sec.undo_merge(uuid, text, text)
    to counterpoint_manager, counterpoint_admin;

reset role;
