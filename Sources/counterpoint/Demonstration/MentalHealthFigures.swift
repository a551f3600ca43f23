// The Mental Health for Ukraine ads as three result sets: by ad, the account's own reach, and by region and month.

import CounterpointModel

enum MentalHealthFigures {
    static let period = Period(from: Day(iso: "2023-04-14")!, to: Day(iso: "2024-03-11")!)!
    private static let hryvnia = Currency("UAH")!
    private static let source =
        "M. Bubniak, bachelor thesis data, GitHub marko7bub/Bubniak_Thesis @51c57fc"

    /// By ad: the set that counts.
    static func byAd() throws -> NewResultSet {
        let readings = try lines(of: MH4UAds.rows).flatMap { line in
            let cells = try cells(of: line, count: 7)
            let content = "Ad, sheet row \(cells[0])"
            let note = "ad ended \(cells[1])"
            func reading(_ metric: Metric, _ text: String) throws -> Reading {
                Reading(
                    metric: metric, period: period, content: content,
                    value: try value(text, in: line),
                    currency: metric == .spend ? hryvnia : nil,
                    note: metric == .impressions ? note : nil)
            }
            guard let results = Metric(code: cells[5]) else { throw UnreadableFigures(line: line) }
            return [
                try reading(.reach, cells[2]), try reading(.impressions, cells[3]),
                try reading(.spend, cells[4]), try reading(results, cells[6]),
            ]
        }
        return NewResultSet(
            channel: .meta, period: period, method: .platformExport, breakdown: .content,
            readings: readings,
            note:
                "48 ads as the ads manager exported them. Meta's “Results” stand under the metric that their indicator "
                + "names. Source: \(source), MH4U-Ads-Feb-11-2021-Mar-11-2024.xlsx.")
    }

    /// Over all ads: the one figure that adding the ads cannot give.
    static func ofAccount() throws -> NewResultSet {
        NewResultSet(
            channel: .meta, period: period, method: .platformExport,
            readings: [
                Reading(
                    metric: .reach, period: period,
                    value: try value(MH4UAds.accountReach, in: MH4UAds.accountReach))
            ],
            note:
                "The account's own reach over all ads: people who saw several ads count once. Source: \(source), "
                + "MH4U-Ads-Feb-11-2021-Mar-11-2024.xlsx, total row.")
    }

    /// By region and month: a second cut of the same ads, which counts for nothing and reconciles with the first.
    static func byRegion() throws -> NewResultSet {
        var month: Period?
        var readings: [Reading] = []
        for line in lines(of: MH4URegions.rows) {
            let days = line.split(separator: " ")
            if days.count == 2, let from = Day(iso: days[0]), let to = Day(iso: days[1]) {
                month = Period(from: from, to: to)
                continue
            }
            guard let month else { throw UnreadableFigures(line: line) }
            let cells = try cells(of: line, count: 4)
            let hasReach = !cells[1].isEmpty
            readings += [
                Reading(
                    metric: .reach, period: month, cell: cells[0],
                    state: hasReach ? .value : .missing,
                    value: hasReach ? try value(cells[1], in: line) : nil),
                Reading(
                    metric: .impressions, period: month, cell: cells[0],
                    value: try value(cells[2], in: line)),
                Reading(
                    metric: .spend, period: month, cell: cells[0],
                    value: try value(cells[3], in: line),
                    currency: hryvnia),
            ]
        }
        return NewResultSet(
            channel: .meta, period: Period(from: Day(iso: "2023-04-01")!, to: period.to)!,
            method: .platformExport,
            role: .breakdown, breakdown: .region, readings: readings,
            note:
                "The same ads by region and month, spend with the platform's 8 decimals. Source: \(source), "
                + "Untitled-report-Apr-1-2023-to-Mar-11-2024.xlsx.")
    }

    private static func lines(of rows: String) -> [Substring] { rows.split(separator: "\n") }

    private static func cells(of line: Substring, count: Int) throws -> [String] {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard cells.count == count else { throw UnreadableFigures(line: line) }
        return cells
    }

    private static func value(_ text: String, in line: some StringProtocol) throws -> ExactDecimal {
        guard let value = ExactDecimal(text) else { throw UnreadableFigures(line: line) }
        return value
    }
}

/// The figures in the source code were changed into something unreadable.
struct UnreadableFigures: Error {
    var line: String

    init(line: some StringProtocol) { self.line = String(line) }
}
