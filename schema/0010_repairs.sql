-- What the isolation matrix (Tests/CounterpointRecordsTests/Isolation) found in the migrations before this one, put right.
--
-- Each part says what was possible. Last of its batch, so that tables and policies of earlier numbers are all there.

---------------------------------------------------------------------------------------------------------------------
-- A manager read, in the log, what organisations of their programme do under the programmes of others, and what drafts say.

set local role counterpoint_owner;

-- Under a programme: its managers (policy own_programmes). Of an organisation itself: whoever manages it.
alter policy of_the_manager on audit_entries using (
    chain = '00000000-0000-0000-0000-000000000000' and subject_kind in ('organisation', 'principal', 'token', 'organisationMerge')
    and organisation_id = any ((select sec.organisations_in_programmes())::uuid[]));
alter policy of_the_merged on audit_entries using (
    chain = '00000000-0000-0000-0000-000000000000' and subject_kind in ('organisation', 'principal', 'token', 'organisationMerge')
    and organisation_id = any ((select sec.merged_away())::uuid[]));

-- What an entry says was written is shown to a manager only with the set that it is about: a draft is its writer's own.
drop policy with_its_entry on audit_details;
create policy with_its_entry on audit_details for select to counterpoint_ngo
    using (exists (select from audit_entries e where e.chain = audit_details.chain and e.sequence = audit_details.sequence));
create policy with_its_entry_and_set on audit_details for select to counterpoint_manager
    using (exists (select from audit_entries e where e.chain = audit_details.chain and e.sequence = audit_details.sequence
                      and (e.subject_kind <> 'resultSet' or e.action in ('resultSet.moved', 'resultSet.movedBack')
                           or exists (select from result_sets s where s.id = e.subject_id))));

---------------------------------------------------------------------------------------------------------------------
-- What a manager made is theirs to see while they are one: another's session in a manager's role saw what it had made.

alter policy managed on campaigns using (
    id = any ((select sec.campaigns())::uuid[])
    or (created_by = (select sec.principal()) and (select sec.acts_as('programmeManager'))));
alter policy managed on programmes using (
    id = any ((select sec.managed_programmes())::uuid[])
    or (created_by = (select sec.principal()) and (select sec.acts_as('programmeManager'))));

---------------------------------------------------------------------------------------------------------------------
-- An NGO read which sets of its rivals were accepted in a programme that both are in. The number and its moment are what
-- "as of" needs; whose set it was is not.

revoke select on programme_revisions from counterpoint_ngo;
grant select (programme_id, revision, at) on programme_revisions to counterpoint_ngo;

---------------------------------------------------------------------------------------------------------------------
-- A manager could change the drafts of NGOs by a statement without a condition: policies for reading apply only to
-- statements that read.

alter policy review on result_sets
    using (campaign_id = any ((select sec.campaigns())::uuid[])
       and (status <> 'draft' or created_by = (select sec.principal())));

-- And could add figures to such a draft, or take away the days that it covers.
alter policy handed_in on result_figures
    with check (campaign_id = any ((select sec.campaigns())::uuid[])
       and (stage <> 'draft' or exists (select from result_sets s where s.id = result_figures.result_set_id)));
alter policy managed on result_coverage
    using (campaign_id = any ((select sec.campaigns())::uuid[])
       and exists (select from result_sets s where s.id = result_coverage.result_set_id))
    with check (campaign_id = any ((select sec.campaigns())::uuid[])
       and exists (select from result_sets s where s.id = result_coverage.result_set_id));

---------------------------------------------------------------------------------------------------------------------
-- A viewer could delete what only editors may: DELETE asks USING alone, and the wall's lets viewers through. Every table
-- with the wall gets one more; sec.protect makes it for those to come.

reset role;
set local role counterpoint_verifier;

create or replace function sec.protect(protected regclass, tenant name default null) returns void
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
        execute format(
            'create policy ngo_viewers_delete_nothing on %s as restrictive for delete to counterpoint_ngo
                 using (%I = (select sec.editing_organisation()))', protected, tenant);
    end if;
end $$;

reset role;
do $$
declare
    wall record;
begin
    for wall in
        select p.polrelid::regclass as walled, (regexp_match(pg_get_expr(p.polqual, p.polrelid), '^\(\(?(\w+) = '))[1] as tenant
          from pg_policy p where p.polname = 'ngo_wall'
    loop
        execute format(
            'create policy ngo_viewers_delete_nothing on %s as restrictive for delete to counterpoint_ngo
                 using (%I = (select sec.editing_organisation()))', wall.walled, wall.tenant);
    end loop;
end $$;

---------------------------------------------------------------------------------------------------------------------
-- A manager could make a token for the staff of an organisation that is also in programmes of others, and read those
-- with it. Now as with merging: only where all of the organisation's programmes are the manager's; else an administrator.

set local role counterpoint_verifier;

create or replace function sec.may_issue_for(holder uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if sec.acts_as('administrator') then
        return exists (select from public.principals p where p.id = holder and p.disabled_at is null);
    end if;
    return exists (
        select from public.principals p
          join public.programme_organisations o on o.organisation_id = p.organisation_id
         where p.id = holder and p.disabled_at is null and o.programme_id = any (sec.managed_programmes())
           and not exists (select from public.programme_organisations other
                            where other.organisation_id = p.organisation_id
                              and other.programme_id <> all (sec.managed_programmes()))
           and not exists (select from public.programme_funders other
                            where other.organisation_id = p.organisation_id
                              and other.programme_id <> all (sec.managed_programmes())));
end $$;

---------------------------------------------------------------------------------------------------------------------
-- A statement slipped into a session could write entries into the log of any programme and about any organisation, or
-- with nobody named. The log takes from each caller what they could have done.

create function sec.refuse_foreign_entry() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    caller_role text := sec.claim(4);
    of_none constant uuid := '00000000-0000-0000-0000-000000000000';
    is_own boolean;
begin
    is_own := case
        when caller_role = 'administrator' then true
        -- A migration has no caller, and whoever runs one may become the owner.
        when caller_role is null then pg_has_role(session_user, 'counterpoint_owner', 'member')
        when caller_role = 'programmeManager' then
            (new.chain = of_none or new.chain = any (sec.managed_programmes()))
            and (new.organisation_id is null or sec.manages_organisation(new.organisation_id)
                 or sec.merged_into(new.organisation_id) is not null)
        when caller_role in ('ngoEditor', 'ngoViewer') then
            (new.chain = of_none or new.chain = any (sec.granting_programmes()))
            and (new.organisation_id is null or new.organisation_id = sec.organisation())
        else new.chain = of_none and (new.organisation_id is null or new.organisation_id = sec.claim(6)::uuid)
        end;
    if not is_own then
        raise exception 'not the caller''s to write in the log' using errcode = '42501';
    end if;
    return new;
end $$;
grant execute on function sec.refuse_foreign_entry() to counterpoint_owner;

---------------------------------------------------------------------------------------------------------------------
-- The readings of an accepted set stood fast, the figures made of them and the days it covers did not.

create function sec.figures_stand() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    kept   public.result_figures := new;
    stands text := (select s.status from public.result_sets s where s.id = old.result_set_id);
begin
    kept.stage := old.stage;
    kept.organisation_id := old.organisation_id;
    if stands is null or stands in ('draft', 'returned')
       or (kept is not distinct from old
           and (new.organisation_id = old.organisation_id or sec.merging())
           and (new.stage = old.stage or stands = 'submitted'))
    then
        return new;
    end if;
    raise exception 'the figures of a set that is % never change', stands
        using errcode = 'CP004', constraint = 'accepted_sets_stand';
end $$;

create function sec.figures_only_while_open() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    stands text;
begin
    -- `audit recompute` derives figures anew in a transaction that it takes back.
    if sec.acts_as('administrator') then return null; end if;
    for stands in
        select distinct s.status from public.result_sets s
         where s.id in (select c.result_set_id from changed c) and s.status not in ('draft', 'returned')
    loop
        raise exception 'the figures of a set that is % never change', stands
            using errcode = 'CP004', constraint = 'accepted_sets_stand';
    end loop;
    return null;
end $$;

-- Asked at the end of the transaction: a correction uncovers what it corrects before that is marked as corrected.
create function sec.accepted_stays_covered() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if (tg_op = 'DELETE' or (new.result_set_id, new.campaign_id, new.part, new.series, new.metric, new.period)
                         is distinct from (old.result_set_id, old.campaign_id, old.part, old.series, old.metric, old.period)
                         or (old.claim = 'accepted' and new.claim <> 'accepted'))
       and exists (select from public.result_sets s where s.id = old.result_set_id and s.status = 'accepted')
    then
        raise exception 'an accepted set covers its days as long as it stands'
            using errcode = 'CP004', constraint = 'accepted_sets_stand';
    end if;
    return null;
end $$;
grant execute on function sec.figures_stand(), sec.figures_only_while_open(), sec.accepted_stays_covered()
    to counterpoint_owner;

reset role;
set local role counterpoint_owner;

create trigger refuse_foreign_entry before insert on audit_entries
    for each row execute function sec.refuse_foreign_entry();
-- Written when a set is accepted, whoever does it.
create or replace trigger scope before insert or update or delete on suppressed_series
    for each statement execute function sec.require_scope('logResults', 'review', 'manage');

-- Asked of callers: what the database itself publishes of an accepted set (schema/0008) and moves in a merge is the verifier's.
create trigger figures_stand before update on result_figures
    for each row when (current_user <> 'counterpoint_verifier') execute function sec.figures_stand();
create trigger only_while_open_insert after insert on result_figures
    referencing new table as changed for each statement when (current_user <> 'counterpoint_verifier')
    execute function sec.figures_only_while_open();
create trigger only_while_open_delete after delete on result_figures
    referencing old table as changed for each statement when (current_user <> 'counterpoint_verifier')
    execute function sec.figures_only_while_open();
create constraint trigger accepted_stays_covered after update or delete on result_coverage
    deferrable initially deferred for each row execute function sec.accepted_stays_covered();

reset role;

---------------------------------------------------------------------------------------------------------------------
-- What PostgreSQL gives to everybody and no caller of ours needs. All callers of one kind share a role, and all share the
-- service's connections: a temporary table of one shadowed a table of ours for the next on the same connection, a lock
-- held up the revisions of a programme, and one session of the service could end another.

do $$
declare
    given record;
begin
    execute format('revoke temporary on database %I from public', current_database());
    for given in
        select p.oid::regprocedure as called from pg_proc p
         where p.pronamespace = 'pg_catalog'::regnamespace
           and (p.proname ~ '^pg_(try_)?advisory_' or p.proname in ('pg_terminate_backend', 'pg_cancel_backend',
                'lo_create', 'lo_creat', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite', 'pg_export_snapshot',
                'pg_logical_emit_message', 'pg_notify', 'query_to_xml', 'table_to_xml', 'cursor_to_xml', 'schema_to_xml',
                'database_to_xml'))
    loop
        execute format('revoke execute on function %s from public', given.called);
        if given.called::text ~ 'advisory' then
            execute format('grant execute on function %s to counterpoint_verifier', given.called);
        end if;
    end loop;
    revoke usage on language plpgsql from public;
    grant usage on language plpgsql to counterpoint_owner, counterpoint_verifier;
end $$;

---------------------------------------------------------------------------------------------------------------------
-- Spending that is not known (missing, masked, not applicable) may be in no currency: a file says "--" where it names none.

set local role counterpoint_owner;
alter table readings drop constraint money_has_a_currency;
alter table readings add constraint money_has_a_currency check
    (case when additivity = 'money' then currency is not null or state <> 'value' else currency is null end);
reset role;
