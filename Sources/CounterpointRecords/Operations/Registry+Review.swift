// From draft to record: handing in, returning, accepting, withdrawing. What acceptance does to the record of the
// programmes happens in the database (sec.keep_record in schema/0005), so that no path can forget it.

public import CounterpointModel
import FoundationEssentials
import Postgres

extension Registry {
    /// Moves a result set on. Accepting one that names another in `supersedes` retires that one at the same revision;
    /// returning one keeps what is objected to beside each reading.
    public func moveResultSet(
        _ id: ResultSet.ID, _ transition: Transition<ResultSetStatus>,
        objections: [NewObjection] = [], expecting version: Int64?,
        as caller: Caller, once: Once<ResultSetDetail>? = nil
    ) async throws -> Outcome<ResultSetDetail> {
        try await write(.readResults, as: caller, once: once) { transaction, writer in
            // Whoever never moves a set cannot lock one either: they are told after it was looked for.
            guard
                ResultSetStatus.allCases.contains(where: {
                    $0.permits(writer.role, to: transition.to)
                })
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
                try ReviewTransition(transition, objections: objections)
                    .check(readingCount: old.readingCount)
                try transaction.enqueue(
                    Query(ResultSets.review, id, status.rawValue, transition.reason))
                if !objections.isEmpty {
                    try transaction.enqueue(
                        Query(
                            ResultSets.object, id, objections.map { Int32(clamping: $0.reading) },
                            objections.map(\.reason)))
                }
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
                "resultSet.\(status.rawValue)", old, stored.set,
                objections: objections.isEmpty ? nil : stored.document["objections"], by: caller,
                in: transaction)
            return stored
        }
    }

    /// The steps that a set has taken, and what was objected to on the way.
    static func review(
        of id: ResultSet.ID, in transaction: borrowing Transaction
    ) throws -> ResultSetDetail.Review {
        let (steps, objections) = try transaction.rows(
            Query(ResultSets.steps, id, decode: ResultSetStep.init(row:)),
            Query(ResultSets.objections, id, decode: Objection.init(row:)))
        return ResultSetDetail.Review(steps: steps, objections: objections)
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

extension ResultSetStep {
    init(row: inout RowReader) throws {
        let sequence = Int(try row.next(Int32.self))
        let kind: Kind = try row.word()
        let reason = try row.next(String?.self)
        let at: Instant = try row.next()
        let principal = try row.next(Principal.ID?.self)
        let role: Role? = try row.optionalWord()
        let name = try row.next(String?.self)
        self.init(
            sequence: sequence, kind: kind, reason: reason, at: at,
            by: principal.map { Actor(id: $0, role: role, name: name) })
    }
}

extension Objection {
    init(row: inout RowReader) throws {
        let returnedBy = Int(try row.next(Int32.self))
        let settledBy = try row.next(Int32?.self).map(Int.init)
        let reason: String = try row.next()
        self.init(
            was: try Reading(row: &row), reason: reason, returnedBy: returnedBy,
            settledBy: settledBy)
    }
}
