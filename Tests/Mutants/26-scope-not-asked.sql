-- hole: a token without the scope of logging results logs them
-- caught by: ScopeTests
create or replace function sec.require_scope() returns trigger language plpgsql as $$ begin return new; end $$;
