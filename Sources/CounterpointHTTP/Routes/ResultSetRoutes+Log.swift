// Logging results: as JSON one set, as canonical CSV a set for each channel in the file.

import CounterpointModel
import CounterpointRecords

extension ResultSetRoutes {
    var log: Operation {
        Operation(
            "logResultSet", "Log results of a campaign",
            "As JSON: one set, answered with the set. As text/csv in the canonical form: one set for "
                + "each channel, answered with an account of every row; the file's name may stand "
                + "in Content-Disposition. What stands for the same days and figures is a conflict "
                + "that names it.",
            tag: .results, query: Self.importParameters,
            body: BodyShape(contents: [
                .init(
                    type: .json, schema: .named("NewResultSet"),
                    bytesMax: Limits.resultSetBodyBytes),
                .init(
                    type: .csv, schema: .text("The canonical results CSV, UTF-8 with a header."),
                    bytesMax: Limits.csvBodyBytes, example: .string(Self.csvExample),
                    isStreamed: true),
            ]),
            answers: [Self.logged, Self.looked]
        ) { exchange in
            switch exchange.body {
            case .stream: try await importCSV(exchange)
            default: try await logOne(exchange)
            }
        }
    }

    private func logOne(_ exchange: Exchange) async throws -> Answer {
        try Self.refuseImportParameters(exchange.query)
        let answer = { @Sendable (made: ResultSetDetail) in
            Self.answer(made).created(at: "/v1/result-sets/\(made.set.id)")
        }
        let outcome = try await registry.logResultSet(
            try NewResultSet(exchange.json), for: try exchange.id("campaignId"),
            as: exchange.caller, once: exchange.once(answer))
        return exchange.answer(outcome, answer)
    }

    // MARK: What is described

    private static let csvExample = """
        channel,metric,from,to,value\r
        youtube,impressions,2017-03-01,2017-03-31,12500\r

        """

    private static func refuseImportParameters(_ query: QueryValues) throws {
        let faults = importParameters.map(\.name).filter { query.text($0) != nil }.map { name in
            Fault(
                pointer: name, code: "onlyForCSV",
                detail: "\(name) goes with a body of text/csv; in JSON it is a member of the body.",
                kind: .refused)
        }
        if !faults.isEmpty { throw InvalidInput(faults: faults) }
    }

    private static let logged = AnswerShape(
        status: 201, help: "The set that was made, or the account of the file.",
        contents: [
            .init(
                type: .json,
                schema: .either([.named("ResultSetDetail"), .named("ImportAnswer")]))
        ],
        fields: [
            .init(name: "Location", help: "The set, or the campaign's sets."),
            .init(name: "ETag", help: "The version of a single set.", isAlwaysThere: false),
            .replayed,
        ],
        links: [
            .init(
                name: "read", operationId: "readResultSet", parameter: "resultSetId",
                expression: "$response.body#/id")
        ])

    private static let looked = AnswerShape(
        status: 200,
        help:
            "The account of a file of which nothing was stored: a dry run, or a file that was taken before.",
        contents: [.init(type: .json, schema: .named("ImportAnswer"))], fields: [.replayed])
}
