-- hole: a stated rate and its one part tell a funder the other
-- caught by: GivenAwayTests/aRateDoesNotTellItsOtherPart
create or replace function sec.given_by_rates(one result_sets) returns setof text language sql stable as $$ select null::text where false $$;
