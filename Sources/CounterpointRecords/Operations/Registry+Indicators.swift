// What campaigns set out to reach, and what came of it. The actual figure is the summary's: one calculation, over accepted
// readings, with the reader's own rights. Funders have no part in this.

public import CounterpointModel
import FoundationEssentials
import Postgres

extension Registry {
    /// The indicators of a campaign in the order in which they were set, each with what it came to.
    public func indicators(
        of campaign: Campaign.ID, page: PageRequest, as caller: Caller
    ) async throws -> Page<IndicatorReport> {
        try await read(.readIndicators, as: caller) { transaction, reader in
            _ = try Self.campaign(campaign, for: reader, in: transaction)
            let filter = IndicatorFilter(campaign: campaign)
            let found = try Self.page("indicators", filter, page, reader: reader) { after, limit in
                try transaction.rows(
                    Query(
                        Indicators.ofCampaign, after?.createdAt, after.map { Indicator.ID($0.id) },
                        limit, campaign, decode: Indicator.init(row:)))
            }
            let reports = try Self.reports(on: found.items, in: transaction)
            return Page(items: reports, next: found.next)
        }
    }

    public func indicator(_ id: Indicator.ID, as caller: Caller) async throws -> IndicatorReport {
        try await read(.readIndicators, as: caller) { transaction, _ in
            try Self.indicator(id, in: transaction)
        }
    }

    public func addIndicator(
        _ new: NewIndicator, to campaign: Campaign.ID, as caller: Caller,
        once: Once<IndicatorReport>? = nil
    ) async throws -> Outcome<IndicatorReport> {
        try await write(.changeIndicators, as: caller, once: once) { transaction, _ in
            let owner = try Self.openCampaign(campaign, in: transaction)
            let standing = try transaction.row(
                Query(Indicators.standing, campaign, new.code) { row in
                    (count: try row.next(Int64.self), isTaken: try row.next(Bool.self))
                })
            if standing?.isTaken == true {
                throw RegistryError.conflict(
                    Conflict(
                        code: "codeTaken",
                        detail: "The campaign has an indicator with the code \(new.code) already."))
            }
            if let count = standing?.count, count >= Indicator.max {
                throw Refusal(
                    "tooManyIndicators",
                    "A campaign has at most \(Indicator.max) indicators; remove one that says little."
                )
            }
            let id = Indicator.ID.random()
            let terms = new.terms
            try transaction.enqueue(
                Query(
                    Indicators.insert, id, owner.organisationId, campaign, new.code,
                    terms.measure.rawValue, terms.metric?.code, new.title,
                    terms.channels.map(\.rawValue), terms.period?.from, terms.period?.to,
                    terms.direction.rawValue, terms.currency?.code,
                    terms.baseline.value?.plainText, terms.baseline.statement, terms.baseline.on,
                    terms.baseline.comment, terms.target.value?.plainText, terms.target.statement,
                    terms.target.on, terms.target.comment, new.told?.statement, new.told?.on,
                    new.told?.source))
            let made = try Self.indicator(id, in: transaction)
            try Self.audit("indicator.added", nil, made.indicator, by: caller, in: transaction)
            return made
        }
    }

    public func changeIndicator(
        _ id: Indicator.ID, _ change: IndicatorChange, expecting version: Int64?,
        as caller: Caller, once: Once<IndicatorReport>? = nil
    ) async throws -> Outcome<IndicatorReport> {
        try await write(.changeIndicators, as: caller, once: once) { transaction, writer in
            let old = try Self.lockIndicator(id, in: transaction)
            try Self.expect(version, of: old.version)
            let new = try change.applied(to: old)
            guard new != old else { return try Self.indicator(id, in: transaction) }
            let campaign = try Self.openCampaign(old.campaignId, in: transaction)
            if new.terms != old.terms {
                try new.checkAimsOpen(for: writer.role, while: campaign.status)
            }
            let terms = new.terms
            try transaction.enqueue(
                Query(
                    Indicators.update, id, new.title, terms.channels.map(\.rawValue),
                    terms.period?.from, terms.period?.to, terms.direction.rawValue,
                    terms.currency?.code, terms.baseline.value?.plainText,
                    terms.baseline.statement, terms.baseline.on, terms.baseline.comment,
                    terms.target.value?.plainText, terms.target.statement, terms.target.on,
                    terms.target.comment, new.told?.statement, new.told?.on, new.told?.source))
            let stored = try Self.indicator(id, in: transaction)
            try Self.audit("indicator.changed", old, stored.indicator, by: caller, in: transaction)
            return stored
        }
    }

    /// Takes an indicator out; the log keeps what it was.
    public func removeIndicator(
        _ id: Indicator.ID, expecting version: Int64?, as caller: Caller,
        once: Once<Indicator>? = nil
    ) async throws -> Outcome<Indicator> {
        try await write(.changeIndicators, as: caller, once: once) { transaction, writer in
            let old = try Self.lockIndicator(id, in: transaction)
            try Self.expect(version, of: old.version)
            let campaign = try Self.openCampaign(old.campaignId, in: transaction)
            try old.checkAimsOpen(for: writer.role, while: campaign.status)
            try transaction.enqueue(Query(Indicators.delete, id))
            try Self.audit("indicator.removed", old, nil, by: caller, in: transaction)
            return old
        }
    }
}

private struct IndicatorFilter: ListFilter {
    var campaign: Campaign.ID
}

extension Registry {
    private static func indicator(
        _ id: Indicator.ID, in transaction: borrowing Transaction
    ) throws -> IndicatorReport {
        let found = try transaction.row(Query(Indicators.byId, id, decode: Indicator.init(row:)))
        guard let found else { throw RegistryError.notFound(.indicator) }
        return try reports(on: [found], in: transaction)[0]
    }

    private static func lockIndicator(
        _ id: Indicator.ID, in transaction: borrowing Transaction
    ) throws -> Indicator {
        let found = try transaction.row(Query(Indicators.lock, id, decode: Indicator.init(row:)))
        guard let found else { throw RegistryError.notFound(.indicator) }
        return found
    }

    /// The campaign, locked; a cancelled one sets out to reach nothing any more.
    private static func openCampaign(
        _ id: Campaign.ID, in transaction: borrowing Transaction
    ) throws -> Campaign {
        let found = try transaction.row(Query(Campaigns.lock, id, decode: Campaign.init(row:)))
        guard let found else { throw RegistryError.notFound(.campaign) }
        guard found.status != .cancelled else {
            throw Refusal(
                "campaignCancelled", "The campaign was cancelled; its indicators stay as they are.")
        }
        return found
    }

    /// Each with its actual figure. Indicators of the same channels and days are read off one summary.
    private static func reports(
        on indicators: [Indicator], in transaction: borrowing Transaction
    ) throws -> [IndicatorReport] {
        var groups: [SummaryQuestion: SummaryGroup] = [:]
        var reports: [IndicatorReport] = []
        for indicator in indicators {
            guard let metric = indicator.terms.metric else {
                reports.append(IndicatorReport(indicator, actual: nil))
                continue
            }
            let question = indicator.terms.question(of: indicator.campaignId)
            if groups[question] == nil {
                groups[question] = try group(answering: question, in: transaction)
            }
            reports.append(
                IndicatorReport(
                    indicator,
                    actual: IndicatorActual(
                        of: metric, in: indicator.terms.currency, from: groups[question])))
        }
        return reports
    }

    /// The only group of a summary, asked within the transaction. Nobody is given a receipt for it, so none is made.
    private static func group(
        answering question: SummaryQuestion, in transaction: borrowing Transaction
    ) throws -> SummaryGroup? {
        let material = try SummaryMaterial.reading(question, in: transaction)
        return try Summary(question, from: material) { _ in "" }.groups.first
    }

    private static func audit(
        _ action: String, _ before: Indicator?, _ after: Indicator?, by caller: Caller,
        in transaction: borrowing Transaction
    ) throws {
        guard let subject = after ?? before else { return }
        let programmes = try programmes(of: subject.campaignId, in: transaction)
            .map(Optional.some)
        for programme in programmes.isEmpty ? [nil] : programmes {
            try transaction.audit(
                action, "indicator", subject.id.uuid, programme: programme,
                organisation: subject.organisationId, by: caller, before: before?.document,
                after: after?.document)
        }
    }
}
