// counterpoint principal link, unlink, identities: who a provider's users are here.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

extension PrincipalCommand {
    static let identityColumns = [
        Column("ID", "id"), Column("PRINCIPAL", "principalId"), Column("ISSUER", "issuer"),
        Column("SUBJECT", "subject"), Column("LINKED", "createdAt", .instant),
        Column("ENDED", "endedAt", .instant),
    ]

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a user of an OpenID provider sign in as a principal.",
            discussion: """
                Issuer and subject are those of the provider's tokens (iss, and sub unless COUNTERPOINT_OIDC_CLAIM says \
                otherwise), letter by letter.

                  counterpoint principal link "Mina Manager" --issuer https://login.example.org --subject 248289761001
                """)

        @Argument(help: "The principal, by id or name.") var principal: String
        @Option(help: "The provider, as its tokens name it.") var issuer: String
        @Option(help: "The user, as the provider's tokens name it.") var subject: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.principal(principal)
                let input: JSONValue = [
                    "principal": .string(id.text), "issuer": .string(issuer),
                    "subject": .string(subject),
                ]
                let made = try await session.once(
                    "principal link", input, write, document: \.document
                ) {
                    try await session.registry.linkIdentity(
                        issuer: issuer, subject: subject, to: id, as: session.caller, once: $0)
                }
                output.show(record: made, in: identityColumns)
            }
        }
    }

    struct Unlink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End such a link.",
            discussion: "The identity opens nothing from the next request on; the principal stays.")

        @Argument(help: "The link's id, as `counterpoint principal identities` shows it.")
        var identity: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id: PrincipalIdentity.ID = try session.id(identity, of: "link")
                let ended = try await session.once(
                    "principal unlink", .string(id.text), write, document: \.document
                ) { try await session.registry.unlinkIdentity(id, as: session.caller, once: $0) }
                output.show(record: ended, in: identityColumns)
            }
        }
    }

    struct Identities: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the users of providers that may sign in.")

        @Option(help: "Only those of this principal, by id or name.") var principal: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = IdentityFilter()
                if let principal { filter.principal = try await session.principal(principal) }
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.identities(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: identityColumns,
                    empty:
                        "There are none. Link one: counterpoint principal link … --issuer … --subject …"
                )
            }
        }
    }
}
