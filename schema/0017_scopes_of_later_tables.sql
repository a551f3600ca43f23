-- Every table that callers write asks for a scope of the token (schema/0007), also those that came after.

set local role counterpoint_owner;

do $$
declare
    guarded record;
begin
    for guarded in
        select * from (values
            ('reading_blocks', '''logResults'''), ('imports', '''logResults'''),
            ('evidence', '''logResults'', ''review'''), ('evidence_files', '''logResults'', ''review'''),
            ('evidence_pieces', '''logResults'', ''review'''),
            ('suppressed_series', '''logResults'', ''review''')
        ) as t(name, scopes)
    loop
        execute format(
            'create trigger scope before insert or update or delete on %I
                 for each statement execute function sec.require_scope(%s)', guarded.name, guarded.scopes);
    end loop;
end $$;

reset role;
