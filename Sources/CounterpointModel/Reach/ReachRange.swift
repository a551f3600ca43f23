// What can be said of distinct people over a scope: a range, how it was found, and from what.

/// How a range was found. The raw value is what answers show.
public enum ReachMethod: String, CaseIterable, Hashable, Sendable {
    /// Nothing is known: both ends are open.
    case noReading
    /// One reading covers just the scope.
    case singleReading
    /// From the largest reading inside to the sum of readings that cover the scope.
    case largestToSum
    /// From the largest reading inside to one reading that contains the scope.
    case largestToContaining
    /// From the largest reading inside to the events (impressions; of clickers, link clicks) of the
    /// scope.
    case largestToEvents
    /// From the largest reading inside to a sum of readings for some of the scope and events for
    /// the rest.
    case largestToMixedCover
    /// From the largest reading inside to the stated audience sizes, for one campaign or more.
    case largestToAudience
    /// From the largest reading inside; nothing bounds some of the scope from above.
    case largestToOpen
    /// All readings of a campaign and channel weighed against each other (overlaps, the whole less
    /// the rest).
    case weighedTogether
    /// The readings contradict each other: from the largest inside to the sum of covering readings,
    /// if that is no less.
    case simpleAfterContradiction
}

/// A figure that holds only under an assumption, to stand beside the range and never instead of it.
public struct ReachScenario: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Nobody is in two parts: the sum.
        case disjointAudiences
        /// Being reached by one part says nothing about being reached by another: U·(1 − Π(1 −
        /// xᵢ/U)).
        case independence
    }

    public let kind: Kind
    public let value: Int64
    /// The assumption in words: as recorded with the set, or as the kind implies.
    public let assumption: String

    public init(kind: Kind, value: Int64, assumption: String) {
        self.kind = kind
        self.value = value
        self.assumption = assumption
    }
}

/// Distinct people or accounts over a scope. Two ranges have no sum: a range over more is computed
/// from the readings.
public struct ReachRange: Hashable, Sendable {
    /// A channel of a campaign for which nothing is recorded in the scope.
    public struct UnreportedChannel: Hashable, Comparable, Sendable {
        public let campaign: Int
        public let channel: Channel

        public init(campaign: Int, channel: Channel) {
            self.campaign = campaign
            self.channel = channel
        }

        public static func < (left: UnreportedChannel, right: UnreportedChannel) -> Bool {
            (left.campaign, left.channel.rawValue) < (right.campaign, right.channel.rawValue)
        }
    }

    /// No fewer than this; nil if nothing is recorded.
    public let lower: Int64?
    /// No more than this; nil: open.
    public let upper: Int64?
    /// Whether lower and upper meet, and every reading used is exact.
    public let exact: Bool
    public let method: ReachMethod
    /// The readings and counts that the two ends come from, in ascending order of id.
    public let used: [Int]
    /// Those that overlap the asked days without lying inside them: they can bound from above only.
    public let straddling: [Int]
    /// Declared or asked-for channels without a figure in the scope.
    public let unreported: [UnreportedChannel]
    public let scenario: ReachScenario?
    /// Readings that cannot all be true.
    public let findings: [Finding]

    /// How many readings and counts the two ends come from.
    public var readings: Int { used.count }
}
