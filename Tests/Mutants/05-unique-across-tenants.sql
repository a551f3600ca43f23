-- hole: a unique key that tells one organisation of another's names
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
alter table campaigns add constraint one_name unique (name);
