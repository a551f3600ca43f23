// Imports that can be looked at while they run. The row is made before the first byte of the file is read, in a
// transaction of its own, and so are its updates: none of them is part of what the import stores.

public import CounterpointModel
import Postgres

extension Registry {
    /// Begins an import: says no to who may not, before a byte of the file is read. The id is the client's choice.
    public func beginImport(
        _ id: ImportRun.ID, into campaign: Campaign.ID, fileName: String?, bytesExpected: Int64?,
        isDryRun: Bool, as caller: Caller
    ) async throws {
        _ = try await write(.logResults, as: caller, once: nil) { transaction, _ in
            _ = try Self.lockCampaign(campaign, in: transaction)
            let made = try transaction.row(
                Query(Imports.insert, id, campaign, isDryRun, fileName, bytesExpected) { row in
                    try row.next(Bool.self)
                })
            guard made != nil else {
                throw RegistryError.conflict(
                    Conflict(
                        code: "importIdUsed",
                        detail:
                            "You have used this Import-Id before. Choose a new one for each file.",
                        inTheWay: [id.uuid]))
            }
        }
    }

    /// Writes down how far an import is; its last state is never changed again.
    public func noteImport(
        _ id: ImportRun.ID, _ state: ImportRun.State, _ progress: ImportProgress,
        outcome: JSONValue? = nil, as caller: Caller
    ) async throws {
        _ = try await write(.logResults, as: caller, once: nil) { transaction, _ in
            try transaction.execute(
                Query<Void>(
                    Imports.note, id, state.rawValue, progress.bytesRead, progress.rowsRead,
                    state == .finished || state == .storing ? progress.rowsStored : 0,
                    outcome?.text))
        }
    }

    /// How far an import of the caller's own is.
    public func importRun(_ id: ImportRun.ID, as caller: Caller) async throws -> ImportRun {
        try await read(.readResults, as: caller) { transaction, _ in
            let found = try transaction.row(Query(Imports.byId, id, decode: ImportRun.init(row:)))
            guard let found else { throw RegistryError.notFound(.importRun) }
            return found
        }
    }
}
