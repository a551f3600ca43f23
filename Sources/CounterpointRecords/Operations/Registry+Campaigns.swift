// Planning campaigns, tying them to grants, and following them to their end.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// Which campaigns to list; nil asks for all.
public struct CampaignFilter: ListFilter {
    public var organisation: Organisation.ID?
    public var programme: Programme.ID?
    public var grant: Grant.ID?
    public var status: CampaignStatus?
    public var channel: Channel?
    public var country: Country?

    public init() {}
}

extension Registry {
    /// Plans a campaign of an organisation, drawing on grants of that organisation.
    public func addCampaign(
        _ new: NewCampaign, as caller: Caller, once: Once<Campaign>? = nil
    ) async throws -> Outcome<Campaign> {
        try await write(.addCampaign, as: caller, once: once) { transaction, writer in
            let id = Campaign.ID.random()
            try Self.checkOrganisation(new.organisationId, of: writer, in: transaction)
            try Self.checkGrants(new.grantIds, of: new.organisationId, in: transaction)
            if new.grantIds.isEmpty, writer.role == .programmeManager {
                throw InvalidInput(
                    "/grantIds", "required",
                    "Name a grant that the campaign draws on: without one it belongs to no programme of yours."
                )
            }
            let brief = new.brief
            try transaction.enqueue(
                Query(
                    Campaigns.insert, id, new.organisationId, new.name, new.startsOn, new.endsOn,
                    new.countries.map(\.code), new.languages.map(\.code),
                    new.channels.map(\.rawValue),
                    new.audienceSize, brief.goal, brief.audience, brief.message, brief.messenger,
                    brief.media,
                    brief.action, new.publicName))
            try Self.store(new.grantIds, of: id, new.organisationId, in: transaction)
            let made = try Self.campaign(id, for: writer, in: transaction)
            try Self.audit("campaign.planned", nil, made, by: caller, in: transaction)
            return made
        }
    }

    public func campaign(_ id: Campaign.ID, as caller: Caller) async throws -> Campaign {
        try await read(.readCampaigns, as: caller) { transaction, reader in
            try Self.campaign(id, for: reader, in: transaction)
        }
    }

    public func campaigns(
        _ filter: CampaignFilter, page: PageRequest, as caller: Caller
    ) async throws -> Page<Campaign> {
        try await read(.readCampaigns, as: caller) { transaction, reader in
            if reader.role == .funder {
                return try Self.page("campaigns", filter, page, reader: reader) { after, limit in
                    try transaction.rows(
                        Query(
                            Campaigns.listForFunder, after.map { Campaign.ID($0.id) }, limit,
                            filter.organisation, filter.programme, filter.grant,
                            filter.status?.rawValue, filter.channel?.rawValue, filter.country?.code,
                            decode: Campaign.init(row:)))
                }
            }
            return try Self.page("campaigns", filter, page, reader: reader) { after, limit in
                try transaction.rows(
                    Query(
                        Campaigns.list, after?.createdAt,
                        after.map { Campaign.ID($0.id) }, limit, filter.organisation,
                        filter.programme,
                        filter.grant, filter.status?.rawValue, filter.channel?.rawValue,
                        filter.country?.code,
                        decode: Campaign.init(row:)))
            }
        }
    }

    public func changeCampaign(
        _ id: Campaign.ID, _ change: CampaignChange, expecting version: Int64?, as caller: Caller,
        once: Once<Campaign>? = nil
    ) async throws -> Outcome<Campaign> {
        try await write(.changeCampaign, as: caller, once: once) { transaction, writer in
            let old = try Self.locked(id, in: transaction)
            try Self.expect(version, of: old.version)
            let new = try change.applied(to: old)
            guard new != old else { return old }
            if new.grantIds != old.grantIds {
                try Self.checkGrants(new.grantIds, of: old.organisationId, in: transaction)
                try Self.refuseLosingRecord(
                    id, from: old.grantIds, to: new.grantIds, in: transaction)
                try transaction.enqueue(Query(Campaigns.deleteGrants, id))
                try Self.store(new.grantIds, of: id, old.organisationId, in: transaction)
            }
            let brief = new.brief
            try transaction.enqueue(
                Query(
                    Campaigns.update, id, new.name, new.startsOn, new.endsOn,
                    new.countries.map(\.code),
                    new.languages.map(\.code), new.channels.map(\.rawValue), new.audienceSize,
                    brief.goal,
                    brief.audience, brief.message, brief.messenger, brief.media, brief.action,
                    new.publicName))
            let stored = try Self.campaign(id, for: writer, in: transaction)
            try Self.audit("campaign.changed", old, stored, by: caller, in: transaction)
            return stored
        }
    }

    public func moveCampaign(
        _ id: Campaign.ID, _ transition: Transition<CampaignStatus>, expecting version: Int64?,
        as caller: Caller, once: Once<Campaign>? = nil
    ) async throws -> Outcome<Campaign> {
        try await write(.moveCampaign, as: caller, once: once) { transaction, writer in
            let old = try Self.locked(id, in: transaction)
            try Self.expect(version, of: old.version)
            guard old.status.permits(writer.role, to: transition.to) else {
                throw RegistryError.forbidden(Act.moveCampaign.refusal(for: writer.role))
            }
            let status = try old.status.moved(
                by: transition, today: try Self.today(in: transaction))
            try transaction.enqueue(Query(Campaigns.move, id, status.rawValue))
            let stored = try Self.campaign(id, for: writer, in: transaction)
            try Self.audit("campaign.\(status.rawValue)", old, stored, by: caller, in: transaction)
            return stored
        }
    }
}

extension Registry {
    static func campaign(
        _ id: Campaign.ID, for reader: SignedIn, in transaction: borrowing Transaction
    ) throws -> Campaign {
        let statement = reader.role == .funder ? Campaigns.byIdForFunder : Campaigns.byId
        let found = try transaction.row(Query(statement, id, decode: Campaign.init(row:)))
        guard let found else { throw RegistryError.notFound(.campaign) }
        return found
    }

    private static func locked(
        _ id: Campaign.ID, in transaction: borrowing Transaction
    ) throws -> Campaign {
        let found = try transaction.row(Query(Campaigns.lock, id, decode: Campaign.init(row:)))
        guard let found else { throw RegistryError.notFound(.campaign) }
        return found
    }

    /// The programmes that a campaign draws on, in a fixed order.
    static func programmes(
        of campaign: Campaign.ID, in transaction: borrowing Transaction
    ) throws -> [Programme.ID] {
        try transaction.rows(
            Query(Campaigns.programmes, campaign) { row in try row.next(Programme.ID.self) })
    }

    /// One entry in the chain of each programme that the campaign draws on; in the installation's own if it draws on none.
    private static func audit(
        _ action: String, _ before: Campaign?, _ after: Campaign, by caller: Caller,
        in transaction: borrowing Transaction
    ) throws {
        let programmes = try programmes(of: after.id, in: transaction).map(Optional.some)
        let grants = try transaction.rows(
            Query(Campaigns.visibleGrants, (before?.grantIds ?? []) + after.grantIds) { row in
                let id = try row.next(Grant.ID.self)
                row.skip()
                let programme = try row.next(Programme.ID.self)
                row.skip()
                return (id: id, programme: programme)
            })
        /// The managers of one programme are not shown the grants of another.
        func shown(_ campaign: Campaign, in programme: Programme.ID?) -> JSONValue {
            var campaign = campaign
            campaign.grantIds.removeAll { id in
                programme != nil && grants.contains { $0.id == id && $0.programme != programme }
            }
            return campaign.document
        }
        for programme in programmes.isEmpty ? [nil] : programmes {
            try transaction.audit(
                action, "campaign", after.id.uuid, programme: programme,
                organisation: after.organisationId, by: caller,
                before: before.map { shown($0, in: programme) }, after: shown(after, in: programme))
        }
    }

    private static func checkOrganisation(
        _ id: Organisation.ID, of writer: SignedIn, in transaction: borrowing Transaction
    ) throws {
        let seen = try transaction.row(
            Query(Programmes.visibleOrganisations, [id]) { row in
                row.skip()
                return try row.word(OrganisationKind.self)
            })
        guard seen == nil else { return }
        throw InvalidInput(
            "/organisationId", "unknownOrganisation", "There is no such organisation.")
    }

    private static func checkGrants(
        _ ids: [Grant.ID], of organisation: Organisation.ID, in transaction: borrowing Transaction
    ) throws {
        guard !ids.isEmpty else { return }
        let seen = try transaction.rows(
            Query(Campaigns.visibleGrants, ids) { row in
                (
                    id: try row.next(Grant.ID.self),
                    organisation: try row.next(Organisation.ID.self),
                    programme: try row.next(Programme.ID.self),
                    status: try row.word(GrantStatus.self)
                )
            })
        let byId = Dictionary(uniqueKeysWithValues: seen.map { ($0.id, $0) })
        var faults: [Fault] = []
        for (index, id) in ids.enumerated() {
            let pointer = "/grantIds/\(index)"
            guard let grant = byId[id], grant.organisation == organisation else {
                faults.append(
                    Fault(
                        pointer: pointer, code: "unknownGrant",
                        detail: "There is no such grant of this organisation.", kind: .refused))
                continue
            }
            if [.rejected, .cancelled].contains(grant.status) {
                faults.append(
                    Fault(
                        pointer: pointer, code: "grantNotHeld",
                        detail:
                            "This grant was \(grant.status.rawValue); a campaign cannot draw on it.",
                        kind: .refused))
            }
        }
        guard faults.isEmpty else { throw InvalidInput(faults: faults) }
    }

    /// A campaign whose results are on record keeps its grants: taking one away would move figures between programmes.
    private static func refuseLosingRecord(
        _ id: Campaign.ID, from old: [Grant.ID], to new: [Grant.ID],
        in transaction: borrowing Transaction
    ) throws {
        guard Set(new) != Set(old) else { return }
        let onRecord = try transaction.row(
            Query(Campaigns.isOnRecord, id) { row in try row.next(Bool.self) })
        guard onRecord == true else { return }
        throw Refusal(
            "resultsOnRecord",
            "Results of this campaign have been accepted under its grants. Plan another campaign for the other grant."
        )
    }

    private static func store(
        _ grants: [Grant.ID], of id: Campaign.ID, _ organisation: Organisation.ID,
        in transaction: borrowing Transaction
    ) throws {
        guard !grants.isEmpty else { return }
        try transaction.enqueue(Query(Campaigns.insertGrants, organisation, id, grants))
    }
}

extension Campaign {
    init(row: inout RowReader) throws {
        let id: Campaign.ID = try row.next()
        let organisation: Organisation.ID = try row.next()
        let grants: [Grant.ID] = try row.next()
        let name: String = try row.next()
        let period = try row.period()
        let countries = try row.next([String].self).compactMap(Country.init)
        let languages = try row.next([String].self).compactMap(Language.init)
        let channels = try row.next([String].self).compactMap(Channel.init(rawValue:))
        let audienceSize = try row.next(Int64?.self)
        let status: CampaignStatus = try row.word()
        let createdAt: Instant = try row.next()
        let updatedAt: Instant = try row.next()
        let version: Int64 = try row.next()
        let publicName = try row.next(String?.self)
        let brief = Brief(
            goal: try row.next(), audience: try row.next(), message: try row.next(),
            messenger: try row.next(), media: try row.next(), action: try row.next())
        self.init(
            id: id,
            details: NewCampaign(
                organisationId: organisation, grantIds: grants, name: name, startsOn: period.from,
                endsOn: period.to, countries: countries, languages: languages, channels: channels,
                brief: brief,
                audienceSize: audienceSize, publicName: publicName),
            status: status, createdAt: createdAt, updatedAt: updatedAt, version: version)
    }
}
