// What a summary is computed from: figures already reduced by the record, and the campaigns they belong to.

/// One row of the record inside or touching the scope: a metric of one campaign and channel over some days.
public struct RecordedFigure: Sendable {
    public var campaign: Campaign.ID
    public var channel: Channel
    public var metric: Metric
    public var currency: Currency?
    public var role: SetRole
    public var breakdown: Breakdown
    /// Whether all its days lie inside the asked ones. If not it straddles: it is listed and can bound, never added.
    public var isInside: Bool
    public var period: Period
    public var readings: Int
    public var missing: Int
    public var masked: Int
    public var notApplicable: Int
    /// Of what adds.
    public var total: ExactDecimal?
    public var totalQualifier: Qualifier
    /// Of what does not: the undivided reading.
    public var whole: ExactDecimal?
    public var wholeQualifier: Qualifier?
    /// Of people, where the set is cut: the largest part, and the parts added as a bound (nil: a part is unknown).
    public var largestPart: ExactDecimal?
    public var partsBound: ExactDecimal?
    public var partsAreExact: Bool
    public var parts: Int
    /// The parts one by one, where there are few and all are exact.
    public var partValues: [Int64]?
    /// The recorded statement that the parts have no one in common.
    public var disjointAudiences: String?
    public var sets: [ResultSet.ID]

    public init(
        campaign: Campaign.ID, channel: Channel, metric: Metric, currency: Currency?, role: SetRole,
        breakdown: Breakdown, isInside: Bool, period: Period, readings: Int, missing: Int,
        masked: Int,
        notApplicable: Int, total: ExactDecimal?, totalQualifier: Qualifier, whole: ExactDecimal?,
        wholeQualifier: Qualifier?, largestPart: ExactDecimal?, partsBound: ExactDecimal?,
        partsAreExact: Bool, parts: Int, partValues: [Int64]?,
        disjointAudiences: String?, sets: [ResultSet.ID]
    ) {
        self.campaign = campaign
        self.channel = channel
        self.metric = metric
        self.currency = currency
        self.role = role
        self.breakdown = breakdown
        self.isInside = isInside
        self.period = period
        self.readings = readings
        self.missing = missing
        self.masked = masked
        self.notApplicable = notApplicable
        self.total = total
        self.totalQualifier = totalQualifier
        self.whole = whole
        self.wholeQualifier = wholeQualifier
        self.largestPart = largestPart
        self.partsBound = partsBound
        self.partsAreExact = partsAreExact
        self.parts = parts
        self.partValues = partValues
        self.disjointAudiences = disjointAudiences
        self.sets = sets
    }
}

/// A campaign in the scope.
public struct ScopeCampaign: Sendable {
    public var id: Campaign.ID
    public var organisation: Organisation.ID
    public var name: String
    public var period: Period
    public var countries: [String]
    public var channels: [Channel]
    public var audienceSize: Int64?
    /// Whether it draws on grants of more than one programme, so that its results are reported under each.
    public var isReportedElsewhere: Bool

    public init(
        id: Campaign.ID, organisation: Organisation.ID, name: String, period: Period,
        countries: [String],
        channels: [Channel], audienceSize: Int64?, isReportedElsewhere: Bool = false
    ) {
        self.id = id
        self.organisation = organisation
        self.name = name
        self.period = period
        self.countries = countries
        self.channels = channels
        self.audienceSize = audienceSize
        self.isReportedElsewhere = isReportedElsewhere
    }
}

/// All that the record says to a question.
public struct SummaryMaterial: Sendable {
    public var figures: [RecordedFigure] = []
    public var campaigns: [ScopeCampaign] = []
    /// The name of each organisation as the caller may read it.
    public var organisationNames: [Organisation.ID: String] = [:]
    /// What identifies the content of each set that counted.
    public var setDigests: [ResultSet.ID: String] = [:]
    /// The revision of each programme that is answered by.
    public var revisions: [(programme: Programme.ID, revision: Int64)] = []
    public var answeredAt: Instant
    public var acceptedReadings: Int64 = 0
    public var pendingReadings: Int64 = 0
    public var supersededReadings: Int64 = 0
    /// Campaigns that run in some of the asked countries and in others too: their figures cannot be divided.
    public var campaignsPartlyInCountries: Int64 = 0
    /// Readings in the scope that the caller cannot see, because they tell of few people or would let them be computed.
    public var suppressedCells: Int64 = 0
    /// Whether this is what is published, for a funder, and not all of the record.
    public var isPublished = false

    public init(answeredAt: Instant) { self.answeredAt = answeredAt }
}
