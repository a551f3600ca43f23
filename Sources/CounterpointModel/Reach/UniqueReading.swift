// What is known about distinct people: the readings that a platform de-duplicated itself, and the
// counts that bound them.

/// One figure of a unique metric, and where it belongs.
///
/// Ids are the caller's: any numbers that tell readings, campaigns and sets apart. Counts and
/// uniques share one range of ids, so that an answer can name both.
public struct UniqueReading: Hashable, Sendable {
    public var id: Int
    public var campaign: Int
    public var channel: Channel
    public var period: Period
    /// The content item it is about; nil: all of them.
    public var content: String?
    /// The breakdown cell it is about; nil: all of them.
    public var cell: String?
    public var set: Int
    /// Whether the set is the primary series. The parts of a primary set cover the whole on the
    /// days that the set has; the parts of a breakdown may leave people out and bound only from
    /// below.
    public var role: SetRole
    public var breakdown: Breakdown
    public var state: ReadingState
    public var qualifier: Qualifier
    /// Exactly if the state is `value`; a value below zero is taken as unknown.
    public var value: Int64?

    public init(
        id: Int, campaign: Int, channel: Channel, period: Period, content: String? = nil,
        cell: String? = nil, set: Int, role: SetRole = .primary, breakdown: Breakdown = .none,
        state: ReadingState = .value, qualifier: Qualifier = .exact, value: Int64?
    ) {
        self.id = id
        self.campaign = campaign
        self.channel = channel
        self.period = period
        self.content = content
        self.cell = cell
        self.set = set
        self.role = role
        self.breakdown = breakdown
        self.state = state
        self.qualifier = qualifier
        self.value = value
    }
}

/// A count of events each of which belongs to one person, such as impressions: no more people than
/// events. The shape and its meaning are those of `UniqueReading`.
public struct BoundingCount: Hashable, Sendable {
    /// The count, described as if it were a reading of people.
    public var asReading: UniqueReading

    public init(_ asReading: UniqueReading) { self.asReading = asReading }

    public init(
        id: Int, campaign: Int, channel: Channel, period: Period, content: String? = nil,
        cell: String? = nil, set: Int, role: SetRole = .primary, breakdown: Breakdown = .none,
        state: ReadingState = .value, qualifier: Qualifier = .exact, value: Int64?
    ) {
        asReading = UniqueReading(
            id: id, campaign: campaign, channel: channel, period: period, content: content,
            cell: cell, set: set, role: role, breakdown: breakdown, state: state,
            qualifier: qualifier, value: value)
    }
}

extension UniqueReading {
    /// The fewest people that the reading leaves possible, or nil if it says nothing from below.
    var floor: Int64? {
        switch (state, qualifier) {
        case (.masked, _): 0
        case (.value, .exact), (.value, .atLeast), (.value, .about): known
        case (.value, .atMost), (.missing, _), (.notApplicable, _): nil
        }
    }

    /// The most people that the reading leaves possible, or nil if it says nothing from above.
    var ceiling: Int64? {
        switch (state, qualifier) {
        case (.masked, _): ReadingState.maskedMaximum
        case (.value, .exact), (.value, .atMost), (.value, .about): known
        case (.value, .atLeast), (.missing, _), (.notApplicable, _): nil
        }
    }

    /// Whether the bounds it gives are certain: everything but `about`.
    var isFirm: Bool { qualifier != .about || state == .masked }

    /// Whether the platform states one certain number.
    var isExact: Bool { state == .value && qualifier == .exact }

    var isOfWhole: Bool { content == nil && cell == nil }

    private var known: Int64? { value.flatMap { $0 >= 0 ? $0 : nil } }
}

extension Metric.Unique {
    /// The count that bounds the metric within one campaign and channel: nobody is reached without
    /// an impression, and nobody clicks a link without a click. Nil where events of that kind are
    /// not recorded one by one.
    public var boundingCount: Metric? {
        switch metric {
        case .reach, .uniqueViewers: .impressions
        case .uniqueLinkClickers: .linkClicks
        default: nil
        }
    }
}
