-- hole: a policy that is `true`
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
create policy open on campaigns for select to counterpoint_funder using (true);
