// counterpoint summary: what the record says, people as ranges.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct SummaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "What the accepted results come to.",
        discussion: """
              counterpoint summary results --group-by campaign
              counterpoint summary results --programme "Voices of reason" --from 2024-01-01 --to 2024-12-31 \\
                  --group-by channel,month --output csv
            """,
        subcommands: [Results.self])

    struct Results: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add up what adds, and bound what does not.",
            discussion: """
                People reached on several channels or by several advertisements may be the same people: unless a source \
                counted them together, the answer is a range that holds the truth. Every group has a receipt, from which \
                `counterpoint receipt show` tells what the figures were made of.
                """)

        @Option(help: "A programme, by id or name; may be repeated.") var programme: [String] = []
        @Option(help: "A grant, by id or title; may be repeated.") var grant: [String] = []
        @Option(help: "An organisation, by id or name; may be repeated.") var organisation:
            [String] = []
        @Option(help: "A campaign, by id or name; may be repeated.") var campaign: [String] = []
        @Option(help: "A channel; may be repeated.") var channel: [Channel] = []
        @Option(help: ArgumentHelp("A country; may be repeated.", valueName: "code")) var country:
            [Country] = []
        @Option(help: ArgumentHelp("The first day.", valueName: "day")) var from: Day?
        @Option(help: ArgumentHelp("The last day.", valueName: "day")) var to: Day?
        @Option(
            help: ArgumentHelp(
                "Divide by \(GroupDimension.allCases.map(\.rawValue).joined(separator: ", ")); several with commas.",
                valueName: "dimensions"))
        var groupBy: [String] = []
        @Option(
            help: ArgumentHelp(
                "As the record stood then: 2024-05-01T00:00:00Z.", valueName: "instant"))
        var asOf: Instant?
        @Flag(help: "Count also what waits for review.") var pending = false
        @Flag(help: "Name the result sets behind each group.") var receipts = false
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let dimensions = try self.dimensions()
            try await Session.acting(as: actor.principal) { session in
                var question = SummaryQuestion()
                for text in programme {
                    question.programmes.append(try await session.programme(text))
                }
                for text in grant { question.grants.append(try await session.grant(text)) }
                for text in organisation {
                    question.organisations.append(try await session.organisation(text))
                }
                for text in campaign { question.campaigns.append(try await session.campaign(text)) }
                question.channels = channel
                question.countries = country
                question.from = from
                question.to = to
                question.groupBy = dimensions
                question.asOf = asOf
                question.pending = pending
                question.receipts = receipts
                let summary = try await session.registry.summary(question, as: session.caller)
                switch output.format {
                case .json: Surroundings.console.print(summary.document.text)
                case .csv: Surroundings.console.write(summary.csv)
                case .table:
                    Surroundings.console.print(
                        SummaryText(summary, emphasised: Surroundings.console.outputIsTerminal).text
                    )
                }
            }
        }

        private func dimensions() throws -> [GroupDimension] {
            var dimensions: [GroupDimension] = []
            for name in groupBy.flatMap({ $0.split(separator: ",") }) {
                guard let dimension = GroupDimension(rawValue: String(name)) else {
                    let possible = GroupDimension.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--group-by \(name): divide by \(possible).")
                }
                if dimensions.contains(dimension) {
                    throw ValidationError("--group-by names \(name) twice.")
                }
                dimensions.append(dimension)
            }
            if let from, let to, to < from { throw ValidationError("--to lies before --from.") }
            return dimensions
        }
    }
}
