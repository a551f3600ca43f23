-- hole: a manager makes tokens for the people of any organisation
-- caught by: RouteMatrixTests/matrix|SigningIn
create or replace function sec.may_issue_for(holder uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$ select sec.acts_as('administrator') or sec.acts_as('programmeManager') $$;
