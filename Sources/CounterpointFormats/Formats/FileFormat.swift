// A kind of file that is understood, as data: its names, and what its rows mean.

public import CounterpointModel

/// One kind of file. Everything that is done with such a file follows from this description.
public struct FileFormat: Sendable, Hashable {
    /// What clients send as `format=`: `metaAds`. Stable.
    public let id: String
    /// `Meta Ads Manager`.
    public let title: String
    /// `Meta`.
    public let platform: String
    /// By what the file is told from others, in a sentence.
    public let recognisedBy: String
    /// Where the days of its figures stand, in a sentence.
    public let daysFrom: String
    let names: NameList
    let layout: FormatLayout

    init(
        id: String, title: String, platform: String, recognisedBy: String, daysFrom: String,
        layout: FormatLayout, names: NameList
    ) {
        self.id = id
        self.title = title
        self.platform = platform
        self.recognisedBy = recognisedBy
        self.daysFrom = daysFrom
        self.layout = layout
        self.names = names
    }

    public static func == (left: FileFormat, right: FileFormat) -> Bool { left.id == right.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// A name that a column may have, and what becomes of it.
    public struct Column: Sendable, Hashable {
        public var name: String
        /// `en`, `de`, `fr`, `es`, `it`, `pt`.
        public var languages: [String]
        /// The metric of its figures, if it has any that are taken.
        public var metric: Metric?
        /// What is done with the column, in words.
        public var use: String

        /// `{"name","languages","metric","use"}`.
        public var document: JSONValue {
            [
                "name": .string(name), "languages": .array(languages.map { .string($0) }),
                "metric": .string(orNull: metric?.code), "use": .string(use),
            ]
        }
    }

    /// Every name that is understood. Further columns are reported with a file that has them.
    public var columns: [Column] {
        if self == .canonical { return Self.canonicalColumns }
        return names.names.map { name in
            Column(
                name: name.name, languages: name.languages, metric: name.meaning.metric,
                use: name.meaning.words)
        }
    }

    /// The languages whose names are understood.
    public var languages: [String] {
        let order = ["en", "de", "fr", "es", "it", "pt"]
        let known = Set(names.names.flatMap(\.languages))
        return order.filter { known.contains($0) }
    }

    /// The metrics that its columns become, in the order of the catalogue.
    public var metrics: [Metric] {
        let known = Set(names.names.compactMap(\.meaning.metric))
        return Metric.allCases.filter { known.contains($0) }
    }

    /// `{"id","title","platform","recognisedBy","daysFrom","languages","columns"}`.
    public var document: JSONValue {
        [
            "id": .string(id), "title": .string(title), "platform": .string(platform),
            "recognisedBy": .string(recognisedBy), "daysFrom": .string(daysFrom),
            "languages": .array(languages.map { .string($0) }),
            "columns": .array(columns.map(\.document)),
        ]
    }
}

extension ColumnMeaning {
    var metric: Metric? {
        if case .figure(let figure) = self { figure.metric } else { nil }
    }

    /// What is done with such a column.
    var words: String {
        switch self {
        case .figure(let figure): figure.words
        case .results: "The metric that the row's result indicator names."
        case .combined(let parts):
            "Checks that \(parts.map(\.code).joined(separator: ", ")) add to it."
        case .dimension(let dimension): "Says \(dimension.words)."
        case .titled: "The metric that the title above names."
        case .unused(let reason): reason.detail
        }
    }
}

extension FigureMeaning {
    var words: String {
        let of = channel.map { " of \($0.rawValue)" } ?? ""
        let from =
            switch unit {
            case .own: ""
            case .hours, .seconds, .milliseconds: ", converted from \(unit.rawValue)"
            case .percent: ", from percent"
            case .duration: ", from hours:minutes:seconds"
            }
        return metric.code + of + from + (isSecondChoice ? ", if no other column gives it." : ".")
    }
}

/// What rows of a format mean beyond their columns' names.
struct FormatLayout: Sendable, Hashable {
    /// Whose figures they are.
    var channel: ChannelRule
    /// At least one of each group has to be in the header.
    var needs: [[Need]]
    /// Another kind of file has these.
    var forbids: [Dimension] = []
    /// A row whose content is blank is the total of the others.
    var hasBlankTotals = false
    /// How 03/04/2026 is written by this platform whatever the language; nil: as the account's language has it.
    var slashes: DayOrder?
    /// Figures since the beginning.
    var isSnapshot = false
    /// A row with a first day and no last one is about that day.
    var isDayWithoutEnd = false
    /// What lines above the header, or the table's name in an archive, say if the file is of this kind; folded.
    var marks: [String] = []
    /// Formats whose figures such a table repeats, cut otherwise, where both are in one archive.
    var repeats: [String] = []

    enum ChannelRule: Sendable, Hashable {
        case fixed(Channel)
        /// Meta's ads: `meta`, or the platform that a column names.
        case metaPlatform
        /// Google's ads: by the type of the campaign.
        case campaignType
        /// The name of the column or the title above says it.
        case named
    }

    enum Need: Sendable, Hashable {
        case dimension(Dimension)
        /// Any of the dimensions that name content.
        case content
        /// A column of figures.
        case figure
        case titled
    }
}
