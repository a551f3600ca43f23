// Indicators in the record: what was set, what came of it, and who may see and change which.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

private let year = Period(from: Day(iso: "2024-01-01")!, to: Day(iso: "2024-12-31")!)!

private func figure(_ metric: Metric, _ value: String, content: String? = nil) -> Reading {
    Reading(
        metric: metric, period: year, content: content, value: ExactDecimal(value)!,
        currency: metric.additivity == .money ? Currency("EUR") : nil)
}

private func indicator(
    _ code: String, _ metric: Metric, channels: [Channel] = [], from: Int64 = 0, to: Int64
) -> NewIndicator {
    NewIndicator(
        code: code, title: "Indicator \(code)",
        terms: IndicatorTerms(
            metric: metric, channels: channels, baseline: IndicatorAim(value: ExactDecimal(from)),
            target: IndicatorAim(value: ExactDecimal(to))))
}

extension TestWorld {
    fileprivate func add(_ new: NewIndicator, to campaign: Campaign) async throws -> IndicatorReport
    {
        try await registry.addIndicator(new, to: campaign.id, as: editor).get()
    }

    fileprivate func reports(_ campaign: Campaign, as caller: Caller) async throws
        -> [IndicatorReport]
    {
        try await registry.indicators(of: campaign.id, page: PageRequest(), as: caller).items
    }
}

private func refusal(_ body: () async throws -> Void) async throws -> String? {
    do {
        try await body()
        return nil
    } catch RegistryError.refused(let refusal) {
        return refusal.code
    } catch RegistryError.forbidden(let refusal) {
        return refusal.code
    } catch RegistryError.conflict(let conflict) {
        return conflict.code
    } catch RegistryError.notFound {
        return "notFound"
    } catch RegistryError.preconditionFailed {
        return "stale"
    }
}

@Suite struct IndicatorsTests {
    @Test func theActualIsTheSummarysAndOfAcceptedResultsOnly() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(channels: [.meta, .youtube])
            let shown = try await world.add(indicator("I1", .impressions, to: 1000), to: campaign)
            #expect(shown.actual?.lower == nil && shown.progress?.gap == .noActual)
            for (code, metric) in [("I2", Metric.reach), ("I3", .frequency), ("I4", .spend)] {
                var new = indicator(code, metric, to: 100)
                if metric == .spend { new.terms.currency = Currency("EUR") }
                _ = try await world.add(new, to: campaign)
            }
            _ = try await world.add(
                indicator("I5", .impressions, channels: [.youtube], from: 50, to: 300), to: campaign
            )
            let ads = NewResultSet(
                channel: .meta, period: year, breakdown: .content,
                readings: [
                    figure(.impressions, "300", content: "a"),
                    figure(.impressions, "200", content: "b"),
                    figure(.reach, "60", content: "a"), figure(.reach, "50", content: "b"),
                    figure(.spend, "12.345", content: "a"),
                ])
            let set = try await world.registry.logResultSet(ads, for: campaign.id, as: world.editor)
                .get().set
            #expect(try await world.reports(campaign, as: world.editor)[0].actual?.lower == nil)
            try await world.accept(set)
            try await world.accept(
                NewResultSet(
                    channel: .youtube, period: year, readings: [figure(.impressions, "100")]),
                for: campaign)

            let reports = try await world.reports(campaign, as: world.manager)
            let documents = reports.map(\.document)
            #expect(reports.map(\.indicator.code) == ["I1", "I2", "I3", "I4", "I5"])
            #expect(
                documents[0]["actual"]?["lower"] == 600 && documents[0]["actual"]?["exact"] == true)
            #expect(
                documents[0]["progress"]?["lower"] == ["numerator": "600", "denominator": "1000"])
            #expect(documents[0]["progress"]?["reached"] == "no")
            // The same calculation as the summary's.
            var question = SummaryQuestion()
            question.campaigns = [campaign.id]
            let summary = try await world.registry.summary(question, as: world.manager).groups[0]
            let reach = try #require(summary.uniques.first?.range)
            #expect(reports[1].actual?.lower == reach.lower.map { ExactDecimal($0) })
            #expect(reports[1].actual?.upper == reach.upper.map { ExactDecimal($0) })
            #expect(reports[1].actual?.lower != reports[1].actual?.upper)
            let rate = try #require(summary.rates.first { $0.metric == .frequency })
            #expect(reports[2].actual?.lower == rate.lower)
            #expect(documents[2]["actual"]?["numerator"] == .string(rate.numerator.plainText))
            #expect(documents[3]["actual"]?["lower"] == ["amount": "12.35", "currency": "EUR"])
            #expect(
                documents[4]["progress"]?["upper"] == ["numerator": "50", "denominator": "250"])
            #expect(
                try await world.reports(campaign, as: world.viewer).map(\.document) == documents)
            #expect(
                try await world.reports(campaign, as: world.auditor).map(\.document) == documents)
        }
    }

    @Test func whoMaySeeAndChangeThem() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let made = try await world.add(indicator("I1", .reach, to: 100), to: campaign).indicator
            let registry = world.registry
            #expect(
                try await refusal { _ = try await world.reports(campaign, as: world.funder) }
                    == "notPermitted")
            for stranger in [world.rival] {
                #expect(
                    try await refusal { _ = try await registry.indicator(made.id, as: stranger) }
                        == "notFound")
                #expect(
                    try await refusal { _ = try await world.reports(campaign, as: stranger) }
                        == "notFound")
                #expect(
                    try await refusal {
                        _ = try await registry.addIndicator(
                            indicator("I2", .reach, to: 1), to: campaign.id, as: stranger)
                    } == "notFound")
            }
            #expect(
                try await refusal {
                    _ = try await registry.addIndicator(
                        indicator("I2", .reach, to: 1), to: campaign.id, as: world.viewer)
                } == "notPermitted")
            #expect(
                try await refusal {
                    _ = try await world.add(indicator("I1", .shares, to: 1), to: campaign)
                } == "codeTaken")

            var change = IndicatorChange()
            change.direction = .set(.ascending)
            change.title = .set("Better said")
            let renamed = try await registry.changeIndicator(
                made.id, change, expecting: made.version, as: world.editor
            ).get().indicator
            #expect(renamed.title == "Better said" && renamed.version == made.version + 1)
            #expect(
                try await refusal {
                    _ = try await registry.changeIndicator(
                        made.id, change, expecting: made.version, as: world.editor)
                } == "stale")

            // Once the campaign runs, the aim is the manager's to change.
            _ = try await registry.moveCampaign(
                campaign.id, Transition(to: .running), expecting: campaign.version, as: world.editor
            )
            let aim = try IndicatorChange(["target": ["value": 5]])
            #expect(
                try await refusal {
                    _ = try await registry.changeIndicator(
                        made.id, aim, expecting: renamed.version, as: world.editor)
                } == "aimsAreFixed")
            #expect(
                try await refusal {
                    _ = try await registry.removeIndicator(
                        made.id, expecting: renamed.version, as: world.editor)
                } == "aimsAreFixed")
            change.title = .set("Still better said")
            let again = try await registry.changeIndicator(
                made.id, change, expecting: renamed.version, as: world.editor
            ).get().indicator
            let moved = try await registry.changeIndicator(
                made.id, aim, expecting: again.version, as: world.manager
            ).get().indicator
            #expect(moved.terms.target.value == ExactDecimal(5))
            let removed = try await registry.removeIndicator(
                made.id, expecting: moved.version, as: world.manager
            ).get()
            #expect(removed == moved)
            #expect(try await world.reports(campaign, as: world.editor).isEmpty)

            var filter = AuditFilter()
            filter.subject = made.id.uuid
            let log = try await registry.auditEntries(
                filter, page: PageRequest(), as: world.manager
            ).items
            #expect(
                log.map(\.action) == [
                    "indicator.added", "indicator.changed", "indicator.changed",
                    "indicator.changed",
                    "indicator.removed",
                ])
            #expect(log.last?.before["title"] == "Still better said")
        }
    }

    /// In words: told and dated by people, with no figure in sight.
    @Test func whatIsToldInWords() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let new = try NewIndicator([
                "code": "Q1", "title": "Tone of the comments",
                "baseline": ["statement": "Mostly insults", "on": "2023-12-01"],
                "target": ["statement": "Most engage with the message"],
            ])
            let made = try await world.add(new, to: campaign)
            #expect(made.document["actual"] == .null && made.document["progress"] == .null)
            let told = try await world.registry.changeIndicator(
                made.indicator.id,
                try IndicatorChange([
                    "actual": ["statement": "Half of them", "on": "2024-06-01", "source": "coding"]
                ]), expecting: made.indicator.version, as: world.editor
            ).get()
            #expect(told.document["actual"]?["statement"] == "Half of them")
            #expect(told.document["baseline"]?["on"] == "2023-12-01")
            #expect(told.document["measure"] == "qualitative" && told.document["metric"] == .null)
        }
    }

    @Test func theDatabaseKeepsThemApartByItself() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            _ = try await world.add(indicator("I1", .reach, to: 100), to: campaign)
            let none = "1 / (case when count(*) = 0 then 1 else 0 end)"
            try await world.session(as: "Rita Rival", "select \(none) from indicators")
            for statement in [
                "update indicators set title = 'x'", "delete from indicators",
                "insert into indicators (organisation_id, campaign_id, code, title, measure) "
                    + "select organisation_id, id, 'x', 'x', 'qualitative' from campaigns",
            ] {
                // Without an entry in the log nothing of it is committed.
                let unlogged = try? await world.session(as: "Edith Editor", statement)
                #expect(unlogged == nil, "\(statement)")
            }
            let funder = try? await world.session(
                as: "Frank Funder", "select count(*) from indicators")
            #expect(funder == nil)
        }
    }
}
