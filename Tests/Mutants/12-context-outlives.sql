-- hole: a request context is good for later transactions too
-- caught by: SessionTests/injections
do $$
declare
    asked text;
begin
    foreach asked in array array['sec.claim(integer)', 'sec.claims()'] loop
        execute replace(pg_get_functiondef(asked::regprocedure),
            'or items[3] is distinct from (extract(epoch from now()) * 1000000)::bigint::text', '');
    end loop;
end $$;
