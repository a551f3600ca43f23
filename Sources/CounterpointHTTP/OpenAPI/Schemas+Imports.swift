// Imports, formats and evidence as they are shown.

import CounterpointModel

extension Schemas {
    static let imports: [(String, Schema)] = [
        ("ImportRun", importRun), ("FormatList", formatList), ("Evidence", evidence),
        (
            "EvidenceList",
            .object(
                "What stands behind a set.",
                required: [
                    ("items", .list(of: .named("Evidence"), atMost: Evidence.mostOfASet))
                ])
        ),
    ]

    static let importAnswer = Schema.object(
        "What became of a file: rows read = accepted + duplicate + totals set aside + rejected.",
        required: importMembers)

    private static let problem = Schema.object(
        "A row that was rejected or set aside, a question, or something to know.",
        required: [
            (
                "line",
                Schema.whole("The line in the file, from 1; 0 for the file as a whole.", from: 0)
                    .orNull
            ),
            ("column", Schema.text("The column.").orNull),
            ("value", Schema.text("What stood there.").orNull),
            ("code", .text("Stable, camelCase.")),
            ("detail", .text("What is wrong and what to do.")),
            (
                "effect",
                .words(
                    ["unreadable", "rejected", "asked", "setAside", "noted"],
                    "What it means: the file cannot be read; the row was rejected; answer it in the query; "
                        + "a total left out, as it should be; something to know.")
            ),
        ],
        optional: [("part", .text("The sheet of a workbook, or the entry of an archive."))])

    private static let importedFigures = Schema.object(
        "One set that the file makes or would make.",
        required: [
            ("channel", .named("Channel")), ("from", .day("First day.")), ("to", .day("Last day.")),
            ("role", words(SetRole.self, "Whether it counts.")),
            ("breakdown", words(Breakdown.self, "How its rows are cut.")),
            ("readings", .whole("How many readings it has.", from: 0)),
            (
                "figures",
                .list(
                    of: .object(
                        "The sum of what adds; of people and levels what the file says of the whole.",
                        required: [
                            ("metric", .named("Metric")), ("from", .day("First day.")),
                            ("to", .day("Last day.")),
                            ("value", Schema.named("ReadingValue").orNull),
                            ("qualifier", words(Qualifier.self, "How exact it is.")),
                        ]))
            ),
        ])

    /// An account of a file; a file that was kept out has it in its problem.
    static let importMembers: [(String, Schema)] = [
        (
            "id",
            Schema.id("Under which /v1/imports has it; null for a dry run without Import-Id.")
                .orNull
        ),
        (
            "sets",
            .list(of: importedFigures, "What the rows that can be taken come to, stored or not.")
        ),
        ("resultSets", .list(of: .id("A set that was made, or stood already."))),
        ("unchanged", .flag("The same bytes were taken before, and what they made stands.")),
        ("dryRun", .flag("Nothing was to be stored.")),
        (
            "accounting",
            .object(
                "What became of the rows.",
                required: [
                    "rowsRead", "accepted", "duplicate", "totalsSetAside", "rejected",
                ].map { ($0, .whole("Rows.", from: 0)) })
        ),
        ("problems", .list(of: problem)),
        (
            "problemsNotListed",
            .whole("How many more problems there are than are listed.", from: 0)
        ),
        (
            "questions",
            .list(
                of: problem,
                "Those of the problems that the file leaves open: answer them in the query.")
        ),
        ("findings", .list(of: .named("Finding"))),
        (
            "replaces",
            .list(
                of: .object(
                    "A set that makes room for one of the file.",
                    required: [
                        ("id", .id("The set.")),
                        ("status", words(ResultSetStatus.self, "Its status before.")),
                        (
                            "then",
                            .words(
                                ["withdrawn", "supersededWhenAccepted"], "What becomes of it.")
                        ),
                        (
                            "leavesOut",
                            .list(
                                of: .object(
                                    "What it covers and the file does not.",
                                    required: [
                                        ("metric", .named("Metric")), ("from", .day("First day.")),
                                        ("to", .day("Last day.")),
                                    ]))
                        ),
                    ]))
        ),
        (
            "snapshot",
            .flag("Figures since the beginning: they replace what an earlier export said.")
        ),
        (
            "format",
            Schema.object(
                "What the file was recognised as.",
                required: [
                    ("id", .text("Its id in /v1/formats.")), ("title", .text("Its name.")),
                    ("platform", .text("Whose it is.")),
                ]
            ).orNull
        ),
        (
            "columns",
            .list(
                of: .object(
                    "A column of the file, and what it was taken for.",
                    required: [
                        ("part", Schema.text("The sheet or the archive's entry.").orNull),
                        ("number", .whole("From 1.", from: 1)),
                        ("header", .text("As the file has it.")),
                        ("use", .text("figures, describes, checks, notUsed or notUnderstood.")),
                        ("metric", Schema.named("Metric").orNull),
                        ("detail", .text("In words.")),
                    ]))
        ),
        ("source", .named("SourceFile")),
    ]

    private static let importRun = Schema.object(
        "How far an import is.",
        required: [
            ("id", .id("Its id.")), ("campaignId", .id("The campaign.")),
            ("state", words(ImportRun.State.self, "Where it is.")),
            ("dryRun", .flag("Nothing is to be stored.")),
            ("fileName", Schema.text("The file's name, if the head said it.").orNull),
            ("bytesExpected", Schema.whole("As announced.", from: 0).orNull),
            ("bytesRead", .whole("Bytes read.", from: 0)),
            ("rowsRead", .whole("Rows read.", from: 0)),
            ("rowsStored", .whole("Readings written; seen by nobody before the end.", from: 0)),
            (
                "outcome",
                Schema([
                    "description": "What was answered: the account, or the problem.",
                    "type": ["object", "null"],
                ])
            ),
            ("startedAt", .instant("When it began.")),
            ("updatedAt", .instant("When it last said something.")),
        ])

    private static let formatList = Schema.object(
        "Which files are understood.",
        required: [
            (
                "items",
                .list(
                    of: .object(
                        "A kind of file.",
                        required: [
                            ("id", .text("For format=.")), ("title", .text("Its name.")),
                            ("platform", .text("Whose it is.")),
                            ("recognisedBy", .text("By what it is told from others.")),
                            ("daysFrom", .text("Where its days stand.")),
                            ("languages", .list(of: .text("A language code."))),
                            (
                                "columns",
                                .list(
                                    of: .object(
                                        "A name that is understood.",
                                        required: [
                                            ("name", .text("As exports write it.")),
                                            ("languages", .list(of: .text("A language code."))),
                                            ("metric", Schema.named("Metric").orNull),
                                            ("use", .text("What is done with it.")),
                                        ]))
                            ),
                        ]))
            )
        ])

    private static let evidence = Schema.object(
        "A file that stands behind a result set.",
        required: [
            ("id", .id("Its id.")), ("resultSetId", .id("The set.")),
            ("kind", words(Evidence.Kind.self, "How it came.")),
            ("name", .text("The file's name.")), ("note", Schema.text("A remark.").orNull),
            ("mediaType", words(EvidenceType.self, "What it is, by its content.")),
            ("bytes", .whole("Its length.", from: 1, to: Int64(Evidence.bytesMax))),
            ("sha256", .text("SHA-256 of the file.", pattern: "^[0-9a-f]{64}$")),
            ("createdAt", .instant("When it was added.")),
        ])
}
