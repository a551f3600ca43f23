// counterpoint grant: money promised to an organisation, from draft to its end.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct GrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant",
        abstract: "Grants of a programme to organisations.",
        discussion: """
            A grant goes from draft to submitted, underReview, awarded and active; only an eligible organisation is \
            awarded one, and only within the programme's budget.

              counterpoint grant add --programme "Voices of reason" --organisation Voices --title "Voices online" \\
                  --amount 12500.00 --starts-on 2024-02-01 --ends-on 2024-12-31 --instalment 2024-02-15=12500.00
              counterpoint grant move "Voices online" --to submitted
              counterpoint grant move "Voices online" --to active --on 2024-02-01
            """,
        subcommands: [Add.self, List.self, Show.self, Move.self])

    static let columns = [
        Column("ID", "id"), Column("TITLE", "title"), Column("AMOUNT", "amount", .money),
        Column("FROM", "startsOn"), Column("TO", "endsOn"), Column("STATUS", "status"),
    ]

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Draft a grant.")

        @Option(help: "The programme that gives it, by id or name.") var programme: String?
        @Option(help: "The organisation that gets it, by id or name.") var organisation: String?
        @Option(help: "What it is for.") var title: String?
        @Option(help: "Under which title funders read of it, if not under its own.")
        var publicTitle: String?
        @Option(help: "How much, in the programme's currency.") var amount: String?
        @Option(help: ArgumentHelp("Its first day.", valueName: "day")) var startsOn: String?
        @Option(help: ArgumentHelp("Its last day.", valueName: "day")) var endsOn: String?
        @Option(
            help: ArgumentHelp(
                "A part of the amount and the day it is due, e.g. 2024-02-15=5000.00; may be repeated.",
                valueName: "day=amount"))
        var instalment: [String] = []
        @OptionGroup var input: BodyOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let given = try input.draft()
            try await Session.acting(as: actor.principal) { session in
                var draft = given
                if let programme {
                    draft.set("programmeId", try await session.programme(programme).text)
                }
                if let organisation {
                    draft.set("organisationId", try await session.organisation(organisation).text)
                }
                draft.set("title", title)
                draft.set("publicTitle", publicTitle)
                draft.set("startsOn", startsOn)
                draft.set("endsOn", endsOn)
                try await setMoney(in: &draft, session)
                let new = try NewGrant(draft.value)
                let made = try await session.once(
                    "grant add", draft.value, write, document: \.document
                ) { try await session.registry.addGrant(new, as: session.caller, once: $0) }
                output.show(record: made, in: columns)
            }
        }

        /// Amounts are typed without a currency: a grant is kept in its programme's.
        private func setMoney(in draft: inout BodyDraft, _ session: Session) async throws {
            guard amount != nil || !instalment.isEmpty else { return }
            guard let id = draft.object["programmeId"]?.string.flatMap({ Programme.ID($0) }) else {
                throw ValidationError(
                    "Name the --programme: it says which currency the amounts are in.")
            }
            let currency = try await session.registry.programme(id, as: session.caller).currency
                .code
            func money(_ text: some StringProtocol) -> JSONValue {
                ["amount": .string(String(text)), "currency": .string(currency)]
            }
            draft.set("amount", value: amount.map { money($0) })
            guard !instalment.isEmpty else { return }
            draft.set(
                "instalments",
                value: .array(
                    try instalment.map { text in
                        let parts = text.split(separator: "=", maxSplits: 1)
                        guard parts.count == 2 else {
                            throw ValidationError(
                                "“\(text)” should be a day and an amount: 2024-02-15=5000.00")
                        }
                        return ["dueOn": .string(String(parts[0])), "amount": money(parts[1])]
                    }))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List grants.")

        @Option(help: "Only of this programme, by id or name.") var programme: String?
        @Option(help: "Only of this organisation, by id or name.") var organisation: String?
        @Option(help: "Only with this status.") var status: GrantStatus?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = GrantFilter()
                filter.programme = try await session.programme(orNil: programme)
                filter.organisation = try await session.organisation(orNil: organisation)
                filter.status = status
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.grants(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty: "There are none. Draft one: counterpoint grant add --help")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one grant.")

        @Argument(help: "The grant, by id or title.") var grant: String
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let found = try await session.registry.grant(
                    try await session.grant(grant), as: session.caller)
                output.show(record: found.document, in: columns)
            }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move a grant to its next status.",
            discussion: "To active, --on is the day on which the agreement was signed.")

        @Argument(help: "The grant, by id or title.") var grant: String
        @Option(help: "Where to.") var to: GrantStatus
        @Option(help: "Why; needed where something is refused or taken back.") var reason: String?
        @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "day"))
        var on: String?
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let body = TransitionBody(to: to.rawValue, reason: reason, on: on).value
            let transition = try Transition<GrantStatus>(body)
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.grant(grant)
                let old = try await session.registry.grant(id, as: session.caller)
                if to.isFinal {
                    try confirmation.confirm("The grant “\(old.title)” will be \(to.rawValue).")
                }
                let moved = try await session.once(
                    "grant move \(id)", body, write, document: \.document
                ) {
                    try await session.registry.moveGrant(
                        id, transition, expecting: old.version, as: session.caller, once: $0)
                }
                output.show(record: moved, in: columns)
            }
        }
    }
}

/// `{"to","reason","on"}`.
struct TransitionBody {
    private(set) var draft = BodyDraft()

    var value: JSONValue { draft.value }

    init(to: String, reason: String?, on: String?) {
        draft.set("to", to)
        draft.set("reason", reason)
        draft.set("on", on)
    }
}
