-- What a summary asks about is found out once, not by each of its statements (SummaryStatements): what policies cost it was
-- mostly that. What is left here is its campaigns, whose names asked seven times who is calling.

set local role counterpoint_verifier;

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
-- With the caller's own rights: which of the two is asked is decided when it runs, so that one statement serves everybody
-- although a funder has no privilege on the names.
drop function sec.campaign_labels(uuid[]);
create function sec.summary_campaigns(wanted uuid[])
    returns table (id uuid, name text, starts_on date, ends_on date, countries text[], channels text[],
        audience_size bigint, elsewhere boolean)
    language plpgsql stable set search_path = pg_catalog, public, pg_temp
as $$
declare
    several uuid[] := sec.reported_elsewhere(wanted);
begin
    if sec.acts_as('funder') then
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
