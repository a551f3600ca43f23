-- hole: the head of a chain of the log is read without being locked
-- caught by: WritersAtOnceTests
do $$
declare
    body text := pg_get_functiondef('sec.audit(uuid,text,text,text,uuid,uuid,text,text)'::regprocedure);
begin
    if body not like '%where c.chain = target for update%' then raise exception 'sec.audit has changed: bring this file in step'; end if;
    execute replace(body, 'where c.chain = target for update', 'where c.chain = target');
end $$;
