// The Redirect Method pilot as two result sets: watch time, which adds, and people who clicked, which do not.

import CounterpointModel

enum PilotFigures {
    /// The source prints "eight weeks in early 2016" and no dates; the whole quarter holds them.
    static let period = Period(from: Day(iso: "2016-01-01")!, to: Day(iso: "2016-03-31")!)!
    private static let days =
        "The source says “eight weeks in early 2016” and prints no dates: the first quarter stands for them."
    private static let source =
        "Source: Redirect Method pilot, full-method PDF, GitHub ocupop/redirect-method @da07682"

    static func watchTime() -> NewResultSet {
        NewResultSet(
            channel: .youtube, period: period, breakdown: .language,
            readings: RedirectMethod.watchTimeMinutes.map { row in
                Reading(
                    metric: .watchTimeMinutes, period: period, cell: row.language,
                    value: ExactDecimal(row.value)!)
            },
            note: "\(days) \(source), printed page 9.")
    }

    /// What people clicked were search advertisements, whatever network showed them; and the source calls the figures
    /// estimates. That no one is in both languages' figures is not recorded, because nobody has said so.
    static func uniqueClickers() -> NewResultSet {
        NewResultSet(
            channel: .googleSearch, period: period, breakdown: .language,
            readings: RedirectMethod.uniqueClickers.map { row in
                Reading(
                    metric: .uniqueLinkClickers, period: period, cell: row.language,
                    qualifier: .about,
                    value: ExactDecimal(row.value)!)
            },
            note:
                "\(days) The advertisements ran on Google Search, the Display Network and YouTube, and the source does "
                + "not divide the people among them; they stand under googleSearch, where the campaign began. "
                + "\(source), printed page 14.")
    }
}
