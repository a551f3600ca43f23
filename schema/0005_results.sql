-- Result sets, their readings, the record of what was accepted, and the two promises the database itself keeps:
-- nothing is counted twice (result_coverage), and what was accepted never changes.

set local role counterpoint_owner;

create table result_sets (
    id                 uuid primary key default gen_random_uuid(),
    organisation_id    uuid not null,
    campaign_id        uuid not null,
    channel            text not null constraint channel_is_known check (channel in
                           ('facebook', 'instagram', 'meta', 'youtube', 'googleSearch', 'googleDisplay', 'x', 'tiktok',
                            'snapchat', 'linkedin', 'website', 'messaging', 'television', 'radio', 'print', 'event', 'other')),
    period_from        date not null,
    period_to          date not null,
    method             text not null check (method in ('form', 'canonicalCSV', 'platformExport', 'survey')),
    role               text not null check (role in ('primary', 'breakdown')),
    breakdown          text not null check (breakdown in
                           ('none', 'content', 'region', 'country', 'age', 'gender', 'language')),
    status             text not null default 'draft' constraint result_set_status_is_known check
                           (status in ('draft', 'submitted', 'returned', 'accepted', 'superseded', 'withdrawn')),
    supersedes         uuid,
    disjoint_audiences text check (length(disjoint_audiences) <= 1000),
    note               text check (length(note) <= 4000),
    source_name        text check (length(source_name) <= 255),
    source_bytes       bigint check (source_bytes >= 0),
    source_sha256      text check (source_sha256 ~ '^[0-9a-f]{64}$'),
    readings           integer not null default 0 check (readings >= 0),
    digest             text not null default '',
    return_reason      text check (length(return_reason) <= 4000),
    created_by         uuid not null default sec.principal() references principals (id),
    submitted_by       uuid references principals (id),
    submitted_at       timestamptz,
    reviewed_by        uuid references principals (id),
    reviewed_at        timestamptz,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    version            integer not null default 1,
    constraint result_period_runs_forward check (period_to >= period_from),
    constraint breakdown_is_cut_by_something check (role = 'primary' or breakdown <> 'none'),
    constraint returned_with_a_reason check (status <> 'returned' or return_reason is not null),
    constraint result_set_of_its_campaign foreign key (organisation_id, campaign_id)
        references campaigns (organisation_id, id),
    constraint result_set_of_organisation unique (organisation_id, campaign_id, id),
    constraint supersedes_within_its_campaign foreign key (organisation_id, campaign_id, supersedes)
        references result_sets (organisation_id, campaign_id, id)
);
create index result_sets_by_campaign on result_sets (campaign_id, channel, status);
create index result_sets_in_order on result_sets (created_at, id);
create index result_sets_by_organisation on result_sets (organisation_id, created_at, id);

create table readings (
    result_set_id   uuid not null,
    number          integer not null check (number >= 1),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    metric          text not null,
    additivity      text not null constraint additivity_is_known check (additivity in
                        ('count', 'countPerChannel', 'quantity', 'unique', 'stock', 'rate', 'money')),
    period_from     date not null,
    period_to       date not null,
    content         text check (length(content) <= 1000),
    cell            text check (length(cell) <= 500),
    state           text not null check (state in ('value', 'missing', 'masked', 'notApplicable')),
    qualifier       text not null default 'exact' check (qualifier in ('exact', 'atLeast', 'atMost', 'about')),
    value           numeric(26, 8),
    currency        text,
    note            text check (length(note) <= 1000),
    line            integer,
    primary key (result_set_id, number),
    constraint reading_of_its_set foreign key (organisation_id, campaign_id, result_set_id)
        references result_sets (organisation_id, campaign_id, id),
    constraint reading_period_runs_forward check (period_to >= period_from),
    -- Zero, missing, masked and not applicable are four different things.
    constraint value_is_there_when_it_is_one check ((state = 'value') = (value is not null)),
    constraint money_has_a_currency check ((additivity = 'money') = (currency is not null)),
    constraint people_are_counted_whole check (additivity not in ('count', 'countPerChannel', 'unique', 'stock')
        or value is null or value = trunc(value))
);

-- What a set says, reduced to one row a metric and period. Summaries read this and never the readings; it is derived,
-- and `counterpoint audit recompute` derives it again. A total exists only where adding means something: for people
-- (`unique`) there is the undivided reading, the largest part and the sum of the parts as an upper bound, no total.
create table result_figures (
    result_set_id   uuid not null,
    organisation_id uuid not null,
    campaign_id     uuid not null,
    channel         text not null,
    role            text not null,
    breakdown       text not null,
    stage           text not null check (stage in ('draft', 'submitted', 'accepted')),
    metric          text not null,
    additivity      text not null,
    currency        text not null default '',
    period_from     date not null,
    period_to       date not null,
    readings        integer not null,
    missing         integer not null,
    masked          integer not null,
    not_applicable  integer not null,
    total           numeric,
    total_qualifier text,
    whole           numeric,
    whole_qualifier text,
    largest_part    numeric,
    parts_bound     numeric,
    parts_qualifier text,
    parts           integer not null,
    part_values     bigint[],
    disjoint_audiences text,
    primary key (result_set_id, metric, period_from, period_to, currency),
    constraint figure_of_its_set foreign key (organisation_id, campaign_id, result_set_id)
        references result_sets (organisation_id, campaign_id, id),
    constraint only_what_adds_has_a_total check
        (total is null or additivity in ('count', 'countPerChannel', 'quantity', 'money'))
);
create index result_figures_by_campaign on result_figures (campaign_id, stage, metric);
create index result_figures_by_organisation on result_figures (organisation_id, stage, metric);

-- Which days of which figure a standing set covers. One primary series a campaign, channel and metric: an overlap is
-- refused here, whatever the service thinks. `meta` covers the parts facebook, instagram and the rest of Meta, so its
-- counts and those of Facebook for the same days cannot both stand. A claim is `pending` until the set is accepted,
-- because a correction is written while the set that it corrects still stands.
create table result_coverage (
    result_set_id   uuid not null,
    organisation_id uuid not null,
    campaign_id     uuid not null,
    part            text not null,
    series          text not null,
    metric          text not null,
    claim           text not null check (claim in ('pending', 'accepted')),
    period          daterange not null,
    constraint coverage_of_its_set foreign key (organisation_id, campaign_id, result_set_id)
        references result_sets (organisation_id, campaign_id, id),
    constraint nothing_is_counted_twice exclude using gist
        (campaign_id with =, part with =, series with =, metric with =, claim with =, period with &&)
);
create index result_coverage_by_set on result_coverage (result_set_id);

-- The record: from which revision of a programme to which a set counts. Answers "as it stood then", for ever the same.
create table result_records (
    programme_id      uuid not null references programmes (id),
    result_set_id     uuid not null,
    organisation_id   uuid not null,
    campaign_id       uuid not null,
    digest            text not null,
    source_sha256     text,
    accepted_revision bigint not null,
    retired_revision  bigint,
    primary key (programme_id, result_set_id),
    foreign key (programme_id, accepted_revision) references programme_revisions (programme_id, revision),
    foreign key (programme_id, retired_revision) references programme_revisions (programme_id, revision),
    foreign key (organisation_id, campaign_id, result_set_id) references result_sets (organisation_id, campaign_id, id),
    constraint retired_after_accepted check (retired_revision > accepted_revision)
);
create index result_records_by_campaign on result_records (campaign_id);
create index result_records_by_set on result_records (result_set_id);

-- The questions behind published digests. A receipt is not trusted but asked again, with the reader's own rights: who
-- could not have asked the question gets no answer, and who gets one can see that the digest comes out the same.
create table receipts (
    digest     text primary key check (digest ~ '^sha256:[0-9a-f]{64}$'),
    question   text not null check (length(question) <= 65536),
    created_at timestamptz not null default now()
);

select sec.protect('result_sets', 'organisation_id');
select sec.protect('readings', 'organisation_id');
select sec.protect('result_figures', 'organisation_id');
select sec.protect('result_coverage', 'organisation_id');
select sec.protect('result_records', 'organisation_id');
select sec.protect('receipts');

-- Result sets. A draft is its writer's own until it is handed in.
create policy own on result_sets to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy handed_in on result_sets for select to counterpoint_manager
    using (campaign_id = any ((select sec.campaigns())::uuid[])
       and (status <> 'draft' or created_by = (select sec.principal())));
create policy log on result_sets for insert to counterpoint_manager
    with check (campaign_id = any ((select sec.campaigns())::uuid[]) and created_by = (select sec.principal()));
create policy review on result_sets for update to counterpoint_manager
    using (campaign_id = any ((select sec.campaigns())::uuid[]))
    with check (campaign_id = any ((select sec.campaigns())::uuid[]));
create policy accepted on result_sets for select to counterpoint_funder
    using (campaign_id = any ((select sec.campaigns())::uuid[]) and status = 'accepted');
grant select, insert, update on result_sets to counterpoint_ngo, counterpoint_manager;
grant insert, update on result_sets to counterpoint_admin;
grant select (id, organisation_id, campaign_id, channel, period_from, period_to, method, role, breakdown, status,
    supersedes, disjoint_audiences, source_bytes, source_sha256, readings, digest, created_at, updated_at, version,
    submitted_at, reviewed_at) on result_sets to counterpoint_funder;

-- Readings are seen with their set, by whatever the set's policies say.
create policy own on readings to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy with_their_set on readings to counterpoint_manager
    using (exists (select from result_sets s where s.id = readings.result_set_id))
    with check (exists (select from result_sets s where s.id = readings.result_set_id));
create policy accepted on readings for select to counterpoint_funder
    using (exists (select from result_sets s where s.id = readings.result_set_id));
grant select, insert, delete on readings to counterpoint_ngo, counterpoint_manager;
grant insert, delete on readings to counterpoint_admin;
grant select (result_set_id, number, organisation_id, campaign_id, metric, additivity, period_from, period_to, cell,
    state, qualifier, value, currency) on readings to counterpoint_funder;

create policy own on result_figures to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy handed_in on result_figures to counterpoint_manager
    using (campaign_id = any ((select sec.campaigns())::uuid[])
       and (stage <> 'draft' or exists (select from result_sets s where s.id = result_figures.result_set_id)))
    with check (campaign_id = any ((select sec.campaigns())::uuid[]));
create policy accepted on result_figures for select to counterpoint_funder
    using (campaign_id = any ((select sec.campaigns())::uuid[]) and stage = 'accepted');
grant select, insert, update, delete on result_figures to counterpoint_ngo, counterpoint_manager, counterpoint_admin;
grant select on result_figures to counterpoint_funder;

create policy own on result_coverage to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy managed on result_coverage to counterpoint_manager
    using (campaign_id = any ((select sec.campaigns())::uuid[]))
    with check (campaign_id = any ((select sec.campaigns())::uuid[]));
grant select, insert, update, delete on result_coverage to counterpoint_ngo, counterpoint_manager, counterpoint_admin;

create policy own on result_records for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy managed on result_records for select to counterpoint_manager
    using (programme_id = any ((select sec.managed_programmes())::uuid[]));
create policy funded on result_records for select to counterpoint_funder
    using (programme_id = any ((select sec.funded_programmes())::uuid[]));
grant select on result_records to counterpoint_ngo, counterpoint_manager, counterpoint_funder;

create constraint trigger audited after insert or update on result_sets
    deferrable initially deferred for each row execute function sec.require_audit();

-- Once accepted, the readings, figures and description of a set stay as they are; only its standing may change.
create function accepted_sets_stand() returns trigger
    language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
    -- A merge of two records of one organisation (schema/0006) changes whose a set is, and nothing else.
    if old.status in ('accepted', 'superseded', 'withdrawn') and new.organisation_id <> old.organisation_id
       and not sec.merging()
    then
        raise exception 'an accepted result set never changes' using errcode = 'CP004', constraint = 'accepted_sets_stand';
    end if;
    if old.status in ('accepted', 'superseded', 'withdrawn') and
       (new.campaign_id, new.channel, new.period_from, new.period_to, new.method, new.role,
        new.breakdown, new.supersedes, new.disjoint_audiences, new.readings, new.digest, new.source_sha256)
       is distinct from
       (old.campaign_id, old.channel, old.period_from, old.period_to, old.method, old.role,
        old.breakdown, old.supersedes, old.disjoint_audiences, old.readings, old.digest, old.source_sha256)
    then
        raise exception 'an accepted result set never changes' using errcode = 'CP004', constraint = 'accepted_sets_stand';
    end if;
    if (old.status, new.status) not in (values
        ('draft', 'draft'), ('returned', 'returned'), ('submitted', 'submitted'), ('accepted', 'accepted'),
        ('superseded', 'superseded'), ('withdrawn', 'withdrawn'),
        ('draft', 'submitted'), ('returned', 'submitted'), ('returned', 'draft'), ('submitted', 'returned'),
        ('submitted', 'accepted'), ('draft', 'withdrawn'), ('returned', 'withdrawn'), ('submitted', 'withdrawn'),
        ('accepted', 'superseded'), ('accepted', 'withdrawn'))
    then
        raise exception 'no such step: % to %', old.status, new.status
            using errcode = 'CP004', constraint = 'result_set_steps';
    end if;
    return new;
end $$;
create trigger accepted_sets_stand before update on result_sets
    for each row execute function accepted_sets_stand();

reset role;
grant select on programmes to counterpoint_verifier;
grant select, insert on programme_revisions to counterpoint_verifier;
grant select, insert, update on result_records to counterpoint_verifier;
grant select, insert on receipts to counterpoint_verifier;
set local role counterpoint_verifier;

-- Readings and figures of a set may only be written while it is being written.
create function sec.only_while_open() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    stands text;
begin
    for stands in
        select distinct s.status from public.result_sets s
         where s.id in (select c.result_set_id from changed c) and s.status not in ('draft', 'returned')
    loop
        raise exception 'the readings of a set that is % never change', stands
            using errcode = 'CP004', constraint = 'accepted_sets_stand';
    end loop;
    return null;
end $$;

-- A revision of a programme: taken under a lock that also makes an answer "as of" an instant wait for revisions that
-- are being written, so that asking twice gives the same.
create function sec.next_revision(programme uuid, what text, result_set uuid) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    latest record;
    made bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended('counterpoint revision ' || programme, 0));
    select r.revision, r.at into latest from public.programme_revisions r
     where r.programme_id = programme order by r.revision desc limit 1;
    made := coalesce(latest.revision, 0) + 1;
    insert into public.programme_revisions (programme_id, revision, at, change, result_set_id)
        values (programme, made, greatest(clock_timestamp(), coalesce(latest.at, '-infinity')), what, result_set);
    return made;
end $$;

-- Waits until no revision of these programmes is half written. Harmless to anyone: it takes a shared lock and ends.
create function sec.settle(programmes uuid[]) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programme uuid;
begin
    foreach programme in array programmes loop
        perform pg_advisory_xact_lock_shared(hashtextextended('counterpoint revision ' || programme, 0));
    end loop;
end $$;

-- Follows result_sets.status: an accepted set enters the record of every programme its campaign draws on, the one it
-- corrects leaves it, a withdrawn one leaves it. A trigger, so that no path to the
-- table can forget it; the verifier's, because a campaign may be in a programme that the reviewer does not manage.
create function sec.keep_record() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programme uuid;
    revision  bigint;
begin
    if new.status = old.status then return null; end if;
    if new.status = 'accepted' then
        for programme in
            select distinct c.programme_id from public.campaign_grants c where c.campaign_id = new.campaign_id order by 1
        loop
            revision := sec.next_revision(programme, 'accepted', new.id);
            insert into public.result_records (programme_id, result_set_id, organisation_id, campaign_id, digest,
                    source_sha256, accepted_revision)
                values (programme, new.id, new.organisation_id, new.campaign_id, new.digest,
                    new.source_sha256, revision);
            -- A correction takes the place of what it corrects at one and the same revision: no moment has neither.
            update public.result_records r set retired_revision = revision
             where r.programme_id = programme and r.result_set_id = new.supersedes and r.retired_revision is null;
        end loop;
    elsif old.status = 'accepted' then
        for programme in
            select r.programme_id from public.result_records r
             where r.result_set_id = new.id and r.retired_revision is null order by 1
        loop
            update public.result_records r
               set retired_revision = sec.next_revision(programme, new.status, new.id)
             where r.programme_id = programme and r.result_set_id = new.id;
        end loop;
    end if;
    return null;
end $$;

-- A receipt's question, for whoever holds the digest; there is no list to look through.
create function sec.receipt_question(wanted text) returns text
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$ select r.question from public.receipts r where r.digest = wanted and sec.principal() is not null $$;

create function sec.keep_receipts(digests text[], questions text[]) returns void
    language sql security definer set search_path = pg_catalog, public, pg_temp
as $$
    insert into public.receipts (digest, question)
        select * from unnest(digests, questions) where sec.principal() is not null
        on conflict do nothing
$$;

grant execute on function sec.settle(uuid[]), sec.receipt_question(text), sec.keep_receipts(text[], text[])
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;
grant execute on function sec.only_while_open(), sec.keep_record() to counterpoint_owner;
reset role;
set local role counterpoint_owner;

create trigger keep_record after update on result_sets
    for each row execute function sec.keep_record();
create trigger only_while_open_insert after insert on readings
    referencing new table as changed for each statement execute function sec.only_while_open();
create trigger only_while_open_delete after delete on readings
    referencing old table as changed for each statement execute function sec.only_while_open();
-- A merge (schema/0006) may write the organisation of a reading: its function has the privilege for that column alone.
create function readings_stand() returns trigger
    language plpgsql set search_path = pg_catalog, public, pg_temp
as $$ begin
    if not sec.merging() then
        raise exception '% is append-only', tg_table_name using errcode = '42501';
    end if;
    return null;
end $$;
create trigger append_only before update on readings
    for each statement execute function readings_stand();
create trigger append_only_truncate before truncate on readings
    for each statement execute function refuse_change();

reset role;
