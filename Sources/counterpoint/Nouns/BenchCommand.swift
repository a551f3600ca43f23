// counterpoint bench: what `make bench` needs from the tool.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Material for measuring an installation.",
        shouldDisplay: false,
        subcommands: [Statements.self])

    struct Statements: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the statements of one summary as a script for pgbench -M prepared.")

        @Option(help: "The token that asks.") var token: String
        @Option(help: "The request, such as /v1/summaries/results?groupBy=campaign.") var request:
            String

        func run() async throws {
            guard let secret = TokenSecret(token) else {
                throw ValidationError(
                    "--token is not a token: it begins with cpt_ and has 40 characters.")
            }
            let path = "/v1/summaries/results"
            guard request == path || request.hasPrefix(path + "?groupBy=") else {
                throw ValidationError("--request is \(path), with ?groupBy=… at most.")
            }
            let words = request.dropFirst(path.count + "?groupBy=".count).split(separator: ",")
            let dimensions = words.compactMap { GroupDimension(rawValue: String($0)) }
            guard dimensions.count == words.count else {
                throw ValidationError(
                    "groupBy takes \(GroupDimension.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            Surroundings.console.print(SummaryBench.script(groupBy: dimensions, token: secret))
        }
    }
}
