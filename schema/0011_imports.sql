-- Files as they are handed in: the readings of large ones in blocks, the originals and other evidence in pieces, and how
-- far an import has come.

set local role counterpoint_owner;

-- Figures since the beginning, as a newer export states them again: such a set replaces an earlier one and never adds.
alter table result_sets add column snapshot boolean not null default false;
grant select (snapshot) on result_sets to counterpoint_funder;

-- The readings of a set from a large file, a few thousand a row: the columns of `readings` as arrays, one element a reading,
-- an empty text where there is none. A million readings are 200 rows and a twentieth of the room, and are written in a tenth
-- of the time; reading them back by number is as quick. A set has its readings either here or in `readings`.
create table reading_blocks (
    result_set_id   uuid not null,
    first_number    integer not null check (first_number >= 1),
    size            integer not null check (size between 1 and 5000),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    metric          text[] not null,
    additivity      text[] not null,
    period_from     date[] not null,
    period_to       date[] not null,
    content         text[] not null,
    cell            text[] not null,
    state           text[] not null,
    qualifier       text[] not null,
    value           text[] not null,
    currency        text[] not null,
    note            text[] not null,
    line            integer[] not null,
    primary key (result_set_id, first_number),
    constraint block_of_its_set foreign key (organisation_id, campaign_id, result_set_id)
        references result_sets (organisation_id, campaign_id, id) deferrable initially immediate,
    constraint columns_are_as_long_as_their_block check (
        cardinality(metric) = size and cardinality(additivity) = size and cardinality(period_from) = size
        and cardinality(period_to) = size and cardinality(content) = size and cardinality(cell) = size
        and cardinality(state) = size and cardinality(qualifier) = size and cardinality(value) = size
        and cardinality(currency) = size and cardinality(note) = size and cardinality(line) = size)
);

-- One file that was handed in, while it is received and afterwards; its owner asks how far it is. An id is its owner's
-- alone, so that choosing one tells nobody about another's.
create table imports (
    id              uuid not null,
    principal_id    uuid not null default sec.principal() references principals (id),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    state           text not null default 'receiving' constraint import_state_is_known check
                        (state in ('receiving', 'storing', 'finished', 'refused', 'failed')),
    dry_run         boolean not null default false,
    file_name       text check (length(file_name) <= 255),
    bytes_expected  bigint check (bytes_expected >= 0),
    bytes_read      bigint not null default 0 check (bytes_read >= 0),
    rows_read       bigint not null default 0 check (rows_read >= 0),
    rows_stored     bigint not null default 0 check (rows_stored >= 0),
    -- What was answered at the end, as JSON: the account, or the problem.
    outcome         text check (length(outcome) <= 1048576),
    started_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (principal_id, id),
    constraint import_of_its_campaign foreign key (organisation_id, campaign_id)
        references campaigns (organisation_id, id) deferrable initially immediate
);
create index imports_by_campaign on imports (campaign_id, started_at);

-- Files kept as evidence, in pieces: nobody has to hold a whole one in memory to put it in or take it out.
create table evidence_files (
    id              uuid primary key default gen_random_uuid(),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    -- Null until the last piece is there.
    sha256          text check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes           bigint not null default 0 check (bytes between 0 and 26214400),
    media_type      text not null check (length(media_type) <= 127),
    created_by      uuid not null default sec.principal() references principals (id),
    created_at      timestamptz not null default now(),
    constraint evidence_file_of_its_campaign foreign key (organisation_id, campaign_id)
        references campaigns (organisation_id, id) deferrable initially immediate,
    constraint evidence_file_of_organisation unique (organisation_id, campaign_id, id)
);
create index evidence_files_by_campaign on evidence_files (campaign_id);

create table evidence_pieces (
    file_id         uuid not null,
    number          integer not null check (number between 1 and 1000),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    content         bytea not null check (octet_length(content) between 1 and 262144),
    primary key (file_id, number),
    constraint piece_of_its_file foreign key (organisation_id, campaign_id, file_id)
        references evidence_files (organisation_id, campaign_id, id) deferrable initially immediate
);
-- Pictures and archives do not shrink, and trying costs more than it saves.
alter table evidence_pieces alter column content set storage external;

-- Which file speaks for which set: one original may have made several sets.
create table evidence (
    id              uuid primary key default gen_random_uuid(),
    organisation_id uuid not null,
    campaign_id     uuid not null,
    result_set_id   uuid not null,
    file_id         uuid not null,
    kind            text not null check (kind in ('original', 'attachment')),
    name            text not null check (length(name) between 1 and 255),
    note            text check (length(note) <= 1000),
    created_by      uuid not null default sec.principal() references principals (id),
    created_at      timestamptz not null default now(),
    constraint evidence_of_its_set foreign key (organisation_id, campaign_id, result_set_id)
        references result_sets (organisation_id, campaign_id, id) deferrable initially immediate,
    constraint evidence_of_its_file foreign key (organisation_id, campaign_id, file_id)
        references evidence_files (organisation_id, campaign_id, id) deferrable initially immediate,
    constraint once_a_set unique (result_set_id, file_id)
);
create index evidence_by_file on evidence (file_id);

select sec.protect('reading_blocks', 'organisation_id');
select sec.protect('imports', 'organisation_id');
select sec.protect('evidence_files', 'organisation_id');
select sec.protect('evidence_pieces', 'organisation_id');
select sec.protect('evidence', 'organisation_id');

-- Blocks are seen like readings: with their set, by whatever the set's policies say, and by funders only as published.
create policy own on reading_blocks to counterpoint_ngo
    using (organisation_id = (select sec.organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy with_their_set on reading_blocks to counterpoint_manager
    using (exists (select from result_sets s where s.id = reading_blocks.result_set_id))
    with check (exists (select from result_sets s where s.id = reading_blocks.result_set_id));
grant select, insert, delete on reading_blocks to counterpoint_ngo, counterpoint_manager;
grant insert, delete on reading_blocks to counterpoint_admin;

-- How far an import is, is its owner's business.
create policy own on imports to counterpoint_ngo
    using (principal_id = (select sec.principal()) and organisation_id = (select sec.organisation()))
    with check (principal_id = (select sec.principal()) and organisation_id = (select sec.editing_organisation()));
create policy own_work on imports to counterpoint_manager
    using (principal_id = (select sec.principal()))
    with check (principal_id = (select sec.principal()) and campaign_id = any ((select sec.campaigns())::uuid[]));
grant select, insert on imports to counterpoint_ngo, counterpoint_manager;
grant update (state, bytes_read, rows_read, rows_stored, outcome, updated_at) on imports
    to counterpoint_ngo, counterpoint_manager, counterpoint_admin;
grant insert on imports to counterpoint_admin;

-- Evidence is for the organisation, for a manager once the set is handed in, and never for a funder: pictures and file names
-- name people.
create policy own on evidence for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy add on evidence for insert to counterpoint_ngo
    with check (organisation_id = (select sec.editing_organisation()));
create policy remove on evidence for delete to counterpoint_ngo
    using (organisation_id = (select sec.editing_organisation()));
create policy with_its_set on evidence to counterpoint_manager
    using (exists (select from result_sets s where s.id = evidence.result_set_id))
    with check (exists (select from result_sets s where s.id = evidence.result_set_id));
grant select, insert, delete on evidence to counterpoint_ngo, counterpoint_manager;
grant insert, delete on evidence to counterpoint_admin;

create policy own on evidence_files for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy add on evidence_files for insert to counterpoint_ngo
    with check (organisation_id = (select sec.editing_organisation()));
create policy complete on evidence_files for update to counterpoint_ngo
    using (organisation_id = (select sec.editing_organisation()))
    with check (organisation_id = (select sec.editing_organisation()));
create policy remove on evidence_files for delete to counterpoint_ngo
    using (organisation_id = (select sec.editing_organisation()));
create policy with_its_set on evidence_files to counterpoint_manager
    using (created_by = (select sec.principal())
        or exists (select from evidence e where e.file_id = evidence_files.id))
    with check (created_by = (select sec.principal()) and campaign_id = any ((select sec.campaigns())::uuid[]));
grant select, insert, delete on evidence_files to counterpoint_ngo, counterpoint_manager;
grant insert, delete on evidence_files to counterpoint_admin;
grant update (sha256, bytes) on evidence_files to counterpoint_ngo, counterpoint_manager, counterpoint_admin;

create policy own on evidence_pieces for select to counterpoint_ngo
    using (organisation_id = (select sec.organisation()));
create policy add on evidence_pieces for insert to counterpoint_ngo
    with check (organisation_id = (select sec.editing_organisation()));
create policy remove on evidence_pieces for delete to counterpoint_ngo
    using (organisation_id = (select sec.editing_organisation()));
create policy with_their_file on evidence_pieces to counterpoint_manager
    using (exists (select from evidence_files f where f.id = evidence_pieces.file_id))
    with check (exists (select from evidence_files f where f.id = evidence_pieces.file_id));
grant select, insert, delete on evidence_pieces to counterpoint_ngo, counterpoint_manager;
grant insert, delete on evidence_pieces to counterpoint_admin;

do $$
declare
    guarded text;
begin
    foreach guarded in array array['reading_blocks', 'imports', 'evidence_files', 'evidence_pieces', 'evidence'] loop
        execute format(
            'create trigger scope before insert or update or delete on %I
                 for each statement execute function sec.require_scope(''logResults'')', guarded);
    end loop;
end $$;

-- What an entry says of a file is shown to a manager only with the file: names of files name people.
alter policy with_its_entry_and_set on audit_details using (
    exists (select from audit_entries e where e.chain = audit_details.chain and e.sequence = audit_details.sequence
               and (e.subject_kind <> 'resultSet' or e.action in ('resultSet.moved', 'resultSet.movedBack')
                    or exists (select from result_sets s where s.id = e.subject_id))
               and (e.subject_kind <> 'evidence' or exists (select from evidence v where v.id = e.subject_id))));

create constraint trigger audited after insert on evidence
    deferrable initially deferred for each row execute function sec.require_audit();

-- As in schema/0005, and whether a set is a snapshot stays as it is too.
create or replace function accepted_sets_stand() returns trigger
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
       (new.campaign_id, new.channel, new.period_from, new.period_to, new.method, new.role, new.snapshot,
        new.breakdown, new.supersedes, new.disjoint_audiences, new.readings, new.digest, new.source_sha256)
       is distinct from
       (old.campaign_id, old.channel, old.period_from, old.period_to, old.method, old.role, old.snapshot,
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

reset role;
-- Joining the merge of organisations (schema/0006): these tables move with their campaign or set.
grant update (organisation_id) on reading_blocks, imports, evidence, evidence_files, evidence_pieces to counterpoint_verifier;
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
end $$;

-- The readings of a set, in rows or in blocks: all, or those of the blocks that hold some of `most` numbers after `after`.
-- What publishes a set (schema/0008) reads them through here.
create or replace function sec.readings_of(wanted uuid, after integer default 0, most integer default null)
    returns table (number integer, metric text, additivity text, period_from date, period_to date, content text, cell text,
        state text, qualifier text, value numeric, currency text)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select r.number, r.metric, r.additivity, r.period_from, r.period_to, r.content, r.cell, r.state, r.qualifier, r.value,
           r.currency
      from public.readings r
     where r.result_set_id = wanted and r.number > after and (most is null or r.number <= after + most)
    union all
    select b.first_number + u.place::integer - 1, u.metric, u.additivity, u.period_from, u.period_to,
           nullif(u.content, ''), nullif(u.cell, ''), u.state, u.qualifier, nullif(u.value, '')::numeric(26, 8),
           nullif(u.currency, '')
      from public.reading_blocks b,
           unnest(b.metric, b.additivity, b.period_from, b.period_to, b.content, b.cell, b.state, b.qualifier, b.value,
                  b.currency) with ordinality
               as u(metric, additivity, period_from, period_to, content, cell, state, qualifier, value, currency, place)
     where b.result_set_id = wanted and b.first_number + b.size > after + 1
       and (most is null or b.first_number <= after + most)
$$;

-- Evidence comes while a set can still be judged, and goes only while it is a draft.
create function sec.evidence_while_open() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    stands text;
begin
    for stands in
        select distinct s.status from public.result_sets s where s.id in (select c.result_set_id from changed c)
    loop
        if stands <> 'draft' and (tg_op = 'DELETE' or stands not in ('returned', 'submitted')) then
            raise exception 'the evidence of a set that is % stays as it is', stands
                using errcode = 'CP004', constraint = 'evidence_stands';
        end if;
    end loop;
    return null;
end $$;

-- What readings in rows must be by constraint, those in blocks must be too.
create function sec.blocks_are_sound() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if exists (
        select from changed b, unnest(b.additivity, b.state, b.value, b.currency, b.period_from, b.period_to)
                    as r(additivity, state, value, currency, period_from, period_to)
         -- Most blocks are plain to see: whole values of single days. Only the others are looked at one by one.
         where not (b.period_from = b.period_to and b.state = array_fill('value'::text, array[b.size])
                    and b.currency = array_fill(''::text, array[b.size]) and array_position(b.value, '') is null
                    and array_position(b.additivity, 'money') is null
                    and strpos(array_to_string(b.value, ','), '.') = 0)
           and ((r.state = 'value') <> (r.value <> '') or case when r.additivity = 'money' then r.state = 'value' and r.currency = '' else r.currency <> '' end
            or r.period_to < r.period_from
            or (r.state <> 'value' and r.state not in ('missing', 'masked', 'notApplicable'))
            or (r.additivity in ('count', 'countPerChannel', 'unique', 'stock') and strpos(r.value, '.') > 0)))
    then
        raise exception 'a reading breaks its rules' using errcode = '23514', constraint = 'blocks_are_sound';
    end if;
    return null;
end $$;

-- A file is written once: pieces come until its digest is set, and go only when no set has it any more.
create function sec.pieces_stand() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if tg_op = 'INSERT' and exists (
        select from public.evidence_files f where f.sha256 is not null and f.id in (select c.file_id from changed c))
       or tg_op = 'DELETE' and exists (
        select from public.evidence e where e.file_id in (select c.file_id from changed c))
    then
        raise exception 'a file that is kept as evidence never changes'
            using errcode = 'CP004', constraint = 'evidence_stands';
    end if;
    return null;
end $$;

grant execute on function sec.evidence_while_open(), sec.blocks_are_sound(), sec.pieces_stand() to counterpoint_owner;
reset role;
set local role counterpoint_owner;

create function evidence_files_stand() returns trigger
    language plpgsql set search_path = pg_catalog, public, pg_temp
as $$ begin
    if old.sha256 is not null and not sec.merging() then
        raise exception 'a file that is kept as evidence never changes'
            using errcode = 'CP004', constraint = 'evidence_stands';
    end if;
    return new;
end $$;

create trigger only_while_open_insert after insert on reading_blocks
    referencing new table as changed for each statement execute function sec.only_while_open();
create trigger only_while_open_delete after delete on reading_blocks
    referencing old table as changed for each statement execute function sec.only_while_open();
create trigger blocks_are_sound after insert on reading_blocks
    referencing new table as changed for each statement execute function sec.blocks_are_sound();
create trigger append_only before update on reading_blocks
    for each statement execute function readings_stand();
create trigger append_only_truncate before truncate on reading_blocks
    for each statement execute function refuse_change();
create trigger evidence_while_open_insert after insert on evidence
    referencing new table as changed for each statement execute function sec.evidence_while_open();
create trigger evidence_while_open_delete after delete on evidence
    referencing old table as changed for each statement execute function sec.evidence_while_open();
create trigger append_only before update on evidence
    for each statement execute function readings_stand();
create trigger pieces_stand_insert after insert on evidence_pieces
    referencing new table as changed for each statement execute function sec.pieces_stand();
create trigger pieces_stand_delete after delete on evidence_pieces
    referencing old table as changed for each statement execute function sec.pieces_stand();
create trigger append_only before update on evidence_pieces
    for each statement execute function readings_stand();
create trigger evidence_files_stand before update on evidence_files
    for each row execute function evidence_files_stand();

reset role;
