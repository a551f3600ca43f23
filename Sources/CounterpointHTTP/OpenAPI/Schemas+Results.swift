// Result sets and readings as they are sent and shown.

import CounterpointModel

extension Schemas {
    static let results: [(String, Schema)] =
        [
            ("ReadingValue", readingValue), ("Reading", reading), ("NewReading", newReading),
            ("SourceFile", sourceFile), ("ResultSet", .object(whatASetIs, required: setMembers)),
            ("ResultSetDetail", detail), page(of: "ResultSet"), ("NewResultSet", newResultSet),
            ("ResultSetChange", resultSetChange),
            (
                "ResultSetTransition",
                transition(
                    ResultSetStatus.self, "A result set's next step.",
                    more: [
                        (
                            "objections",
                            Schema.list(
                                of: .named("NewObjection"),
                                "With returned: what is wrong, reading by reading.",
                                atMost: NewObjection.max
                            ).orNull
                        )
                    ],
                    example: [
                        "to": "returned", "reason": "Reach is above impressions in week 2",
                        "objections": [["reading": 2, "reason": "More people than impressions"]],
                    ])
            ),
            ("NewObjection", newObjection), ("Objection", objection),
            ("ResultSetStep", step), ("Finding", finding), ("FindingFigure", findingFigure),
            ("ImportAnswer", importAnswer),
        ] + imports

    // MARK: Readings

    private static let readingValue = Schema([
        "description":
            "Counts and uniques are whole numbers, quantities decimal strings, money an amount with up to 8 decimals.",
        "anyOf": [
            Schema.whole("A count.", from: -1_000_000_000_000, to: 1_000_000_000_000).json,
            Schema.decimal("A quantity.").json, Schema.named("Money").json,
        ],
    ])

    private static let state = words(
        ReadingState.self, "value, or why there is none; 0 is a value.")
    private static let qualifier = words(Qualifier.self, "How exactly the value is known.")

    private static let reading = Schema.object(
        "One figure.",
        required: [
            ("metric", .named("Metric")), ("from", .day("First day.")), ("to", .day("Last day.")),
            ("content", Schema.text("The content item it is about.").orNull),
            ("cell", Schema.text("The cell of the breakdown.").orNull),
            ("value", Schema.named("ReadingValue").orNull), ("state", state),
            ("qualifier", qualifier), ("note", Schema.text("A remark.").orNull),
        ],
        optional: [
            (
                "objection",
                .object(
                    "What the reviewer objected to, until the next decision about the set.",
                    required: [
                        ("reason", .text("What is wrong.")), ("was", wasObjectedTo),
                        ("mended", .flag("Whether the figure is another now.")),
                    ])
            )
        ])

    private static let wasObjectedTo = Schema.object(
        "The figure as it stood when it was objected to.",
        required: [
            ("value", Schema.named("ReadingValue").orNull), ("state", state),
            ("qualifier", qualifier),
        ])

    private static let newObjection = Schema.object(
        "What is wrong with one reading.",
        required: [
            (
                "reading",
                Schema([
                    "description": "Its number from 1, or its pointer as in /readings/0.",
                    "anyOf": [
                        [
                            "type": "integer", "minimum": 1,
                            "maximum": .integer(Int64(NewObjection.readingMax)),
                        ],
                        ["type": "string", "pattern": "^/readings/(0|[1-9][0-9]{0,8})$"],
                    ],
                ])
            ), ("reason", .text(.note, "What is wrong, and what to do about it.")),
        ])

    private static let step = Schema.object(
        "Who did what with a result set, and when.",
        required: [
            ("step", words(ResultSetStep.Kind.self, "What was done.")),
            ("reason", Schema.text("Why it was returned or withdrawn.").orNull),
            ("at", .instant("When.")),
            (
                "by",
                Schema.object(
                    "Who; the name only where the reader may know it.",
                    required: [
                        ("principalId", .id("The principal.")),
                        ("role", words(Role.self, "Its role.").orNull),
                        ("name", Schema.text("Its name.").orNull),
                    ]
                ).orNull
            ),
        ])

    private static let objection = Schema.object(
        "An objection that was raised, kept when it is settled.",
        required: [
            (
                "reading",
                Schema.whole(
                    "The number of the reading that it is about now; null: it is gone.", from: 1
                )
                .orNull
            ),
            ("metric", .named("Metric")), ("from", .day("First day.")), ("to", .day("Last day.")),
            ("content", Schema.text("The content item.").orNull),
            ("cell", Schema.text("The cell of the breakdown.").orNull), ("was", wasObjectedTo),
            ("reason", .text("What is wrong.")),
            ("mended", .flag("Whether the figure is another now, or gone.")),
            ("raised", .named("ResultSetStep")),
            ("settled", Schema.named("ResultSetStep").orNull),
        ])

    private static let newReading = Schema.object(
        "One figure; its days are the set's if left out.",
        required: [("metric", .named("Metric"))],
        optional: [
            ("from", Schema.day("First day.").orNull), ("to", Schema.day("Last day.").orNull),
            ("content", Schema.text(.title, "The content item it is about.").orNull),
            ("cell", Schema.text(.cell, "The cell of the breakdown.").orNull),
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
            ("state", state.orNull), ("qualifier", qualifier.orNull),
            ("note", Schema.text(.note, "A remark.").orNull),
        ])

    // MARK: Sets

    private static let sourceFile = Schema.object(
        "The file that the figures were read from.",
        required: [
            ("name", .text(.fileName, "Its name.")),
            ("bytes", .whole("Its size.", from: 0, to: 1_000_000_000_000)),
            ("sha256", .text("Its SHA-256.", pattern: "^[0-9a-f]{64}$")),
        ])

    private static let whatASetIs =
        "The figures of one campaign on one channel from one source."
    private static let method = words(ResultMethod.self, "How the figures came in.")
    private static let role = words(
        SetRole.self, "primary counts; breakdown is a second cut of a primary that stands.")
    private static let breakdown = words(Breakdown.self, "How the rows are cut.")

    private static let setMembers: [(String, Schema)] =
        [
            ("id", .id("Its id.")), ("campaignId", .id("Its campaign.")),
            ("organisationId", .id("Whose campaign it is.")), ("channel", .named("Channel")),
            ("from", .day("First day.")),
            ("to", .day("Last day.")), ("method", method), ("role", role),
            ("breakdown", breakdown),
            ("status", words(ResultSetStatus.self, "Where it stands.")),
            ("reason", Schema.text("Why it was returned or withdrawn.").orNull),
            ("note", Schema.text("A remark.").orNull),
            ("supersedes", Schema.id("The set it corrects.").orNull),
            ("supersededBy", Schema.id("The set that corrects it.").orNull),
            (
                "disjointAudiences",
                Schema.text("Why the audiences of its cells do not overlap.").orNull
            ),
            ("source", Schema.named("SourceFile").orNull),
            ("readingCount", .whole("How many readings it has.", from: 0)),
            ("digest", .text("SHA-256 over its readings.", pattern: "^[0-9a-f]{64}$")),
            (
                "snapshot",
                .flag("Figures since the beginning: a newer set of the same replaces it.")
            ),
            ("submittedAt", Schema.instant("When it was handed in.").orNull),
            ("acceptedAt", Schema.instant("When it was accepted.").orNull),
        ] + shownTimes

    private static let detail = Schema.object(
        whatASetIs + " With its readings, the first 5,000 of them.",
        required: setMembers + [("readings", .list(of: .named("Reading")))],
        optional: [
            ("findings", .list(of: .named("Finding"), "Figures that cannot both be true.")),
            (
                "objections",
                .list(of: .named("Objection"), "What was objected to, the settled ones too.")
            ),
            ("history", .list(of: .named("ResultSetStep"), "Who did what with it, and when.")),
        ])

    private static let openMembers: [(String, Schema)] = [
        ("note", Schema.text(.note, "A remark.").orNull),
        ("supersedes", Schema.id("The set that it corrects, once accepted.").orNull),
        (
            "disjointAudiences",
            Schema.text(.note, "Why the audiences of its cells do not overlap.").orNull
        ),
    ]

    private static let newResultSet = Schema.object(
        "A result set to log as a draft.",
        required: [
            ("channel", .named("Channel")), ("from", .day("First day.")),
            ("to", .day("Last day, not before the first.")),
            (
                "readings",
                .list(of: .named("NewReading"), atMost: NewResultSet.readingsMax)
            ),
        ],
        optional: [
            ("method", method.orNull), ("role", role.orNull), ("breakdown", breakdown.orNull),
            ("source", Schema.named("SourceFile").orNull),
        ] + openMembers,
        example: [
            "channel": "youtube", "from": "2017-03-01", "to": "2017-03-31",
            "readings": [
                ["metric": "impressions", "value": 12_500],
                ["metric": "reach", "value": 4_100],
                ["metric": "spend", "value": ["amount": "310.25", "currency": "EUR"]],
                ["metric": "comments", "state": "missing"],
            ],
        ])

    private static let resultSetChange = Schema.object(
        "What changes in a set that is a draft or was returned, by RFC 7396.",
        optional: [
            ("from", .day("First day.")), ("to", .day("Last day.")), ("method", method),
            ("role", role), ("breakdown", breakdown),
            (
                "readings",
                .list(
                    of: .named("NewReading"), "In place of all that stand.",
                    atMost: NewResultSet.readingsMax)
            ),
        ] + openMembers,
        example: ["note": "Figures as exported on 2 April"])

    private static let finding = Schema.object(
        "Two figures that cannot both be true, or are worth a look. It warns and edits nothing.",
        required: [
            ("code", words(Finding.Code.self, "What contradicts what.")),
            ("severity", words(Finding.Severity.self, "How sure that is.")),
            ("detail", .text("One sentence with both figures, and why they cannot both be.")),
        ],
        optional: [
            (
                "figures",
                Schema.list(
                    of: .named("FindingFigure"), "The two figures, and where each came from.")
            )
        ], isClosed: false)

    private static let findingFigure = Schema.object(
        "A figure of a finding, and where it came from.",
        required: [
            ("resultSet", Schema.id("Its set; null: none, or not yours to see.").orNull),
            ("metric", Schema.named("Metric").orNull), ("channel", Schema.named("Channel").orNull),
            ("from", Schema.day("First day.").orNull), ("to", Schema.day("Last day.").orNull),
            ("content", Schema.text("The content item.").orNull),
            ("cell", Schema.text("The cell of the breakdown.").orNull),
            ("value", Schema.text("The figure, or its range.").orNull),
            ("readings", .list(of: .whole("The number of a reading in its set.", from: 1))),
            ("file", Schema.text("The name of the file that the set was read from.").orNull),
            ("lines", .list(of: .whole("A line of that file.", from: 1))),
        ])
}
