// Campaigns: planned and run by organisations.

import CounterpointModel
import CounterpointRecords

struct CampaignRoutes {
    let registry: Registry

    private static let shape = Schema.named("Campaign")

    var list: Operation {
        Operation(
            "listCampaigns", "List campaigns", tag: .campaigns,
            query: [
                .id("organisation", "Only of this organisation."),
                .id("programme", "Only with a grant of this programme."),
                .id("grant", "Only paid for by this grant."),
                .one("status", of: CampaignStatus.self, "Only with this status."),
                .one("channel", of: Channel.self, "Only on this channel."),
                .country("Only in this country."),
            ] + .page,
            answers: [.page(of: "Campaign")]
        ) { [registry] exchange in
            var filter = CampaignFilter()
            filter.organisation = exchange.query.id("organisation")
            filter.programme = exchange.query.id("programme")
            filter.grant = exchange.query.id("grant")
            filter.status = exchange.query.choice("status")
            filter.channel = exchange.query.choice("channel")
            filter.country = exchange.query.country
            let page = try await registry.campaigns(
                filter, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var add: Operation {
        Operation(
            "addCampaign", "Plan a campaign", tag: .campaigns,
            body: .json(.named("NewCampaign")),
            answers: [.created(Self.shape, readBy: "readCampaign", parameter: "campaignId")]
        ) { [registry] exchange in
            let answer = { @Sendable (made: Campaign) in
                Answer.record(made).created(at: "/v1/campaigns/\(made.id)")
            }
            let outcome = try await registry.addCampaign(
                try NewCampaign(exchange.json), as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var read: Operation {
        Operation("readCampaign", "Read a campaign", tag: .campaigns, answers: [.one(Self.shape)]) {
            [registry] exchange in
            .record(try await registry.campaign(exchange.id("campaignId"), as: exchange.caller))
        }
    }

    var change: Operation {
        Operation(
            "changeCampaign", "Change a campaign", tag: .campaigns,
            body: .change(.named("CampaignChange")), needsVersion: true,
            answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: Campaign.ID = try exchange.id("campaignId")
            let outcome = try await registry.changeCampaign(
                id, try CampaignChange(exchange.json),
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once { .record($0) })
            return exchange.answer(outcome) { .record($0) }
        }
    }

    var move: Operation {
        Operation(
            "moveCampaign", "Move a campaign to its next status", tag: .campaigns,
            body: .json(.named("CampaignTransition")), needsVersion: true,
            answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: Campaign.ID = try exchange.id("campaignId")
            let outcome = try await registry.moveCampaign(
                id, try Transition<CampaignStatus>(exchange.json),
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once { .record($0) })
            return exchange.answer(outcome) { .record($0) }
        }
    }

    private func version(of id: Campaign.ID, _ exchange: Exchange) async throws -> Int64? {
        try await exchange.expectedVersion {
            try await registry.campaign(id, as: exchange.caller).version
        }
    }
}
