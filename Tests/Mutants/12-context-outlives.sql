-- hole: a request context is good for later transactions too
-- caught by: SessionTests/injections
do $$
declare
    asking record;
begin
    for asking in
        select p.oid from pg_proc p where p.pronamespace = 'sec'::regnamespace and p.prosrc ~ 'forged request context'
    loop
        execute replace(replace(pg_get_functiondef(asking.oid),
            'or items[3] is distinct from (extract(epoch from now()) * 1000000)::bigint::text', ''),
            '|| (extract(epoch from now()) * 1000000)::bigint ||', '|| split_part(context, ''|'', 3) ||');
    end loop;
end $$;
