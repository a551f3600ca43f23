// What a question is about, as the database answered it: the first of a summary's two exchanges. The second asks what is
// on record of it.

import CounterpointModel
import Postgres

/// The programmes, campaigns and sets of a question. Sized by them: some 100 bytes a set.
struct SummaryScope: Sendable {
    /// When it was answered, by the database's clock.
    let now: Instant
    /// The programmes that the answer is about, and the revision of each that it is answered by; in the same order.
    let programmes: [Programme.ID]
    let revisions: [Int64]
    /// The campaigns, and whose each was at the moment asked about; in the same order.
    let campaigns: [Campaign.ID]
    let organisations: [Organisation.ID]
    /// The sets that counted, and the digest of each; in the same order.
    let counted: [ResultSet.ID]
    let digests: [String]
    /// Readings that wait for review, and such as counted once and had been replaced or withdrawn.
    let pendingReadings: Int64
    let supersededReadings: Int64
    let campaignsPartlyInCountries: Int64

    init(row: inout RowReader) throws {
        now = try row.next()
        programmes = try row.next()
        revisions = try row.next()
        campaigns = try row.next()
        organisations = try row.next()
        counted = try row.next()
        digests = try row.next()
        pendingReadings = try row.next()
        supersededReadings = try row.next()
        campaignsPartlyInCountries = try row.next()
    }

    /// The question as the first statement is asked it.
    static func query(_ question: SummaryQuestion) -> Query<SummaryScope> {
        Query(
            SummaryStatements.scope, orNull(question.programmes), orNull(question.grants),
            orNull(question.organisations), orNull(question.campaigns), channels(of: question),
            orNull(question.countries.map(\.code)), question.asOf, question.pending,
            decode: SummaryScope.init(row:))
    }

    func figures(for question: SummaryQuestion) -> Query<FigureRow> {
        Query(
            SummaryStatements.figures, counted, Self.channels(of: question), question.from,
            question.to, question.groupBy.contains(.month), decode: FigureRow.init(row:))
    }

    /// In no order: each campaign comes once.
    var labels: Query<CampaignLabel> {
        Query(SummaryStatements.campaigns, campaigns, decode: CampaignLabel.init(row:))
    }

    /// The campaigns in their order, each with the organisation whose it was.
    func campaigns(with labels: [CampaignLabel]) -> [ScopeCampaign] {
        let labels = Dictionary(uniqueKeysWithValues: labels.map { ($0.id, $0) })
        return zip(campaigns, organisations).compactMap { id, organisation in
            labels[id].map { ScopeCampaign(id: id, organisation: organisation, label: $0) }
        }
    }

    private static func channels(of question: SummaryQuestion) -> [String]? {
        orNull(question.channels.map(\.rawValue))
    }

    /// An empty list of a question means "all".
    private static func orNull<Element>(_ list: [Element]) -> [Element]? {
        list.isEmpty ? nil : list
    }
}

/// What is read of a campaign in the scope: its published name for a funder.
struct CampaignLabel: Sendable {
    let id: Campaign.ID
    let name: String
    let period: Period
    let countries: [String]
    let channels: [Channel]
    let audienceSize: Int64?
    let isReportedElsewhere: Bool

    init(row: inout RowReader) throws {
        id = try row.next()
        name = try row.next()
        period = try row.period()
        countries = try row.next()
        channels = try row.next([String].self).compactMap(Channel.init(rawValue:))
        audienceSize = try row.next()
        isReportedElsewhere = try row.next()
    }
}

/// A figure, and what its readings count for.
struct FigureRow: Sendable {
    let figure: RecordedFigure
    /// Whether it is a figure of its own, and not a part of one.
    let isListed: Bool
    let acceptedReadings: Int64
    let suppressedCells: Int64

    init(row: inout RowReader) throws {
        figure = try RecordedFigure(row: &row)
        isListed = try row.next()
        acceptedReadings = try row.next()
        suppressedCells = try row.next()
    }
}

extension ScopeCampaign {
    init(id: Campaign.ID, organisation: Organisation.ID, label: CampaignLabel) {
        self.init(
            id: id, organisation: organisation, name: label.name, period: label.period,
            countries: label.countries, channels: label.channels, audienceSize: label.audienceSize,
            isReportedElsewhere: label.isReportedElsewhere)
    }
}
