// Summaries of accepted results, and what their figures were made of.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

struct SummaryRoutes {
    let registry: Registry

    var results: Operation {
        Operation(
            "summariseResults", "Summarise results over a scope",
            "Counts, quantities and money are added; people are never added but given as a range. "
                + "As JSON, or with Accept: text/csv as a table.",
            tag: .summaries, query: Self.parameters,
            answers: [
                AnswerShape(
                    status: 200, help: "The figures.",
                    contents: [
                        .init(type: .json, schema: .named("Summary")),
                        .init(type: .csv, schema: .text("One row a figure, with a header.")),
                    ])
            ],
            problems: [.refusedInput]
        ) { [registry] exchange in
            let summary = try await registry.summary(
                Self.question(exchange.query), as: exchange.caller)
            guard exchange.accepted == .csv else { return .json(summary.document) }
            return Answer(
                status: .ok,
                headers: [
                    .contentType: MediaType.csv.fieldValue,
                    .contentDisposition: "attachment; filename=\"results.csv\"",
                ],
                body: summary.csv)
        }
    }

    var receipt: Operation {
        Operation(
            "readReceipt", "Read what a figure was made of",
            "Answers those who may ask the question behind it, with the same figures.",
            tag: .summaries, answers: [.one(.named("Receipt"), "The sets behind the figure.")]
        ) { [registry] exchange in
            .digested(
                try await registry.receipt(exchange.variable("digest"), as: exchange.caller)
                    .document)
        }
    }

    private static let parameters: [QueryParameter] = [
        .id("programme", "Only these programmes.", repeats: true),
        .id("grant", "Only campaigns with these grants.", repeats: true),
        .id("organisation", "Only campaigns of these organisations.", repeats: true),
        .id("campaign", "Only these campaigns.", repeats: true),
        .one("channel", of: Channel.self, "Only these channels.", repeats: true),
        .country("Only campaigns wholly in these countries.", repeats: true),
        QueryParameter("from", .day, "The first day."),
        QueryParameter("to", .day, "The last day."),
        QueryParameter(
            "groupBy", .words(GroupDimension.allCases.map(\.rawValue)),
            "By what to divide, in this order."),
        QueryParameter("asOf", .instant, "Answer as the record stood then."),
        QueryParameter(
            "pending", .flag, "Also count what waits for review and the caller may see.",
            fallback: false),
        QueryParameter("receipts", .flag, "List the sets behind each group.", fallback: false),
    ]

    private static func question(_ query: QueryValues) throws -> SummaryQuestion {
        var question = SummaryQuestion()
        question.programmes = query.ids("programme")
        question.grants = query.ids("grant")
        question.organisations = query.ids("organisation")
        question.campaigns = query.ids("campaign")
        question.channels = query.choices("channel")
        question.countries = query.countries
        question.from = query.day("from")
        question.to = query.day("to")
        question.groupBy = query.words("groupBy").compactMap(GroupDimension.init(rawValue:))
        question.asOf = query.instant("asOf")
        question.pending = query.flag("pending")
        question.receipts = query.flag("receipts")
        if let from = question.from, let to = question.to, to < from {
            throw InvalidInput("to", "endsBeforeStart", "to lies before from.", kind: .refused)
        }
        return question
    }
}
