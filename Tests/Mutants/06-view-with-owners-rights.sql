-- hole: a view with its owner's rights
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
create view every_campaign as select * from campaigns;
grant select on every_campaign to counterpoint_ngo;
