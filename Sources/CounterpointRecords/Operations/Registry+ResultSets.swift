// Logging results. To follow how a figure gets into the record, read this file and then Registry+Review.swift.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// Which result sets to list; nil asks for all.
public struct ResultSetFilter: ListFilter {
    public var campaign: Campaign.ID?
    public var status: ResultSetStatus?
    public var channel: Channel?
    public var organisation: Organisation.ID?
    public var programme: Programme.ID?
    public var role: SetRole?

    public init() {}
}

extension Registry {
    /// Logs a set of results as a draft. What already stands for the same days, figures and series is a conflict that
    /// names it; a set named in `supersedes` is no obstacle but is replaced, at once if it is still open and otherwise
    /// when this one is accepted.
    public func logResultSet(
        _ new: NewResultSet, for campaign: Campaign.ID, as caller: Caller,
        once: Once<ResultSetDetail>? = nil
    ) async throws -> Outcome<ResultSetDetail> {
        try await write(.logResults, as: caller, once: once) { transaction, writer in
            try Self.log(new, for: campaign, as: caller, writer, in: transaction)
        }
    }

    /// The set with its readings, the first `readingsShown` of them.
    public func resultSet(_ id: ResultSet.ID, as caller: Caller) async throws -> ResultSetDetail {
        try await read(.readResults, as: caller) { transaction, reader in
            try Self.detail(of: id, for: reader, in: transaction)
        }
    }

    /// Readings shown with their set: as many as a body may bring. Larger sets are read on by number.
    public static let readingsShown = NewResultSet.readingsMax

    public func resultSets(
        _ filter: ResultSetFilter, page: PageRequest, as caller: Caller
    ) async throws -> Page<ResultSet> {
        try await read(.readResults, as: caller) { transaction, reader in
            try Self.page("resultSets", filter, page, reader: reader) { after, limit in
                try transaction.rows(
                    Query(
                        reader.role == .funder ? ResultSets.listForFunder : ResultSets.list,
                        after?.createdAt,
                        after.map { ResultSet.ID($0.id) }, limit, filter.campaign,
                        filter.status?.rawValue,
                        filter.channel?.rawValue, filter.organisation, filter.programme,
                        filter.role?.rawValue,
                        decode: ResultSet.init(row:)))
            }
        }
    }

    /// Changes a set that is still open; `readings` replaces all of them.
    public func changeResultSet(
        _ id: ResultSet.ID, _ body: JSONValue, expecting version: Int64?, as caller: Caller,
        once: Once<ResultSetDetail>? = nil
    ) async throws -> Outcome<ResultSetDetail> {
        try await write(.logResults, as: caller, once: once) { transaction, writer in
            let old = try Self.lockResultSet(id, in: transaction)
            try Self.expect(version, of: old.version)
            try old.status.checkOpen()
            let change = try ResultSetChange(body, of: old)
            try Self.checkChangeable(old, by: change)
            let standing =
                change.concernsReadings
                ? try Self.readings(of: id, for: writer, in: transaction) : []
            let (new, readings) = try change.applied(to: old, readings: standing)
            if let corrected = new.supersedes, corrected != old.supersedes {
                guard corrected != id else {
                    throw InvalidInput("/supersedes", "itself", "A set cannot correct itself.")
                }
                _ = try Self.corrected(
                    corrected, campaign: old.campaignId, channel: old.channel, role: new.role,
                    in: transaction)
            }
            try transaction.enqueue(
                Query(
                    ResultSets.update, id, new.period.from, new.period.to, new.breakdown.rawValue,
                    new.disjointAudiences, new.note, new.method.rawValue, new.role.rawValue,
                    new.supersedes))
            if change.concernsReadings || new.role != old.role {
                try Self.lockCampaign(of: old, in: transaction)
                try transaction.enqueue(Query(ResultSets.uncover, id))
                try transaction.enqueue(Query(Readings.forgetFigures, id))
                let place = ReadingPlace(
                    set: id, organisation: old.organisationId, campaign: old.campaignId,
                    channel: old.channel)
                if change.concernsReadings {
                    try transaction.enqueue(Query(Readings.delete, id))
                    try transaction.enqueue(Query(ReadingBlocks.delete, id))
                    try Self.store(readings, in: place, transaction)
                } else {
                    try Self.settle(place, in: transaction)
                }
            }
            let stored = try Self.detail(of: id, for: writer, in: transaction)
            try Self.audit("resultSet.changed", old, stored.set, by: caller, in: transaction)
            return stored
        }
    }
}

extension Registry {
    static func log(
        _ new: NewResultSet, for campaign: Campaign.ID, as caller: Caller, _ writer: SignedIn,
        in transaction: borrowing Transaction
    ) throws -> ResultSetDetail {
        let id = ResultSet.ID.random()
        let owner = try lockCampaign(campaign, in: transaction)
        if new.role == .breakdown {
            try requirePrimary(on: new.channel, new.period, of: campaign, in: transaction)
        }
        try makeRoom(for: new, of: campaign, as: caller, in: transaction)
        try transaction.enqueue(
            Query(
                ResultSets.insert, id, owner, campaign, new.channel.rawValue, new.period.from,
                new.period.to,
                new.method.rawValue, new.role.rawValue, new.breakdown.rawValue, new.supersedes,
                new.disjointAudiences, new.note, new.source?.name, new.source?.bytes,
                new.source?.sha256, false))
        let place = ReadingPlace(
            set: id, organisation: owner, campaign: campaign, channel: new.channel)
        try store(new.readings, in: place, transaction)
        let stored = try detail(of: id, for: writer, in: transaction)
        try audit("resultSet.logged", nil, stored.set, by: caller, in: transaction)
        return stored
    }

    /// Whose the campaign is, with its row locked: two sets for the same days are looked at one after the other.
    static func lockCampaign(
        _ id: Campaign.ID, in transaction: borrowing Transaction
    ) throws -> Organisation.ID {
        let found = try transaction.row(
            Query(ResultSets.lockCampaign, id) { row in
                (
                    organisation: try row.next(Organisation.ID.self),
                    status: try row.word(CampaignStatus.self)
                )
            })
        guard let found else { throw RegistryError.notFound(.campaign) }
        guard found.status != .cancelled else {
            throw Refusal(
                "campaignCancelled", "The campaign was cancelled; nothing more is logged for it.")
        }
        return found.organisation
    }

    private static func lockCampaign(
        of set: ResultSet, in transaction: borrowing Transaction
    ) throws {
        _ = try lockCampaign(set.campaignId, in: transaction)
    }

    static func lockResultSet(
        _ id: ResultSet.ID, in transaction: borrowing Transaction
    ) throws -> ResultSet {
        let found = try transaction.row(Query(ResultSets.lock, id, decode: ResultSet.init(row:)))
        guard let found else { throw RegistryError.notFound(.resultSet) }
        return found
    }

    static func requirePrimary(
        on channel: Channel, _ period: Period, of campaign: Campaign.ID,
        in transaction: borrowing Transaction
    ) throws {
        let primary = try transaction.row(
            Query(
                ResultSets.standingPrimary, campaign, channel.rawValue, period.from, period.to
            ) { row in try row.next(ResultSet.ID.self) })
        guard primary == nil else { return }
        throw Refusal(
            "noPrimaryStands",
            "A breakdown is a second cut of figures that are there already, and for \(channel.rawValue) from "
                + "\(period.from) to \(period.to) there are none. Log the primary set first, or log this one as primary."
        )
    }

    /// Sees that nothing is counted twice, and says what is in the way. The database would refuse it too; it is asked
    /// first because it can only say that there is an overlap, and people need to know with what.
    private static func makeRoom(
        for new: NewResultSet, of campaign: Campaign.ID, as caller: Caller,
        in transaction: borrowing Transaction
    ) throws {
        if let superseded = new.supersedes {
            try replaceOrAwait(superseded, by: new, of: campaign, as: caller, in: transaction)
        }
        try Overlap.refuse(overlaps(of: new, campaign, in: transaction))
    }

    /// The standing sets that cover some of what this one would.
    static func overlaps(
        of new: NewResultSet, _ campaign: Campaign.ID, in transaction: borrowing Transaction
    ) throws -> [Overlap] {
        try overlaps(
            of: Claims(new.readings.filter(\.claimsDays).map { ($0.metric.code, $0.period) }),
            on: new.channel, series: new.series, of: campaign, besides: new.supersedes,
            in: transaction)
    }

    static func overlaps(
        of claims: Claims, on channel: Channel, series: String, of campaign: Campaign.ID,
        besides spared: ResultSet.ID? = nil, in transaction: borrowing Transaction
    ) throws -> [Overlap] {
        guard !claims.metrics.isEmpty else { return [] }
        return try transaction.rows(
            Query(
                ResultSets.wouldBeInTheWay, campaign, claims.metrics, claims.from, claims.to,
                channel.parts, series, spared, decode: Overlap.init(row:)))
    }

    /// An open set is withdrawn on the spot, an accepted one stays until its correction is accepted.
    private static func replaceOrAwait(
        _ id: ResultSet.ID, by new: NewResultSet, of campaign: Campaign.ID, as caller: Caller,
        in transaction: borrowing Transaction
    ) throws {
        let old = try corrected(
            id, campaign: campaign, channel: new.channel, role: new.role, in: transaction)
        switch old.status {
        case .accepted: return
        case .draft, .returned, .submitted:
            try withdrawForCorrection(old, by: caller, in: transaction)
        case .withdrawn, .superseded: return
        }
    }

    /// The set that a correction names, if it is one that can be corrected by it.
    private static func corrected(
        _ id: ResultSet.ID, campaign: Campaign.ID, channel: Channel, role: SetRole,
        in transaction: borrowing Transaction
    ) throws -> ResultSet {
        let old: ResultSet
        do {
            old = try lockResultSet(id, in: transaction)
        } catch RegistryError.notFound {
            throw InvalidInput("/supersedes", "unknownResultSet", "There is no such result set.")
        }
        guard old.campaignId == campaign, old.channel == channel, old.role == role else {
            throw InvalidInput(
                "/supersedes", "otherSeries",
                "A correction is of the same campaign, channel and role as what it corrects.")
        }
        guard old.status != .withdrawn, old.status != .superseded else {
            throw InvalidInput(
                "/supersedes", "standsNoMore",
                "That set is \(old.status.rawValue) already; leave supersedes out.")
        }
        return old
    }

    /// Stores the readings and all that is derived from them.
    static func store(
        _ readings: [Reading], in place: ReadingPlace, _ transaction: borrowing Transaction
    ) throws {
        for start in stride(from: 0, to: readings.count, by: Readings.batch) {
            let batch = readings[start..<min(start + Readings.batch, readings.count)]
            try transaction.enqueue(Readings.insertion(of: batch, from: start + 1, into: place))
        }
        try settle(place, in: transaction)
    }

    /// Derives from the readings what they come to, which days they cover, and their digest.
    static func settle(_ place: ReadingPlace, in transaction: borrowing Transaction) throws {
        try transaction.enqueue(Query(Readings.derive, place.set))
        try transaction.enqueue(Query(ResultSets.cover, place.set, place.channel.parts))
        let content = try transaction.row(
            Query(Readings.digest, place.set) { row in
                (count: try row.next(Int32.self), digest: try row.next(String.self))
            })!
        try transaction.enqueue(
            Query(Readings.setDigest, place.set, content.count, content.digest))
    }

    /// A set of more readings than a body may bring is not looked at again in part: its file is imported anew.
    private static func checkChangeable(_ set: ResultSet, by change: ResultSetChange) throws {
        guard set.readingCount > Int64(readingsShown), change.concernsReadings,
            change.readings.isKeep
        else { return }
        throw Refusal(
            "tooLargeToChange",
            "A set of \(set.readingCount) readings keeps its days and its breakdown. Import the file again with what "
                + "is to change, and onOverlap=supersede.")
    }

    static func readings(
        of id: ResultSet.ID, for reader: SignedIn, in transaction: borrowing Transaction
    ) throws -> [Reading] {
        let statement = reader.role == .funder ? Readings.ofSetForFunder : Readings.ofSet
        return try transaction.rows(
            Query(statement, id, 0, readingsShown, decode: Reading.init(row:)))
    }

    static func detail(
        of id: ResultSet.ID, for reader: SignedIn, in transaction: borrowing Transaction
    ) throws -> ResultSetDetail {
        let statement = reader.role == .funder ? ResultSets.byIdForFunder : ResultSets.byId
        let set = try transaction.row(Query(statement, id, decode: ResultSet.init(row:)))
        guard let set else { throw RegistryError.notFound(.resultSet) }
        let readings = try readings(of: id, for: reader, in: transaction)
        // A finding names figures that wait for review: a funder is shown those of summaries only.
        guard reader.role != .funder else { return ResultSetDetail(set: set, readings: readings) }
        let found = try findings(of: set, readings, for: reader, in: transaction)
        return ResultSetDetail(
            set: set, readings: readings, findings: found.findings, findingSets: found.sets,
            review: try review(of: id, in: transaction))
    }

    static func audit(
        _ action: String, _ before: ResultSet?, _ after: ResultSet, objections: JSONValue? = nil,
        by caller: Caller, in transaction: borrowing Transaction
    ) throws {
        var written = after.document
        if let objections, case .object(var object) = written {
            object["objections"] = objections
            written = .object(object)
        }
        let programmes = try programmes(of: after.campaignId, in: transaction).map(Optional.some)
        for programme in programmes.isEmpty ? [nil] : programmes {
            try transaction.audit(
                action, "resultSet", after.id.uuid, programme: programme,
                organisation: after.organisationId,
                by: caller, before: before?.document, after: written)
        }
    }

    /// Takes an open set back in favour of one that says the same better.
    static func withdrawForCorrection(
        _ old: ResultSet, by caller: Caller, in transaction: borrowing Transaction
    ) throws {
        try transaction.enqueue(Query(ResultSets.uncover, old.id))
        try transaction.enqueue(Query(ResultSets.setStage, old.id, "draft"))
        try transaction.enqueue(
            Query(ResultSets.retire, old.id, ResultSetStatus.withdrawn.rawValue))
        var withdrawn = old
        withdrawn.status = .withdrawn
        try audit("resultSet.withdrawn", old, withdrawn, by: caller, in: transaction)
    }
}
