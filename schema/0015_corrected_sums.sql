-- A sum that is published after a correction is weighed against everything that was told before, not only against earlier sums
-- of whole sets: a set of months (or regions) of which one was corrected to a small figure gave that one away, as the new sum
-- less those that had been shown and still stand. An attacker of Tests/CounterpointRecordsTests/Publication found it.
--
-- Reading order: what has been told, as equations (sec.told_of) → whether they give a small figure (sec.gives_a_small_one) →
-- sec.level_of_sums, as schema/0008 has it but for its last step → what stands already.

set local role counterpoint_verifier;

-- What a reader of all published figures knows of one series once this set's sum is told too, as equations. The unknowns are
-- readings that were never shown; a reading that stands in several sets with the same value is one unknown, and those that
-- always come together are told as one. `rows`: the sums that it is part of; row 1 is the sum of this set. `total`: what they
-- add up to.
create function sec.told_of(one result_sets, series text) returns table (rows integer[], total numeric)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    with told as materialized (
        select o.id, o.period_from, o.period_to, coalesce(w.level, 0) as level, false as is_new
          from sec.published_before(one) o
          left join public.suppressed_series w on w.result_set_id = o.id and w.metric = series
        union all
        select (one).id, (one).period_from, (one).period_to, 2, true
    ), shown as (
        -- Readings that everybody saw, and their sums by month, by days and over the set: the next file may be cut coarser.
        select coalesce(r.content, '') as content, coalesce(r.cell, '') as cell,
               case when grouping(r.period_from) = 0 then r.period_from
                    when grouping(date_trunc('month', r.period_from)) = 0 then date_trunc('month', r.period_from)::date
                    else t.period_from end as period_from,
               case when grouping(r.period_from) = 0 then r.period_to
                    when grouping(date_trunc('month', r.period_from)) = 0
                    then (date_trunc('month', r.period_from) + interval '1 month - 1 day')::date
                    else t.period_to end as period_to,
               sum(r.value) as value
          from told t cross join lateral sec.readings_of(t.id) r
         where t.level = 0 and r.metric = series and r.state = 'value'
         group by t.id, t.period_from, t.period_to, grouping sets (
            (r.content, r.cell, r.period_from, r.period_to), (r.period_from, r.period_to),
            (r.content, r.cell, date_trunc('month', r.period_from)), (date_trunc('month', r.period_from)),
            (r.content, r.cell), ())
    ), never_shown as (
        select t.is_new, t.id, case when t.level = 1 then r.period_from end as of_days, r.content, r.cell, r.period_from,
               r.period_to, r.value
          from told t cross join lateral sec.readings_of(t.id) r
         where t.level in (1, 2) and r.metric = series and r.state = 'value'
           and not exists (
            select from shown s
             where s.content = coalesce(r.content, '') and s.cell = coalesce(r.cell, '')
               and s.period_from = r.period_from and s.period_to = r.period_to and s.value = r.value)
    ), numbered as (
        select dense_rank() over (order by u.is_new desc, u.id, u.of_days)::integer as row, u.*
          from never_shown u
         where exists (select from never_shown own where own.is_new)
    ), unknown as (
        select array_agg(distinct n.row order by n.row) as rows, n.value
          from numbered n group by n.content, n.cell, n.period_from, n.period_to, n.value
    )
    select u.rows, sum(u.value) from unknown u group by u.rows order by u.rows
$$;

-- Whether those equations have a small number for an answer. Gauss and Jordan's elimination over whole numbers: a row that is
-- left with one unknown tells it, and one that adds several tells that none of them is more than their sum.
create function sec.gives_a_small_one(one result_sets, series text) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    -- A year of weekly snapshots, and as many groups again. More would take seconds to solve, and is not published.
    most_rows     constant integer := 60;
    most_unknowns constant integer := 120;
    -- As many readings are compared in some two seconds, which is what an acceptance can wait for.
    most_readings constant integer := 100000;
    totals   numeric[];
    memberships text[];
    cells    numeric[];
    height   integer := 0;
    width    integer;
    rank     integer := 0;
    pivot    integer;
    factor   numeric;
    divisor  numeric;
    held     numeric;
    together numeric;
    signs    integer;
begin
    if one.readings + (select coalesce(sum(o.readings), 0) from sec.published_before(one) o) > most_readings then
        return true;
    end if;
    select array_agg(t.total order by t.rows), array_agg(array_to_string(t.rows, ',') order by t.rows), max(highest.row)
      into totals, memberships, height
      from sec.told_of(one, series) t cross join lateral (select max(r) as row from unnest(t.rows) as r) as highest;
    width := coalesce(cardinality(totals), 0);
    if width = 0 then return false; end if;
    if height > most_rows or width > most_unknowns then return true; end if;
    cells := array_fill(0::numeric, array[height, width]);
    for j in 1..width loop
        foreach pivot in array string_to_array(memberships[j], ',')::integer[] loop
            cells[pivot][j] := 1;
        end loop;
    end loop;

    -- The sum itself, less what is known of it.
    select sum(totals[j]) into together from generate_series(1, width) as j where cells[1][j] <> 0;
    if sec.is_small(together) then return true; end if;

    for j in 1..width loop
        pivot := null;
        for i in rank + 1..height loop
            if cells[i][j] <> 0 then pivot := i; exit; end if;
        end loop;
        continue when pivot is null;
        rank := rank + 1;
        if pivot <> rank then
            for k in 1..width loop
                held := cells[rank][k];
                cells[rank][k] := cells[pivot][k];
                cells[pivot][k] := held;
            end loop;
        end if;
        for i in 1..height loop
            continue when i = rank or cells[i][j] = 0;
            factor := cells[i][j];
            divisor := 0;
            for k in 1..width loop
                cells[i][k] := cells[i][k] * cells[rank][j] - cells[rank][k] * factor;
                divisor := gcd(divisor, cells[i][k]);
            end loop;
            if divisor > 1 then
                for k in 1..width loop cells[i][k] := div(cells[i][k], divisor); end loop;
            end if;
        end loop;
    end loop;

    for i in 1..rank loop
        together := 0;
        signs := null;
        for k in 1..width loop
            continue when cells[i][k] = 0;
            together := together + abs(cells[i][k]) * totals[k];
            signs := case when signs is null or signs = sign(cells[i][k]) then sign(cells[i][k]) else 0 end;
        end loop;
        if signs <> 0 and sec.is_small(together) then return true; end if;
    end loop;
    return false;
end $$;

-- Of what adds. `own`: what the set's own small figures ask for.
create or replace function sec.level_of_sums(one result_sets, series text, own integer) returns integer
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
    -- And not even that where it comes within ten of an earlier sum, or of two: their difference would be the small figure.
    if exists (
        with told as (
            select f.result_set_id as id, sum(f.total) as total from public.result_figures f
             where f.result_set_id = any (earlier) and f.metric = series and f.side <> 'inside'
             group by f.result_set_id)
        select from told one_sum left join told another on another.id <> one_sum.id
         where sec.is_small(hull - one_sum.total) or sec.is_small(hull - one_sum.total + another.total)
            or sec.is_small(hull - one_sum.total - another.total))
    then
        return 3;
    end if;
    -- Nor where what was shown before, and corrections that only told a sum, leave a small one over.
    if sec.gives_a_small_one(one, series) then return 3; end if;
    return level;
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
