// counterpoint principal: people and programs that may sign in.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct PrincipalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "principal",
        abstract: "People and programs that may sign in.",
        discussion: """
            A principal has one role. NGO members and funders act for an organisation, which must be registered first; \
            a programme manager gets the programmes that they add, and those named here.

              counterpoint principal add --name "Mina Manager" --role programmeManager
              counterpoint principal add --name "Edith Editor" --role ngoEditor --organisation "Mental Health for Ukraine"
              counterpoint token issue --principal "Edith Editor" --label laptop
            """,
        subcommands: [Add.self, List.self, Disable.self, Erase.self])

    static let columns = [
        Column("ID", "id"), Column("NAME", "name"), Column("ROLE", "role"),
        Column("ORGANISATION", "organisationId"), Column("DISABLED", "disabledAt", .instant),
    ]

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a principal.")

        @Option(help: "How people know it.") var name: String
        @Option(help: "What it may do.") var role: Role
        @Option(
            help: ArgumentHelp(
                "The organisation it acts for, by id or name.", valueName: "organisation"))
        var organisation: String?
        @Option(
            help: ArgumentHelp(
                "A programme that it manages, by id or name; may be repeated.",
                valueName: "programme"))
        var programme: [String] = []
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var programmes: [Programme.ID] = []
                for text in programme { programmes.append(try await session.programme(text)) }
                let new = NewPrincipal(
                    name: name, role: role,
                    organisationId: try await session.organisation(orNil: organisation))
                let input: JSONValue = [
                    "name": .string(name), "role": .string(role.rawValue),
                    "organisation": .string(orNull: new.organisationId?.text),
                    "programmes": .array(programmes.map { .string($0.text) }),
                ]
                let made = try await session.once(
                    "principal add", input, write, document: \.document
                ) { [programmes] in
                    try await session.registry.addPrincipal(
                        new, managing: programmes, as: session.caller, once: $0)
                }
                output.show(record: made, in: columns)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List principals.")

        @Option(help: "Only those of this role.") var role: Role?
        @Option(help: "Only those of this organisation, by id or name.") var organisation: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = PrincipalFilter()
                filter.role = role
                filter.organisation = try await session.organisation(orNil: organisation)
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.principals(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty:
                        "There are none. Add one: counterpoint principal add --name … --role programmeManager"
                )
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a principal's access.",
            discussion:
                "Its tokens open nothing from the next request on. What it did stays in the audit log."
        )

        @Argument(help: "The principal, by id or name.") var principal: String
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.principal(principal)
                try confirmation.confirm("“\(principal)” will not be able to sign in again.")
                let ended = try await session.once(
                    "principal disable", .string(id.text), write, document: \.document
                ) {
                    try await session.registry.disablePrincipal(id, as: session.caller, once: $0)
                }
                output.show(record: ended, in: columns)
            }
        }
    }
}
