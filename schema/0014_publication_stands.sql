-- Two rules about accepted figures brought together: they never change (schema/0012), and what is published of them is written
-- beside them when they are accepted (schema/0008). Both functions are as schema/0012 has them, and let sec.publish through.

set local role counterpoint_verifier;

create or replace function sec.figures_stand() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    kept   public.result_figures := new;
    stands text := (select s.status from public.result_sets s where s.id = old.result_set_id);
begin
    if sec.publishing() then return new; end if;
    kept.stage := old.stage;
    kept.organisation_id := old.organisation_id;
    -- Under which words a funder reads a statement follows the organisation's safety level.
    if old.side = 'published' then kept.disjoint_audiences := old.disjoint_audiences; end if;
    if stands is null or stands in ('draft', 'returned')
       or (kept is not distinct from old
           and (new.organisation_id = old.organisation_id or sec.merging())
           and (new.stage = old.stage or stands = 'submitted'))
    then
        return new;
    end if;
    raise exception 'the figures of a set that is % never change', stands
        using errcode = 'CP004', constraint = 'accepted_sets_stand';
end $$;

create or replace function sec.figures_only_while_open() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    stands text;
begin
    -- `audit recompute` derives figures anew in a transaction that it takes back.
    if sec.acts_as('administrator') or sec.publishing() then return null; end if;
    for stands in
        select distinct s.status from public.result_sets s
         where s.id in (select c.result_set_id from changed c) and s.status not in ('draft', 'returned')
    loop
        raise exception 'the figures of a set that is % never change', stands
            using errcode = 'CP004', constraint = 'accepted_sets_stand';
    end loop;
    return null;
end $$;

reset role;
