// Reads the published figures beside this file into readings.

import CounterpointModel
import FoundationEssentials

/// A row of a fixture, by column name.
typealias FixtureRow = [String: String]

func fixture(_ name: String) throws -> [FixtureRow] {
    let folder = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let text = try String(contentsOfFile: folder + "/Fixtures/" + name, encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
}

enum MH4U {
    static let campaign = 1
    static let adSet = 10
    static let regionSet = 11

    /// The ads, a primary set cut by content.
    static func ads() throws -> [PlacedReading] {
        try placed(fixture("mh4u-ads.csv"), set: adSet, role: .primary, cut: "ad", firstID: 1)
    }

    /// The region × month cells, a breakdown of it.
    static func regions() throws -> [PlacedReading] {
        try placed(
            fixture("mh4u-region-month.csv"), set: regionSet, role: .breakdown, cut: "region",
            firstID: 1001)
    }

    private static func placed(
        _ rows: [FixtureRow], set: Int, role: SetRole, cut: String, firstID: Int
    ) -> [PlacedReading] {
        var id = firstID
        return rows.flatMap { row in
            [("reach", Metric.reach), ("impressions", .impressions), ("spend", .spend)].map {
                column, metric in
                defer { id += 1 }
                let text = row[column]!
                return PlacedReading(
                    id: id, campaign: campaign, channel: .meta, set: set, role: role,
                    breakdown: cut == "ad" ? .content : .region,
                    reading: Reading(
                        metric: metric, period: period(row["from"]!, row["to"]!),
                        content: cut == "ad" ? row[cut] : nil,
                        cell: cut == "ad" ? nil : row[cut],
                        state: text.isEmpty ? .missing : .value,
                        value: text.isEmpty ? nil : ExactDecimal(text)!,
                        currency: metric == .spend ? Currency("UAH") : nil))
            }
        }
    }
}
