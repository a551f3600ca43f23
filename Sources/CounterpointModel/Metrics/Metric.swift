// The catalogue of metrics: what can be recorded, and whether it may be added. Each definition is
// data beside its case in `Metric+Catalogue.swift`; the compiler refuses a metric without one.

/// A metric of the catalogue. The raw value is the code that clients send and that is stored.
public enum Metric: String, CaseIterable, Hashable, Sendable {
    // Counts that mean the same everywhere.
    case impressions, reactions, comments, shares, saves, linkClicks, landingPageViews
    case follows, unfollows, subscribersGained, profileVisits, pageVisits, leads, messages
    case videoViews2s, videoViews3s, videoViews6s, videoViews15s, thruPlays
    case videoPlays25, videoPlays50, videoPlays75, videoPlays100
    case helpSeekingContacts, sustainedConversations, eventSessions
    // Counts that each platform defines in its own way.
    case views, clicks, engagements, thumbnailImpressions, sessions
    // Quantities.
    case watchTimeMinutes, conversions
    // Uniques: distinct people or accounts.
    case reach, uniqueViewers, uniqueLinkClickers, users, eventAttendees, surveyRespondents
    // Stocks.
    case followers, subscribers
    // Rates.
    case frequency, clickThroughRate, completionRate, engagementRate, averageViewSeconds
    case costPerThousandImpressions
    // Money.
    case spend, inKindCredit

    /// Every metric, in the order of the catalogue.
    public static var all: [Metric] { Array(allCases) }

    /// The metric with that code, or nil if the catalogue has none.
    public init?(code: some StringProtocol) { self.init(rawValue: String(code)) }

    /// Stable, camelCase.
    public var code: String { rawValue }

    /// Which question of an evaluation the metric helps to answer.
    public enum Layer: String, CaseIterable, Hashable, Sendable {
        /// How many saw it?
        case awareness
        /// What did they do?
        case engagement
        /// Did knowledge, attitude or behaviour change?
        case impact
        /// What did it take? Money is no result.
        case resources
    }

    /// What one of it is.
    public enum Unit: String, CaseIterable, Hashable, Sendable {
        case events, people, accounts, minutes, seconds, conversions, ratio
        /// The currency that the reading names.
        case currency
        /// The currency that the readings name, per thousand impressions.
        case currencyPerThousand
    }

    /// Whether and over what readings of the metric add up.
    public enum Additivity: String, CaseIterable, Hashable, Sendable {
        /// Events; adds over time, content and channel. Whole.
        case count
        /// Events that each platform defines in its own way; adds within one channel only. Whole.
        case countPerChannel
        /// Adds like a count, with decimals.
        case quantity
        /// Distinct people or accounts; never adds. Whole.
        case unique
        /// A level at a moment; the latest wins. Whole.
        case stock
        /// Recomputed from its parts; never aggregated.
        case rate
        /// Adds per currency, with decimals; rounded once, after adding.
        case money

        /// Whether a stored total of the metric can exist.
        public var isAdditive: Bool {
            switch self {
            case .count, .countPerChannel, .quantity, .money: true
            case .unique, .stock, .rate: false
            }
        }

        /// Whether values have no decimals.
        public var isWhole: Bool {
            switch self {
            case .count, .countPerChannel, .unique, .stock: true
            case .quantity, .rate, .money: false
            }
        }
    }

    public var layer: Layer { entry.layer }
    public var unit: Unit { entry.unit }
    public var additivity: Additivity { entry.additivity }
    /// What one of it is, in plain English.
    public var definition: String { entry.definition }

    /// Whether a reading may be below zero: only a net change may.
    public var mayBeNegative: Bool { self == .subscribersGained }
}
