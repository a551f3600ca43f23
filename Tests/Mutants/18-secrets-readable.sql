-- hole: hashes of tokens can be read by a caller's role
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
grant select on sec.token_secrets to counterpoint_ngo;
