// counterpoint organisation duplicates, merge, unmerge: organisations that were registered twice.

import ArgumentParser
import CounterpointModel
import CounterpointRecords
import FoundationEssentials

extension OrganisationCommand {
    struct Duplicates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find organisations that are likely the same.",
            discussion: """
                By register numbers that differ in nothing but writing, and by names that are much \
                alike. It only finds: `organisation merge` is yours to decide.
                """)

        @Option(help: "Only in this country.") var country: Country?
        @Option(help: ArgumentHelp("How many pairs at most.", valueName: "count")) var limit = 50
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        private static let columns = [
            Column("ALIKE", "score", .number), Column("WHY", "reason"),
            Column("FIRST", "first.id"), Column("", "first.name"), Column("SECOND", "second.id"),
            Column("", "second.name"), Column("EVIDENCE", "evidence"),
        ]

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let pairs = try await session.registry.likelyDuplicates(
                    in: country, limit: limit, as: session.caller
                ).map(\.document)
                guard output.format != .json else { return output.show(pairs, in: Self.columns) }
                guard !pairs.isEmpty || output.format == .csv else {
                    return Surroundings.console.print("No two organisations look like one.")
                }
                output.show(pairs.map(Self.flat), in: Self.columns)
            }
        }

        /// Columns name members, and the two organisations come as a list.
        private static func flat(_ pair: JSONValue) -> JSONValue {
            guard case .object(var object) = pair else { return pair }
            object["first"] = pair["organisations"]?[0]
            object["second"] = pair["organisations"]?[1]
            return .object(object)
        }
    }

    static let mergeColumns = [
        Column("ID", "id"), Column("LOST", "lostId"), Column("SURVIVOR", "survivorId"),
        Column("AT", "mergedAt", .instant), Column("REASON", "reason"),
    ]

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Merge an organisation's record into another's.",
            discussion: """
                Everything of the first moves to the second, its name becomes an alias there, and \
                its id leads there from then on. `organisation unmerge` takes it back.

                  counterpoint organisation merge "Voices (old)" --into Voices \\
                      --reason "registered twice"
                """)

        @Argument(help: "The organisation that goes, by id or name.") var organisation: String
        @Option(help: "The organisation that stays, by id or name.") var into: String
        @Option(help: "How you know that they are one.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let lost = try await session.organisation(organisation)
                let survivor = try await session.organisation(into)
                let body: JSONValue = [
                    "organisationId": .string(lost.text), "reason": .string(reason),
                ]
                let new = try NewOrganisationMerge(body)
                let made = try await session.once(
                    "organisation merge \(survivor)", body, write, document: \.document
                ) {
                    try await session.registry.mergeOrganisations(
                        new, into: survivor, as: session.caller, once: $0)
                }
                output.show(record: made, in: mergeColumns)
            }
        }
    }

    struct Unmerge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a merge back.",
            discussion: """
                What moved goes back. What was added to the survivor meanwhile stays there, and is \
                named.
                """)

        @Argument(help: "The id of the merge, or of the organisation that went.") var merge: String
        @Option(help: "Why.") var reason: String?
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id: Identifier<Void> = try session.id(merge, of: "merge")
                var draft = BodyDraft()
                draft.set("reason", reason)
                let body = draft.value
                let undoing = try MergeUndoing(body)
                let undone = try await session.once(
                    "organisation unmerge \(id)", body, write, document: \.document
                ) {
                    try await session.registry.undoMerge(
                        id.uuid, reason: undoing.reason, as: session.caller, once: $0)
                }
                output.show(record: undone, in: mergeColumns)
            }
        }
    }
}
