-- Organisations: who takes part in a programme, under which names and numbers, and who may know of them.
--
-- An NGO sees its own organisation. A manager sees those they registered and those that take part in a programme they
-- manage (programme_organisations, schema/0003). A funder sees its own record here; other organisations only through
-- funder_organisations (schema/0003), which knows the public name and nothing else.

set local role counterpoint_owner;

create table organisations (
    id            uuid primary key default gen_random_uuid(),
    name          text not null constraint organisation_has_a_name check (name <> '' and length(name) <= 300),
    kind          text not null constraint organisation_kind_is_known check
                      (kind in ('civilSociety', 'funder', 'platform', 'publicBody', 'university')),
    country       text not null constraint organisation_country_is_a_code check (country ~ '^[A-Z]{2}$'),
    aliases       text[] not null default '{}',
    public_alias  text not null constraint organisation_has_a_public_alias check
                      (public_alias <> '' and length(public_alias) <= 200),
    languages     text[] not null default '{}',
    safety        text not null constraint organisation_safety_is_known check (safety in ('public', 'alias', 'withheld')),
    standing      text not null default 'registered' constraint organisation_standing_is_known check
                      (standing in ('registered', 'eligible', 'suspended', 'struckOff')),
    standing_on   date,
    registered_by uuid not null default sec.principal() references principals (id),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    version       integer not null default 1
);
create index organisations_in_order on organisations (created_at, id);
create index organisations_by_registrar on organisations (registered_by);
create index organisations_by_name on organisations using gin (name gin_trgm_ops);

-- Registered numbers, as org-id.guide writes them: a list's code and the number in it.
create table organisation_identifiers (
    organisation_id uuid not null references organisations (id),
    position        smallint not null,
    scheme          text not null check (scheme ~ '^[A-Z0-9-]{2,20}$'),
    number          text not null check (number <> '' and length(number) <= 100),
    primary key (organisation_id, scheme, number)
);
create index organisation_identifiers_by_number on organisation_identifiers (scheme, number);

-- People to write to. Restricted: no funder role can read this table at all.
create table organisation_contacts (
    organisation_id uuid not null references organisations (id),
    position        smallint not null,
    name            text not null check (length(name) <= 200),
    role            text check (length(role) <= 200),
    email           text check (length(email) <= 320),
    phone           text check (length(phone) <= 50),
    note            text check (length(note) <= 1000),
    primary key (organisation_id, position)
);

-- Due diligence: what was checked when an organisation's standing changed, by whom it says so, and until when it holds.
create table organisation_checks (
    organisation_id uuid not null references organisations (id),
    sequence        integer not null,
    standing        text not null,
    checked         text not null check (checked <> '' and length(checked) <= 4000),
    source          text check (length(source) <= 1000),
    checked_on      date not null,
    expires_on      date,
    principal_id    uuid not null default sec.principal() references principals (id),
    created_at      timestamptz not null default now(),
    primary key (organisation_id, sequence)
);

select sec.protect('organisations', 'id');
select sec.protect('organisation_identifiers', 'organisation_id');
select sec.protect('organisation_contacts', 'organisation_id');
select sec.protect('organisation_checks', 'organisation_id');

alter table principals add constraint principal_belongs_to_an_organisation
    foreign key (organisation_id) references organisations (id);

reset role;
grant select on organisations, organisation_identifiers to counterpoint_verifier;
set local role counterpoint_verifier;

-- The organisations of a manager's programmes. Filled by schema/0003; those the manager registered come on top.
create function sec.organisations_in_programmes() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programmes uuid[] := sec.managed_programmes();
begin
    if programmes = '{}' then return '{}'; end if;
    return array(select distinct o.organisation_id from public.programme_organisations o
                  where o.programme_id = any (programmes));
end $$;

-- One organisation, asked row by row: for the small tables that hang on an organisation.
create function sec.manages_organisation(organisation uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not sec.acts_as('programmeManager') then return false; end if;
    return exists (select from public.organisations o where o.id = organisation and o.registered_by = sec.principal())
        or exists (select from public.programme_organisations p
                    where p.organisation_id = organisation and p.programme_id = any (sec.managed_programmes()));
end $$;

grant execute on function sec.organisations_in_programmes(), sec.manages_organisation(uuid)
    to counterpoint_manager, counterpoint_owner;

reset role;
set local role counterpoint_owner;

create policy own on organisations for select to counterpoint_ngo using (id = (select sec.organisation()));
create policy own_change on organisations for update to counterpoint_ngo
    using (id = (select sec.editing_organisation())) with check (id = (select sec.editing_organisation()));
create policy registered_or_in_programmes on organisations for select to counterpoint_manager
    using (id = any ((select sec.organisations_in_programmes())::uuid[])
        or (registered_by = (select sec.principal()) and (select sec.acts_as('programmeManager'))));
create policy register on organisations for insert to counterpoint_manager
    with check (registered_by = (select sec.principal()) and (select sec.acts_as('programmeManager')));
create policy change on organisations for update to counterpoint_manager
    using (id = any ((select sec.organisations_in_programmes())::uuid[])
        or (registered_by = (select sec.principal()) and (select sec.acts_as('programmeManager'))))
    with check (id = any ((select sec.organisations_in_programmes())::uuid[])
        or (registered_by = (select sec.principal()) and (select sec.acts_as('programmeManager'))));
create policy funder_own on organisations for select to counterpoint_funder
    using (id = (select sec.claim(6))::uuid and (select sec.acts_as('funder')));
grant select on organisations to counterpoint_ngo, counterpoint_manager, counterpoint_funder;
grant insert on organisations to counterpoint_manager, counterpoint_admin;
grant update on organisations to counterpoint_manager, counterpoint_admin;
-- An NGO keeps its own names, languages and public alias; its standing and safety level are the programme's to change,
-- but it may always ask for more protection, which the operation checks.
grant update (name, aliases, public_alias, languages, safety, updated_at, version) on organisations to counterpoint_ngo;

create policy own on organisation_identifiers for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy own on organisation_contacts to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy of_the_manager on organisation_identifiers to counterpoint_manager
    using (sec.manages_organisation(organisation_id)) with check (sec.manages_organisation(organisation_id));
create policy of_the_manager on organisation_contacts to counterpoint_manager
    using (sec.manages_organisation(organisation_id)) with check (sec.manages_organisation(organisation_id));
create policy of_the_manager on organisation_checks to counterpoint_manager
    using (sec.manages_organisation(organisation_id)) with check (sec.manages_organisation(organisation_id));
grant select on organisation_identifiers, organisation_contacts to counterpoint_ngo, counterpoint_manager;
grant insert, delete on organisation_identifiers, organisation_contacts to counterpoint_manager, counterpoint_admin;
grant insert, delete on organisation_contacts to counterpoint_ngo;
grant select, insert on organisation_checks to counterpoint_manager;
-- What was found out about it is not shown to an NGO: it may ask and gets no row, so that one statement serves all.
grant select on organisation_checks to counterpoint_ngo;
grant insert on organisation_checks to counterpoint_admin;

create policy of_the_manager on principals for select to counterpoint_manager
    using (organisation_id is not null and sec.manages_organisation(organisation_id));
create policy of_the_manager on tokens for select to counterpoint_manager
    using (exists (select from principals p where p.id = tokens.principal_id));
create policy of_the_manager on audit_entries for select to counterpoint_manager
    using (organisation_id = any ((select sec.organisations_in_programmes())::uuid[]));

create constraint trigger audited after insert or update on organisations
    deferrable initially deferred for each row execute function sec.require_audit();

reset role;
