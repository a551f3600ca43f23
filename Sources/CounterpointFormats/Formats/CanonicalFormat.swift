// The project's own CSV, beside the platforms': one figure a row.

import CounterpointModel

extension FileFormat {
    static let canonical = FileFormat(
        id: "canonical", title: "Canonical results CSV", platform: "Counterpoint",
        recognisedBy: "the header channel, metric, from, to, value, in any order",
        daysFrom: "the columns from and to",
        layout: FormatLayout(channel: .named, needs: []),
        names: NameList())
}

/// Every kind of file that is understood.
public enum FormatCatalogue {
    public static let all: [FileFormat] = [
        .metaAds, .metaPage, .metaPosts, .metaAudience, .googleAds, .youtubeContent, .youtubeDays,
        .youtubeChart,
        .xPosts, .xDays, .xVideo, .tiktokAds, .tiktokDays, .tiktokPosts, .linkedin, .snapchat,
        .analytics, .canonical,
    ]

    /// What clients write to have the kind of file found out.
    public static let automatic = "auto"

    /// The format of that id, or nil.
    public static func format(_ id: String) -> FileFormat? { all.first { $0.id == id } }
}
