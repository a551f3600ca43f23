-- hole: the trigger that asks for an entry in the log looks with its caller's rights
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
alter function sec.require_audit() security invoker;
