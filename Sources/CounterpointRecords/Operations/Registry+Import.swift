// Taking a file of results: all of its sets or none, in one transaction.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

extension Registry {
    /// Logs what a canonical CSV holds as drafts, one set a channel. A file with a faulty row stores nothing unless
    /// `partial` says so, and a dry run never does; the answer accounts for every row all the same. The same bytes a second
    /// time change nothing and are answered with the sets that they made.
    public func importCanonicalCSV(
        _ bytes: [UInt8], name: String?, for campaign: Campaign.ID,
        options: ImportOptions = ImportOptions(),
        as caller: Caller, once: Once<ImportAnswer>? = nil
    ) async throws -> Outcome<ImportAnswer> {
        let report = CanonicalResults.read(bytes)
        let source = SourceFile(
            name: name ?? Self.unnamedFile, bytes: Int64(bytes.count),
            sha256: Array(SHA256.hash(data: bytes)).hexText)
        do {
            return try await write(.logResults, as: caller, once: once) { transaction, writer in
                // Whose campaign it is decides whether the caller may hear of its figures at all.
                _ = try Self.lockCampaign(campaign, in: transaction)
                let standing = try transaction.rows(
                    Query(ResultSets.bySource, campaign, source.sha256) { row in
                        try row.next(ResultSet.ID.self)
                    })
                guard standing.isEmpty else {
                    return ImportAnswer(repeating: standing, report: report, source: source)
                }
                guard report.isClean || options.partial else {
                    return ImportAnswer(
                        details: [], isStored: false, report: report, source: source)
                }
                let answer = try Self.store(
                    report, source, options, for: campaign, as: caller, writer, in: transaction)
                if options.dryRun { throw DryRun(answer: answer) }
                return answer
            }
        } catch let run as DryRun {
            return .done(run.answer)
        }
    }

    private static let unnamedFile = "results.csv"

    /// Ends the transaction without a trace, with what it would have come to.
    private struct DryRun: Error {
        var answer: ImportAnswer
    }

    private static func store(
        _ report: ImportReport, _ source: SourceFile, _ options: ImportOptions,
        for campaign: Campaign.ID,
        as caller: Caller, _ writer: SignedIn, in transaction: borrowing Transaction
    ) throws -> ImportAnswer {
        var made: [ResultSetDetail] = []
        for var imported in report.sets {
            if imported.breakdown == .none, let breakdown = options.breakdown {
                imported.breakdown = breakdown
            }
            try check(imported, role: options.role)
            var new = imported.newResultSet(
                role: options.role, method: .canonicalCSV, source: source)
            if options.onOverlap == .supersede {
                // Several sets in the way cannot be corrected by one: then they stay, and are named as a conflict.
                let overlaps = Set(try overlaps(of: new, campaign, in: transaction).map(\.set))
                if overlaps.count == 1 { new.supersedes = overlaps.first }
            }
            made.append(try log(new, for: campaign, as: caller, writer, in: transaction))
        }
        return ImportAnswer(
            details: made, isStored: !options.dryRun, report: report, source: source)
    }

    /// What a file cannot say of itself is checked as it is in a body.
    private static func check(_ imported: ImportedSet, role: SetRole) throws {
        if role == .breakdown, imported.breakdown == .none {
            throw InvalidInput(
                "/breakdown", "breakdownNotNamed",
                "Say how this breakdown is cut: by content, region, ….")
        }
    }
}
