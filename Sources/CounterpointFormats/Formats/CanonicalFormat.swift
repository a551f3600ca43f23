// The project's own CSV, beside the platforms': one figure a row.

import CounterpointModel

extension FileFormat {
    static let canonical = FileFormat(
        id: "canonical", title: "Canonical results CSV", platform: "Counterpoint",
        recognisedBy: "the header channel, metric, from, to, value, in any order",
        daysFrom: "the columns from and to",
        layout: FormatLayout(channel: .named, needs: []),
        names: NameList())

    /// The columns of the canonical form are its own words, and not a platform's.
    static let canonicalColumns: [Column] = [
        ("channel", "Whose figure it is."), ("metric", "Which metric, by its code."),
        ("from", "The first day of the figure."), ("to", "The last day of the figure."),
        ("content", "The content item that it is about; blank: all."),
        ("breakdown", "How the rows are cut: region, age, …."),
        ("cell", "The cell of the breakdown that it is about."),
        ("value", "The figure, of the row's metric."),
        ("state", "missing, masked or notApplicable where there is no figure."),
        ("qualifier", "exact, atLeast, atMost or about."),
        ("currency", "What money is in."), ("note", "A remark."),
    ].map { Column(name: $0.0, languages: ["en"], metric: nil, use: $0.1) }
}

/// Every kind of file that is understood.
public enum FormatCatalogue {
    public static let all: [FileFormat] = [
        .metaAds, .metaPage, .metaPosts, .metaAudience, .googleAds, .youtubeContent, .youtubeCut,
        .youtubeDays,
        .youtubeChart,
        .xPosts, .xDays, .xVideo, .tiktokAds, .tiktokDays, .tiktokPosts, .linkedin, .snapchat,
        .analytics, .canonical,
    ]

    /// What clients write to have the kind of file found out.
    public static let automatic = "auto"

    /// The format of that id, or nil.
    public static func format(_ id: String) -> FileFormat? { all.first { $0.id == id } }
}
