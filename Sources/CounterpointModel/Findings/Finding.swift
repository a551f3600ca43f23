// A pair of figures that cannot both be true, named so that a person can look at them. A finding
// warns; it never edits.

/// Which figure is meant: where it belongs, and the readings it was made of.
public struct FigureReference: Hashable, Sendable {
    public var metric: Metric?
    public var campaign: Int?
    public var channel: Channel?
    public var period: Period?
    public var content: String?
    public var cell: String?
    public var set: Int?
    /// Ids of the readings behind the figure, in ascending order.
    public var readings: [Int]
    /// The figure as text; nil if it is not one number.
    public var value: String?
    /// The file that the set was read from, and the lines of those readings in it.
    public var file: String?
    public var lines: [Int] = []

    public init(
        metric: Metric? = nil, campaign: Int? = nil, channel: Channel? = nil,
        period: Period? = nil, content: String? = nil, cell: String? = nil, set: Int? = nil,
        readings: [Int] = [], value: String? = nil
    ) {
        self.metric = metric
        self.campaign = campaign
        self.channel = channel
        self.period = period
        self.content = content
        self.cell = cell
        self.set = set
        self.readings = readings
        self.value = value
    }
}

/// Two figures that cannot both be true.
public struct Finding: Hashable, Sendable {
    /// Stable, camelCase.
    public enum Code: String, CaseIterable, Hashable, Sendable {
        /// More people than events that reached them: reach above impressions, clickers above
        /// clicks.
        case peopleAboveEvents
        /// A content item, a cell, or a shorter period larger than the whole that contains it.
        case partAboveWhole
        /// More plays to a later point of a video than to an earlier one.
        case laterPlaysAboveEarlier
        /// The parts of a combined column add to something else than it states.
        case partsDoNotAdd
        /// A breakdown adds to something else than its primary.
        case breakdownDoesNotReconcile
        /// The readings of unique people, taken together, leave no number possible.
        case readingsContradict
        /// More people reached than the stated audience has.
        case reachAboveAudience
        /// The set is in the record of several programmes: its campaign draws on grants of each.
        case claimedUnderTwoProgrammes
        /// The same figures stand under another campaign too, for some of the same days.
        case reportedTwice
    }

    public enum Severity: String, CaseIterable, Hashable, Sendable {
        /// Cannot be true as it stands.
        case contradiction
        /// Worth a look; there are innocent reasons, such as two exports of different accounts.
        case notice
    }

    public let code: Code
    public let severity: Severity
    public let first: FigureReference
    public let second: FigureReference
    /// One plain sentence with both figures.
    public let detail: String

    public init(
        code: Code, severity: Severity = .contradiction, first: FigureReference,
        second: FigureReference, detail: String
    ) {
        self.code = code
        self.severity = severity
        self.first = first
        self.second = second
        self.detail = detail
    }
}
