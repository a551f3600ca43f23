// Programmes and grants as they are sent and shown.

import CounterpointModel

extension Schemas {
    // MARK: Programmes

    static let programmes: [(String, Schema)] = [
        (
            "Programme",
            .object(
                "A funding programme.",
                required: [
                    ("id", .id("Its id.")), ("name", .text("Its name.")),
                    ("currency", .named("Currency")), ("budget", Schema.named("Money").orNull),
                    ("startsOn", .day("First day.")), ("endsOn", .day("Last day.")),
                    ("funderIds", .list(of: .id("A funder."))),
                ] + shownTimes)
        ),
        page(of: "Programme"), ("NewProgramme", newProgramme),
        ("ProgrammeChange", programmeChange),
    ]

    private static let funders = Schema.list(
        of: .id("An organisation of kind funder."), atMost: 50, isSet: true
    ).orNull

    private static let newProgramme = Schema.object(
        "A programme to set up.",
        required: [
            ("name", .text(.name, "Its name.")), ("currency", .named("Currency")),
            ("startsOn", .day("First day.")), ("endsOn", .day("Last day, not before the first.")),
        ],
        optional: [("budget", Schema.named("Money").orNull), ("funderIds", funders)],
        example: [
            "name": "Resilient Voices", "currency": "EUR",
            "budget": ["amount": "250000.00", "currency": "EUR"], "startsOn": "2017-01-01",
            "endsOn": "2018-12-31",
        ])

    private static let programmeChange = Schema.object(
        "What changes, by RFC 7396: null clears. A programme keeps its currency.",
        optional: [
            ("name", .text(.name, "Its name.")), ("budget", Schema.named("Money").orNull),
            ("startsOn", .day("First day.")), ("endsOn", .day("Last day.")),
            ("funderIds", funders),
        ],
        example: ["endsOn": "2019-06-30"])

    // MARK: Grants

    static let grants: [(String, Schema)] = [
        (
            "Instalment",
            .object(
                "A part of a grant's amount.",
                required: [("dueOn", .day("When it is due.")), ("amount", .named("Money"))],
                optional: [
                    ("afterReport", Schema.flag("Whether it waits for an accepted report.").orNull)
                ])
        ),
        (
            "Grant",
            .object(
                "Money promised to an organisation, in instalments, for a time.",
                required: [
                    ("id", .id("Its id.")), ("programmeId", .id("Its programme.")),
                    ("organisationId", .id("Who holds it.")), ("title", .text("What it is for.")),
                    ("amount", .named("Money")), ("startsOn", .day("First day.")),
                    ("endsOn", .day("Last day.")),
                    ("instalments", .list(of: .named("Instalment"))),
                    ("reporting", Schema.named("ReportingRule").orNull),
                    ("reportingPeriods", .list(of: .named("ReportingPeriod"))),
                    ("agreementSignedOn", Schema.day("When the agreement was signed.").orNull),
                    ("status", words(GrantStatus.self, "Where it stands.")),
                    ("publicTitle", publicTitle),
                ] + shownTimes)
        ),
        (
            "ReportingPeriod",
            .object(
                "A reporting period, and the day by which its report is handed in; a day is over when it is "
                    + "over in UTC.",
                required: [
                    ("from", .day("First day.")), ("to", .day("Last day.")),
                    ("dueOn", .day("When the report is due.")),
                ])
        ),
        (
            "NewReportingPeriod",
            .object(
                "A reporting period; they are given in order, without overlap, within the grant's days.",
                required: [("from", .day("First day.")), ("to", .day("Last day."))],
                optional: [
                    (
                        "dueOn",
                        Schema.day(
                            "When the report is due: 60 days after the last day if left out."
                        ).orNull
                    )
                ])
        ),
        (
            "ReportingRule",
            .object(
                "A rule that makes the reporting periods, from the grant's first day on.",
                optional: [
                    (
                        "everyMonths",
                        Schema.whole(
                            "Months in a period; 12 if left out.",
                            from: ReportingRule.everyMonthsRange.lowerBound,
                            to: ReportingRule.everyMonthsRange.upperBound
                        ).orNull
                    ),
                    (
                        "dueAfterDays",
                        Schema.whole(
                            "Days from a period's end to the day its report is due; 60 if left out.",
                            from: ReportingRule.dueAfterDaysRange.lowerBound,
                            to: ReportingRule.dueAfterDaysRange.upperBound
                        ).orNull
                    ),
                ], example: ["everyMonths": 6, "dueAfterDays": 60])
        ),
        page(of: "Grant"), ("NewGrant", newGrant), ("GrantChange", grantChange),
        (
            "GrantTransition",
            transition(
                GrantStatus.self,
                "A grant's next step. For active, on is the day the agreement was signed.",
                example: ["to": "active", "on": "2017-03-30"])
        ),
    ]

    private static let instalments = Schema.list(
        of: .named("Instalment"), "They add up to the amount, or there are none.", atMost: 120
    ).orNull

    private static let reportingPeriods = Schema.list(
        of: .named("NewReportingPeriod"),
        "In place of reporting, which makes them; with neither a year each, due 60 days later.",
        atMost: 120
    ).orNull

    private static let publicTitle = Schema.text(
        .title, "Under which funders read of it; null: its title, or a neutral one under an alias."
    ).orNull

    private static let newGrant = Schema.object(
        "A grant to draft.",
        required: [
            ("programmeId", .id("Its programme.")), ("organisationId", .id("Who is to hold it.")),
            ("title", .text(.title, "What it is for.")), ("amount", .named("Money")),
            ("startsOn", .day("First day.")), ("endsOn", .day("Last day, not before the first.")),
        ],
        optional: [
            ("instalments", instalments), ("reporting", Schema.named("ReportingRule").orNull),
            ("reportingPeriods", reportingPeriods), ("publicTitle", publicTitle),
        ],
        example: [
            "programmeId": "6e0fb2a7-3c0f-4a63-9b7e-0a3a3f0f9a01",
            "organisationId": "b7b8c1de-5d6f-4b8e-8d5c-4f5b1c2d3e02",
            "title": "Short films for young men in Eastleigh",
            "amount": ["amount": "12500.00", "currency": "EUR"], "startsOn": "2017-02-01",
            "endsOn": "2017-12-31",
            "instalments": [
                ["dueOn": "2017-02-15", "amount": ["amount": "12500.00", "currency": "EUR"]]
            ],
        ])

    private static let grantChange = Schema.object(
        "What changes, by RFC 7396: null clears. Terms are open until the award, reporting until the end.",
        optional: [
            ("title", .text(.title, "What it is for.")), ("amount", .named("Money")),
            ("startsOn", .day("First day.")), ("endsOn", .day("Last day.")),
            ("instalments", instalments), ("reporting", .named("ReportingRule")),
            ("reportingPeriods", reportingPeriods), ("publicTitle", publicTitle),
        ],
        example: ["title": "Short films for young people in Eastleigh"])
}
