// Receipts: from a quoted figure back to the sets it was made of.
//
// A receipt's digest is computed, not drawn; what is stored under it is only the question. Looking one up asks the
// question again, with the reader's own rights and at the same revisions, and answers only if the digest comes out the
// same: a receipt cannot be forged, and shows nobody what they could not have asked for.

public import CounterpointModel
import FoundationEssentials
import Postgres
import Synchronization

extension Registry {
    /// The longest list of programmes that a receipt names: the question is kept in 64 KiB.
    private static let receiptQuestionMaximum = 65_536

    /// Keeps the questions behind digests that this process has not kept yet; a summary that was asked before costs
    /// nothing here.
    func keepReceipts(of summary: Summary, as caller: Caller) async throws {
        let fresh = summary.groups.indices.filter {
            !Self.kept.contains(summary.groups[$0].receipt)
        }
        guard !fresh.isEmpty else { return }
        let digests = fresh.map { String(summary.groups[$0].receipt) }
        let questions = fresh.map { summary.receiptQuestion(group: $0).text }
        guard questions.allSatisfy({ $0.utf8.count <= Self.receiptQuestionMaximum }) else { return }
        _ = try await database.write(opening: caller.opening) { transaction in
            try transaction.execute(Query(SummaryStatements.keepReceipts, digests, questions))
        }
        Self.kept.insert(digests)
    }

    private static let kept = KeptReceipts()

    /// The answer to a question, and its group with this receipt, of whatever form; nil if none has it.
    private func summary(
        _ question: SummaryQuestion, with receipt: String, as caller: Caller
    ) async throws -> (Summary, SummaryGroup)? {
        let material: SummaryMaterial = try await translatingErrors {
            try await self.material(for: question, as: caller)
        }
        for form in ReceiptForm.allCases {
            let summary = try Summary(question, from: material, receipts: form, digest: Self.digest)
            if let group = summary.groups.first(where: { $0.receipt == receipt }) {
                return (summary, group)
            }
        }
        return nil
    }

    /// What the figure with this digest was made of, or `notFound`.
    public func receipt(_ digest: String, as caller: Caller) async throws -> Receipt {
        let stored = try await read(.readSummaries, as: caller) { transaction, _ in
            try transaction.row(
                Query(SummaryStatements.receiptQuestion, digest) { row in try row.next(String?.self)
                })
        }
        guard let text = stored ?? nil, let kept = ReceiptQuestion(text) else {
            throw RegistryError.notFound(.receipt)
        }
        guard let (summary, group) = try await self.summary(kept.question, with: digest, as: caller)
        else { throw RegistryError.notFound(.receipt) }
        let sets = try await read(.readSummaries, as: caller) { transaction, reader in
            try transaction.rows(
                Query(
                    reader.role == .funder
                        ? SummaryStatements.receiptSetsForFunder : SummaryStatements.receiptSets,
                    group.sets, decode: Receipt.Item.init(row:)))
        }
        return Receipt(
            digest: digest, question: kept.question, group: group, summary: summary, sets: sets)
    }
}

/// Digests that are in the database already, as many as are worth remembering.
private final class KeptReceipts: Sendable {
    /// 20,000 digests of 71 bytes are about 3 MB with their table.
    private static let maximum = 20_000
    private let digests = Mutex<Set<String>>([])

    func contains(_ digest: String) -> Bool { digests.withLock { $0.contains(digest) } }

    func insert(_ more: [String]) {
        digests.withLock { known in
            if known.count > Self.maximum { known.removeAll() }
            known.formUnion(more)
        }
    }
}

extension Receipt.Item {
    init(row: inout RowReader) throws {
        self.init(
            set: try row.next(), campaign: try row.next(), channel: try row.word(),
            role: try row.word(),
            breakdown: try row.word(), period: try row.period(), digest: try row.next(),
            sourceSHA256: try row.next(), acceptedRevision: try row.next(),
            retiredRevision: try row.next())
    }
}
