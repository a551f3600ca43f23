// Which figures tell of people, and how few of them may be told of. The database holds the same rule where it decides what
// is published (schema/0008_publication.sql); a test compares the two.

/// What is published of figures.
public enum Publication {
    /// The smallest number about people that is published. Fewer than ten is where statistical offices and platforms begin
    /// to suppress: in a group that small, members recognise each other.
    public static let smallestShown: Int64 = 10

    /// Told with every answer to a funder, whether or not anything is left out of this one.
    public static let notice =
        "Organisations that asked not to be published are not counted. Figures about fewer than \(smallestShown) people, and "
        + "figures from which one of them could be computed, are masked."
}

extension Metric {
    /// Whether one of it is a person, an account, or something that a person did, so that a number below ten tells of fewer
    /// than ten people. Money, minutes, rates and meetings held are not.
    public var isAboutPeople: Bool {
        switch additivity {
        case .unique, .stock: true
        case .count, .countPerChannel: self != .eventSessions
        case .quantity: self == .conversions
        case .rate, .money: false
        }
    }

    /// The metrics of which this one is made: whoever knows it and all but one of them knows that one too.
    public var madeOf: [Metric] {
        switch self {
        case .engagements: [.reactions, .comments, .shares, .saves, .linkClicks, .clicks]
        case .clicks: [.linkClicks]
        case .frequency: [.impressions, .reach]
        case .clickThroughRate: [.linkClicks, .clicks, .impressions]
        case .completionRate: [.videoPlays100, .videoPlays25, .thruPlays, .views]
        case .engagementRate: [.engagements, .impressions, .reach]
        case .averageViewSeconds: [.views]
        case .costPerThousandImpressions: [.impressions]
        default: []
        }
    }
}
