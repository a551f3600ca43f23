-- hole: the signature of the request context is not looked at
-- caught by: SessionTests/injections
do $$
declare
    asked text;
begin
    foreach asked in array array['sec.claim(integer)', 'sec.claims()'] loop
        execute replace(pg_get_functiondef(asked::regprocedure), 'items[1] is distinct from signed', 'false');
    end loop;
end $$;
