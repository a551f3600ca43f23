// Canonical CSV: a file in, an account of every row out.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

extension ResultSetRoutes {
    func importCSV(_ bytes: [UInt8], _ exchange: Exchange) async throws -> Answer {
        let query = exchange.query
        var options = ImportOptions(
            dryRun: query.flag("dryRun"), partial: query.flag("partial"),
            role: query.choice("role") ?? .primary, breakdown: query.choice("breakdown"))
        options.onOverlap = query.choice("onOverlap") ?? .refuse
        let campaign: Campaign.ID = try exchange.id("campaignId")
        let isDryRun = options.dryRun
        let answer = { @Sendable (account: ImportAnswer) in
            Self.answer(account, campaign, isDryRun: isDryRun)
        }
        let outcome = try await registry.importCanonicalCSV(
            bytes, name: exchange.fileName, for: campaign, options: options, as: exchange.caller,
            once: exchange.once(answer))
        return exchange.answer(outcome, answer)
    }

    /// 201 when sets were made; 200 when nothing was to be stored, or stood already; 422 when the
    /// file was kept out, with the account in the problem.
    private static func answer(
        _ account: ImportAnswer, _ campaign: Campaign.ID, isDryRun: Bool
    ) -> Answer {
        if isDryRun { return .json(account.document) }
        if account.resultSets.isEmpty { return ErrorResponses.answer(keptOut(account)) }
        if account.details.isEmpty { return .json(account.document) }
        return Answer.json(account.document).created(
            at: account.resultSets.count == 1
                ? "/v1/result-sets/\(account.resultSets[0])"
                : "/v1/campaigns/\(campaign)/result-sets")
    }

    private static func keptOut(_ account: ImportAnswer) -> Problem {
        var problem = Problem(
            .refusedInput,
            "\(account.accounting.rejected) of \(account.accounting.rowsRead) rows were rejected, so "
                + "nothing was stored. Mend the rows that problems names, or ask with partial=true to "
                + "take the others.", code: "rowsRejected")
        problem.account = account.document.object
        return problem
    }

    static let importParameters: [QueryParameter] = [
        QueryParameter(
            "dryRun", .flag, "CSV only: say what would happen, and store nothing.", fallback: false),
        QueryParameter(
            "partial", .flag, "CSV only: take the sound rows of a file with faulty ones.",
            fallback: false),
        .one(
            "onOverlap", of: ImportOptions.OnOverlap.self,
            "CSV only: what becomes of sets that stand for the same days."),
        .one("role", of: SetRole.self, "CSV only: the role of the sets."),
        .one(
            "breakdown", of: Breakdown.self,
            "CSV only: how the rows are cut, where the file does not say."),
    ]
}
