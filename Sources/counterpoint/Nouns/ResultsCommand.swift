// counterpoint results: figures on their way from a file to the record.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results",
        abstract: "Results: import, hand in, accept, return, withdraw; and which reports are due.",
        discussion: """
            A file becomes result sets in draft, one a channel. Handed in (submit) they wait for the programme's manager, \
            who accepts or returns them; only accepted ones count. An accepted set never changes: its correction is logged \
            with "supersedes".

              counterpoint results import figures.csv --campaign "Spring 2024" --dry-run
              counterpoint results import figures.csv --campaign "Spring 2024" --as "Edith Editor"
              counterpoint results submit 0d3c… --as "Edith Editor"
              counterpoint results accept 0d3c… --as "Mina Manager"

            What an NGO has from its platforms is taken as it is: counterpoint results formats lists what is understood. \
            The canonical CSV has the columns channel, metric, from, to, value, and any of content, breakdown, cell, state, \
            qualifier, currency, note. A JSON file holds one set as the API takes it.
            """,
        subcommands: [
            ResultsImport.self, ResultsFormats.self, List.self, Show.self, Submit.self, Accept.self,
            Return.self,
            Withdraw.self, ResultsDue.self,
        ])

    static let columns = [
        Column("ID", "id"), Column("CHANNEL", "channel"), Column("FROM", "from"),
        Column("TO", "to"),
        Column("ROLE", "role"), Column("CUT BY", "breakdown"),
        Column("READINGS", "readingCount", .number),
        Column("STATUS", "status"), Column("CAMPAIGN", "campaignId"),
    ]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List result sets.",
            discussion: "What waits for review: counterpoint results list --status submitted")

        @Option(help: "Only of this campaign, by id or name.") var campaign: String?
        @Option(help: "Only with this status.") var status: ResultSetStatus?
        @Option(help: "Only on this channel.") var channel: Channel?
        @Option(help: "Only of this organisation, by id or name.") var organisation: String?
        @Option(help: "Only of this programme, by id or name.") var programme: String?
        @Option(help: "Only those that count, or only second cuts.") var role: SetRole?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = ResultSetFilter()
                if let campaign { filter.campaign = try await session.campaign(campaign) }
                filter.status = status
                filter.channel = channel
                filter.organisation = try await session.organisation(orNil: organisation)
                filter.programme = try await session.programme(orNil: programme)
                filter.role = role
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.resultSets(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty: "There are none. Import some: counterpoint results import --help")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one result set with its readings and what is odd about them.",
            discussion: "With --output csv: the readings.")

        @Argument(help: "The result set's id.") var set: String
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        static let readingColumns = [
            Column("METRIC", "metric"), Column("FROM", "from"), Column("TO", "to"),
            Column("CONTENT", "content"),
            Column("CELL", "cell"), Column("VALUE", "value", .money), Column("STATE", "state"),
            Column("QUALIFIER", "qualifier"), Column("NOTE", "note"),
            Column("OBJECTION", "objection.reason"),
        ]
        static let historyColumns = [
            Column("WHEN", "at", .instant), Column("STEP", "step"), Column("BY", "by.name"),
            Column("ROLE", "by.role"), Column("REASON", "reason"),
        ]

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let detail = try await session.registry.resultSet(
                    try session.id(set, of: "result set"), as: session.caller)
                let document = detail.document
                let readings = document["readings"]?.array ?? []
                guard output.format == .table else {
                    if output.format == .json {
                        return output.show(record: document, in: columns)
                    }
                    return output.show(readings, in: Self.readingColumns)
                }
                let console = Surroundings.console
                output.show(record: detail.set.document, in: columns)
                console.print("")
                output.show(readings, in: Self.readingColumns)
                for line in FindingText(detail).lines { console.print(line) }
                for line in ReviewText(detail).lines { console.print(line) }
                guard let history = document["history"]?.array, !history.isEmpty else { return }
                console.print("")
                output.show(history, in: Self.historyColumns)
            }
        }
    }

    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Hand a draft in for review.")

        @Argument(help: "The result set's id.") var set: String
        @OptionGroup var step: StepOptions

        func run() async throws { try await step.move(set, to: .submitted) }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a submitted set to the record.",
            discussion: "From then on it counts, and never changes.")

        @Argument(help: "The result set's id.") var set: String
        @OptionGroup var step: StepOptions

        func run() async throws { try await step.move(set, to: .accepted) }
    }

    struct Return: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a submitted set back, with the reason.",
            discussion: """
                What is wrong with single readings is kept beside them until the next decision; results show numbers them.

                  counterpoint results return 0d3c… --reason "Two figures to look at" \\
                      --objection "2=more people than impressions" --objection "5=which account is this?"
                """)

        @Argument(help: "The result set's id.") var set: String
        @Option(help: "What is wrong with it.") var reason: String
        @Option(
            help: ArgumentHelp(
                "What is wrong with one reading, by its number; may be repeated.",
                valueName: "number=reason"))
        var objection: [String] = []
        @OptionGroup var step: StepOptions

        func run() async throws {
            let objections = try objection.map { text -> JSONValue in
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, let number = Int64(parts[0]) else {
                    throw ValidationError(
                        "“\(text)” should be the number of a reading and what is wrong: 3=which account?"
                    )
                }
                return ["reading": .integer(number), "reason": .string(parts[1])]
            }
            try await step.move(set, to: .returned, reason: reason, objections: objections)
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a set back.",
            discussion: """
                An accepted set leaves the record, for which --reason and --yes are needed; summaries as of an earlier \
                moment still count it.
                """)

        @Argument(help: "The result set's id.") var set: String
        @Option(help: "Why; needed for an accepted set.") var reason: String?
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var step: StepOptions

        func run() async throws {
            try await step.move(set, to: .withdrawn, reason: reason) { standing in
                guard standing.status == .accepted else { return }
                try confirmation.confirm("The accepted set \(standing.id) will leave the record.")
            }
        }
    }

    /// What every step shares.
    struct StepOptions: ParsableArguments {
        @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "day"))
        var on: String?
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func move(
            _ set: String, to next: ResultSetStatus, reason: String? = nil,
            objections: [JSONValue] = [], unless check: (ResultSet) throws -> Void = { _ in }
        ) async throws {
            var draft = TransitionBody(to: next.rawValue, reason: reason, on: on).draft
            draft.set("objections", value: objections.isEmpty ? nil : .array(objections))
            let body = draft.value
            let transition = try ReviewTransition(body)
            try await Session.acting(as: actor.principal) { session in
                let id: ResultSet.ID = try session.id(set, of: "result set")
                let old = try await session.registry.resultSet(id, as: session.caller).set
                try check(old)
                let moved = try await session.once(
                    "results move \(id)", body, write, document: \ResultSetDetail.document
                ) {
                    try await session.registry.moveResultSet(
                        id, transition.step, objections: transition.objections,
                        expecting: old.version, as: session.caller, once: $0)
                }
                output.show(step: moved)
            }
        }
    }
}

extension OutputOptions {
    /// A set after a step: its readings, findings and history as data only in JSON, where the API has them too.
    func show(step document: JSONValue) {
        guard format == .table, case .object(var object) = document else {
            return show(record: document, in: ResultsCommand.columns)
        }
        let findings = object["findings"]?.array ?? []
        for apart in ["readings", "findings", "objections", "history"] { object[apart] = nil }
        show(record: .object(object), in: ResultsCommand.columns)
        for line in findings.flatMap(FindingText.lines(of:)) { Surroundings.console.print(line) }
    }
}
