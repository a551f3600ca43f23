// All that a range is computed from, and what it is asked over.

/// A part of a cut set: one content item, one breakdown cell, or one cell of one item.
public struct SetPart: Hashable, Sendable {
    public var content: String?
    public var cell: String?

    public init(content: String? = nil, cell: String? = nil) {
        self.content = content
        self.cell = cell
    }
}

/// The readings of one unique metric, with what bounds them. The order of readings does not matter.
public struct ReachEvidence: Sendable {
    /// What the readings count, for naming it in findings.
    public var metric: Metric.Unique?
    public var readings: [UniqueReading]
    /// Counts that bound the metric (`Metric.Unique.boundingCount`), each for its own campaign and
    /// channel only.
    public var counts: [BoundingCount]
    /// By campaign: the stated size of its audience. It caps the campaign's own part.
    public var audienceSizes: [Int: Int64]
    /// By campaign: the channels that it declares. One without a figure is listed as not reported.
    public var declaredChannels: [Int: Set<Channel>]
    /// By campaign: when it runs. Days outside count only where something is recorded for them;
    /// without an entry every asked day counts, and one without a reading leaves the top open.
    public var campaignPeriods: [Int: Period]
    /// By set and part: the periods for which the set has any figure of any metric. Where such a
    /// period has neither a reading nor a count here, the part is unknown, and the parts do not
    /// cover. Without an entry the parts are those that have readings or counts, for the days of
    /// these.
    public var partsOfSets: [Int: [SetPart: [Period]]]
    /// By set: the recorded statement why the audiences of its parts are disjoint. It yields a
    /// scenario, never a bound.
    public var disjointAudiences: [Int: String]

    public init(
        metric: Metric.Unique? = nil, readings: [UniqueReading], counts: [BoundingCount] = [],
        audienceSizes: [Int: Int64] = [:], declaredChannels: [Int: Set<Channel>] = [:],
        campaignPeriods: [Int: Period] = [:], partsOfSets: [Int: [SetPart: [Period]]] = [:],
        disjointAudiences: [Int: String] = [:]
    ) {
        self.metric = metric
        self.readings = readings
        self.counts = counts
        self.audienceSizes = audienceSizes
        self.declaredChannels = declaredChannels
        self.campaignPeriods = campaignPeriods
        self.partsOfSets = partsOfSets
        self.disjointAudiences = disjointAudiences
    }
}

/// Campaigns × channels × days.
public struct ReachScope: Hashable, Sendable {
    /// Nil: every campaign of the evidence.
    public var campaigns: Set<Int>?
    /// Channels asked for by name. Nil: those that have a figure.
    public var channels: Set<Channel>?
    /// Nil: the days recorded, each channel's own.
    public var period: Period?

    public init(
        campaigns: Set<Int>? = nil, channels: Set<Channel>? = nil, period: Period? = nil
    ) {
        self.campaigns = campaigns
        self.channels = channels
        self.period = period
    }
}
