// Results by file, in the canonical form: every row accounted for, all of the file or nothing unless asked otherwise, and
// the same file twice changes nothing.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

extension Registry {
    /// Imports a canonical CSV as one draft set a channel. A file with faulty rows is refused whole (`importRefused`, with
    /// every problem) unless `partial` asks for its sound rows; one that was imported before is answered and not stored.
    public func importCanonicalCSV(
        _ bytes: [UInt8], name: String?, for campaign: Campaign.ID,
        options: ImportOptions = ImportOptions(),
        as caller: Caller, once: Once<ImportAnswer>? = nil
    ) async throws -> Outcome<ImportAnswer> {
        let source = SourceFile(
            name: name ?? "results.csv", bytes: Int64(bytes.count),
            sha256: Array(SHA256.hash(data: bytes)).hexText)
        // Reading a large file takes a while: it is done before a connection is taken.
        let report = CanonicalResults.read(bytes)
        do {
            return try await take(report, source, for: campaign, options, as: caller, once: once)
        } catch let dryRun as DryRun {
            return .done(dryRun.answer)
        }
    }

    private func take(
        _ report: ImportReport, _ source: SourceFile, for campaign: Campaign.ID,
        _ options: ImportOptions,
        as caller: Caller, once: Once<ImportAnswer>?
    ) async throws -> Outcome<ImportAnswer> {
        try await write(.logResults, as: caller, once: once) { transaction, writer in
            _ = try Self.lockCampaign(campaign, in: transaction)
            if let earlier = try Self.earlier(source, report, of: campaign, in: transaction) {
                return earlier
            }
            var answer = ImportAnswer(
                resultSets: [], accounting: report.accounting, problems: report.problems,
                problemsNotListed: report.problemsNotListed, source: source)
            guard report.isClean || (options.partial && !report.sets.isEmpty) else {
                throw RegistryError.importRefused(answer)
            }
            var made: [ResultSetDetail] = []
            for set in report.sets {
                var new = set.newResultSet(
                    role: options.role, method: .canonicalCSV, source: source)
                if let breakdown = options.breakdown, new.breakdown == .none {
                    new.breakdown = breakdown
                }
                if options.onOverlap == .supersede {
                    new.supersedes = try Self.inTheWay(of: new, campaign, in: transaction)
                }
                made.append(try Self.log(new, for: campaign, as: caller, writer, in: transaction))
            }
            answer.resultSets = made.map(\.set.id)
            answer.findings = made.flatMap(\.findings)
            if options.dryRun {
                answer.resultSets = []
                throw DryRun(answer: answer)
            }
            return answer
        }
    }

    /// What a dry run found: thrown, so that the transaction that tried it leaves no trace.
    struct DryRun: Error {
        var answer: ImportAnswer
    }

    /// The sets that the same bytes made before, if any of them stands: every row is then one that is there already.
    private static func earlier(
        _ source: SourceFile, _ report: ImportReport, of campaign: Campaign.ID,
        in transaction: borrowing Transaction
    ) throws -> ImportAnswer? {
        let sets = try transaction.rows(
            Query(ResultSets.bySource, campaign, source.sha256) { row in
                try row.next(ResultSet.ID.self)
            })
        guard !sets.isEmpty else { return nil }
        var accounting = ImportAccounting()
        accounting.rowsRead = report.accounting.rowsRead
        accounting.duplicate = report.accounting.accepted + report.accounting.duplicate
        accounting.totalsSetAside = report.accounting.totalsSetAside
        accounting.rejected = report.accounting.rejected
        return ImportAnswer(
            resultSets: sets, accounting: accounting, problems: report.problems,
            problemsNotListed: report.problemsNotListed, source: source)
    }

    /// The one set that the file would correct; several in the way cannot be corrected by one.
    private static func inTheWay(
        of new: NewResultSet, _ campaign: Campaign.ID, in transaction: borrowing Transaction
    ) throws -> ResultSet.ID? {
        let standing = Set(try overlaps(of: new, campaign, in: transaction).map(\.set))
        return standing.count == 1 ? standing.first : nil
    }
}
