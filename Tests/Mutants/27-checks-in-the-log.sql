-- hole: an NGO reads in the log what was found out about it
-- caught by: RivalTests/dueDiligence
create or replace function sec.tells_of_checks(before text, after text) returns boolean language sql immutable as $$ select false $$;
