-- hole: a revoked token is still accepted
-- caught by: AccessTests/tokens|RouteMatrixTests/matrix
do $$
declare
    body text := pg_get_functiondef('sec.begin(text)'::regprocedure);
begin
    if body not like '%t.revoked_at is null and %' then raise exception 'sec.begin has changed: bring this file in step'; end if;
    execute replace(body, 't.revoked_at is null and ', '');
end $$;
