-- Programmes, who manages and who funds them, which organisations take part, and the grants these hold.

set local role counterpoint_owner;

create table programmes (
    id         uuid primary key default gen_random_uuid(),
    name       text not null constraint programme_has_a_name check (name <> '' and length(name) <= 300),
    currency   text not null constraint programme_currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
    starts_on  date not null,
    ends_on    date not null,
    created_by uuid not null default sec.principal() references principals (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version    integer not null default 1,
    constraint programme_period_runs_forward check (ends_on >= starts_on),
    constraint programme_in_its_currency unique (id, currency)
);
create index programmes_in_order on programmes (created_at, id);

-- Apart from the programme, because an NGO may see the programme of its grant and not what is in its purse.
create table programme_budgets (
    programme_id uuid primary key,
    currency     text not null,
    budget_minor bigint not null constraint budget_is_an_amount check (budget_minor between 0 and 1000000000000000),
    foreign key (programme_id, currency) references programmes (id, currency)
);

create table programme_managers (
    programme_id uuid not null references programmes (id),
    principal_id uuid not null references principals (id),
    primary key (programme_id, principal_id)
);
create index programme_managers_by_principal on programme_managers (principal_id);

create table programme_funders (
    programme_id    uuid not null references programmes (id),
    organisation_id uuid not null references organisations (id),
    position        smallint not null default 0,
    primary key (programme_id, organisation_id)
);
create index programme_funders_by_organisation on programme_funders (organisation_id);

-- Which organisations a programme's managers know: grant holders, funders, and those registered for it.
create table programme_organisations (
    programme_id    uuid not null references programmes (id),
    organisation_id uuid not null references organisations (id),
    primary key (programme_id, organisation_id)
);
create index programme_organisations_by_organisation on programme_organisations (organisation_id);

-- Each accepted change of what a programme reports takes the next number here; a summary names the number it answers by.
create table programme_revisions (
    programme_id uuid not null references programmes (id),
    revision     bigint not null check (revision >= 1),
    at           timestamptz not null,
    change       text not null check (change in ('accepted', 'superseded', 'withdrawn')),
    result_set_id uuid not null,
    primary key (programme_id, revision)
);
create index programme_revisions_by_time on programme_revisions (programme_id, at, revision);

create table grants (
    id                  uuid primary key default gen_random_uuid(),
    programme_id        uuid not null,
    organisation_id     uuid not null references organisations (id),
    title               text not null constraint grant_has_a_title check (title <> '' and length(title) <= 400),
    amount_minor        bigint not null constraint grant_amount_is_positive check (amount_minor between 1 and 1000000000000000),
    currency            text not null,
    starts_on           date not null,
    ends_on             date not null,
    status              text not null default 'draft' constraint grant_status_is_known check (status in
                            ('draft', 'submitted', 'underReview', 'awarded', 'active', 'suspended', 'closed',
                             'rejected', 'cancelled', 'terminated')),
    agreement_signed_on date,
    created_by          uuid not null default sec.principal() references principals (id),
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    version             integer not null default 1,
    constraint grant_period_runs_forward check (ends_on >= starts_on),
    constraint grant_is_in_the_programmes_currency foreign key (programme_id, currency) references programmes (id, currency),
    constraint grant_takes_part foreign key (programme_id, organisation_id)
        references programme_organisations (programme_id, organisation_id),
    constraint active_grant_is_signed check (status not in ('active', 'suspended', 'closed') or agreement_signed_on is not null),
    constraint grant_of_its_organisation unique (organisation_id, id),
    constraint grant_of_organisation_and_programme unique (organisation_id, programme_id, id)
);
create index grants_by_programme on grants (programme_id, status);
create index grants_in_order on grants (created_at, id);

create table grant_instalments (
    organisation_id uuid not null,
    grant_id        uuid not null,
    number          smallint not null check (number between 1 and 200),
    due_on          date not null,
    amount_minor    bigint not null check (amount_minor between 1 and 1000000000000000),
    after_report    boolean not null default false,
    primary key (grant_id, number),
    foreign key (organisation_id, grant_id) references grants (organisation_id, id)
);

-- Why a grant moved from one status to another, and on which day.
create table grant_decisions (
    organisation_id uuid not null,
    grant_id        uuid not null,
    sequence        integer not null,
    from_status     text not null,
    to_status       text not null,
    decided_on      date not null,
    reason          text check (length(reason) <= 4000),
    principal_id    uuid not null default sec.principal() references principals (id),
    created_at      timestamptz not null default now(),
    primary key (grant_id, sequence),
    foreign key (organisation_id, grant_id) references grants (organisation_id, id)
);

select sec.protect('programmes');
select sec.protect('programme_budgets');
select sec.protect('programme_managers');
select sec.protect('programme_funders');
select sec.protect('programme_organisations', 'organisation_id');
select sec.protect('programme_revisions');
select sec.protect('grants', 'organisation_id');
select sec.protect('grant_instalments', 'organisation_id');
select sec.protect('grant_decisions', 'organisation_id');

reset role;
set local role counterpoint_verifier;

-- The programmes in which an NGO holds a grant.
create function sec.granting_programmes() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    organisation uuid := sec.organisation();
begin
    if organisation is null then return '{}'; end if;
    return array(select distinct g.programme_id from public.grants g where g.organisation_id = organisation);
end $$;

-- Whoever makes a programme manages it: otherwise it would vanish before their eyes.
create function sec.manage_own_programme() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if sec.acts_as('programmeManager') then
        insert into public.programme_managers (programme_id, principal_id) values (new.id, sec.principal());
        -- The signed context names the programmes of the caller; this one joins them for the rest of the transaction.
        perform sec.renew();
    end if;
    return new;
end $$;

create function sec.renew() returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    holder principals;
begin
    select p.* into holder from public.principals p where p.id = sec.claim(5)::uuid;
    perform from sec.enter(holder, sec.claim(7)::uuid);
end $$;

grant execute on function sec.granting_programmes() to counterpoint_ngo;
grant execute on function sec.manage_own_programme() to counterpoint_owner;

reset role;
grant insert, select on programme_managers to counterpoint_verifier;
grant select on programme_funders, programme_organisations to counterpoint_verifier;
set local role counterpoint_owner;

create trigger manage_own_programme after insert on programmes
    for each row execute function sec.manage_own_programme();

create policy with_a_grant on programmes for select to counterpoint_ngo
    using (id = any ((select sec.granting_programmes())::uuid[]));
create policy managed on programmes for select to counterpoint_manager
    using (id = any ((select sec.managed_programmes())::uuid[]) or created_by = (select sec.principal()));
create policy add on programmes for insert to counterpoint_manager
    with check (created_by = (select sec.principal()) and (select sec.acts_as('programmeManager')));
create policy change on programmes for update to counterpoint_manager
    using (id = any ((select sec.managed_programmes())::uuid[]))
    with check (id = any ((select sec.managed_programmes())::uuid[]));
create policy funded on programmes for select to counterpoint_funder
    using (id = any ((select sec.funded_programmes())::uuid[]));
grant select on programmes to counterpoint_ngo, counterpoint_manager, counterpoint_funder;
grant insert, update on programmes to counterpoint_manager, counterpoint_admin;

create policy managed on programme_budgets to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]))
    with check (programme_id = any ((select sec.managed_programmes())::uuid[]));
create policy funded on programme_budgets for select to counterpoint_funder
    using (programme_id = any ((select sec.funded_programmes())::uuid[]));
-- An NGO may ask and is shown no row: one statement then serves every reader of a programme.
grant select on programme_budgets, programme_funders to counterpoint_ngo;
grant select on programme_budgets to counterpoint_manager, counterpoint_funder;
grant insert, update, delete on programme_budgets to counterpoint_manager, counterpoint_admin;

create policy managed on programme_managers for select to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]));
grant select on programme_managers to counterpoint_manager;
grant insert, delete on programme_managers to counterpoint_admin;

create policy managed on programme_funders to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]))
    with check (programme_id = any ((select sec.managed_programmes())::uuid[])
        and sec.manages_organisation(organisation_id));
-- A funder sees that it funds; who else does is not its to know.
create policy oneself on programme_funders for select to counterpoint_funder
    using (organisation_id = (select sec.claim(6))::uuid and (select sec.acts_as('funder')));
grant select on programme_funders to counterpoint_manager, counterpoint_funder;
grant insert, delete on programme_funders to counterpoint_manager, counterpoint_admin;

create policy own on programme_organisations for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy managed on programme_organisations to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]))
    with check (programme_id = any ((select sec.managed_programmes())::uuid[])
        and sec.manages_organisation(organisation_id));
grant select on programme_organisations to counterpoint_ngo, counterpoint_manager;
grant insert on programme_organisations to counterpoint_manager, counterpoint_admin;

create policy with_a_grant on programme_revisions for select to counterpoint_ngo
    using (programme_id = any ((select sec.granting_programmes())::uuid[]));
create policy managed on programme_revisions for select to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]));
create policy funded on programme_revisions for select to counterpoint_funder
    using (programme_id = any ((select sec.funded_programmes())::uuid[]));
grant select on programme_revisions to counterpoint_ngo, counterpoint_manager, counterpoint_funder;

create policy own on grants for select to counterpoint_ngo using (organisation_id = (select sec.organisation()));
-- An NGO hands its application in, or takes it back; everything else about a grant is decided by others.
create policy apply on grants for update to counterpoint_ngo
    using (organisation_id = (select sec.editing_organisation()) and status in ('draft', 'submitted'))
    with check (organisation_id = (select sec.editing_organisation()) and status in ('submitted', 'cancelled'));
grant update (status, agreement_signed_on, updated_at, version) on grants to counterpoint_ngo;
create policy managed on grants to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]))
    with check (programme_id = any ((select sec.managed_programmes())::uuid[]));
-- What was decided is the funder's to see, what is being weighed is not.
create policy funded on grants for select to counterpoint_funder
    using (programme_id = any ((select sec.funded_programmes())::uuid[])
       and status in ('awarded', 'active', 'suspended', 'closed', 'terminated'));
grant select on grants to counterpoint_ngo, counterpoint_manager, counterpoint_funder;
grant insert, update on grants to counterpoint_manager, counterpoint_admin;

create policy own on grant_instalments for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy with_its_grant on grant_instalments to counterpoint_manager
    using (exists (select from grants g where g.id = grant_instalments.grant_id))
    with check (exists (select from grants g where g.id = grant_instalments.grant_id));
create policy funded on grant_instalments for select to counterpoint_funder
    using (exists (select from grants g where g.id = grant_instalments.grant_id));
grant select on grant_instalments to counterpoint_ngo, counterpoint_manager, counterpoint_funder;
grant insert, delete on grant_instalments to counterpoint_manager, counterpoint_admin;

create policy own on grant_decisions for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy apply on grant_decisions for insert to counterpoint_ngo
    with check (organisation_id = (select sec.editing_organisation()));
create policy with_its_grant on grant_decisions to counterpoint_manager
    using (exists (select from grants g where g.id = grant_decisions.grant_id))
    with check (exists (select from grants g where g.id = grant_decisions.grant_id));
grant select on grant_decisions to counterpoint_ngo, counterpoint_manager;
grant insert on grant_decisions to counterpoint_ngo, counterpoint_manager, counterpoint_admin;

create constraint trigger audited after insert or update on programmes
    deferrable initially deferred for each row execute function sec.require_audit();
create constraint trigger audited after insert or update on grants
    deferrable initially deferred for each row execute function sec.require_audit();

reset role;
grant select, insert on programme_organisations to counterpoint_verifier;

-- What a funder may know of an organisation whose grant it funds: a name it may print, never the legal name of a
-- protected one. Runs with the verifier's rights, because a funder has none on the organisations themselves.
set local role counterpoint_verifier;
create function sec.funded_organisations()
    returns table (id uuid, name text, kind text, country text, safety text)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programmes uuid[] := sec.funded_programmes();
begin
    return query
        select o.id, case when o.safety = 'public' then o.name else o.public_alias end, o.kind,
               case when o.safety = 'public' then o.country end, o.safety
          from public.organisations o
         where o.safety <> 'withheld'
           and exists (select from public.grants g
                        where g.organisation_id = o.id and g.programme_id = any (programmes)
                          and g.status in ('awarded', 'active', 'suspended', 'closed', 'terminated'));
end $$;
grant execute on function sec.funded_organisations() to counterpoint_funder;
reset role;
