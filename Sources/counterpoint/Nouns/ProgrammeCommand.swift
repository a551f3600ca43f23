// counterpoint programme: a period, a currency, a budget and who funds it.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme",
        abstract: "Programmes that give grants.",
        discussion: """
            A manager who adds a programme manages it; one that the administrator adds is given to managers with \
            `principal add --programme`.

              counterpoint programme add --as "Mina Manager" --name "Voices of reason" --currency EUR \\
                  --budget 250000.00 --starts-on 2024-01-01 --ends-on 2026-12-31 --funder "Fund"
              counterpoint programme show "Voices of reason"
            """,
        subcommands: [Add.self, List.self, Show.self])

    static let columns = [
        Column("ID", "id"), Column("NAME", "name"), Column("BUDGET", "budget", .money),
        Column("FROM", "startsOn"), Column("TO", "endsOn"),
    ]

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a programme.")

        @Option(help: "Its name.") var name: String?
        @Option(help: "The currency it is kept in: EUR.") var currency: String?
        @Option(
            help: ArgumentHelp(
                "What may be committed in all, in that currency.", valueName: "amount"))
        var budget: String?
        @Option(help: ArgumentHelp("Its first day.", valueName: "day")) var startsOn: String?
        @Option(help: ArgumentHelp("Its last day.", valueName: "day")) var endsOn: String?
        @Option(
            help: ArgumentHelp(
                "An organisation that funds it, by id or name; may be repeated.",
                valueName: "organisation"))
        var funder: [String] = []
        @OptionGroup var input: BodyOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let given = try input.draft()
            try await Session.acting(as: actor.principal) { session in
                var draft = given
                draft.set("name", name)
                draft.set("currency", currency)
                draft.set(
                    "budget",
                    value: budget.map {
                        ["amount": .string($0), "currency": draft.object["currency"] ?? .null]
                    })
                draft.set("startsOn", startsOn)
                draft.set("endsOn", endsOn)
                var funders: [String] = []
                for text in funder { funders.append(try await session.organisation(text).text) }
                draft.set("funderIds", list: funders)
                let new = try NewProgramme(draft.value)
                let made = try await session.once(
                    "programme add", draft.value, write, document: \.document
                ) { try await session.registry.addProgramme(new, as: session.caller, once: $0) }
                output.show(record: made, in: columns)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List programmes.")

        @Option(help: "Only those that this organisation funds, by id or name.") var funder: String?
        @Option(help: ArgumentHelp("Only those that run on that day.", valueName: "day")) var on:
            Day?
        @Option(help: "Part of the name.") var name: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = ProgrammeFilter()
                filter.funder = try await session.organisation(orNil: funder)
                filter.on = on
                filter.name = name
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.programmes(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty:
                        "There are none. Add one (counterpoint programme add --help), or load the demonstration "
                        + "(counterpoint demo load).")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one programme.")

        @Argument(help: "The programme, by id or name.") var programme: String
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let found = try await session.registry.programme(
                    try await session.programme(programme), as: session.caller)
                output.show(record: found.document, in: columns)
            }
        }
    }
}
