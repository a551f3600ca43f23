// Indicators: what a campaign set out to reach, and what came of it.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

struct IndicatorRoutes {
    let registry: Registry

    private static let shape = Schema.named("Indicator")

    var list: Operation {
        Operation(
            "listIndicators", "List a campaign's indicators",
            "Each with its actual figure, computed from accepted results when it is asked for, and with "
                + "how far it got. Funders do not see indicators.",
            tag: .campaigns, query: .page, answers: [.page(of: "Indicator")],
            problems: [.forbidden]
        ) { [registry] exchange in
            let page = try await registry.indicators(
                of: try exchange.id("campaignId"), page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var add: Operation {
        Operation(
            "addIndicator", "Set an indicator of a campaign",
            "Measured by a metric, or told in words where no metric is named.", tag: .campaigns,
            body: .json(.named("NewIndicator")),
            answers: [.created(Self.shape, readBy: "readIndicator", parameter: "indicatorId")]
        ) { [registry] exchange in
            let answer = { @Sendable (made: IndicatorReport) in
                Self.answer(made).created(at: "/v1/indicators/\(made.indicator.id)")
            }
            let outcome = try await registry.addIndicator(
                try NewIndicator(exchange.json), to: try exchange.id("campaignId"),
                as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var read: Operation {
        Operation(
            "readIndicator", "Read an indicator with what it came to", tag: .campaigns,
            answers: [.one(Self.shape)], problems: [.forbidden]
        ) { [registry] exchange in
            Self.answer(
                try await registry.indicator(exchange.id("indicatorId"), as: exchange.caller))
        }
    }

    var change: Operation {
        Operation(
            "changeIndicator", "Change an indicator",
            "Once the campaign runs, what it set out to reach is changed by a manager only.",
            tag: .campaigns, body: .change(.named("IndicatorChange")), needsVersion: true,
            answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: Indicator.ID = try exchange.id("indicatorId")
            let outcome = try await registry.changeIndicator(
                id, try IndicatorChange(exchange.json),
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once(Self.answer))
            return exchange.answer(outcome, Self.answer)
        }
    }

    var remove: Operation {
        Operation(
            "removeIndicator", "Remove an indicator", "The log keeps what it was.",
            tag: .campaigns, needsVersion: true,
            answers: [AnswerShape(status: 204, help: "It is removed.", fields: [.replayed])],
            problems: [.refusedInput]
        ) { [registry] exchange in
            let id: Indicator.ID = try exchange.id("indicatorId")
            let answer = { @Sendable (_: Indicator) in Answer(status: .noContent) }
            let outcome = try await registry.removeIndicator(
                id, expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    @Sendable private static func answer(_ report: IndicatorReport) -> Answer {
        .derived(report.document, of: report.indicator)
    }

    private func version(of id: Indicator.ID, _ exchange: Exchange) async throws -> Int64? {
        try await exchange.expectedVersion {
            try await registry.indicator(id, as: exchange.caller).indicator.version
        }
    }
}
