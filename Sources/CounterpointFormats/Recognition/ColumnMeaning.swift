// What a column of a platform's export says.

import CounterpointModel

/// The meaning of a column's name.
enum ColumnMeaning: Hashable, Sendable {
    /// Figures of a metric.
    case figure(FigureMeaning)
    /// Meta's "Results": the metric is named in another column, row by row.
    case results
    /// The sum of other columns of the same row, used to check them.
    case combined([Metric])
    /// What a row's figures are about.
    case dimension(Dimension)
    /// The one metric of a block that is named in a title above it.
    case titled
    /// Understood and not taken, with why.
    case unused(Reason)

    enum Reason: String, CaseIterable, Sendable {
        /// A budget, a delivery state, a bid.
        case setting
        /// A cost or a rate that is computed from figures of the file.
        case computed
        /// A share in percent, of which the file does not give the parts.
        case share
        /// A figure for which the catalogue has no metric.
        case noMetric

        var detail: String {
            switch self {
            case .setting: "Not used: a setting or a label, not a result."
            case .computed: "Not used: computed from other figures, which are what is kept."
            case .share:
                "Not used: a share in percent cannot be added or compared without its parts."
            case .noMetric: "Not used: there is no metric for it."
            }
        }
    }
}

/// A metric as one platform's column gives it.
struct FigureMeaning: Hashable, Sendable {
    var metric: Metric
    var unit = FigureUnit.own
    /// Where the name itself says whose figure it is: "Instagram reach".
    var channel: Channel?
    /// Taken only if no column of first choice gives the metric.
    var isSecondChoice = false
}

/// What the numbers of a column are counted in.
enum FigureUnit: String, CaseIterable, Hashable, Sendable {
    /// As the metric is.
    case own
    case hours, seconds, milliseconds
    /// A rate as a percentage without its sign.
    case percent
    /// Seconds, written 0:05:12 or 5:12.
    case duration
}

/// What a row's figures are about, or how they are to be read.
enum Dimension: String, CaseIterable, Hashable, Sendable {
    // What the content item is, with the most detailed last.
    case campaignId, campaign, adSetId, adSet, adId, ad
    case contentId, content, permalink
    // Whose figures.
    case account, channel, campaignType
    /// A Facebook page; an Instagram account.
    case page, profile
    /// How many ads of an advertiser the Ad Library has.
    case library
    // Breakdowns.
    case age, gender, region, country, language
    /// A cut that the record has no name for (a placement, a device); it tells content items apart.
    case cut
    // Days.
    case day, week, month, from, to, range, nthDay
    /// When a post went out: not the days of its figures.
    case published
    /// "Lifetime", or the day of the figures.
    case dateOrLifetime
    // How figures are to be read.
    case currency, indicator

    /// Dimensions that make a content item, from the whole to its parts.
    static let contents: [Dimension] = [
        .campaignId, .campaign, .adSetId, .adSet, .contentId, .content, .permalink, .adId, .ad,
    ]

    var isContent: Bool { Self.contents.contains(self) }

    /// Whether its cells are ids of the platform.
    var isId: Bool {
        switch self {
        case .campaignId, .adSetId, .adId, .contentId: true
        default: false
        }
    }

    /// The breakdown whose cells the column names.
    var breakdown: Breakdown? {
        switch self {
        case .age: .age
        case .gender: .gender
        case .region: .region
        case .country: .country
        case .language: .language
        default: nil
        }
    }

    var isDay: Bool {
        switch self {
        case .day, .week, .month, .range, .nthDay, .dateOrLifetime: true
        default: false
        }
    }

    /// In the words of an answer.
    var words: String {
        switch self {
        case .campaignId, .adSetId, .adId, .contentId: "the content's id"
        case .campaign, .adSet, .ad, .content, .permalink: "the content"
        case .account, .page, .profile: "the account"
        case .library: "what anybody has spent, as the Ad Library lists it"
        case .channel, .campaignType: "the channel"
        case .age, .gender, .region, .country, .language: "the breakdown by \(rawValue)"
        case .cut: "a further cut of the content"
        case .day, .week, .month, .from, .to, .range, .nthDay, .dateOrLifetime: "the days"
        case .published: "when it was published; not the days of its figures"
        case .currency: "the currency"
        case .indicator: "which metric the results are"
        }
    }
}
