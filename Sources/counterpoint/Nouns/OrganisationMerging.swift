// counterpoint organisation duplicates, merge, merges, unmerge: one organisation that was registered twice.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

extension OrganisationCommand {
    static let mergeColumns = [
        Column("ID", "id"), Column("MERGED AWAY", "lostId"), Column("INTO", "survivorId"),
        Column("AT", "mergedAt", .instant), Column("UNDONE", "undone.at", .instant),
        Column("REASON", "reason"),
    ]

    struct Duplicates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List organisations that are likely the same.",
            discussion: """
                Looks among the organisations that the principal may see: first for the same register number, whatever \
                its case and punctuation, then for names and aliases in one country that share most of their trigrams. \
                A score of 1 is certain. Nothing is changed; `organisation merge` does that.
                """)

        @Option(help: "Only in this country.") var country: Country?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        private static let columns = [
            Column("SCORE", "score"), Column("WHY", "reason"), Column("ID", "first.id"),
            Column("NAME", "first.name"),
            Column("ID", "second.id"), Column("NAME", "second.name"),
            Column("COUNTRY", "first.country"),
        ]

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let found = try await page.read(\.document) {
                    try await session.registry.likelyDuplicates(
                        in: country, page: $0, as: session.caller)
                }
                output.show(
                    page: found, in: Self.columns,
                    empty: "No two of the organisations look alike.")
            }
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Merge an organisation that was registered twice into its other record.",
            discussion: """
                Everything of it moves to the survivor; its name and numbers stay as the survivor's aliases and \
                identifiers, and the stricter safety level of the two holds. `organisation unmerge` takes it back.

                  counterpoint organisation merge "Voices Ltd" --into Voices --reason "same charity number"
                """)

        @Argument(help: "The record to merge away, by id or name.") var organisation: String
        @Option(help: "The record that stays, by id or name.") var into: String
        @Option(help: "Why they are the same.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let survivor = try await session.organisation(into)
                var draft = BodyDraft()
                draft.set("organisationId", try await session.organisation(organisation).text)
                draft.set("reason", reason)
                let new = try NewOrganisationMerge(draft.value)
                let made = try await session.once(
                    "organisation merge \(survivor)", draft.value, write, document: \.document
                ) {
                    try await session.registry.mergeOrganisations(
                        new, into: survivor, as: session.caller, once: $0)
                }
                output.show(record: made, in: mergeColumns)
            }
        }
    }

    struct Merges: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was merged into an organisation.")

        @Argument(help: "The organisation, by id or name.") var organisation: String
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let survivor = try await session.organisation(organisation)
                let merges = try await page.read(\.document) {
                    try await session.registry.organisationMerges(
                        into: survivor, page: $0, as: session.caller)
                }
                output.show(
                    page: merges, in: mergeColumns,
                    empty: "Nothing was merged into this organisation.")
            }
        }
    }

    struct Unmerge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a merge back.",
            discussion: """
                What moved goes back, with the results added to its campaigns since. What was added to the survivor \
                itself stays there and is listed. `organisation merges` shows the ids.
                """)

        @Argument(help: "The merge, by its id or that of the organisation that was merged away.")
        var merge: String
        @Option(help: "Why they are not the same.") var reason: String?
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id: OrganisationMerge.ID = try session.id(merge, of: "merge")
                var draft = BodyDraft()
                draft.set("reason", reason)
                let undoing = try MergeUndoing(draft.value)
                let undone = try await session.once(
                    "organisation unmerge \(id)", draft.value, write, document: \.document
                ) {
                    try await session.registry.undoMerge(
                        id.uuid, reason: undoing.reason, as: session.caller, once: $0)
                }
                output.show(record: undone, in: mergeColumns)
            }
        }
    }
}
