-- hole: a foreign key without its tenant
-- caught by: CatalogueTests/theCatalogueKeepsTheRules
alter table result_sets drop constraint result_set_of_its_campaign;
alter table result_sets add constraint result_set_of_its_campaign foreign key (campaign_id) references campaigns (id);
