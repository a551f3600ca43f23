// A piece of evidence on its way in. Its pieces are written as they come, each in a transaction of its own, and count for
// nothing until the last one is there and the file is named as evidence; what is broken off is removed.

public import CounterpointModel
import Crypto
import Logging
import Postgres
import Synchronization

/// One file that is being received. Finish it or abandon it.
public struct EvidenceUpload: Sendable {
    let registry: Registry
    let caller: Caller
    let set: ResultSet.ID
    let file: EvidenceFile.ID
    let organisation: Organisation.ID
    let campaign: Campaign.ID
    let type: EvidenceType
    private var waiting: [UInt8] = []
    private var number: Int32 = 0
    private var hash = SHA256()
    private var bytes: Int64 = 0

    init(
        registry: Registry, caller: Caller, set: ResultSet.ID, file: EvidenceFile.ID,
        organisation: Organisation.ID, campaign: Campaign.ID, type: EvidenceType
    ) {
        self.registry = registry
        self.caller = caller
        self.set = set
        self.file = file
        self.organisation = organisation
        self.campaign = campaign
        self.type = type
    }

    /// The next bytes, however many.
    public mutating func take(_ piece: [UInt8]) async throws {
        hash.update(data: piece)
        bytes += Int64(piece.count)
        guard bytes <= Evidence.bytesMax else { throw Self.tooLarge }
        waiting += piece
        while waiting.count >= EvidenceStatements.pieceBytes {
            try await write(Array(waiting.prefix(EvidenceStatements.pieceBytes)))
            waiting.removeFirst(EvidenceStatements.pieceBytes)
        }
    }

    /// Names the file as evidence. The same bytes a second time are the evidence that is there already.
    public mutating func finish(
        name: String, note: String?, once: Once<Evidence>? = nil
    ) async throws -> Outcome<Evidence> {
        guard bytes > 0 else {
            throw RegistryError.refused(Refusal("emptyFile", "There is nothing in the file."))
        }
        if !waiting.isEmpty { try await write(waiting) }
        let sha256 = Array(hash.finalize()).hexText
        let upload = self
        return try await registry.write(.logResults, as: caller, once: once) { transaction, _ in
            try upload.name(name, note, sha256, in: transaction)
        }
    }

    /// Leaves nothing behind.
    public func abandon() async {
        let file = file
        do {
            _ = try await registry.write(.logResults, as: caller, once: nil) { transaction, _ in
                try Registry.forget(file, in: transaction)
            }
        } catch {
            // The next upload to this campaign sweeps it.
            registry.logger.warning(
                "a broken upload was not removed", metadata: ["error": "\(error)"])
        }
    }

    private mutating func write(_ content: [UInt8]) async throws {
        number += 1
        let (file, number, organisation, campaign) = (file, number, organisation, campaign)
        _ = try await registry.write(.logResults, as: caller, once: nil) { transaction, _ in
            try transaction.execute(
                Query<Void>(
                    EvidenceStatements.addPiece, file, number, organisation, campaign, content))
        }
    }

    private func name(
        _ name: String, _ note: String?, _ sha256: String, in transaction: borrowing Transaction
    ) throws -> Evidence {
        let standing = try Registry.lockForEvidence(set, in: transaction)
        let same = try transaction.row(
            Query(EvidenceStatements.sameFile, set, sha256) { row in try row.next(Evidence.ID.self)
            })
        if let same {
            try Registry.forget(file, in: transaction)
            return try Registry.filed(same, of: set, in: transaction).evidence
        }
        let others = try transaction.rows(
            Query(EvidenceStatements.ofSet, set, decode: FiledEvidence.init(row:)))
        guard others.count < Evidence.mostOfASet,
            others.reduce(bytes, { $0 + $1.evidence.bytes }) <= Evidence.bytesOfASetMax
        else {
            throw Refusal(
                "tooMuchEvidence",
                "A set has at most \(Evidence.mostOfASet) files of \(Evidence.bytesOfASetMax >> 20) MiB together. Take "
                    + "one away, or put several pictures into one PDF.")
        }
        let id = Evidence.ID.random()
        try transaction.enqueue(Query<Void>(EvidenceStatements.complete, file, sha256, bytes))
        try transaction.enqueue(
            Query<Void>(
                EvidenceStatements.add, id, organisation, campaign, set, file,
                Evidence.Kind.attachment.rawValue, name, note))
        let stored = try Registry.filed(id, of: set, in: transaction).evidence
        try Registry.audit(
            "evidence.added", nil, stored, standing, by: caller, in: transaction)
        return stored
    }

    private static let tooLarge = RegistryError.refused(
        Refusal(
            "evidenceTooLarge",
            "A piece of evidence has at most \(Evidence.bytesMax >> 20) MiB. Make the picture smaller, or send the "
                + "pages in parts."))
}

/// Numbers from 1, each once.
final class PieceCounter: Sendable {
    private let last = Atomic<Int32>(0)

    func take() -> Int32 { last.add(1, ordering: .relaxed).newValue }
}
