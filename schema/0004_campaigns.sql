-- Campaigns: what an organisation runs, and the grants it draws on.
--
-- A campaign belongs to one organisation and may draw on grants of several programmes. Managers and funders see it
-- through those grants; sec.campaigns() lists the ids once a query, so that policies stay a plain index condition.

set local role counterpoint_owner;

create table campaigns (
    id              uuid primary key default gen_random_uuid(),
    organisation_id uuid not null references organisations (id),
    name            text not null constraint campaign_has_a_name check (name <> '' and length(name) <= 300),
    starts_on       date not null,
    ends_on         date not null,
    countries       text[] not null default '{}',
    languages       text[] not null default '{}',
    channels        text[] not null default '{}',
    goal            text check (length(goal) <= 4000),
    audience        text check (length(audience) <= 4000),
    message         text check (length(message) <= 4000),
    messenger       text check (length(messenger) <= 4000),
    media           text check (length(media) <= 4000),
    action          text check (length(action) <= 4000),
    audience_size   bigint constraint audience_size_is_a_number_of_people check (audience_size between 1 and 10000000000),
    status          text not null default 'planned' constraint campaign_status_is_known check
                        (status in ('planned', 'running', 'ended', 'evaluated', 'cancelled')),
    created_by      uuid not null default sec.principal() references principals (id),
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    version         integer not null default 1,
    constraint campaign_period_runs_forward check (ends_on >= starts_on),
    constraint campaign_of_its_organisation unique (organisation_id, id)
);
create index campaigns_in_order on campaigns (created_at, id);

-- Both keys carry the organisation: a campaign cannot draw on another organisation's grant.
create table campaign_grants (
    organisation_id uuid not null,
    campaign_id     uuid not null,
    programme_id    uuid not null,
    grant_id        uuid not null,
    position        smallint not null,
    primary key (campaign_id, grant_id),
    foreign key (organisation_id, campaign_id) references campaigns (organisation_id, id),
    foreign key (organisation_id, programme_id, grant_id) references grants (organisation_id, programme_id, id)
);
create index campaign_grants_by_programme on campaign_grants (programme_id, campaign_id);
create index campaign_grants_by_grant on campaign_grants (grant_id, campaign_id);

select sec.protect('campaigns', 'organisation_id');
select sec.protect('campaign_grants', 'organisation_id');

reset role;
set local role counterpoint_verifier;

-- The campaigns that a manager manages or a funder funds.
create function sec.campaigns() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programmes uuid[] := sec.managed_programmes();
begin
    if programmes <> '{}' then
        return array(select distinct c.campaign_id from public.campaign_grants c
                      where c.programme_id = any (programmes));
    end if;
    programmes := sec.funded_programmes();
    if programmes = '{}' then return '{}'; end if;
    return array(select distinct c.campaign_id from public.campaign_grants c
                   join public.grants g on g.id = c.grant_id
                  where c.programme_id = any (programmes)
                    and g.status in ('awarded', 'active', 'suspended', 'closed', 'terminated'));
end $$;
grant execute on function sec.campaigns() to counterpoint_manager, counterpoint_funder;

reset role;
set local role counterpoint_owner;

create policy own on campaigns to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy managed on campaigns for select to counterpoint_manager
    using (id = any ((select sec.campaigns())::uuid[]) or created_by = (select sec.principal()));
create policy add on campaigns for insert to counterpoint_manager
    with check (created_by = (select sec.principal()) and sec.manages_organisation(organisation_id));
create policy change on campaigns for update to counterpoint_manager
    using (id = any ((select sec.campaigns())::uuid[]))
    with check (id = any ((select sec.campaigns())::uuid[]));
create policy funded on campaigns for select to counterpoint_funder
    using (id = any ((select sec.campaigns())::uuid[]));
grant select, insert, update on campaigns to counterpoint_ngo, counterpoint_manager;
grant insert, update on campaigns to counterpoint_admin;
-- A funder reads what it pays for; who is targeted, by whom and with which message stays between NGO and manager.
grant select (id, organisation_id, name, starts_on, ends_on, countries, languages, channels, audience_size, status,
    created_at, updated_at, version) on campaigns to counterpoint_funder;

create policy own on campaign_grants to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy managed on campaign_grants to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]))
    with check (programme_id = any ((select sec.managed_programmes())::uuid[]));
create policy funded on campaign_grants for select to counterpoint_funder
    using (programme_id = any ((select sec.funded_programmes())::uuid[]));
grant select, insert, delete on campaign_grants to counterpoint_ngo, counterpoint_manager;
grant insert, delete on campaign_grants to counterpoint_admin;
grant select on campaign_grants to counterpoint_funder;

create constraint trigger audited after insert or update on campaigns
    deferrable initially deferred for each row execute function sec.require_audit();

reset role;
