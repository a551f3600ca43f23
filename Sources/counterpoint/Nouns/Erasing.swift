// counterpoint principal erase, organisation forget-contact: people who ask to be forgotten.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

extension PrincipalCommand {
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Forget a person: name, token labels, provider links, and what the log says of them.",
            discussion: """
                The id stays, so that what was done is still done by one and the same nobody; `audit verify` still \
                passes and counts what was erased. Links to an OpenID provider's user go too. Backups and the server's own \
                logs are not reached: keep what `audit erasures` prints, and give it to `audit erasures --again` after \
                restoring an older backup.

                  counterpoint principal erase "Edith Editor" --reason "asked to be forgotten, case 12"
                """)

        @Argument(help: "The principal, by id or name.") var principal: String
        @Option(help: "Why; it stays in the log, so name nobody in it.") var reason: String
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.principal(principal)
                try confirmation.confirm(
                    "What is known of “\(principal)” will be destroyed, in the log as well.")
                let done = try await session.registry.erasePrincipal(
                    id, reason: reason, as: session.caller)
                output.show(
                    record: done.document(id.text), in: Erasure.columns)
            }
        }
    }
}

extension OrganisationCommand {
    struct ForgetContact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forget-contact",
            abstract: "Forget a contact of an organisation, in the log as well.",
            discussion: """
                Removes the contact and destroys the content of every entry of the log that names it; `audit verify` \
                still passes and counts what was erased. The erasure's own entry keeps a mark from which nobody learns \
                the name: after restoring an older backup, `audit erasures --again` does the erasure again by it, or this \
                command with --mark.

                  counterpoint organisation forget-contact Voices --name "Anna Example" --reason "asked, case 13"
                """)

        @Argument(help: "The organisation, by id or name.") var organisation: String
        @Option(help: "The contact's name, exactly.") var name: String?
        @Option(
            help: ArgumentHelp("The mark that an earlier erasure left.", valueName: "hex"))
        var mark: String?
        @Option(help: "Why; it stays in the log, so name nobody in it.") var reason: String
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (name == nil) != (mark == nil) else {
                throw ValidationError("Say which contact: --name or --mark, one of the two.")
            }
        }

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.organisation(organisation)
                try confirmation.confirm(
                    "What is known of this contact will be destroyed, in the log as well.")
                let done = try await session.registry.forgetContact(
                    name.map { .named($0) } ?? .marked(mark ?? ""), of: id, reason: reason,
                    as: session.caller)
                output.show(
                    record: done.document(id.text), in: Erasure.columns)
            }
        }
    }
}

extension Erasure {
    fileprivate static let columns = [
        Column("ABOUT", "id"), Column("ENTRIES ERASED", "entriesErased", .number),
    ]

    fileprivate func document(_ id: String) -> JSONValue {
        ["id": .string(id), "entriesErased": .integer(Int64(entries))]
    }
}
