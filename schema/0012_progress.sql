-- How the work gets on: who took each step of a result set and what the reviewer objected to, when the reports of a grant
-- are due, and what a campaign set out to reach.
--
-- Reading order: the tables → who may see them → what the verifier writes and tells → what moves with a merge. Funders see
-- none of this: what is being reviewed, awaited and aimed at stays between an organisation and its managers.

set local role counterpoint_owner;

---------------------------------------------------------------------------------------------------------------------
-- Review

-- One row for each step of a set, written by a trigger, so that no path can forget it. Changes of a set are noted from its
-- first return on: until then it is its writer's own draft.
create table result_set_steps (
    result_set_id   uuid not null,
    sequence        integer not null check (sequence >= 1),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    step            text not null check (step in
                        ('logged', 'changed', 'submitted', 'returned', 'accepted', 'superseded', 'withdrawn')),
    reason          text check (length(reason) <= 4000),
    principal_id    uuid references principals (id),
    at              timestamptz not null default now(),
    primary key (result_set_id, sequence),
    constraint step_of_its_set foreign key (organisation_id, campaign_id, result_set_id)
        references result_sets (organisation_id, campaign_id, id) deferrable initially immediate,
    constraint step_of_organisation unique (organisation_id, result_set_id, sequence)
);

-- What a reviewer objected to when returning a set: the figure as it stood then, and why. It is matched to the readings of
-- now by metric, days, content and cell, so that it stays beside a figure that the NGO has mended. The next decision about
-- the set settles it.
create table result_objections (
    id              uuid primary key default gen_random_uuid(),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    result_set_id   uuid not null,
    returned_by     integer not null,
    number          smallint not null check (number between 1 and 500),
    metric          text not null,
    period_from     date not null,
    period_to       date not null,
    content         text check (length(content) <= 1000),
    cell            text check (length(cell) <= 500),
    state           text not null check (state in ('value', 'missing', 'masked', 'notApplicable')),
    qualifier       text not null check (qualifier in ('exact', 'atLeast', 'atMost', 'about')),
    value           numeric(26, 8),
    currency        text,
    reason          text not null constraint objection_has_a_reason check (reason <> '' and length(reason) <= 4000),
    settled_by      integer,
    constraint objection_numbered unique (result_set_id, returned_by, number),
    constraint objection_of_its_set foreign key (organisation_id, campaign_id, result_set_id)
        references result_sets (organisation_id, campaign_id, id) deferrable initially immediate,
    constraint objection_of_a_return foreign key (organisation_id, result_set_id, returned_by)
        references result_set_steps (organisation_id, result_set_id, sequence) deferrable initially immediate,
    constraint objection_settled_later check (settled_by > returned_by)
);

select sec.protect('result_set_steps', 'organisation_id');
select sec.protect('result_objections', 'organisation_id');

create policy own on result_set_steps for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy with_their_set on result_set_steps for select to counterpoint_manager
    using (exists (select from result_sets s where s.id = result_set_steps.result_set_id));
grant select on result_set_steps to counterpoint_ngo, counterpoint_manager;

create policy own on result_objections for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy with_their_set on result_objections for select to counterpoint_manager
    using (exists (select from result_sets s where s.id = result_objections.result_set_id));
-- Together with the return itself, whose audit entry holds them: the step was made in this very transaction.
create policy with_the_return on result_objections for insert to counterpoint_manager
    with check (campaign_id = any ((select sec.campaigns())::uuid[])
        and exists (select from result_set_steps t
                     where t.result_set_id = result_objections.result_set_id
                       and t.sequence = result_objections.returned_by and t.step = 'returned' and t.at = now()));
grant select on result_objections to counterpoint_ngo, counterpoint_manager;
grant insert on result_objections to counterpoint_manager, counterpoint_admin;

-- What is in the log already becomes the history of the sets that stand.
insert into result_set_steps (result_set_id, sequence, organisation_id, campaign_id, step, reason, principal_id, at)
    select s.id, row_number() over (partition by s.id order by e.at, e.sequence), s.organisation_id, s.campaign_id,
           e.step, case when e.step in ('returned', 'withdrawn') then e.reason end, e.principal_id, e.at
      from (select distinct on (e.subject_id, e.transaction, e.action) e.subject_id, e.at, e.sequence, e.principal_id,
                   substr(e.action, length('resultSet.') + 1) as step, d.after::jsonb->>'reason' as reason
              from audit_entries e left join audit_details d on d.chain = e.chain and d.sequence = e.sequence
             where e.subject_kind = 'resultSet' and e.action in ('resultSet.logged', 'resultSet.submitted',
                   'resultSet.returned', 'resultSet.accepted', 'resultSet.superseded', 'resultSet.withdrawn')
             order by e.subject_id, e.transaction, e.action, e.chain) e
      join result_sets s on s.id = e.subject_id;

---------------------------------------------------------------------------------------------------------------------
-- Reports that are due

-- The rule by which a grant's reporting periods were made; no row: they were given one by one.
create table grant_reporting (
    grant_id        uuid primary key,
    organisation_id uuid not null,
    every_months    smallint not null check (every_months between 1 and 60),
    due_after_days  smallint not null check (due_after_days between 0 and 366),
    constraint reporting_of_its_grant foreign key (organisation_id, grant_id)
        references grants (organisation_id, id) deferrable initially immediate
);

create table grant_reporting_periods (
    organisation_id uuid not null,
    grant_id        uuid not null,
    number          smallint not null check (number between 1 and 120),
    period_from     date not null,
    period_to       date not null,
    due_on          date not null,
    primary key (grant_id, number),
    constraint reporting_period_of_its_grant foreign key (organisation_id, grant_id)
        references grants (organisation_id, id) deferrable initially immediate,
    constraint reporting_period_runs_forward check (period_to >= period_from),
    constraint report_is_due_when_its_period_is_over check (due_on >= period_to),
    constraint reporting_periods_do_not_overlap exclude using gist
        (grant_id with =, daterange(period_from, period_to, '[]') with &&)
);

select sec.protect('grant_reporting', 'organisation_id');
select sec.protect('grant_reporting_periods', 'organisation_id');

create policy own on grant_reporting for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy with_its_grant on grant_reporting to counterpoint_manager
    using (exists (select from grants g where g.id = grant_reporting.grant_id))
    with check (exists (select from grants g where g.id = grant_reporting.grant_id));
create policy own on grant_reporting_periods for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy with_its_grant on grant_reporting_periods to counterpoint_manager
    using (exists (select from grants g where g.id = grant_reporting_periods.grant_id))
    with check (exists (select from grants g where g.id = grant_reporting_periods.grant_id));
-- A funder may ask and is shown no row: one statement then serves every reader of a grant.
grant select on grant_reporting, grant_reporting_periods
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder;
grant insert, delete on grant_reporting, grant_reporting_periods to counterpoint_manager, counterpoint_admin;

---------------------------------------------------------------------------------------------------------------------
-- Indicators

-- What a campaign set out to reach: a figure of the catalogue, or a statement in words. The actual figure is never stored:
-- it is computed from accepted readings when it is asked for.
create table indicators (
    id                 uuid primary key default gen_random_uuid(),
    organisation_id    uuid not null,
    campaign_id        uuid not null,
    code               text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    title              text not null check (title <> '' and length(title) <= 400),
    measure            text not null check (measure in ('metric', 'qualitative')),
    metric             text,
    channels           text[] not null default '{}',
    period_from        date,
    period_to          date,
    direction          text not null default 'ascending' check (direction in ('ascending', 'descending')),
    currency           text,
    baseline           numeric(26, 8),
    target             numeric(26, 8),
    baseline_statement text check (length(baseline_statement) <= 4000),
    target_statement   text check (length(target_statement) <= 4000),
    baseline_on        date,
    baseline_comment   text check (length(baseline_comment) <= 4000),
    target_on          date,
    target_comment     text check (length(target_comment) <= 4000),
    actual_statement   text check (length(actual_statement) <= 4000),
    actual_on          date,
    actual_source      text check (length(actual_source) <= 4000),
    created_by         uuid not null default sec.principal() references principals (id),
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    version            integer not null default 1,
    constraint indicator_of_its_campaign foreign key (organisation_id, campaign_id)
        references campaigns (organisation_id, id) deferrable initially immediate,
    constraint indicator_code_is_taken_once unique (organisation_id, campaign_id, code),
    constraint indicator_measures_a_metric_or_is_told check ((measure = 'metric') = (metric is not null)),
    constraint indicator_figures_of_a_metric check (measure = 'metric' or (baseline is null and target is null)),
    constraint indicator_statements_in_words check (measure = 'qualitative'
        or (baseline_statement is null and target_statement is null and actual_statement is null)),
    constraint indicator_actual_is_whole check ((actual_statement is null) = (actual_on is null)
        and (actual_statement is not null or actual_source is null)),
    constraint indicator_period_runs_forward check (period_to >= period_from and (period_from is null) = (period_to is null))
);
create index indicators_by_campaign on indicators (campaign_id, created_at, id);

select sec.protect('indicators', 'organisation_id');
create policy own on indicators to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy managed on indicators to counterpoint_manager
    using (campaign_id = any ((select sec.campaigns())::uuid[]))
    with check (campaign_id = any ((select sec.campaigns())::uuid[]));
grant select, insert, update, delete on indicators to counterpoint_ngo, counterpoint_manager;
grant insert, update, delete on indicators to counterpoint_admin;

---------------------------------------------------------------------------------------------------------------------
-- What the verifier writes and tells

reset role;
grant insert, update (organisation_id) on result_set_steps to counterpoint_verifier;
grant update (organisation_id, settled_by) on result_objections to counterpoint_verifier;
grant update (organisation_id) on grant_reporting, grant_reporting_periods, indicators to counterpoint_verifier;
set local role counterpoint_verifier;

-- Follows result_sets: every step is noted, and a decision settles what was objected to before.
create function sec.note_step() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    taken  text;
    last   record;
begin
    if tg_op = 'INSERT' then
        taken := 'logged';
    elsif new.status <> old.status then
        taken := new.status;
    elsif old.status = 'returned' and new.version > old.version and new.organisation_id = old.organisation_id then
        taken := 'changed';
    else
        return null;
    end if;
    select t.sequence, t.step, t.principal_id into last from public.result_set_steps t
     where t.result_set_id = new.id order by t.sequence desc limit 1;
    -- Whoever mends a set saves it many times; that it is being mended is noted once.
    if taken = 'changed' and last.step = 'changed' and last.principal_id is not distinct from sec.principal() then
        return null;
    end if;
    insert into public.result_set_steps (result_set_id, sequence, organisation_id, campaign_id, step, reason, principal_id)
        values (new.id, coalesce(last.sequence, 0) + 1, new.organisation_id, new.campaign_id, taken,
            case when taken in ('returned', 'withdrawn') then new.return_reason end, sec.principal());
    if taken in ('returned', 'accepted', 'superseded', 'withdrawn') then
        update public.result_objections o set settled_by = coalesce(last.sequence, 0) + 1
         where o.result_set_id = new.id and o.settled_by is null;
    end if;
    return null;
end $$;

-- The same as sec.require_audit, for rows that are removed.
create function sec.require_audit_of_removal() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not exists (select from public.audit_entries e
                    where e.transaction = pg_current_xact_id() and e.subject_id = old.id) then
        raise exception 'a removal from % has no audit entry', tg_table_name using errcode = 'CP001';
    end if;
    return null;
end $$;

-- Who stands behind the steps of a set: everyone's role, and the names of one's own people, of the managers of the
-- programmes in which an NGO holds grants, and, for a manager, of the people of organisations and of fellow managers.
create function sec.people_behind(people uuid[])
    returns table (id uuid, role text, name text)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    organisation uuid := sec.organisation();
    managed      uuid[] := sec.managed_programmes();
    granting     uuid[] := sec.granting_programmes();
    sees_all     boolean := sec.acts_as('administrator') or sec.acts_as('auditor');
begin
    if organisation is null and managed = '{}' and not sees_all then return; end if;
    return query
        select p.id, p.role,
               case when sees_all or p.id = sec.principal() or p.organisation_id = organisation
                      or (p.role = 'programmeManager' and exists (
                            select from public.programme_managers m
                             where m.principal_id = p.id and m.programme_id = any (managed || granting)))
                      or (p.organisation_id is not null and exists (
                            select from public.programme_organisations o
                             where o.organisation_id = p.organisation_id and o.programme_id = any (managed)))
                    then p.name end
          from public.principals p where p.id = any (people);
end $$;

-- Whether the figures of a set are claimed a second time: in the records of several programmes, because its campaign draws
-- on grants of each; or by another campaign of the organisation, from the same file or with the very same readings. Told to
-- those who manage the campaign; the other set is named only to those who manage its campaign too.
create function sec.claimed_twice(wanted uuid)
    returns table (programmes integer, twin uuid)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    -- Fewer readings may be the same by chance: two campaigns with no clicks at all.
    readings_at_least constant integer := 3;
    sees_all boolean := sec.acts_as('administrator') or sec.acts_as('auditor');
    managed  uuid[] := case when sec.acts_as('programmeManager') then sec.campaigns() else '{}' end;
    claimed  result_sets;
begin
    select s.* into claimed from public.result_sets s
     where s.id = wanted and (sees_all or s.campaign_id = any (managed));
    if claimed.id is null or claimed.status in ('withdrawn', 'superseded') then return; end if;
    return query
        select count(distinct g.programme_id)::integer, null::uuid
          from public.campaign_grants c join public.grants g on g.id = c.grant_id
         where c.campaign_id = claimed.campaign_id and g.status not in ('rejected', 'cancelled')
        having count(distinct g.programme_id) > 1;
    return query
        select distinct null::integer, case when sees_all or s.campaign_id = any (managed) then s.id end
          from public.result_sets s
         where s.organisation_id = claimed.organisation_id and s.campaign_id <> claimed.campaign_id
           and s.channel = claimed.channel and s.role = claimed.role and s.status in ('submitted', 'accepted')
           and s.period_from <= claimed.period_to and s.period_to >= claimed.period_from
           and (s.source_sha256 = claimed.source_sha256
                or (s.digest = claimed.digest and s.readings >= readings_at_least));
end $$;

grant execute on function sec.people_behind(uuid[]), sec.claimed_twice(uuid)
    to counterpoint_ngo, counterpoint_manager, counterpoint_auditor, counterpoint_admin;
grant execute on function sec.note_step(), sec.require_audit_of_removal() to counterpoint_owner;

reset role;
set local role counterpoint_owner;

create trigger note_step after insert or update on result_sets for each row execute function sec.note_step();
create trigger append_only before delete or truncate on result_set_steps
    for each statement execute function refuse_change();
create trigger stand before update on result_set_steps for each statement execute function readings_stand();
create trigger append_only before delete or truncate on result_objections
    for each statement execute function refuse_change();

create constraint trigger audited after insert on indicators
    deferrable initially deferred for each row execute function sec.require_audit();
-- A merge moves them with their campaign, whose entry stands for them.
create constraint trigger audited_change after update on indicators
    deferrable initially deferred for each row when (old.organisation_id = new.organisation_id)
    execute function sec.require_audit();
create constraint trigger audited_removal after delete on indicators
    deferrable initially deferred for each row execute function sec.require_audit_of_removal();

reset role;

---------------------------------------------------------------------------------------------------------------------
-- Moving with a merge (schema/0006): the rows of this file that hang on a grant, a campaign or a set.

set local role counterpoint_verifier;

create or replace function sec.move_dependents(to_id uuid, grants uuid[], campaigns uuid[], sets uuid[],
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
        with m as (update public.reading_blocks t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'reading_blocks', m.result_set_id::text, count(*) from m group by m.result_set_id;
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
    return query
        with m as (update public.imports t set organisation_id = to_id where t.campaign_id = any (campaigns)
                    returning t.campaign_id)
        select 'imports', m.campaign_id::text, count(*) from m group by m.campaign_id;
    return query
        with m as (update public.evidence_files t set organisation_id = to_id where t.campaign_id = any (campaigns)
                    returning t.campaign_id)
        select 'evidence_files', m.campaign_id::text, count(*) from m group by m.campaign_id;
    return query
        with m as (update public.evidence_pieces t set organisation_id = to_id where t.campaign_id = any (campaigns)
                    returning t.campaign_id)
        select 'evidence_pieces', m.campaign_id::text, count(*) from m group by m.campaign_id;
    return query
        with m as (update public.evidence t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'evidence', m.result_set_id::text, count(*) from m group by m.result_set_id;
    -- New here:
    return query
        with m as (update public.result_set_steps t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'result_set_steps', m.result_set_id::text, count(*) from m group by m.result_set_id;
    return query
        with m as (update public.result_objections t set organisation_id = to_id where t.result_set_id = any (sets)
                    returning t.result_set_id)
        select 'result_objections', m.result_set_id::text, count(*) from m group by m.result_set_id;
    return query
        with m as (update public.grant_reporting t set organisation_id = to_id where t.grant_id = any (grants)
                    returning t.grant_id)
        select 'grant_reporting', m.grant_id::text, count(*) from m group by m.grant_id;
    return query
        with m as (update public.grant_reporting_periods t set organisation_id = to_id where t.grant_id = any (grants)
                    returning t.grant_id)
        select 'grant_reporting_periods', m.grant_id::text, count(*) from m group by m.grant_id;
    return query
        with m as (update public.indicators t set organisation_id = to_id where t.campaign_id = any (campaigns)
                    returning t.campaign_id)
        select 'indicators', m.campaign_id::text, count(*) from m group by m.campaign_id;
end $$;

reset role;
