-- hole: a viewer may delete
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
drop policy ngo_viewers_delete_nothing on readings;
