-- hole: the signature of the request context is not looked at
-- caught by: SessionTests/injections
do $$
declare
    asking record;
begin
    for asking in
        select p.oid from pg_proc p where p.pronamespace = 'sec'::regnamespace and p.prosrc ~ 'forged request context'
    loop
        execute replace(replace(pg_get_functiondef(asking.oid), 'items[1] is distinct from signed', 'false'),
            'select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(substr(context, 66), ''UTF8''))), ''hex'')'
                || E'\n               ||', E'select left(context, 64)\n               ||');
    end loop;
end $$;
