// Evidence in and out, a piece at a time: nobody holds a whole file, and no connection waits for a slow line.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

extension Registry {
    /// What stands behind a result set, in the order in which it came.
    public func evidence(of set: ResultSet.ID, as caller: Caller) async throws -> [Evidence] {
        try await read(.readEvidence, as: caller) { transaction, reader in
            try Self.requireVisible(set, for: reader, in: transaction)
            return try transaction.rows(
                Query(EvidenceStatements.ofSet, set, decode: FiledEvidence.init(row:))
            ).map(\.evidence)
        }
    }

    public func evidence(
        _ id: Evidence.ID, of set: ResultSet.ID, as caller: Caller
    ) async throws -> Evidence {
        try await read(.readEvidence, as: caller) { transaction, _ in
            try Self.filed(id, of: set, in: transaction).evidence
        }
    }

    /// The content, a quarter of a megabyte at a time; each piece is read with the caller's rights of that moment.
    public func content(
        of evidence: Evidence, as caller: Caller
    ) -> AsyncThrowingStream<[UInt8], any Error> {
        let last =
            (evidence.bytes + Int64(EvidenceStatements.pieceBytes) - 1)
            / Int64(EvidenceStatements.pieceBytes)
        let next = PieceCounter()
        return AsyncThrowingStream {
            let number = next.take()
            guard Int64(number) <= last else { return nil }
            return try await self.piece(number, of: evidence, as: caller)
        }
    }

    private func piece(
        _ number: Int32, of evidence: Evidence, as caller: Caller
    ) async throws -> [UInt8] {
        try await read(.readEvidence, as: caller) { transaction, _ in
            let found = try transaction.row(
                Query(EvidenceStatements.piece, evidence.resultSetId, evidence.id, number) { row in
                    try row.next([UInt8].self)
                })
            guard let found else { throw RegistryError.notFound(.evidence) }
            return found
        }
    }

    /// Begins a file for a set: says no to who may not add one before anything is kept.
    public func beginEvidence(
        for set: ResultSet.ID, type: EvidenceType, as caller: Caller
    ) async throws -> EvidenceUpload {
        let file = EvidenceFile.ID.random()
        let outcome = try await write(.logResults, as: caller, once: nil) { transaction, _ in
            let set = try Self.lockForEvidence(set, in: transaction)
            try Self.sweepAbandoned(of: set.campaignId, in: transaction)
            try transaction.enqueue(
                Query<Void>(
                    EvidenceStatements.addFile, file, set.organisationId, set.campaignId,
                    type.rawValue))
            return set
        }
        guard case .done(let set) = outcome else {
            throw RegistryError.internalFault("a replay of what has no key")
        }
        return EvidenceUpload(
            registry: self, caller: caller, set: set.id, file: file,
            organisation: set.organisationId, campaign: set.campaignId, type: type)
    }

    /// Takes a file away from a draft; its bytes go when no other set has it.
    public func removeEvidence(
        _ id: Evidence.ID, of set: ResultSet.ID, as caller: Caller, once: Once<Evidence>? = nil
    ) async throws -> Outcome<Evidence> {
        try await write(.logResults, as: caller, once: once) { transaction, writer in
            try Self.requireVisible(set, for: writer, in: transaction)
            let found = try Self.filed(id, of: set, in: transaction)
            let standing = try Self.lockResultSet(set, in: transaction)
            guard standing.status == .draft else {
                throw RegistryError.conflict(
                    Conflict(
                        code: "evidenceStands",
                        detail:
                            "The set is \(standing.status.rawValue): what was handed in with it stays. Evidence is "
                            + "taken away from drafts only.", inTheWay: [set.uuid]))
            }
            try transaction.execute(Query<Void>(EvidenceStatements.remove, id))
            let isKept = try transaction.row(
                Query(EvidenceStatements.isSpokenFor, found.file) { row in try row.next(Bool.self) }
            )
            if isKept == nil { try Self.forget(found.file, in: transaction) }
            try Self.audit(
                "evidence.removed", found.evidence, nil, standing, by: caller, in: transaction)
            return found.evidence
        }
    }

    // MARK: For an import

    /// Keeps the file that sets were read from, as evidence of each.
    static func keepOriginal(
        of work: FileImport, for sets: [ResultSet], in transaction: borrowing Transaction
    ) throws {
        guard let bytes = work.file.original, !bytes.isEmpty, !sets.isEmpty else { return }
        let type =
            EvidenceType(beginning: Array(bytes.prefix(EvidenceType.beginningBytes))) ?? .text
        let file = EvidenceFile.ID.random()
        try transaction.enqueue(
            Query<Void>(
                EvidenceStatements.addFile, file, work.owner, work.campaign, type.rawValue))
        let size = EvidenceStatements.pieceBytes
        for (number, start) in stride(from: 0, to: bytes.count, by: size).enumerated() {
            try transaction.execute(
                Query<Void>(
                    EvidenceStatements.addPiece, file, Int32(number + 1), work.owner, work.campaign,
                    Array(bytes[start..<min(start + size, bytes.count)])))
        }
        try transaction.enqueue(
            Query<Void>(
                EvidenceStatements.complete, file, work.file.source.sha256, Int64(bytes.count)))
        for set in sets {
            let evidence = Evidence.ID.random()
            try transaction.enqueue(
                Query<Void>(
                    EvidenceStatements.add, evidence, work.owner, work.campaign, set.id, file,
                    Evidence.Kind.original.rawValue, work.file.source.name, nil as String?))
            let stored = try filed(evidence, of: set.id, in: transaction).evidence
            try audit("evidence.added", nil, stored, set, by: work.caller, in: transaction)
        }
    }

    // MARK: What several of these need

    static func filed(
        _ id: Evidence.ID, of set: ResultSet.ID, in transaction: borrowing Transaction
    ) throws -> FiledEvidence {
        let found = try transaction.row(
            Query(EvidenceStatements.byId, set, id, decode: FiledEvidence.init(row:)))
        guard let found else { throw RegistryError.notFound(.evidence) }
        return found
    }

    private static func requireVisible(
        _ set: ResultSet.ID, for reader: SignedIn, in transaction: borrowing Transaction
    ) throws {
        let found = try transaction.row(Query(ResultSets.byId, set, decode: ResultSet.init(row:)))
        guard found != nil else { throw RegistryError.notFound(.resultSet) }
    }

    static func lockForEvidence(
        _ id: ResultSet.ID, in transaction: borrowing Transaction
    ) throws -> ResultSet {
        let set = try lockResultSet(id, in: transaction)
        guard [.draft, .returned, .submitted].contains(set.status) else {
            throw RegistryError.conflict(
                Conflict(
                    code: "evidenceStands",
                    detail:
                        "The set is \(set.status.rawValue): nothing is added to it any more. Log a correction, and "
                        + "add the evidence to that.", inTheWay: [id.uuid]))
        }
        return set
    }

    static func forget(
        _ file: EvidenceFile.ID, in transaction: borrowing Transaction
    ) throws {
        try transaction.enqueue(Query<Void>(EvidenceStatements.removePieces, file))
        try transaction.enqueue(Query<Void>(EvidenceStatements.removeFile, file))
    }

    private static func sweepAbandoned(
        of campaign: Campaign.ID, in transaction: borrowing Transaction
    ) throws {
        let files = try transaction.rows(
            Query(EvidenceStatements.abandoned, campaign) { row in
                try row.next(EvidenceFile.ID.self)
            })
        for file in files { try forget(file, in: transaction) }
    }

    static func audit(
        _ action: String, _ before: Evidence?, _ after: Evidence?, _ set: ResultSet,
        by caller: Caller, in transaction: borrowing Transaction
    ) throws {
        guard let id = (after ?? before)?.id else { return }
        let programmes = try programmes(of: set.campaignId, in: transaction).map(Optional.some)
        for programme in programmes.isEmpty ? [nil] : programmes {
            try transaction.audit(
                action, "evidence", id.uuid, programme: programme,
                organisation: set.organisationId, by: caller, before: before?.document,
                after: after?.document)
        }
    }
}
