-- Figures and the days they cover stay with their set: the figures of a draft could be moved into a set that was accepted
-- (schema/0010 looked at the set they came from only). Nobody has a reason to move one.

set local role counterpoint_owner;

create function figures_stay() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$ begin
    raise exception 'figures stay with their set' using errcode = 'CP004', constraint = 'accepted_sets_stand';
end $$;
create trigger figures_stay before update of result_set_id on result_figures for each row
    when (new.result_set_id is distinct from old.result_set_id) execute function figures_stay();
create trigger figures_stay before update of result_set_id on result_coverage for each row
    when (new.result_set_id is distinct from old.result_set_id) execute function figures_stay();

reset role;
