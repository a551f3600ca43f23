// Summaries and receipts as they are shown.

import CounterpointModel

extension Schemas {
    static let summaries: [(String, Schema)] = [
        ("Summary", summary), ("SummaryScope", scope), ("SummaryGroup", group),
        ("Range", range), ("Rate", rate), ("Receipt", receipt),
    ]

    static let summary = Schema.object(
        "Accepted figures over a scope, in groups.",
        required: [
            ("asOf", .instant("The moment answered for.")),
            (
                "revision",
                Schema.whole("The programme's revision; null over several programmes.").orNull
            ),
            ("revisions", .map(of: .whole("A revision."), "By programme.")),
            ("scope", .named("SummaryScope")), ("groups", .list(of: .named("SummaryGroup"))),
            (
                "accounting",
                .object(
                    "What went in and what did not.",
                    required: [
                        "acceptedReadings", "pendingReadings", "supersededReadings",
                        "suppressedCells", "campaignsPartlyInCountries",
                    ].map { ($0, .whole("A count.", from: 0)) }, isClosed: false)
            ),
        ],
        optional: [
            ("notice", .text("What no answer to this reader counts or shows: for funders, always."))
        ])

    private static let scope = Schema.object(
        "What was asked, values sorted.",
        required: [
            ("programme", .list(of: .id("A programme."))), ("grant", .list(of: .id("A grant."))),
            ("organisation", .list(of: .id("An organisation."))),
            ("campaign", .list(of: .id("A campaign."))),
            ("channel", .list(of: .named("Channel"))), ("country", .list(of: .named("Country"))),
            ("from", Schema.day("First day.").orNull), ("to", Schema.day("Last day.").orNull),
            ("groupBy", .list(of: words(GroupDimension.self, "A dimension."))),
            ("pending", .flag("Whether what waits for review counts too.")),
        ])

    private static let range = Schema.object(
        "How many different people or accounts: from lower to upper, null where nothing bounds it.",
        required: [
            ("lower", Schema.whole("At least.").orNull),
            ("upper", Schema.whole("At most.").orNull),
            ("exact", .flag("Whether lower and upper meet and every reading used is exact.")),
            ("method", .text("How it was found.")),
            ("readings", .whole("How many readings it rests on.", from: 0)),
            (
                "scenario",
                Schema.object(
                    "What it would be under an assumption.",
                    required: [
                        ("kind", .text("Which assumption.")), ("value", .whole("The number.")),
                        ("assumption", .text("In words.")),
                    ]
                ).orNull
            ),
        ],
        optional: [("notReported", .list(of: .named("Channel"), "Channels without a figure."))])

    private static let rate = Schema.object(
        "Recomputed from its parts.",
        required: [
            ("lower", Schema.number("At least.").orNull),
            ("upper", Schema.number("At most.").orNull),
            ("numerator", .number("What stands above the line.")),
            (
                "denominator",
                .object(
                    "What stands below the line.",
                    required: [
                        ("lower", Schema.number("At least.").orNull),
                        ("upper", Schema.number("At most.").orNull),
                    ])
            ),
        ],
        optional: [("currency", .named("Currency"))])

    private static let group = Schema.object(
        "Figures of one group; members are by metric.",
        required: [
            ("key", .map(of: Schema.text("A value, or null.").orNull, "By dimension.")),
            ("counts", .map(of: .whole("A sum."), "Events, added.")),
            (
                "countsByChannel",
                .map(
                    of: .map(of: .whole("A sum."), "By channel."),
                    "Events that each platform defines in its own way.")
            ),
            ("quantities", .map(of: .decimal("A sum."), "Exact decimals, added.")),
            ("money", .map(of: .list(of: .named("Money")), "Amounts by currency.")),
            ("uniques", .map(of: .named("Range"), "People and accounts, never added.")),
            ("rates", .map(of: .named("Rate"), "Recomputed.")),
            (
                "stocks",
                .map(
                    of: .list(
                        of: .object(
                            "A level, the latest.",
                            required: [
                                ("campaign", .id("The campaign.")),
                                ("channel", .named("Channel")), ("value", .number("The level.")),
                                ("on", .day("When.")),
                            ])), "Levels.")
            ),
            (
                "asStated",
                .list(of: Schema(["type": "object"]), "Rates kept as platforms stated them.")
            ),
            ("findings", .list(of: .named("Finding"))),
            (
                "straddling",
                .object(
                    "Readings that stick out of the asked days, left out.",
                    required: [("readings", .whole("How many.", from: 0))],
                    optional: [("listed", .list(of: Schema(["type": "object"])))])
            ),
            ("receipt", .text("Ask GET /v1/receipts/{digest} what it was made of.")),
        ],
        optional: [
            ("labels", .map(of: Schema.text("A name.").orNull, "Names of the key's ids.")),
            ("qualifiers", .map(of: .text("How the total is known."), "Of totals not exact.")),
            (
                "incomplete",
                .map(
                    of: Schema(["type": "object"]),
                    "Missing and masked readings, also of metrics without a figure.")
            ),
            ("resultSets", .list(of: .id("A set it was made of."))),
            (
                "alsoReportedElsewhere",
                .flag("Whether some of it is reported under another programme too.")
            ),
        ])

    private static let receipt = Schema.object(
        "What a figure was made of.",
        required: [
            ("digest", .text("The digest that was asked for.")),
            ("scope", .named("SummaryScope")),
            ("revisions", .map(of: .whole("A revision."), "By programme.")),
            ("figures", .named("SummaryGroup")),
            (
                "resultSets",
                .list(
                    of: .object(
                        "A result set behind it.",
                        required: [
                            ("resultSet", .id("The set.")), ("campaign", .id("Its campaign.")),
                            ("channel", .named("Channel")),
                            ("role", words(SetRole.self, "Its role.")),
                            ("breakdown", words(Breakdown.self, "How it is cut.")),
                            ("from", .day("First day.")), ("to", .day("Last day.")),
                            ("digest", .text("SHA-256 over its readings.")),
                            ("sourceSha256", Schema.text("SHA-256 of its file.").orNull),
                            ("acceptedRevision", Schema.whole("When it began to count.").orNull),
                            ("retiredRevision", Schema.whole("When it ceased to count.").orNull),
                        ]))
            ),
        ])
}
