// The answer to a question: figures by group, each with what it was made of.

/// A summary of accepted results.
public struct Summary: Sendable {
    public var question: SummaryQuestion
    /// The moment answered for: the one asked, or the moment of asking.
    public var asOf: Instant
    /// The revision answered by, of each programme in the scope.
    public var revisions: [ProgrammeRevision]
    public var groups: [SummaryGroup]
    public var accounting: SummaryAccounting
    /// What is left out of every answer of this kind; nil where nothing ever is.
    public var notice: String?

    public struct ProgrammeRevision: Hashable, Sendable {
        public var programme: Programme.ID
        public var revision: Int64
    }
}

/// Readings that went into a summary, and those that did not.
public struct SummaryAccounting: Hashable, Sendable {
    public var acceptedReadings: Int64
    public var pendingReadings: Int64
    public var supersededReadings: Int64
    public var suppressedCells: Int64
    /// Campaigns left out because only some of their countries were asked for.
    public var campaignsPartlyInCountries: Int64
}

/// One group of a summary, or its only one.
public struct SummaryGroup: Sendable {
    /// A value for each dimension asked for, in that order; nil where the figures belong to no single one.
    public var key: [KeyPart]
    public var counts: [MetricTotal] = []
    public var countsByChannel: [ChannelTotals] = []
    public var quantities: [MetricTotal] = []
    public var money: [MoneyTotal] = []
    public var uniques: [UniqueAnswer] = []
    public var rates: [RateAnswer] = []
    public var stocks: [StockAnswer] = []
    public var asStated: [StatedRate] = []
    public var findings: [Finding] = []
    public var straddling: [Straddler] = []
    /// Readings left out because they stick out of the asked days or of a month.
    public var straddlingReadings = 0
    public var sets: [ResultSet.ID] = []
    /// Metrics that were recorded and of which nothing can be shown.
    public var masked: [MaskedFigure] = []
    /// Whether a campaign with figures here reports them under another programme too.
    public var isReportedElsewhere = false
    /// The digest by which `GET /v1/receipts/{digest}` finds what the figures were made of.
    public var receipt = ""

    public struct KeyPart: Hashable, Sendable {
        public var dimension: GroupDimension
        public var value: String?
        /// A name for people, where the value is an id.
        public var label: String?
    }

    public struct MetricTotal: Hashable, Sendable {
        public var metric: Metric
        public var value: ExactDecimal
        public var qualifier: Qualifier
        public var readings: Int
        public var missing: Int
        public var masked: Int
    }

    /// A metric with readings and without a figure.
    public struct MaskedFigure: Hashable, Sendable {
        public var metric: Metric
        /// Of counts that each platform defines in its own way.
        public var channel: Channel?
        public var missing: Int
        public var masked: Int
    }

    public struct ChannelTotals: Hashable, Sendable {
        public var channel: Channel
        public var total: MetricTotal
    }

    public struct MoneyTotal: Hashable, Sendable {
        public var metric: Metric
        public var amount: Money
        public var qualifier: Qualifier
    }

    public struct UniqueAnswer: Sendable {
        public var metric: Metric
        public var range: ReachRange
        /// How many readings the two ends come from.
        public var readings: Int
    }

    /// A rate recomputed from its parts; an end is nil where the part under the line has no bound.
    public struct RateAnswer: Hashable, Sendable {
        public var metric: Metric
        public var lower: ExactDecimal?
        public var upper: ExactDecimal?
        public var numerator: ExactDecimal
        public var denominatorLower: ExactDecimal?
        public var denominatorUpper: ExactDecimal?
        /// Of a rate of money.
        public var currency: Currency?
    }

    public struct StockAnswer: Hashable, Sendable {
        public var metric: Metric
        public var campaign: Campaign.ID
        public var channel: Channel
        public var value: ExactDecimal
        public var on: Day
    }

    /// A rate as a platform stated it: shown, never aggregated.
    public struct StatedRate: Hashable, Sendable {
        public var metric: Metric
        public var campaign: Campaign.ID
        public var channel: Channel
        public var period: Period
        public var value: ExactDecimal
        public var qualifier: Qualifier
    }

    public struct Straddler: Hashable, Sendable {
        public var metric: Metric
        public var campaign: Campaign.ID
        public var channel: Channel
        public var period: Period
        public var readings: Int
    }
}
