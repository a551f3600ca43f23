-- What a funder may read: figures in which nobody can be counted out, and organisations as they may be named.
--
-- The rule is non-interference: what a funder is told is a function of what is published, and of nothing else. Small figures
-- about people are hidden before anything is computed from them, when a set is accepted, and never after: so there is no sum,
-- difference, range, rate, receipt or moment of asking that could bring one back. Organisations that asked not to be
-- published are not there for a funder at all, so that no total minus the named ones leaves them over.
--
-- Reading order: columns → what is about people → how much of a series is published (sec.publish) → what a funder's role can
-- read → names → what stands already. ARCHITECTURE.md, "Published figures", tells the rule in prose.

set local role counterpoint_owner;

---------------------------------------------------------------------------------------------------------------------
-- Columns

-- The name under which a funder reads a campaign or grant; none: the real one of an organisation that may be named, and
-- otherwise a neutral one.
alter table campaigns add column public_name text
    constraint campaign_public_name_is_a_name check (public_name <> '' and length(public_name) <= 300);
alter table grants add column public_title text
    constraint grant_public_title_is_a_title check (public_title <> '' and length(public_title) <= 400);

-- Which campaign a revision is about, so that a funder sees those of its campaigns only.
alter table programme_revisions add column campaign_id uuid references campaigns (id);
update programme_revisions r set campaign_id = s.campaign_id from result_sets s where s.id = r.result_set_id;

-- A figure as the record has it ('inside'), as funders read it ('published'), or one row for both. Row-level security gives
-- each kind of caller its side, so that one and the same statement answers all.
alter table result_figures
    add column side text not null default 'inside'
        constraint figure_side_is_known check (side in ('inside', 'both', 'published')),
    -- Readings of a published figure that a funder cannot see one by one.
    add column suppressed integer not null default 0 check (suppressed >= 0),
    drop constraint result_figures_pkey,
    add primary key (result_set_id, metric, period_from, period_to, currency, side);

-- SHA-256 over what is published of the set. The digest over its readings would let anybody who knows all but one small
-- number find that number by trying.
alter table result_records add column published_digest text not null default '';

-- The series of a set of which less is published than was accepted, and how much: 1: its totals a period, not the parts they
-- were made of; 2: one figure over all its days; 3: nothing. Of levels (followers) 1 hides the small ones.
create table suppressed_series (
    result_set_id uuid not null references result_sets (id),
    metric        text not null,
    level         smallint not null check (level between 0 and 3),
    primary key (result_set_id, metric)
);
select sec.protect('suppressed_series');

reset role;
grant insert, update, delete on suppressed_series to counterpoint_verifier;
grant insert, update, delete on result_figures to counterpoint_verifier;
set local role counterpoint_verifier;

---------------------------------------------------------------------------------------------------------------------
-- What is about people. The model says the same (Publication, Metric.isAboutPeople); a test compares.

-- The smallest number about people that is published. Fewer than ten is where statistical offices and platforms begin to
-- suppress: in a group that small, members recognise each other.
create function sec.smallest_shown() returns integer language sql immutable as $$ select 10 $$;

-- Persons, accounts, and what persons did: fewer than ten clicks are at most ten people. Not money, minutes or meetings held.
create function sec.about_people(metric text) returns boolean language sql immutable as $$
    select metric in (
        'reach', 'uniqueViewers', 'uniqueLinkClickers', 'users', 'eventAttendees', 'surveyRespondents', 'followers', 'subscribers',
        'impressions', 'reactions', 'comments', 'shares', 'saves', 'linkClicks', 'landingPageViews', 'follows', 'unfollows',
        'subscribersGained', 'profileVisits', 'pageVisits', 'leads', 'messages', 'videoViews2s', 'videoViews3s', 'videoViews6s',
        'videoViews15s', 'thruPlays', 'videoPlays25', 'videoPlays50', 'videoPlays75', 'videoPlays100', 'helpSeekingContacts',
        'sustainedConversations', 'views', 'clicks', 'engagements', 'thumbnailImpressions', 'sessions', 'conversions')
$$;

-- What a metric is made of: whoever knows the one and all but one of the others knows that one too.
create function sec.made_of(metric text) returns text[] language sql immutable as $$
    select case metric
        when 'engagements' then array['reactions', 'comments', 'shares', 'saves', 'linkClicks', 'clicks']
        when 'clicks' then array['linkClicks']
        when 'frequency' then array['impressions', 'reach']
        when 'clickThroughRate' then array['linkClicks', 'clicks', 'impressions']
        when 'completionRate' then array['videoPlays100', 'videoPlays25', 'thruPlays', 'views']
        when 'engagementRate' then array['engagements', 'impressions', 'reach']
        when 'averageViewSeconds' then array['views']
        when 'costPerThousandImpressions' then array['impressions']
        else '{}'::text[] end
$$;

create function sec.is_small(value numeric) returns boolean language sql immutable as $$
    select value <> 0 and abs(value) < sec.smallest_shown()
$$;

-- Meta's figures contain those of its parts: readings of all three can bound each other.
create function sec.channel_family(channel text) returns text language sql immutable as $$
    select case when channel in ('facebook', 'instagram') then 'meta' else channel end
$$;

---------------------------------------------------------------------------------------------------------------------
-- How much of a series is published

-- Sets that were on record before this one, of the same campaign and channels and some of the same days: corrected and
-- withdrawn ones too, because what was published once can be asked for "as of" then, for ever.
create function sec.published_before(one result_sets) returns setof result_sets
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select o.* from public.result_sets o
     where o.campaign_id = (one).campaign_id and o.id <> (one).id
       and sec.channel_family(o.channel) = sec.channel_family((one).channel)
       and o.period_from <= (one).period_to and o.period_to >= (one).period_from
       and exists (select from public.result_records e
                     join public.result_records n on n.programme_id = e.programme_id and n.result_set_id = (one).id
                    where e.result_set_id = o.id and e.accepted_revision < n.accepted_revision)
$$;

-- Of what adds. `own`: what the set's own small figures ask for.
create function sec.level_of_sums(one result_sets, series text, own integer) returns integer
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    level   integer := own;
    earlier uuid[] := array(select o.id from sec.published_before(one) o);
    hull    numeric;
begin
    if own = 0 and not exists (select from public.suppressed_series w
                                where w.result_set_id = any (earlier) and w.metric = series)
    then
        return 0;
    end if;
    -- A second cut of the same figures, before or after: less the total, it would give what is hidden.
    if one.role = 'breakdown' or exists (
        select from public.result_figures f where f.result_set_id = any (earlier) and f.role = 'breakdown'
           and f.metric = series and f.side <> 'inside' and f.total is not null)
    then
        return 3;
    end if;
    -- A correction, or the next snapshot: only its sum, so that no part can be set against one that was shown before.
    if exists (select from public.result_figures f where f.result_set_id = any (earlier) and f.metric = series) then
        level := greatest(level, 2);
    end if;
    if level <> 2 then return level; end if;
    select sum(f.total) into hull from public.result_figures f
     where f.result_set_id = one.id and f.metric = series and f.side <> 'published';
    if hull is null or hull = 0 or sec.is_small(hull) then return 3; end if;
    -- And not even that where the difference to the earlier sum is itself a small figure.
    if exists (select from public.result_figures f
                where f.result_set_id = any (earlier) and f.metric = series and f.side <> 'inside'
                group by f.result_set_id having sec.is_small(hull - sum(f.total)))
    then
        return 3;
    end if;
    return level;
end $$;

-- Of people, who do not add: but the whole is no more than its parts together, so a whole less the other parts is a lower
-- bound of the hidden one. Where something is hidden, only one reading over all the set's days is published, and only if no
-- choice of figures published before comes within ten of it.
create function sec.level_of_people(one result_sets, series text, own integer) returns integer
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
    -- Readings of other days, and parts cut the same way as those that are hidden.
    select array_agg(v.value) into known
      from public.result_figures f
     cross join lateral (
        select f.whole where (f.period_from, f.period_to) <> (hull.period_from, hull.period_to)
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

-- The words in which an organisation says that audiences do not overlap are its own; under an alias they are replaced.
create function sec.published_statement(organisation uuid, statement text) returns text
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select case when statement is null then null
                when (select o.safety from public.organisations o where o.id = organisation) = 'public' then statement
                else 'The organisation states that these audiences have no one in common.' end
$$;

-- Marks the statements of sec.publish for the triggers that keep accepted figures from changing (schema/0012, 0013): an HMAC
-- like that of a merge, set and cleared inside one call. A session that writes the setting itself is refused.
create function sec.publishing_flag() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(concat_ws('|', 'publishing', pg_backend_pid(),
               (extract(epoch from now()) * 1000000)::bigint, pg_current_xact_id()), 'UTF8'))), 'hex')
      from sec.context_key k
$$;
create function sec.publishing() returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    flag text := current_setting('counterpoint.publishing', true);
begin
    if flag is null or flag = '' then return false; end if;
    if flag is distinct from sec.publishing_flag() then
        raise exception 'forged publishing flag' using errcode = '28000';
    end if;
    return true;
end $$;

-- Decides what is published of a set that is on record, writes it, and answers its digest. Asked again, it writes the same.
create function sec.publish(target uuid) returns text
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
    perform set_config('counterpoint.publishing', sec.publishing_flag(), true);
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
                  from public.readings r where r.result_set_id = target group by r.metric) parts on parts.metric = f.metric
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
    delete from public.suppressed_series w where w.result_set_id = target and w.level = 0;
    -- A rate as a platform states it, times the one part that is known, is the part that is hidden.
    insert into public.suppressed_series (result_set_id, metric, level)
        select distinct target, f.metric, 3 from public.result_figures f
         where f.result_set_id = target and f.additivity = 'rate'
           and exists (select from public.suppressed_series w
                        where w.metric = any (sec.made_of(f.metric))
                          and (w.result_set_id = target
                               or w.result_set_id in (select o.id from sec.published_before(one) o)));

    perform sec.write_published(target);
    perform set_config('counterpoint.publishing', '', true);
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

-- The rows of sec.publish: figures that are the same on both sides are kept once.
create function sec.write_published(target uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.result_figures f set side = 'both'
     where f.result_set_id = target and f.disjoint_audiences is null
       and not exists (select from public.suppressed_series w where w.result_set_id = target and w.metric = f.metric
                          and (f.additivity <> 'stock' or coalesce(sec.is_small(f.whole), false)));

    -- One figure over all the days of the series.
    insert into public.result_figures (result_set_id, organisation_id, campaign_id, channel, role, breakdown, stage, metric,
           additivity, currency, period_from, period_to, readings, missing, masked, not_applicable, total, total_qualifier,
           parts, side, suppressed)
    select f.result_set_id, f.organisation_id, f.campaign_id, f.channel, f.role, f.breakdown, f.stage, f.metric, f.additivity,
           f.currency, min(f.period_from), max(f.period_to), sum(f.readings), sum(f.missing), sum(f.masked),
           sum(f.not_applicable), sum(f.total),
           case when bool_and(f.total_qualifier = 'exact') then 'exact'
                when bool_and(f.total_qualifier in ('exact', 'atLeast')) then 'atLeast'
                when bool_and(f.total_qualifier in ('exact', 'atMost')) then 'atMost' else 'about' end,
           sum(f.parts), 'published', sum(f.readings - f.missing - f.not_applicable - f.masked)
      from public.result_figures f
      join public.suppressed_series w on w.result_set_id = target and w.metric = f.metric and w.level = 2
     where f.result_set_id = target and f.side = 'inside' and f.additivity in ('count', 'countPerChannel', 'quantity')
     group by f.result_set_id, f.organisation_id, f.campaign_id, f.channel, f.role, f.breakdown, f.stage, f.metric,
              f.additivity, f.currency;

    -- Everything else keeps its days. Of parts, the largest and all together say nothing of a small one where there are at
    -- least two others to hide among; people over the days of the whole series are told, those of some of the days not.
    insert into public.result_figures (result_set_id, organisation_id, campaign_id, channel, role, breakdown, stage, metric,
           additivity, currency, period_from, period_to, readings, missing, masked, not_applicable, total, total_qualifier,
           whole, whole_qualifier, largest_part, parts_bound, parts_qualifier, parts, part_values, disjoint_audiences, side,
           suppressed)
    select f.result_set_id, f.organisation_id, f.campaign_id, f.channel, f.role, f.breakdown, f.stage, f.metric, f.additivity,
           f.currency, f.period_from, f.period_to, f.readings, f.missing,
           f.masked + case when w.level is null then 0
                           when w.level = 3 or f.additivity = 'stock' then f.readings - f.missing - f.not_applicable - f.masked
                           when f.additivity <> 'unique' then 0
                           else how.hidden_whole + case when how.tells_parts then 0 else how.hidden_parts end end,
           f.not_applicable,
           case when coalesce(w.level, 1) = 1 then f.total end,
           case when coalesce(w.level, 1) = 1 then f.total_qualifier
                -- What is left out makes a sum a lower bound, unless it may be a loss.
                when f.additivity in ('count', 'countPerChannel', 'quantity') then
                    case when f.metric = 'subscribersGained' then 'about' else 'atLeast' end end,
           case when how.tells_whole then f.whole end, case when how.tells_whole then f.whole_qualifier end,
           case when how.tells_parts then f.largest_part end, case when how.tells_parts then f.parts_bound end,
           case when w.level is null then f.parts_qualifier when how.tells_parts then 'about' end,
           f.parts, case when w.level is null then f.part_values end,
           case when how.tells_parts then sec.published_statement(f.organisation_id, f.disjoint_audiences) end,
           'published',
           case when w.level is null then 0
                when w.level = 3 or f.additivity = 'stock' then f.readings - f.missing - f.not_applicable - f.masked
                when f.additivity = 'unique' then how.hidden_whole + how.hidden_parts
                when f.readings > 1 then f.readings - f.missing - f.not_applicable - f.masked else 0 end
      from public.result_figures f
      left join public.suppressed_series w on w.result_set_id = target and w.metric = f.metric
     cross join lateral (
        select min(h.period_from) as first_day, max(h.period_to) as last_day from public.result_figures h
         where h.result_set_id = target and h.metric = f.metric and h.side <> 'published') as hull
     cross join lateral (
        select case when w.level is null then true when f.additivity <> 'unique' then false
                    when w.level = 1 then true
                    else w.level = 2 and (f.period_from, f.period_to) = (hull.first_day, hull.last_day) end as tells_whole,
               case when w.level is null then true when f.additivity <> 'unique' then false
                    else w.level = 1 and f.parts >= 3 and f.largest_part >= sec.smallest_shown()
                         and f.parts_bound - f.largest_part >= sec.smallest_shown() end as tells_parts) as said
     cross join lateral (
        select said.tells_whole, coalesce(said.tells_parts, false) as tells_parts,
               case when f.whole is null or said.tells_whole then 0 else 1 end as hidden_whole,
               greatest(f.readings - f.missing - f.not_applicable - f.masked - case when f.whole is null then 0 else 1 end, 0)
                   as hidden_parts) as how
     where f.result_set_id = target and f.side = 'inside'
       and not (coalesce(w.level, 0) = 2 and f.additivity in ('count', 'countPerChannel', 'quantity'));
end $$;

create function sec.publish_accepted() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$ begin
    perform sec.publish(new.id);
    return null;
end $$;

-- A statement in an organisation's own words follows its safety level, and the organisation that the figures belong to.
create function sec.follow_safety() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$ begin
    update public.result_figures f
       set disjoint_audiences = sec.published_statement(new.id, s.disjoint_audiences)
      from public.result_sets s
     where f.organisation_id = new.id and f.side = 'published' and f.disjoint_audiences is not null
       and s.id = f.result_set_id;
    return null;
end $$;
create function sec.follow_organisation() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$ begin
    new.disjoint_audiences := sec.published_statement(new.organisation_id,
        (select s.disjoint_audiences from public.result_sets s where s.id = new.result_set_id));
    return new;
end $$;

-- As schema/0005 has it, and with the campaign that the revision is about.
create or replace function sec.next_revision(programme uuid, what text, result_set uuid) returns bigint
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
    insert into public.programme_revisions (programme_id, revision, at, change, result_set_id, campaign_id)
        values (programme, made, greatest(clock_timestamp(), coalesce(latest.at, '-infinity')), what, result_set,
            (select s.campaign_id from public.result_sets s where s.id = result_set));
    return made;
end $$;

grant execute on function sec.publish_accepted(), sec.follow_safety(), sec.follow_organisation() to counterpoint_owner;
-- `counterpoint audit recompute` publishes again, and compares.
grant execute on function sec.publish(uuid) to counterpoint_admin;

---------------------------------------------------------------------------------------------------------------------
-- Who is calling, looked at once: the policies of one summary ask it some forty times, and each look is two hashes.

create function sec.claims() returns text[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    context text := current_setting('counterpoint.context', true);
    items   text[];
    signed  text;
begin
    -- Never set in this session: null. Set by an earlier transaction: ''. Both mean that nobody is calling.
    if context is null or context = '' then
        return null;
    end if;
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(substr(context, 66), 'UTF8'))), 'hex')
      into signed from sec.context_key k;
    items := string_to_array(context, '|');
    if items[1] is distinct from signed
       or items[2] is distinct from pg_backend_pid()::text
       or items[3] is distinct from (extract(epoch from now()) * 1000000)::bigint::text
    then
        raise exception 'forged request context' using errcode = '28000';
    end if;
    return items;
end $$;

create or replace function sec.managed_programmes() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    items text[] := sec.claims();
begin
    if items[4] = 'programmeManager' then return coalesce(nullif(items[8], '')::uuid[], '{}'); end if;
    return '{}';
end $$;

create or replace function sec.funded_programmes() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    items text[] := sec.claims();
begin
    if items[4] = 'funder' then return coalesce(nullif(items[8], '')::uuid[], '{}'); end if;
    return '{}';
end $$;

create or replace function sec.organisation() returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    items text[] := sec.claims();
begin
    if items[4] in ('ngoEditor', 'ngoViewer') then return nullif(items[6], '')::uuid; end if;
    return null;
end $$;

-- The campaigns that a manager manages or a funder funds. An organisation that asked not to be published has none for a
-- funder: whatever hangs on a campaign (sets, figures, the record, revisions) is not there either, at any moment asked about.
create or replace function sec.campaigns() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    items text[] := sec.claims();
    programmes uuid[] := nullif(items[8], '')::uuid[];
begin
    if items[4] = 'programmeManager' then
        return array(select distinct c.campaign_id from public.campaign_grants c
                      where c.programme_id = any (programmes));
    elsif items[4] = 'funder' then
        return array(select distinct c.campaign_id from public.campaign_grants c
                       join public.grants g on g.id = c.grant_id
                       join public.organisations o on o.id = c.organisation_id and o.safety <> 'withheld'
                      where c.programme_id = any (programmes)
                        and g.status in ('awarded', 'active', 'suspended', 'closed', 'terminated'));
    end if;
    return '{}';
end $$;

create function sec.funded_grants() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programmes uuid[] := sec.funded_programmes();
begin
    if programmes = '{}' then return '{}'; end if;
    return array(select g.id from public.grants g
                   join public.organisations o on o.id = g.organisation_id and o.safety <> 'withheld'
                  where g.programme_id = any (programmes)
                    and g.status in ('awarded', 'active', 'suspended', 'closed', 'terminated'));
end $$;
grant execute on function sec.funded_grants() to counterpoint_funder;

reset role;

---------------------------------------------------------------------------------------------------------------------
-- What a funder's role can read: by any statement, also by one that was slipped in.

set local role counterpoint_owner;

create trigger publish after update on result_sets for each row
    when (new.status = 'accepted' and old.status <> 'accepted') execute function sec.publish_accepted();
create trigger follow_safety after update on organisations for each row
    when (new.safety <> old.safety) execute function sec.follow_safety();
create trigger follow_organisation before update of organisation_id on result_figures for each row
    when (new.side = 'published' and new.disjoint_audiences is not null) execute function sec.follow_organisation();

-- An organisation's safety level rewrites its statements there, and is the business of a token that may manage.
drop trigger scope on result_figures;
create trigger scope before insert or update or delete on result_figures
    for each statement execute function sec.require_scope('logResults', 'review', 'manage');

create policy inside on result_figures as restrictive
    to counterpoint_ngo, counterpoint_manager, counterpoint_auditor, counterpoint_admin
    using (side <> 'published') with check (side <> 'published');
-- Figures are found by their set. As an index condition, the campaigns of a whole programme were looked up once a set and
-- made a summary five times slower; as a hashed list they cost one probe a row.
alter policy accepted on result_figures
    using (campaign_id in (select unnest(sec.campaigns())) and stage = 'accepted' and side <> 'inside');
alter policy handed_in on result_figures
    using (campaign_id in (select unnest(sec.campaigns()))
       and (stage <> 'draft' or exists (select from result_sets s where s.id = result_figures.result_set_id)));

-- Readings one by one only through sec.published_readings.
drop policy accepted on readings;
revoke select on readings from counterpoint_funder;

-- Neither the file's digest nor that of the readings, no remark, no moment or version that tells of work behind the scenes.
revoke select on result_sets from counterpoint_funder;
grant select (id, organisation_id, campaign_id, channel, period_from, period_to, method, role, breakdown, status,
    supersedes, readings, reviewed_at) on result_sets to counterpoint_funder;

revoke select on result_records from counterpoint_funder;
grant select (programme_id, result_set_id, organisation_id, campaign_id, published_digest, accepted_revision, retired_revision)
    on result_records to counterpoint_funder;
alter policy funded on result_records
    using (programme_id = any ((select sec.funded_programmes())::uuid[]) and campaign_id = any ((select sec.campaigns())::uuid[]));

revoke select on programme_revisions from counterpoint_funder;
grant select (programme_id, revision, at, campaign_id) on programme_revisions to counterpoint_funder;
alter policy funded on programme_revisions
    using (programme_id = any ((select sec.funded_programmes())::uuid[]) and campaign_id = any ((select sec.campaigns())::uuid[]));

revoke select on campaigns from counterpoint_funder;
grant select (id, organisation_id, starts_on, ends_on, countries, languages, channels, status)
    on campaigns to counterpoint_funder;
alter policy funded on campaign_grants
    using (programme_id = any ((select sec.funded_programmes())::uuid[]) and campaign_id = any ((select sec.campaigns())::uuid[]));

revoke select on grants from counterpoint_funder;
grant select (id, programme_id, organisation_id, amount_minor, currency, starts_on, ends_on, status, agreement_signed_on)
    on grants to counterpoint_funder;
alter policy funded on grants using (id = any ((select sec.funded_grants())::uuid[]));
alter policy funded on grant_instalments using (grant_id = any ((select sec.funded_grants())::uuid[]));

reset role;

---------------------------------------------------------------------------------------------------------------------
-- Names, and readings one by one

set local role counterpoint_verifier;

-- Which of these campaigns draw on more than one programme, of those that the caller can see: their results are reported
-- under each. Under which else is not said.
create function sec.reported_elsewhere(wanted uuid[]) returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    seen uuid[] := sec.campaigns();
    mine uuid := sec.organisation();
    all_of_them boolean := sec.claim(4) in ('administrator', 'auditor');
begin
    return array(select g.campaign_id from public.campaign_grants g
                  where g.campaign_id = any (wanted)
                    and (all_of_them or g.organisation_id = mine or g.campaign_id = any (seen))
                  group by g.campaign_id having count(distinct g.programme_id) > 1);
end $$;

create function sec.published_campaigns(wanted uuid[] default null)
    returns table (id uuid, organisation_id uuid, grant_ids uuid[], name text, starts_on date, ends_on date,
        countries text[], languages text[], channels text[], audience_size bigint, status text)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    programmes uuid[] := sec.funded_programmes();
    seen uuid[];
begin
    if programmes = '{}' then return; end if;
    seen := sec.campaigns();
    return query
        select c.id, c.organisation_id,
               array(select g.grant_id from public.campaign_grants g
                      where g.campaign_id = c.id and g.programme_id = any (programmes) order by g.position),
               case when c.public_name is not null then c.public_name when o.safety = 'public' then c.name
                    else 'A campaign of ' || o.public_alias end,
               c.starts_on, c.ends_on, c.countries, c.languages, c.channels,
               case when c.audience_size >= sec.smallest_shown() then c.audience_size end, c.status
          from public.campaigns c join public.organisations o on o.id = c.organisation_id
         where c.id = any (seen) and (wanted is null or c.id = any (wanted));
end $$;

create function sec.published_grants()
    returns table (id uuid, programme_id uuid, organisation_id uuid, title text, currency text, amount_minor bigint,
        starts_on date, ends_on date, status text, agreement_signed_on date)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    seen uuid[] := sec.funded_grants();
begin
    return query
        select g.id, g.programme_id, g.organisation_id,
               case when g.public_title is not null then g.public_title when o.safety = 'public' then g.title
                    else 'A grant to ' || o.public_alias end,
               g.currency, g.amount_minor, g.starts_on, g.ends_on, g.status, g.agreement_signed_on
          from public.grants g join public.organisations o on o.id = g.organisation_id
         where g.id = any (seen);
end $$;

-- The readings of an accepted set, in their order, what is hidden as 'masked'. Names of ads and videos are never shown;
-- what the cells of a protected organisation are called may name it.
create function sec.published_readings(wanted uuid, after integer, most integer)
    returns table (metric text, period_from date, period_to date, cell text, state text, qualifier text, value numeric,
        currency text)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    level_of text;
begin
    if sec.funded_programmes() = '{}' then return; end if;
    select o.safety into level_of from public.result_sets s join public.organisations o on o.id = s.organisation_id
     where s.id = wanted and s.status = 'accepted' and s.campaign_id = any (sec.campaigns());
    if level_of is null then return; end if;
    return query
        select r.metric, r.period_from, r.period_to,
               case when r.cell is null or level_of = 'public' then r.cell else 'withheld' end,
               case when how.hidden then 'masked' else r.state end,
               case when how.hidden then 'exact' else r.qualifier end,
               case when not how.hidden then r.value end, r.currency
          from public.readings r
          left join public.suppressed_series w on w.result_set_id = wanted and w.metric = r.metric
         cross join lateral (
            select w.level is not null and r.state = 'value' and case
                when r.additivity = 'stock' then sec.is_small(r.value)
                when r.cell is not null or r.content is not null then true
                -- The whole is shown where its figure is, and the figure is of this one reading.
                else not exists (select from public.result_figures f
                        where f.result_set_id = wanted and f.metric = r.metric and f.side = 'published'
                          and f.period_from = r.period_from and f.period_to = r.period_to
                          and (f.whole is not null or (f.total is not null and f.readings = 1))) end as hidden) as how
         where r.result_set_id = wanted and r.number > after
         order by r.number limit most;
end $$;

-- The number of a revision as a funder counts: without those of campaigns that are not there for it.
create function sec.shown_revision(programme uuid, wanted bigint) returns bigint
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    hidden uuid[];
begin
    if not sec.acts_as('funder') then return wanted; end if;
    hidden := array(select c.campaign_id from public.campaign_grants c where c.programme_id = programme
                    except select unnest(sec.campaigns()));
    if hidden = '{}' then return wanted; end if;
    return wanted - (select count(*) from public.programme_revisions r
                      where r.programme_id = programme and r.revision <= wanted and r.campaign_id = any (hidden));
end $$;

grant execute on function sec.published_campaigns(uuid[]), sec.published_grants(),
    sec.published_readings(uuid, integer, integer) to counterpoint_funder;
grant execute on function sec.reported_elsewhere(uuid[]), sec.shown_revision(uuid, bigint)
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;

-- With the caller's own rights: which of the two is asked is decided when it runs, so that one statement serves everybody
-- although a funder has no privilege on the names.
create function sec.campaign_labels(wanted uuid[])
    returns table (id uuid, name text, audience_size bigint, elsewhere boolean)
    language plpgsql stable set search_path = pg_catalog, public, pg_temp
as $$
declare
    several uuid[] := sec.reported_elsewhere(wanted);
begin
    if sec.acts_as('funder') then
        return query select p.id, p.name, p.audience_size, p.id = any (several) from sec.published_campaigns(wanted) p;
    else
        return query select c.id, c.name, c.audience_size, c.id = any (several)
                       from public.campaigns c where c.id = any (wanted);
    end if;
end $$;

-- What identifies the content of a set that is not on record yet; a funder sees none.
create function sec.pending_digest(wanted uuid) returns text
    language plpgsql stable set search_path = pg_catalog, public, pg_temp
as $$ begin return (select s.digest from public.result_sets s where s.id = wanted); end $$;

grant execute on function sec.campaign_labels(uuid[]), sec.pending_digest(uuid)
    to counterpoint_ngo, counterpoint_manager, counterpoint_funder, counterpoint_auditor, counterpoint_admin;

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
