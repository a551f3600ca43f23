// counterpoint campaign: what an organisation does with its grants.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct CampaignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign",
        abstract: "Campaigns and their briefs.",
        discussion: """
            A campaign draws on grants of its organisation; results are logged for a campaign. The brief (goal, audience, \
            message, messenger, media, action) and everything else goes in a file with --body.

              counterpoint campaign add --organisation Voices --grant "Voices online" --name "Spring 2024" \\
                  --starts-on 2024-03-01 --ends-on 2024-05-31 --country GB --channel meta --channel youtube
              counterpoint campaign move "Spring 2024" --to running
            """,
        subcommands: [Add.self, List.self, Show.self, Move.self])

    static let columns = [
        Column("ID", "id"), Column("NAME", "name"), Column("FROM", "startsOn"),
        Column("TO", "endsOn"),
        Column("CHANNELS", "channels"), Column("COUNTRIES", "countries"),
        Column("STATUS", "status"),
    ]

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Plan a campaign.")

        @Option(help: "Whose it is, by id or name.") var organisation: String?
        @Option(
            help: ArgumentHelp(
                "A grant it draws on, by id or title; may be repeated.", valueName: "grant"))
        var grant: [String] = []
        @Option(help: "Its name.") var name: String?
        @Option(help: "Under which funders read of it, if not under its name.")
        var publicName: String?
        @Option(help: ArgumentHelp("Its first day.", valueName: "day")) var startsOn: String?
        @Option(help: ArgumentHelp("Its last day.", valueName: "day")) var endsOn: String?
        @Option(help: ArgumentHelp("Where it runs: GB; may be repeated.", valueName: "code"))
        var country: [String] = []
        @Option(help: ArgumentHelp("In which language: en; may be repeated.", valueName: "code"))
        var language: [String] = []
        @Option(help: "On which channel; may be repeated.") var channel: [Channel] = []
        @Option(help: "How many people it is meant for.") var audienceSize: Int64?
        @OptionGroup var input: BodyOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let given = try input.draft()
            try await Session.acting(as: actor.principal) { session in
                var draft = given
                if let organisation {
                    draft.set("organisationId", try await session.organisation(organisation).text)
                }
                var grants: [String] = []
                for text in grant { grants.append(try await session.grant(text).text) }
                draft.set("grantIds", list: grants)
                draft.set("name", name)
                draft.set("publicName", publicName)
                draft.set("startsOn", startsOn)
                draft.set("endsOn", endsOn)
                draft.set("countries", list: country)
                draft.set("languages", list: language)
                draft.set("channels", list: channel.map(\.rawValue))
                draft.set("audienceSize", value: audienceSize.map(JSONValue.integer))
                let new = try NewCampaign(draft.value)
                let made = try await session.once(
                    "campaign add", draft.value, write, document: \.document
                ) { try await session.registry.addCampaign(new, as: session.caller, once: $0) }
                output.show(record: made, in: columns)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List campaigns.")

        @Option(help: "Only of this organisation, by id or name.") var organisation: String?
        @Option(help: "Only of this programme, by id or name.") var programme: String?
        @Option(help: "Only those that draw on this grant, by id or title.") var grant: String?
        @Option(help: "Only with this status.") var status: CampaignStatus?
        @Option(help: "Only on this channel.") var channel: Channel?
        @Option(help: "Only in this country.") var country: Country?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = CampaignFilter()
                filter.organisation = try await session.organisation(orNil: organisation)
                filter.programme = try await session.programme(orNil: programme)
                if let grant { filter.grant = try await session.grant(grant) }
                filter.status = status
                filter.channel = channel
                filter.country = country
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.campaigns(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty: "There are none. Plan one: counterpoint campaign add --help")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one campaign.")

        @Argument(help: "The campaign, by id or name.") var campaign: String
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let found = try await session.registry.campaign(
                    try await session.campaign(campaign), as: session.caller)
                output.show(record: found.document, in: columns)
            }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move a campaign to its next status.",
            discussion: "From planned to running, ended and evaluated, or to cancelled.")

        @Argument(help: "The campaign, by id or name.") var campaign: String
        @Option(help: "Where to.") var to: CampaignStatus
        @Option(help: "Why; needed to cancel.") var reason: String?
        @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "day"))
        var on: String?
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let body = TransitionBody(to: to.rawValue, reason: reason, on: on).value
            let transition = try Transition<CampaignStatus>(body)
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.campaign(campaign)
                let old = try await session.registry.campaign(id, as: session.caller)
                if to == .cancelled {
                    try confirmation.confirm("The campaign “\(old.name)” will be cancelled.")
                }
                let moved = try await session.once(
                    "campaign move \(id)", body, write, document: \.document
                ) {
                    try await session.registry.moveCampaign(
                        id, transition, expecting: old.version, as: session.caller, once: $0)
                }
                output.show(record: moved, in: columns)
            }
        }
    }
}
