// Indicators as they are sent and shown.

import CounterpointModel

extension Schemas {
    static let indicators: [(String, Schema)] = [
        ("IndicatorAim", aim), ("IndicatorStatement", told), ("IndicatorActual", actual),
        ("IndicatorProgress", progress), ("Indicator", indicator), page(of: "Indicator"),
        ("NewIndicator", newIndicator), ("IndicatorChange", indicatorChange),
    ]

    private static let measure = words(
        IndicatorMeasure.self, "metric: computed from accepted results; qualitative: told in words."
    )
    private static let direction = words(
        IndicatorDirection.self, "ascending: more is better; descending: less is.")

    private static let aim = Schema.object(
        "A baseline or a target.",
        optional: [
            (
                "value",
                Schema([
                    "description":
                        "A whole number, decimal digits, or money; as the metric demands.",
                    "anyOf": [
                        Schema.number("A number.").json, Schema.decimal("Decimal digits.").json,
                        Schema.named("Money").json, ["type": "null"],
                    ],
                ])
            ),
            ("statement", Schema.text(.section, "In words, where there is no metric.").orNull),
            ("on", Schema.day("The day it is of.").orNull),
            ("comment", Schema.text(.note, "A remark.").orNull),
        ])

    private static let told = Schema.object(
        "What was actually reached, in words.",
        required: [
            ("statement", .text(.section, "What was reached.")), ("on", .day("The day it is of.")),
        ],
        optional: [("source", Schema.text(.note, "Where it comes from.").orNull)])

    private static let figure = Schema.named("ReadingValue").orNull

    private static let actual = Schema.object(
        "What was actually reached: one number, or the range in which it lies.",
        required: [
            ("lower", figure), ("upper", figure),
            ("exact", .flag("Whether it is one number, every reading of it exact.")),
            (
                "method",
                Schema.text("added, latest, recomputed, or the method of a range of people.").orNull
            ),
            ("readings", .whole("Readings behind it.", from: 0)),
            ("missing", .whole("Readings that have no figure.", from: 0)),
            ("masked", .whole("Readings that the platform masks.", from: 0)),
            (
                "straddling",
                .whole("Readings left out because they stick out of the days.", from: 0)
            ),
            ("on", Schema.day("Of a level: the day it is of.").orNull),
            ("resultSets", .list(of: .id("A set on record in that scope."))),
        ],
        optional: [
            ("numerator", .decimal("Of a rate: what is divided.")),
            (
                "denominator",
                .object(
                    "Of a rate: what it is divided by.",
                    required: [
                        ("lower", Schema.decimal("At least.").orNull),
                        ("upper", Schema.decimal("At most.").orNull),
                    ])
            ),
        ])

    private static let fraction = Schema.object(
        "A part of the way from the baseline to the target.",
        required: [
            ("numerator", .decimal("How far it went; below zero: backwards.")),
            ("denominator", .decimal("How far there was to go; above zero.")),
        ]
    ).orNull

    private static let progress = Schema.object(
        "How far it got, each end of the range with its numerator and denominator.",
        required: [
            ("lower", fraction), ("upper", fraction),
            (
                "reached",
                words(IndicatorProgress.Reached.self, "Whether the target was reached.")
            ),
            ("gap", words(IndicatorProgress.Gap.self, "Why there is no fraction.").orNull),
        ])

    private static let indicator = Schema.object(
        "What a campaign set out to reach, and what came of it.",
        required: [
            ("id", .id("Its id.")), ("campaignId", .id("Its campaign.")),
            ("organisationId", .id("Whose it is.")), ("code", .text("Its code.")),
            ("title", .text("What it says.")), ("measure", measure),
            ("metric", Schema.named("Metric").orNull),
            ("channels", .list(of: .named("Channel"), "Only these; empty: all.")),
            ("from", Schema.day("Only from this day on.").orNull),
            ("to", Schema.day("Only up to this day.").orNull), ("direction", direction),
            ("addable", .flag("Whether figures of several campaigns may be added.")),
            ("baseline", Schema.named("IndicatorAim").orNull),
            ("target", Schema.named("IndicatorAim").orNull),
            (
                "actual",
                Schema([
                    "description": "Computed for a metric; told, or not yet, in words.",
                    "anyOf": [
                        Schema.named("IndicatorActual").json,
                        Schema.named("IndicatorStatement").json, ["type": "null"],
                    ],
                ])
            ),
            ("progress", Schema.named("IndicatorProgress").orNull),
        ] + times)

    private static let aims: [(String, Schema)] = [
        (
            "channels",
            Schema.list(of: .named("Channel"), "Only these.", atMost: 17, isSet: true).orNull
        ),
        ("from", Schema.day("Only from this day on; goes with to.").orNull),
        ("to", Schema.day("Only up to this day; goes with from.").orNull),
        ("baseline", Schema.named("IndicatorAim").orNull),
        ("target", Schema.named("IndicatorAim").orNull),
        ("actual", Schema.named("IndicatorStatement").orNull),
    ]

    private static let newIndicator = Schema.object(
        "An indicator to set.",
        required: [
            (
                "code",
                .text(
                    "Short, and of one indicator of the campaign.",
                    pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")
            ), ("title", .text(.title, "What it says.")),
        ],
        optional: [
            ("measure", measure.orNull), ("metric", Schema.named("Metric").orNull),
            ("direction", direction.orNull),
        ] + aims,
        example: [
            "code": "R1", "title": "Young men reached", "metric": "reach",
            "channels": ["youtube"], "baseline": ["value": 0], "target": ["value": 50_000],
        ])

    private static let indicatorChange = Schema.object(
        "What changes, by RFC 7396: null clears. The code and the metric stay.",
        optional: [("title", .text(.title, "What it says.")), ("direction", direction)] + aims,
        example: ["target": ["value": 60_000, "comment": "agreed on 3 April"]])
}
