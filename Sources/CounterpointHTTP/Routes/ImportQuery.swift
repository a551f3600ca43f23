// What a client says about a file in the query, and how the account of the file is answered: the same for the canonical
// CSV as results and for any file as an import.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

enum ImportQuery {
    static func parameters(of prefix: String = "") -> [QueryParameter] {
        [
            QueryParameter(
                "dryRun", .flag, "\(prefix)say what would happen, and store nothing.",
                fallback: false),
            QueryParameter(
                "partial", .flag, "\(prefix)take the sound rows of a file with faulty ones.",
                fallback: false),
            .one(
                "onOverlap", of: ImportOptions.OnOverlap.self,
                "\(prefix)what becomes of sets that stand for the same days."),
            .one("role", of: SetRole.self, "\(prefix)the role of the sets."),
            .one(
                "breakdown", of: Breakdown.self,
                "\(prefix)how the rows are cut, where the file does not say."),
        ]
    }

    /// For any file, what it may leave open besides.
    static let ofFile: [QueryParameter] =
        [
            QueryParameter(
                "format", .word(FileFormats.names),
                "What the file is: auto, or the id of a format of /v1/formats.", fallback: "auto"),
            QueryParameter(
                "from", .day, "The first day, for a file that states none; goes with to."),
            QueryParameter("to", .day, "The last day; goes with from."),
            .one("channel", of: Channel.self, "The channel, for a file that leaves it open."),
            QueryParameter(
                "currency", .word(Currency.all.map(\.code)),
                "What amounts are in, for a file that does not say."),
            QueryParameter(
                "dayOrder", .word(FileOptions.dayOrders),
                "How 03/04/2026 is to be read, where the file does not decide it."),
            QueryParameter(
                "numberStyle", .word(FileOptions.numberStyles),
                "How 1.234 is to be read, where the file does not decide it."),
            QueryParameter(
                "metric", .word(Metric.allCases.map(\.code)),
                "Which metric the figures are, for a file of one metric that does not name it."),
        ] + parameters()

    static func options(_ query: QueryValues) -> ImportOptions {
        var options = ImportOptions(
            dryRun: query.flag("dryRun"), partial: query.flag("partial"),
            role: query.choice("role"), breakdown: query.choice("breakdown"))
        options.onOverlap = query.choice("onOverlap") ?? .refuse
        return options
    }

    static func fileOptions(_ query: QueryValues) throws -> FileOptions {
        var options = FileOptions(
            format: query.text("format") ?? FileOptions.automatic, period: try period(query),
            channel: query.choice("channel"))
        options.currency = query.text("currency").flatMap { Currency($0) }
        options.dayOrder = query.text("dayOrder")
        options.numberStyle = query.text("numberStyle")
        options.metric = query.text("metric").flatMap { Metric(code: $0) }
        return options
    }

    private static func period(_ query: QueryValues) throws -> Period? {
        let (from, to) = (query.day("from"), query.day("to"))
        guard let from, let to else {
            guard from == nil, to == nil else {
                throw fault(
                    from == nil ? "from" : "to", "required",
                    "from and to go together: send both, or neither.")
            }
            return nil
        }
        guard let period = Period(from: from, to: to) else {
            throw fault("to", "endsBeforeStart", "to lies before from (\(from)).")
        }
        return period
    }

    private static func fault(_ name: String, _ code: String, _ detail: String) -> InvalidInput {
        InvalidInput(faults: [
            Fault(pointer: name, code: code, detail: detail, kind: .refused)
        ])
    }

    // MARK: Answering

    /// 201 when sets were made; 200 when nothing was to be stored, or stood already; 422 when the
    /// file was kept out, with the account in the problem.
    static func answer(_ account: ImportAnswer, _ campaign: Campaign.ID) -> Answer {
        if account.isDryRun || account.isUnchanged { return .json(account.document) }
        if account.resultSets.isEmpty { return ErrorResponses.answer(keptOut(account)) }
        return Answer.json(account.document).created(
            at: account.resultSets.count == 1
                ? "/v1/result-sets/\(account.resultSets[0])"
                : "/v1/campaigns/\(campaign)/result-sets")
    }

    /// What keeps the whole file out comes first: that it cannot be read, then what has to be asked, then rows.
    private static func keptOut(_ account: ImportAnswer) -> Problem {
        let reason =
            account.problems.first { $0.effect == .unreadable }
            ?? account.problems.first { $0.effect == .asked }
        let rows =
            account.accounting.rejected > 0
            ? "\(account.accounting.rejected) of \(account.accounting.rowsRead) rows were rejected, so "
                + "nothing was stored. Mend the rows that problems names, or ask with partial=true to "
                + "take the others."
            : "There is nothing in the file that could be stored."
        var problem = Problem(
            .refusedInput, reason?.detail ?? rows,
            code: reason?.code ?? (account.accounting.rejected > 0 ? "rowsRejected" : "noFigures"))
        problem.account = account.document.object
        return problem
    }

    /// 200 and 201 of a file.
    static let answers = [
        AnswerShape(
            status: 201, help: "The account of the file, with the sets that were made.",
            contents: [.init(type: .json, schema: .named("ImportAnswer"))],
            fields: [.init(name: "Location", help: "The set, or the campaign's sets."), .replayed],
            links: [
                .init(
                    name: "read", operationId: "readImport", parameter: "importId",
                    expression: "$response.body#/id")
            ]),
        AnswerShape(
            status: 200,
            help:
                "The account of a file of which nothing was stored: a dry run, or a file that was taken before.",
            contents: [.init(type: .json, schema: .named("ImportAnswer"))], fields: [.replayed]),
    ]
}
