-- hole: row security is not forced on one table
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
alter table campaigns no force row level security;
