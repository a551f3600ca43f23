-- What a summary asks about is found out once, not by each of its statements (SummaryStatements): what policies cost it was
-- mostly that. What is left here: how many readings a set on record had, so that nobody reads the figures of all that was
-- ever replaced to count them; and the names of campaigns, which asked seven times who is calling.

set local role counterpoint_owner;
alter table result_records add column readings integer;
reset role;
alter table result_records disable trigger scope;
update result_records r set readings = s.readings from result_sets s where s.id = r.result_set_id;
alter table result_records enable trigger scope;
set local role counterpoint_owner;
alter table result_records alter column readings set not null;
grant select (readings) on result_records to counterpoint_funder;
reset role;

set local role counterpoint_verifier;

-- As schema/0005 has it, with the number of readings.
create or replace function sec.keep_record() returns trigger
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
                    source_sha256, accepted_revision, readings)
                values (programme, new.id, new.organisation_id, new.campaign_id, new.digest,
                    new.source_sha256, revision, new.readings);
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

-- As schema/0008 has it.
create or replace function sec.reported_elsewhere(wanted uuid[]) returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    items text[] := sec.claims();
    seen  uuid[];
    mine  uuid;
begin
    if items[4] in ('administrator', 'auditor') then
        seen := wanted;
    elsif items[4] in ('ngoEditor', 'ngoViewer') then
        mine := nullif(items[6], '')::uuid;
    else
        seen := sec.campaigns();
    end if;
    return array(select g.campaign_id from public.campaign_grants g
                  where g.campaign_id = any (wanted) and (g.organisation_id = mine or g.campaign_id = any (seen))
                  group by g.campaign_id having count(distinct g.programme_id) > 1);
end $$;

-- In the place of sec.campaign_labels, with what else a summary reads of a campaign, so that campaigns are asked for once.
-- With the caller's own rights, which decide what is answered; which of the two is asked is decided when it runs, so that
-- one statement serves everybody although a funder has no privilege on the names.
drop function sec.campaign_labels(uuid[]);
create function sec.summary_campaigns(wanted uuid[])
    returns table (id uuid, name text, starts_on date, ends_on date, countries text[], channels text[],
        audience_size bigint, elsewhere boolean)
    language plpgsql stable set search_path = pg_catalog, public, pg_temp
as $$
declare
    several uuid[] := sec.reported_elsewhere(wanted);
begin
    if current_user = 'counterpoint_funder' then
        return query select c.id, c.name, c.starts_on, c.ends_on, c.countries, c.channels, c.audience_size,
                            c.id = any (several)
                       from sec.published_campaigns(wanted) c;
    else
        return query select c.id, c.name, c.starts_on, c.ends_on, c.countries, c.channels, c.audience_size,
                            c.id = any (several)
                       from public.campaigns c where c.id = any (wanted);
    end if;
end $$;
grant execute on function sec.summary_campaigns(uuid[])
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;

reset role;
