// counterpoint organisation merges: what was merged into an organisation, for whoever wants to take a merge back.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

extension OrganisationCommand {
    struct Merges: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was merged into an organisation.")

        @Argument(help: "The organisation, by id or name.") var organisation: String
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        private static let columns =
            mergeColumns + [Column("UNDONE", "undone.at", .instant)]

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let survivor = try await session.organisation(organisation)
                let list = try await page.read(\.document) {
                    try await session.registry.organisationMerges(
                        into: survivor, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: Self.columns,
                    empty: "Nothing was merged into this organisation.")
            }
        }
    }
}
