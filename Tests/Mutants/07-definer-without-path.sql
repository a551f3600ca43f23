-- hole: a function with its owner's rights and no fixed search path
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
alter function sec.campaigns() reset search_path;
