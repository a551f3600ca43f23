// Reports that are due, as they are shown.

import CounterpointModel

extension Schemas {
    static let reports: [(String, Schema)] = [
        ("ReportDue", reportDue), page(of: "ReportDue"), ("ReportTotals", reportTotals),
        ("DaysRange", daysRange),
    ]

    private static let daysRange = Schema.object(
        "A run of days, both included.",
        required: [("from", .day("First day.")), ("to", .day("Last day."))])

    private static let reportDue = Schema.object(
        "What a campaign owes a grant for one reporting period, and how far it is answered.",
        required: [
            ("grantId", .id("The grant.")), ("campaignId", .id("The campaign.")),
            ("organisationId", .id("Whose they are.")),
            ("programmeId", .id("The grant's programme.")),
            ("period", .named("DaysRange")), ("needed", .named("DaysRange")),
            ("dueOn", .day("When it is due; the day is over when it is over in UTC.")),
            ("status", words(ReportStatus.self, "How it stands; veryLate from two weeks on.")),
            ("missing", .flag("Whether the due day is over and nothing was handed in.")),
            (
                "daysLate",
                .whole("Days from the due day until all was handed in, or today.", from: 0)
            ),
            ("daysNeeded", .whole("The campaign's days in the period.", from: 1)),
            ("daysHandedIn", .whole("Days that handed-in sets cover.", from: 0)),
            ("daysAccepted", .whole("Days that accepted sets cover.", from: 0)),
            ("gaps", .list(of: .named("DaysRange"), "Days that nothing was handed in for.")),
            (
                "silentChannels",
                .list(of: .named("Channel"), "Declared channels that nothing was handed in from.")
            ),
            (
                "resultSets",
                .list(
                    of: .object(
                        "A set that answers some of it.",
                        required: [
                            ("id", .id("Its id.")),
                            ("status", words(ResultSetStatus.self, "Where it stands.")),
                            ("channel", .named("Channel")), ("from", .day("First day.")),
                            ("to", .day("Last day.")),
                            ("handedInOn", .day("When it was handed in last.")),
                        ]))
            ),
        ])

    private static let reportTotals = Schema.object(
        "How many reports stand how.",
        required: [("today", .day("The day by which they were counted, in UTC."))]
            + ReportPick.allCases.map { ($0.rawValue, .whole("Reports.", from: 0)) })
}
