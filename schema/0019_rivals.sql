-- What an attacker of issue 3 found who was let loose on the finished thing, put right. Each part says what was possible.
--
-- Reading order: what the log tells an NGO → drafts that were taken back → how far others are → who decides → other people's
-- statements → what funders could work out (rates, sums of several metrics, Meta and its parts) → what stands already.

---------------------------------------------------------------------------------------------------------------------
-- An NGO read in the log what was found out about it: each entry about its record has the clearance, with what was checked
-- and the source, which the record itself never shows it. And why two records were merged.

set local role counterpoint_verifier;

-- Whether what was written of an organisation tells of its due diligence. What cannot be read is taken to.
create function sec.tells_of_checks(before text, after text) returns boolean
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce(jsonb_typeof(before::jsonb -> 'clearance'), 'null') <> 'null'
        or coalesce(jsonb_typeof(after::jsonb -> 'clearance'), 'null') <> 'null';
exception
    when others then return true;
end $$;
grant execute on function sec.tells_of_checks(text, text) to counterpoint_ngo;

reset role;
set local role counterpoint_owner;

alter policy with_its_entry on audit_details using (
    exists (select from audit_entries e where e.chain = audit_details.chain and e.sequence = audit_details.sequence
               and e.subject_kind <> 'organisationMerge'
               and (e.subject_kind <> 'organisation' or not sec.tells_of_checks(audit_details.before, audit_details.after))));

---------------------------------------------------------------------------------------------------------------------
-- A draft that its writer took back was shown to the managers, by being taken back: it was no draft any more.

alter policy handed_in on result_sets
    using (campaign_id = any ((select sec.campaigns())::uuid[])
       and (created_by = (select sec.principal())
            or (status <> 'draft' and (status <> 'withdrawn' or submitted_at is not null))));
alter policy review on result_sets
    using (campaign_id = any ((select sec.campaigns())::uuid[])
       and (created_by = (select sec.principal())
            or (status <> 'draft' and (status <> 'withdrawn' or submitted_at is not null))));

reset role;

---------------------------------------------------------------------------------------------------------------------
-- An NGO could count what its rivals have had accepted in a programme, and when: the number of a revision counted everybody's.

set local role counterpoint_verifier;

create function sec.own_campaigns() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    organisation uuid := sec.organisation();
begin
    if organisation is null then return '{}'; end if;
    return array(select c.id from public.campaigns c where c.organisation_id = organisation);
end $$;
grant execute on function sec.own_campaigns() to counterpoint_ngo;

-- As in schema/0008 for a funder; an NGO counts the revisions of its own campaigns. Asked by every summary, so it looks once
-- who is calling.
create or replace function sec.shown_revision(programme uuid, wanted bigint) returns bigint
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    items  text[] := sec.claims();
    hidden uuid[];
begin
    if wanted is null then return null; end if;
    if items[4] in ('ngoEditor', 'ngoViewer') then
        return (select count(*) from public.campaigns c join public.programme_revisions r on r.campaign_id = c.id
                 where c.organisation_id = nullif(items[6], '')::uuid and r.programme_id = programme
                   and r.revision <= wanted);
    end if;
    if items[4] is distinct from 'funder' then return wanted; end if;
    hidden := array(select c.campaign_id from public.campaign_grants c where c.programme_id = programme
                    except select unnest(sec.campaigns()));
    if hidden = '{}' then return wanted; end if;
    return wanted - (select count(*) from public.programme_revisions r
                      where r.programme_id = programme and r.revision <= wanted and r.campaign_id = any (hidden));
end $$;

reset role;
set local role counterpoint_owner;
-- Counted so, a programme of many years costs an NGO what its own revisions are.
create index programme_revisions_by_campaign on programme_revisions (campaign_id, programme_id, revision);
alter policy with_a_grant on programme_revisions
    using (programme_id = any ((select sec.granting_programmes())::uuid[])
       and campaign_id = any ((select sec.own_campaigns())::uuid[]));
reset role;

---------------------------------------------------------------------------------------------------------------------
-- Who decides. By a statement slipped in (or with a token for logging only) an NGO could add a set that was accepted from its
-- first moment: funders read it, and nobody had reviewed it. Could do the same with the figures of a draft. Could sign a
-- decision, a check or a draft as somebody else; and a manager could make over to another manager what a third had registered.

set local role counterpoint_verifier;

create function sec.sets_begin_as_drafts() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
    -- Without a caller: a migration, or whoever else may become the owner.
    if sec.claim(5) is null and pg_has_role(session_user, 'counterpoint_owner', 'member') then return new; end if;
    raise exception 'a result set begins as a draft' using errcode = 'CP004', constraint = 'sets_begin_as_drafts';
end $$;

create function sec.figures_begin_as_drafts() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
    -- `audit recompute` derives the figures of accepted sets anew.
    if sec.acts_as('administrator')
        or (sec.claim(5) is null and pg_has_role(session_user, 'counterpoint_owner', 'member'))
    then
        return new;
    end if;
    raise exception 'the figures of a set are those of a draft first'
        using errcode = 'CP004', constraint = 'accepted_sets_stand';
end $$;

-- Figures count from the moment that a reviewer accepts their set.
create function sec.figures_are_reviewed() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if sec.claim(9) is not null and not 'review' = any (sec.scopes()) and not sec.merging() and exists (
        select from changed n join before b using (result_set_id, metric, period_from, period_to, currency, side)
         where n.stage = 'accepted' and b.stage <> 'accepted')
    then
        raise exception 'the token lacks the scope review' using errcode = 'CP020', constraint = 'review';
    end if;
    return null;
end $$;

-- Who made a record is who is calling: the column is named in the trigger.
create function sec.signed_by_caller() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
    if sec.principal() is not null and (to_jsonb(new) ->> tg_argv[0])::uuid is distinct from sec.principal() then
        raise exception 'nobody signs for somebody else' using errcode = 'CP004', constraint = 'signed_by_caller';
    end if;
    return new;
end $$;

-- And stays so.
create function sec.makers_stay() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
    raise exception 'who made a record stays' using errcode = 'CP004', constraint = 'signed_by_caller';
end $$;

-- How far an organisation is protected. It may always ask for more; less is for its programme to decide, and where it takes
-- part in several, for no manager of one of them: what is shown under one is shown under all.
create function sec.keep_protection() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    caller_role text := sec.claim(4);
begin
    if sec.strictest(new.safety, old.safety) = new.safety or caller_role = 'administrator' or sec.merging()
        or (caller_role is null and pg_has_role(session_user, 'counterpoint_owner', 'member'))
    then
        return new;
    end if;
    if caller_role is distinct from 'programmeManager' then
        raise exception 'An organisation can ask for more protection itself; less is its programme manager''s to decide. Ask them.'
            using errcode = 'CP013', constraint = 'protectionIsDecided';
    end if;
    if exists (select from public.programme_organisations p
                where p.organisation_id = new.id and p.programme_id <> all (sec.managed_programmes()))
       or exists (select from public.programme_funders p
                where p.organisation_id = new.id and p.programme_id <> all (sec.managed_programmes()))
    then
        raise exception 'Only an administrator can do this: the organisation takes part in programmes of others too, and would be shown there as well.'
            using errcode = 'CP013', constraint = 'protectionIsShared';
    end if;
    return new;
end $$;

grant execute on function sec.sets_begin_as_drafts(), sec.figures_begin_as_drafts(), sec.figures_are_reviewed(),
    sec.signed_by_caller(), sec.makers_stay(), sec.keep_protection() to counterpoint_owner;

reset role;
set local role counterpoint_owner;

-- After the row, so that what the policies refuse is refused as that.
create trigger sets_begin_as_drafts after insert on result_sets for each row
    when (new.status <> 'draft' or new.submitted_at is not null or new.reviewed_at is not null)
    execute function sec.sets_begin_as_drafts();
create trigger figures_begin_as_drafts after insert on result_figures for each row
    when (new.stage <> 'draft' and current_user <> 'counterpoint_verifier')
    execute function sec.figures_begin_as_drafts();
create trigger figures_are_reviewed after update on result_figures
    referencing new table as changed old table as before for each statement
    when (current_user <> 'counterpoint_verifier') execute function sec.figures_are_reviewed();
create trigger keep_protection before update on organisations for each row
    when (new.safety <> old.safety) execute function sec.keep_protection();

do $$
declare
    made record;
begin
    for made in
        select * from (values
            ('organisations', 'registered_by'), ('organisation_checks', 'principal_id'), ('programmes', 'created_by'),
            ('grants', 'created_by'), ('grant_decisions', 'principal_id'), ('campaigns', 'created_by'),
            ('result_sets', 'created_by'), ('indicators', 'created_by'), ('evidence_files', 'created_by'),
            ('evidence', 'created_by'), ('imports', 'principal_id')
        ) as t(name, maker)
    loop
        execute format('create trigger signed_by_caller after insert on %I for each row
                            execute function sec.signed_by_caller(%L)', made.name, made.maker);
        execute format('create trigger makers_stay after update of %2$I on %1$I for each row
                            when (new.%2$I is distinct from old.%2$I) execute function sec.makers_stay()',
                       made.name, made.maker);
    end loop;
end $$;

reset role;

---------------------------------------------------------------------------------------------------------------------
-- Other people's statements. All callers share the service's connections, and a connection keeps the statements that were
-- prepared on it, by name. One that was slipped in could look the names up, put a statement of its own under the name of the
-- one that signs callers in, and be handed the token of whoever came next. The driver now gives names that cannot be
-- guessed (StatementCache), and nobody looks them up.

revoke select on pg_catalog.pg_prepared_statements from public;
revoke execute on function pg_catalog.pg_prepared_statement() from public;

---------------------------------------------------------------------------------------------------------------------
-- What funders could work out.

set local role counterpoint_verifier;

-- What a stated rate divides: numerator × factor ÷ denominator. The first of each is the model's (Metric.Rate.parts);
-- platforms divide otherwise too.
create function sec.parts_of_rates() returns table (rate text, numerator text, factor numeric, denominator text)
    language sql immutable
as $$
    values ('frequency', 'impressions', 1, 'reach'),
           ('clickThroughRate', 'linkClicks', 1, 'impressions'), ('clickThroughRate', 'clicks', 1, 'impressions'),
           ('completionRate', 'videoPlays100', 1, 'videoPlays25'), ('completionRate', 'videoPlays100', 1, 'views'),
           ('completionRate', 'thruPlays', 1, 'views'),
           ('engagementRate', 'engagements', 1, 'impressions'), ('engagementRate', 'engagements', 1, 'reach'),
           ('averageViewSeconds', 'watchTimeMinutes', 60, 'views'),
           ('costPerThousandImpressions', 'spend', 1000, 'impressions')
$$;

-- A rate and the one part that is known give the other part, also where nobody handed that one in: 20 impressions at a
-- frequency of 4 are 5 people. The series of this set that would tell so: a rate of it, beside figures of its own or of
-- before; or a figure of it, beside a rate that was told before.
create function sec.given_by_rates(one result_sets) returns setof text
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    -- As in sec.gives_a_small_one: what can be compared while an acceptance waits. Of more, no rate is told.
    most_readings constant integer := 100000;
    told uuid[] := array(select o.id from sec.published_before(one) o) || (one).id;
begin
    if not exists (select from public.result_figures f where f.result_set_id = any (told) and f.additivity = 'rate') then
        return;
    end if;
    if (select sum(s.readings) from public.result_sets s where s.id = any (told)) > most_readings then
        return query select distinct f.metric from public.result_figures f
                      where f.result_set_id = (one).id and f.additivity = 'rate';
        return;
    end if;
    return query
        with shown as materialized (
            select t.id = (one).id as is_new, t.id, r.metric, r.additivity, r.period_from, r.period_to,
                   coalesce(r.content, '') as content, coalesce(r.cell, '') as cell, r.value
              from unnest(told) as t(id) cross join lateral sec.readings_of(t.id) r
             where r.state = 'value' and r.value > 0
               and (r.additivity = 'rate' or r.metric in (
                    select p.numerator from sec.parts_of_rates() p union select p.denominator from sec.parts_of_rates() p))
               and not exists (select from public.suppressed_series w where w.result_set_id = t.id and w.metric = r.metric)
        ), known as (
            select s.is_new, s.metric, s.period_from, s.period_to, s.content, s.cell, s.value
              from shown s where s.additivity <> 'rate'
            union all
            -- What adds, over its days and over all days of its set.
            select s.is_new, s.metric, s.period_from, s.period_to, '', '', sum(s.value)
              from shown s where s.additivity in ('count', 'countPerChannel', 'quantity', 'money')
             group by s.id, s.is_new, s.metric, s.period_from, s.period_to
            union all
            select s.is_new, s.metric, min(s.period_from), max(s.period_to), '', '', sum(s.value)
              from shown s where s.additivity in ('count', 'countPerChannel', 'quantity', 'money')
             group by s.id, s.is_new, s.metric
        )
        select distinct case when q.is_new then q.metric else k.metric end
          from shown q
          join sec.parts_of_rates() p on p.rate = q.metric
          join known k on (k.period_from, k.period_to, k.content, k.cell) = (q.period_from, q.period_to, q.content, q.cell)
         where q.additivity = 'rate' and (q.is_new or k.is_new)
           -- Half a person of rounding.
           and case k.metric
                   when p.numerator then sec.about_people(p.denominator)
                       and k.value * p.factor / q.value < sec.smallest_shown() + 0.5
                   when p.denominator then sec.about_people(p.numerator)
                       and k.value * q.value / p.factor < sec.smallest_shown() + 0.5
                   else false end;
end $$;

-- What is made of several metrics was weighed against those of its own set only: engagements of another set, less the
-- comments and shares, gave the reactions that were hidden. Whether a series of this set would complete such a sum.
create function sec.completes_a_sum(one result_sets, series text) returns boolean
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    with earlier as materialized (select o.id from sec.published_before(one) o)
    select exists (select from public.suppressed_series w
                    where w.result_set_id in (select e.id from earlier e) and w.metric = any (sec.made_of(series)))
        or exists (
            select from unnest(array['clicks', 'engagements']) as whole(metric)
             where series = any (sec.made_of(whole.metric))
               and exists (select from public.result_figures f
                            where f.result_set_id in (select e.id from earlier e) and f.metric = whole.metric
                              and f.side <> 'inside' and f.total is not null)
               and exists (select from public.suppressed_series w
                            where (w.result_set_id = (one).id or w.result_set_id in (select e.id from earlier e))
                              and w.metric <> series and w.level > 0 and w.metric = any (sec.made_of(whole.metric))))
$$;

-- As schema/0008 has it, and Meta's people and those of its parts are weighed against each other for the same days too:
-- people on Meta less those on Facebook were at most those on Instagram, which were hidden.
create or replace function sec.level_of_people(one result_sets, series text, own integer) returns integer
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    -- Beyond this many figures nearly every number is within ten of some sum of them (2^12 sums are also quickly made).
    most_weighed constant integer := 12;
    earlier uuid[] := array(select o.id from sec.published_before(one) o);
    hidden  boolean := exists (select from public.suppressed_series w
                                where w.result_set_id = any (earlier) and w.metric = series);
    hull    public.result_figures;
    known   numeric[];
begin
    if own = 0 and not hidden then return 0; end if;
    if own < 2 and not hidden and not exists (
        select from public.result_figures f where f.result_set_id = any (earlier) and f.metric = series)
    then
        return own;
    end if;
    select f.* into hull from public.result_figures f
     where f.result_set_id = one.id and f.metric = series and f.side <> 'published'
       and f.period_from = (select min(w.period_from) from public.result_figures w
                             where w.result_set_id = one.id and w.metric = series)
       and f.period_to = (select max(w.period_to) from public.result_figures w
                           where w.result_set_id = one.id and w.metric = series);
    if hull.whole is null or hull.whole = 0 or sec.is_small(hull.whole) then return 3; end if;
    -- Readings of other days or of another of Meta's channels, and parts cut the same way as those that are hidden.
    select array_agg(v.value) into known
      from public.result_figures f
     cross join lateral (
        select f.whole where (f.period_from, f.period_to) <> (hull.period_from, hull.period_to) or f.channel <> one.channel
        union all
        select unnest(coalesce(f.part_values::numeric[], array[f.largest_part, f.parts_bound - f.largest_part]))
         where f.breakdown = one.breakdown and own > 0
            or f.breakdown in (select o.breakdown from public.result_sets o
                                 join public.suppressed_series w on w.result_set_id = o.id and w.metric = series
                                where o.id = any (earlier))
     ) as v(value)
     where f.result_set_id = any (earlier) and f.metric = series and f.side <> 'inside' and v.value > 0;
    if cardinality(known) > most_weighed then return 3; end if;
    if exists (
        with recursive sums(taken, together) as (
            select 0, 0::numeric
            union
            select s.taken + 1, s.together + w.chosen
              from sums s cross join lateral (values (0::numeric), (known[s.taken + 1])) as w(chosen)
             where s.taken < cardinality(known)
        )
        select from sums s
         where (s.together > 0 and hull.whole > s.together and sec.is_small(hull.whole - s.together))
            or exists (select from unnest(known) as k(value)
                        where k.value > hull.whole + s.together and sec.is_small(k.value - hull.whole - s.together)))
    then
        return 3;
    end if;
    return 2;
end $$;

-- As schema/0008 has it, and with what rates and sums of several metrics give away. Asked again, it writes the same.
create or replace function sec.publish(target uuid) returns text
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    one     result_sets;
    series  record;
    reached integer;
    told    text;
begin
    if not exists (select from public.result_records r where r.result_set_id = target) then return null; end if;
    select * into one from public.result_sets s where s.id = target;
    delete from public.suppressed_series w where w.result_set_id = target;
    delete from public.result_figures f where f.result_set_id = target and f.side = 'published';
    update public.result_figures f set side = 'inside' where f.result_set_id = target and f.side <> 'inside';

    -- What the set's own small figures ask for. A figure that the platform masked is a small one.
    insert into public.suppressed_series (result_set_id, metric, level)
        select target, f.metric,
               case f.additivity
                   when 'stock' then case when bool_or(sec.is_small(f.whole)) then 1 else 0 end
                   when 'unique' then case when bool_or(sec.is_small(f.whole)) or parts.masked_whole then 2
                                           when parts.small then 1 else 0 end
                   else case when bool_or(sec.is_small(f.total)) or bool_or(f.total is null and f.masked > 0) then 2
                             when parts.small then 1 else 0 end end
          from public.result_figures f
          join (select r.metric, bool_or(r.state = 'masked' or coalesce(sec.is_small(r.value), false)) as small,
                       bool_or(r.state = 'masked' and r.cell is null and r.content is null) as masked_whole
                  from sec.readings_of(target) r group by r.metric) parts on parts.metric = f.metric
         where f.result_set_id = target and sec.about_people(f.metric)
         group by f.metric, f.additivity, parts.small, parts.masked_whole;
    -- Then what the other sets of the campaign ask for. What is made of others comes after them, since it tells of them:
    -- clicks, and engagements, which are made of clicks too.
    for series in
        select distinct w.metric, f.additivity, array_position(array['clicks', 'engagements'], w.metric) as turn
          from public.suppressed_series w
          join public.result_figures f on f.result_set_id = target and f.metric = w.metric
         where w.result_set_id = target and f.additivity <> 'stock' order by 3 nulls first, 1
    loop
        select max(w.level) into reached from public.suppressed_series w
         where w.result_set_id = target and (w.metric = series.metric or w.metric = any (sec.made_of(series.metric)));
        update public.suppressed_series w
           set level = case series.additivity when 'unique' then sec.level_of_people(one, series.metric, reached)
                                              else sec.level_of_sums(one, series.metric, reached) end
         where w.result_set_id = target and w.metric = series.metric;
    end loop;
    -- In one statement, so that none is hidden because of another that is hidden for the same reason.
    update public.suppressed_series w set level = 3
     where w.result_set_id = target and w.level < 3 and sec.completes_a_sum(one, w.metric);
    delete from public.suppressed_series w where w.result_set_id = target and w.level = 0;
    -- A rate as a platform states it, times the one part that is known, is the part that is hidden.
    insert into public.suppressed_series (result_set_id, metric, level)
        select distinct target, f.metric, 3 from public.result_figures f
         where f.result_set_id = target and f.additivity = 'rate'
           and exists (select from public.suppressed_series w
                        where w.metric = any (sec.made_of(f.metric))
                          and (w.result_set_id = target
                               or w.result_set_id in (select o.id from sec.published_before(one) o)));
    insert into public.suppressed_series (result_set_id, metric, level)
        select target, g.metric, 3 from sec.given_by_rates(one) as g(metric)
        on conflict (result_set_id, metric) do update set level = 3;

    perform sec.write_published(target);
    select encode(sha256(convert_to(coalesce(string_agg(jsonb_build_array(f.metric, f.currency, f.period_from, f.period_to,
               f.channel, f.role, f.breakdown, f.readings, f.missing, f.masked, f.not_applicable, trim_scale(f.total)::text,
               f.total_qualifier, trim_scale(f.whole)::text, f.whole_qualifier, trim_scale(f.largest_part)::text,
               trim_scale(f.parts_bound)::text, f.parts_qualifier, f.parts, f.part_values, f.suppressed)::text, E'\n'
               order by f.metric, f.currency, f.period_from, f.period_to), ''), 'UTF8')), 'hex')
      into told from public.result_figures f where f.result_set_id = target and f.side <> 'inside';
    update public.result_records r set published_digest = told
     where r.result_set_id = target and r.published_digest is distinct from told;
    return told;
end $$;

reset role;

---------------------------------------------------------------------------------------------------------------------
-- What stands already: published in the order in which it was accepted.

do $$
declare
    standing record;
begin
    for standing in
        -- Two sets of one campaign are on record in the same programmes, so the first of these tells which came first.
        select r.result_set_id from (
            select distinct on (k.result_set_id) k.result_set_id, k.programme_id, k.accepted_revision
              from public.result_records k order by k.result_set_id, k.programme_id) r
         order by r.programme_id, r.accepted_revision
    loop
        perform sec.publish(standing.result_set_id);
    end loop;
end $$;
