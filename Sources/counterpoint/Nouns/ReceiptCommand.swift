// counterpoint receipt: from a quoted figure back to what it was made of.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "What a quoted figure was made of.",
        discussion: "  counterpoint receipt show sha256:2c5d…",
        subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the result sets behind a receipt.",
            discussion: """
                The question behind the digest is asked again with the rights of whoever asks, and answered only if the \
                digest comes out the same: a receipt cannot be forged.
                """)

        @Argument(help: "The digest, as a summary prints it.") var digest: String
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        private static let columns = [
            Column("RESULT SET", "resultSet"), Column("CHANNEL", "channel"), Column("ROLE", "role"),
            Column("CUT BY", "breakdown"), Column("FROM", "from"), Column("TO", "to"),
            Column("ACCEPTED AT", "acceptedRevision", .number),
            Column("DIGEST", "digest", cut: .max),
        ]

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let receipt = try await session.registry.receipt(digest, as: session.caller)
                guard output.format != .json else {
                    return output.show(record: receipt.document, in: Self.columns)
                }
                output.show(receipt.sets.map(\.document), in: Self.columns)
            }
        }
    }
}
