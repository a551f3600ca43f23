// counterpoint organisation: who takes part, under which names and numbers, and whether they may be given money.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct OrganisationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation",
        abstract: "Organisations: register, look up, change, and decide on their standing.",
        discussion: """
            Safety decides how an organisation appears to funders: public by name, alias under its public alias (the \
            default), withheld not at all. A grant is awarded only to an organisation that is eligible.

              counterpoint organisation register --name "Voices" --kind civilSociety --country GB \\
                  --identifier GB-CHC:1090095
              counterpoint organisation move Voices --to eligible --reason "register and sanctions lists checked"
              counterpoint organisation list --standing registered
            """,
        subcommands: [
            Register.self, List.self, Show.self, Change.self, Move.self, Duplicates.self,
            Merge.self, Merges.self, Unmerge.self, ForgetContact.self,
        ])

    static let columns = [
        Column("ID", "id"), Column("NAME", "name"), Column("KIND", "kind"),
        Column("COUNTRY", "country"),
        Column("STANDING", "standing"), Column("SAFETY", "safety"),
    ]

    /// What registering and changing have in common.
    struct Members: ParsableArguments {
        @Option(help: "Its legal name.") var name: String?
        @Option(help: "What it is.") var kind: OrganisationKind?
        @Option(help: "Its country, as ISO 3166 writes it: GB.") var country: String?
        @Option(
            help: ArgumentHelp(
                "A register number, e.g. GB-CHC:1090095 (org-id.guide); may be repeated.",
                valueName: "scheme:id"))
        var identifier: [String] = []
        @Option(help: ArgumentHelp("Another name; may be repeated.", valueName: "name")) var alias:
            [String] = []
        @Option(help: "The name under which it is published.") var publicAlias: String?
        @Option(
            help: ArgumentHelp("A language it works in: uk; may be repeated.", valueName: "code"))
        var language: [String] = []
        @Option(help: "How it may appear.") var safety: SafetyLevel?

        func add(to draft: inout BodyDraft) throws {
            draft.set("name", name)
            draft.set("kind", kind?.rawValue)
            draft.set("country", country)
            try draft.set("identifiers", pairs: identifier, "scheme", "id")
            draft.set("aliases", list: alias)
            draft.set("publicAlias", publicAlias)
            draft.set("languages", list: language)
            draft.set("safety", safety?.rawValue)
        }
    }

    struct Register: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Register an organisation.")

        @OptionGroup var members: Members
        @OptionGroup var input: BodyOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var draft = try input.draft()
            try members.add(to: &draft)
            let new = try NewOrganisation(draft.value)
            try await Session.acting(as: actor.principal) { [draft] session in
                let made = try await session.once(
                    "organisation register", draft.value, write, document: \.document
                ) {
                    try await session.registry.registerOrganisation(
                        new, as: session.caller, once: $0)
                }
                output.show(record: made, in: columns)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List organisations.")

        @Option(help: "Only of this kind.") var kind: OrganisationKind?
        @Option(help: "Only in this country.") var country: Country?
        @Option(help: "Only with this standing.") var standing: Standing?
        @Option(help: "Only with this safety level.") var safety: SafetyLevel?
        @Option(help: "Only those that take part in this programme, by id or name.") var programme:
            String?
        @Option(help: ArgumentHelp("Only the holder of this number.", valueName: "scheme:id"))
        var identifier: String?
        @Option(help: "Part of the name or of an alias.") var name: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = OrganisationFilter()
                filter.kind = kind
                filter.country = country
                filter.standing = standing
                filter.safety = safety
                filter.programme = try await session.programme(orNil: programme)
                filter.identifier = try identifier.map(Self.read(identifier:))
                filter.name = name
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.organisations(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty: "There are none. Register one: counterpoint organisation register --help"
                )
            }
        }

        private static func read(identifier: String) throws -> OrganisationIdentifier {
            let parts = identifier.split(separator: ":", maxSplits: 1)
            guard parts.count == 2,
                let read = try? OrganisationIdentifier(scheme: parts[0], id: parts[1])
            else {
                throw CommandFailure(
                    .usage,
                    "“\(identifier)” is no register number: write GB-CHC:1090095, with a list of org-id.guide."
                )
            }
            return read
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one organisation.")

        @Argument(help: "The organisation, by id or name.") var organisation: String
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let found = try await session.registry.organisation(
                    try await session.organisation(organisation), as: session.caller)
                output.show(record: found.document, in: columns)
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change an organisation's record.",
            discussion:
                "Lists that are named replace those that stand. To clear a member, send null with --body."
        )

        @Argument(help: "The organisation, by id or name.") var organisation: String
        @OptionGroup var members: Members
        @OptionGroup var input: BodyOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var draft = try input.draft()
            try members.add(to: &draft)
            guard !draft.object.isEmpty else {
                throw ValidationError("Say what to change; --help lists the options.")
            }
            let change = try OrganisationChange(draft.value)
            try await Session.acting(as: actor.principal) { [draft] session in
                let id = try await session.organisation(organisation)
                let version = try await session.version(of: id)
                let changed = try await session.once(
                    "organisation change \(id)", draft.value, write, document: \.document
                ) {
                    try await session.registry.changeOrganisation(
                        id, change, expecting: version, as: session.caller, once: $0)
                }
                output.show(record: changed, in: columns)
            }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide on an organisation's standing.",
            discussion:
                "From registered to eligible, to suspended and back, or to struckOff, which is for good."
        )

        @Argument(help: "The organisation, by id or name.") var organisation: String
        @Option(help: "Where to.") var to: Standing
        @Option(help: "What was checked, or why.") var reason: String?
        @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "day"))
        var on: String?
        @Option(help: "Where it was checked: a register, a report.") var source: String?
        @Option(help: ArgumentHelp("The last day on which the clearance holds.", valueName: "day"))
        var expiresOn: String?
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var draft = BodyDraft()
            draft.set("to", to.rawValue)
            draft.set("reason", reason)
            draft.set("on", on)
            draft.set("source", source)
            draft.set("expiresOn", expiresOn)
            let transition = try StandingTransition(draft.value)
            try await Session.acting(as: actor.principal) { [draft] session in
                let id = try await session.organisation(organisation)
                let version = try await session.version(of: id)
                if to == .struckOff {
                    try confirmation.confirm("“\(organisation)” will be struck off.")
                }
                let moved = try await session.once(
                    "organisation move \(id)", draft.value, write, document: \.document
                ) {
                    try await session.registry.moveOrganisation(
                        id, transition, expecting: version, as: session.caller, once: $0)
                }
                output.show(record: moved, in: columns)
            }
        }
    }
}

extension Session {
    /// The version that stands; nil for who may not read the record, and so may not change it either.
    fileprivate func version(of id: Organisation.ID) async throws -> Int64 {
        switch try await registry.organisation(id, as: caller) {
        case .full(let organisation): return organisation.version
        case .published:
            throw CommandFailure(
                .notPermitted,
                "The principal you act as may look at this organisation and not change it.")
        }
    }
}
