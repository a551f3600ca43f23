// Result sets: logged as drafts, handed in, accepted or returned.

import CounterpointModel
import CounterpointRecords

struct ResultSetRoutes {
    let registry: Registry

    private static let shape = Schema.named("ResultSetDetail")

    // MARK: Lists

    private static let filters: [QueryParameter] = [
        .one("status", of: ResultSetStatus.self, "Only with this status."),
        .one("channel", of: Channel.self, "Only on this channel."),
        .one("role", of: SetRole.self, "Only primaries, or only breakdowns."),
    ]

    var list: Operation {
        Operation(
            "listResultSets", "List result sets",
            "Without their readings. `?status=submitted` is what waits for review.", tag: .results,
            query: [
                .id("campaign", "Only of this campaign."),
                .id("organisation", "Only of this organisation's campaigns."),
                .id("programme", "Only of campaigns with a grant of this programme."),
            ] + Self.filters + .page,
            answers: [.page(of: "ResultSet")]
        ) { [registry] exchange in
            var filter = Self.filter(exchange.query)
            filter.campaign = exchange.query.id("campaign")
            filter.organisation = exchange.query.id("organisation")
            filter.programme = exchange.query.id("programme")
            let page = try await registry.resultSets(
                filter, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var listOfCampaign: Operation {
        Operation(
            "listResultSetsOfCampaign", "List a campaign's result sets", tag: .results,
            query: Self.filters + .page, answers: [.page(of: "ResultSet")]
        ) { [registry] exchange in
            let campaign: Campaign.ID = try exchange.id("campaignId")
            var filter = Self.filter(exchange.query)
            filter.campaign = campaign
            let page = try await registry.resultSets(
                filter, page: exchange.page, as: exchange.caller)
            // An empty list may mean that there is no such campaign.
            if page.items.isEmpty { _ = try await registry.campaign(campaign, as: exchange.caller) }
            return .page(page, of: exchange, \.document)
        }
    }

    private static func filter(_ query: QueryValues) -> ResultSetFilter {
        var filter = ResultSetFilter()
        filter.status = query.choice("status")
        filter.channel = query.choice("channel")
        filter.role = query.choice("role")
        return filter
    }

    // MARK: One set

    var read: Operation {
        Operation(
            "readResultSet", "Read a result set with its readings", tag: .results,
            answers: [.one(Self.shape)]
        ) { [registry] exchange in
            Self.answer(
                try await registry.resultSet(exchange.id("resultSetId"), as: exchange.caller))
        }
    }

    var change: Operation {
        Operation(
            "changeResultSet", "Change a result set that is a draft or was returned",
            tag: .results,
            body: BodyShape(
                contents: [MediaType.mergePatch, .json].map {
                    .init(
                        type: $0, schema: .named("ResultSetChange"),
                        bytesMax: Limits.resultSetBodyBytes)
                }),
            needsVersion: true, answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: ResultSet.ID = try exchange.id("resultSetId")
            let outcome = try await registry.changeResultSet(
                id, try exchange.json, expecting: try await version(of: id, exchange),
                as: exchange.caller, once: exchange.once(Self.answer))
            return exchange.answer(outcome, Self.answer)
        }
    }

    var move: Operation {
        Operation(
            "moveResultSet", "Hand in, accept, return or withdraw a result set",
            "draft, submitted, accepted or returned, withdrawn. What is accepted never changes; "
                + "another set corrects it. A return may name what is objected to, reading by "
                + "reading; it stays beside the readings until the next decision. The answer has the "
                + "findings: figures that cannot both be true.",
            tag: .results, body: .json(.named("ResultSetTransition")), needsVersion: true,
            answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: ResultSet.ID = try exchange.id("resultSetId")
            let body = try ReviewTransition(exchange.json)
            let outcome = try await registry.moveResultSet(
                id, body.step, objections: body.objections,
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once(Self.answer))
            return exchange.answer(outcome, Self.answer)
        }
    }

    @Sendable static func answer(_ detail: ResultSetDetail) -> Answer {
        .derived(detail.document, of: detail.set)
    }

    private func version(of id: ResultSet.ID, _ exchange: Exchange) async throws -> Int64? {
        try await exchange.expectedVersion {
            try await registry.resultSet(id, as: exchange.caller).set.version
        }
    }
}
