// counterpoint audit erasures: who was forgotten, by id, to be kept elsewhere and done again after a restore.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

extension AuditCommand {
    struct Erasures: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was erased, or erase it again after a backup was restored.",
            discussion: """
                A backup from before an erasure brings the person back. Keep this list where the restore does not reach, as \
                new as the newest erasure; it holds ids and marks, and names nobody. Erasing again what is still erased \
                changes nothing but the log.

                  counterpoint audit erasures --output json > erasures.json     # and take it to another machine
                  counterpoint audit erasures --again erasures.json             # after restoring
                """)

        @Option(
            help: ArgumentHelp(
                "Do the erasures of this list again; - for standard input.", valueName: "file"))
        var again: String?
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        private static let columns = [
            Column("AT", "at", .instant), Column("ERASURE", "erasure"), Column("ABOUT", "id"),
            Column("MARK", "mark"), Column("REASON", "reason"),
        ]
        private static let columnsAgain = [
            Column("ERASURE", "erasure"), Column("ABOUT", "id"), Column("DONE", "done"),
            Column("ENTRIES ERASED", "entriesErased", .number),
        ]

        func run() async throws {
            let list = try again.map(Self.read)
            try await Session.acting(as: actor.principal) { session in
                guard let list else {
                    let past = try await session.registry.erasures(as: session.caller)
                    return output.show(past.map(\.document), in: Self.columns)
                }
                try confirmation.confirm(
                    "What is known of \(list.count) people will be destroyed, in the log as well.")
                var done: [JSONValue] = []
                for past in list {
                    let erasure = try await session.registry.eraseAgain(past, as: session.caller)
                    guard case .object(var object) = past.document else { continue }
                    object["done"] = .string(erasure == nil ? "nothing is left" : "erased")
                    object["entriesErased"] = .integer(Int64(erasure?.entries ?? 0))
                    done.append(.object(object))
                }
                output.show(done, in: Self.columnsAgain)
            }
        }

        /// All or nothing: a list that is read in part would leave people known.
        private static func read(_ path: String) throws -> [PastErasure] {
            let list = try? JSONParser.parse(InputFile.bytes(path), limits: .ownDocument)
            let past = list?.array?.map(PastErasure.init(document:))
            guard let past, !past.contains(nil) else {
                throw CommandFailure(
                    .dataRefused,
                    "\(path) is no list of erasures. Give it what `counterpoint audit erasures --output json` printed."
                )
            }
            return past.compactMap { $0 }
        }
    }
}
