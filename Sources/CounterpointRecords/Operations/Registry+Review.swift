// From draft to record: handing in, returning, accepting, withdrawing. What acceptance does to the record of the
// programmes happens in the database (sec.keep_record in schema/0005), so that no path can forget it.

public import CounterpointModel
import FoundationEssentials
import Postgres

extension Registry {
    /// Moves a result set on. Accepting one that names another in `supersedes` retires that one at the same revision.
    public func moveResultSet(
        _ id: ResultSet.ID, _ transition: Transition<ResultSetStatus>, expecting version: Int64?,
        as caller: Caller, once: Once<ResultSetDetail>? = nil
    ) async throws -> Outcome<ResultSetDetail> {
        try await write(.readResults, as: caller, once: once) { transaction, writer in
            // Whoever never moves a set cannot lock one either: they are told after it was looked for.
            guard ResultSetStatus.allCases.contains(where: { $0.permits(writer.role, to: transition.to) })
            else {
                _ = try Self.detail(of: id, for: writer, in: transaction)
                throw RegistryError.forbidden(Act.reviewResults.refusal(for: writer.role))
            }
            let old = try Self.lockResultSet(id, in: transaction)
            try Self.expect(version, of: old.version)
            guard old.status.permits(writer.role, to: transition.to) else {
                throw RegistryError.forbidden(Act.reviewResults.refusal(for: writer.role))
            }
            try writer.require(Self.scope(of: transition.to, from: old.status))
            let status = try old.status.moved(
                by: transition, today: try Self.today(in: transaction))
            switch status {
            case .submitted: try Self.submit(old, in: transaction)
            case .accepted: try Self.accept(old, by: caller, in: transaction)
            case .returned:
                try transaction.enqueue(Query(ResultSets.setStage, id, "draft"))
                try transaction.enqueue(
                    Query(ResultSets.review, id, status.rawValue, transition.reason))
            case .withdrawn:
                if old.status != .accepted {
                    try transaction.enqueue(Query(ResultSets.setStage, id, "draft"))
                }
                try transaction.enqueue(Query(ResultSets.uncover, id))
                try transaction.enqueue(
                    Query(ResultSets.withdraw, id, transition.reason))
            case .draft, .superseded:
                throw RegistryError.internalFault("a step to \(status.rawValue)")
            }
            let stored = try Self.detail(of: id, for: writer, in: transaction)
            try Self.audit(
                "resultSet.\(status.rawValue)", old, stored.set, by: caller, in: transaction)
            return stored
        }
    }

    /// What enters the record or leaves it, and what goes back to its author, is a reviewer's to decide.
    private static func scope(
        of next: ResultSetStatus, from status: ResultSetStatus
    ) -> TokenScope {
        let isReview = next == .accepted || next == .returned || status == .accepted
        return (isReview ? Act.reviewResults : Act.submitResults).scope
    }

    private static func submit(_ set: ResultSet, in transaction: borrowing Transaction) throws {
        let programmes = try programmes(of: set.campaignId, in: transaction)
        guard !programmes.isEmpty else {
            throw Refusal(
                "campaignWithoutGrant",
                "The campaign draws on no grant yet, so nobody would review its results. Add a grant to the campaign first."
            )
        }
        try transaction.enqueue(Query(ResultSets.setStage, set.id, "submitted"))
        try transaction.enqueue(Query(ResultSets.submit, set.id))
    }

    private static func accept(
        _ set: ResultSet, by caller: Caller, in transaction: borrowing Transaction
    ) throws {
        if set.role == .breakdown {
            let primary = try transaction.row(
                Query(
                    ResultSets.acceptedPrimary, set.campaignId, set.channel.rawValue,
                    set.period.from,
                    set.period.to
                ) { row in try row.next(ResultSet.ID.self) })
            guard primary != nil else {
                throw Refusal(
                    "primaryNotAccepted",
                    "Accept the primary set that this is a breakdown of first.")
            }
        }
        var replaced: ResultSet?
        if let id = set.supersedes {
            let old = try lockResultSet(id, in: transaction)
            if old.status == .accepted {
                replaced = old
                try transaction.enqueue(Query(ResultSets.uncover, id))
            }
        }
        try Overlap.refuse(
            transaction.rows(
                Query(ResultSets.inTheWay, set.id, set.supersedes, decode: Overlap.init(row:))))
        try transaction.enqueue(Query(ResultSets.claim, set.id))
        try transaction.enqueue(Query(ResultSets.setStage, set.id, "accepted"))
        try transaction.enqueue(
            Query(ResultSets.review, set.id, ResultSetStatus.accepted.rawValue, nil as String?))
        guard var replaced else { return }
        let before = replaced
        try transaction.enqueue(
            Query(ResultSets.retire, replaced.id, ResultSetStatus.superseded.rawValue))
        replaced.status = .superseded
        try audit("resultSet.superseded", before, replaced, by: caller, in: transaction)
    }
}
