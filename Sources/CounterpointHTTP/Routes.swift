// The whole interface on one screen. What each line does and promises is in Routes/.

import CounterpointRecords

enum Routes {
    static func all(registry: Registry, metrics: PrometheusMetrics) -> [Endpoint] {
        let organisations = OrganisationRoutes(registry: registry)
        let merges = MergeRoutes(registry: registry)
        let programmes = ProgrammeRoutes(registry: registry)
        let grants = GrantRoutes(registry: registry)
        let campaigns = CampaignRoutes(registry: registry)
        let indicators = IndicatorRoutes(registry: registry)
        let resultSets = ResultSetRoutes(registry: registry)
        let reports = ReportRoutes(registry: registry)
        let imports = ImportRoutes(registry: registry)
        let evidence = EvidenceRoutes(registry: registry)
        let summaries = SummaryRoutes(registry: registry)
        let access = AccessRoutes(registry: registry)
        let tokens = TokenRoutes(registry: registry)
        let audit = AuditRoutes(registry: registry)
        let service = HealthRoutes(registry: registry, metrics: metrics)
        return [
            .get("/v1/organisations", organisations.list),
            .post("/v1/organisations", organisations.register),
            .get("/v1/organisations/{organisationId}", organisations.read),
            .patch("/v1/organisations/{organisationId}", organisations.change),
            .post("/v1/organisations/{organisationId}/transitions", organisations.move),
            .get("/v1/organisation-duplicates", merges.duplicates),
            .get("/v1/organisations/{organisationId}/merges", merges.list),
            .post("/v1/organisations/{organisationId}/merges", merges.make),
            .get("/v1/organisation-merges/{mergeId}", merges.read),
            .post("/v1/organisation-merges/{mergeId}/undoing", merges.undo),

            .get("/v1/programmes", programmes.list),
            .post("/v1/programmes", programmes.add),
            .get("/v1/programmes/{programmeId}", programmes.read),
            .patch("/v1/programmes/{programmeId}", programmes.change),

            .get("/v1/grants", grants.list),
            .post("/v1/grants", grants.add),
            .get("/v1/grants/{grantId}", grants.read),
            .patch("/v1/grants/{grantId}", grants.change),
            .post("/v1/grants/{grantId}/transitions", grants.move),

            .get("/v1/campaigns", campaigns.list),
            .post("/v1/campaigns", campaigns.add),
            .get("/v1/campaigns/{campaignId}", campaigns.read),
            .patch("/v1/campaigns/{campaignId}", campaigns.change),
            .post("/v1/campaigns/{campaignId}/transitions", campaigns.move),

            .get("/v1/campaigns/{campaignId}/indicators", indicators.list),
            .post("/v1/campaigns/{campaignId}/indicators", indicators.add),
            .get("/v1/indicators/{indicatorId}", indicators.read),
            .patch("/v1/indicators/{indicatorId}", indicators.change),
            .delete("/v1/indicators/{indicatorId}", indicators.remove),

            .get("/v1/campaigns/{campaignId}/result-sets", resultSets.listOfCampaign),
            .post("/v1/campaigns/{campaignId}/result-sets", resultSets.log),
            .post("/v1/campaigns/{campaignId}/imports", imports.take),
            .get("/v1/imports/{importId}", imports.read),
            .get("/v1/formats", imports.formats),
            .get("/v1/result-sets", resultSets.list),
            .get("/v1/result-sets/{resultSetId}", resultSets.read),
            .patch("/v1/result-sets/{resultSetId}", resultSets.change),
            .post("/v1/result-sets/{resultSetId}/transitions", resultSets.move),

            .get("/v1/result-sets/{resultSetId}/evidence", evidence.list),
            .post("/v1/result-sets/{resultSetId}/evidence", evidence.add),
            .get("/v1/result-sets/{resultSetId}/evidence/{evidenceId}", evidence.read),
            .delete("/v1/result-sets/{resultSetId}/evidence/{evidenceId}", evidence.remove),
            .get("/v1/result-sets/{resultSetId}/evidence/{evidenceId}/content", evidence.content),

            .get("/v1/reports-due", reports.list),
            .get("/v1/reports-due/totals", reports.totals),

            .get("/v1/summaries/results", summaries.results),
            .get("/v1/receipts/{digest}", summaries.receipt),

            .get("/v1/me", access.me),
            .get("/v1/principals", access.list),
            .get("/v1/principals/{principalId}", access.read),
            .get("/v1/tokens", tokens.list),
            .post("/v1/tokens", tokens.issue),
            .get("/v1/tokens/{tokenId}", tokens.read),
            .post("/v1/tokens/{tokenId}/rotation", tokens.rotate),
            .post("/v1/tokens/{tokenId}/revocation", tokens.revoke),
            .get("/v1/audit", audit.list),

            .get("/healthz", service.live),
            .get("/readyz", service.ready),
            .get("/metrics", service.figures),
        ].described
    }
}
