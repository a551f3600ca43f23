-- hole: an organisation that asked not to be published is there for a funder
-- caught by: RouteMatrixTests/matrix|SideChannelTests/published
do $$
declare
    asked text;
begin
    foreach asked in array array['sec.campaigns()', 'sec.funded_grants()', 'sec.funded_organisations()'] loop
        execute replace(replace(pg_get_functiondef(asked::regprocedure), 'and o.safety <> ''withheld''', ''),
            'where o.safety <> ''withheld''', 'where true');
    end loop;
end $$;
