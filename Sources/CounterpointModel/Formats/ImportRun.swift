// One import while it runs and afterwards: how far it has come, and what it was answered.

/// How far an import is. Only who handed the file in sees it.
public struct ImportRun: Sendable, Hashable {
    public typealias ID = Identifier<ImportRun>

    public enum State: String, CaseIterable, Hashable, Sendable {
        /// The file comes in, and is read while it comes.
        case receiving
        /// All of it was read; the record is being written. Nothing of it is visible to anybody yet.
        case storing
        /// Answered: `outcome` is the account.
        case finished
        /// Kept out: `outcome` is the problem.
        case refused
        /// Broken off; nothing was stored.
        case failed
    }

    public var id: ID
    public var campaignId: Campaign.ID
    public var state: State
    public var isDryRun: Bool
    public var fileName: String?
    /// As the client announced it; nil if it did not.
    public var bytesExpected: Int64?
    public var bytesRead: Int64
    public var rowsRead: Int64
    public var rowsStored: Int64
    /// What was answered: the account, or the problem.
    public var outcome: JSONValue?
    public var startedAt: Instant
    public var updatedAt: Instant

    public init(
        id: ID, campaignId: Campaign.ID, state: State, isDryRun: Bool, fileName: String?,
        bytesExpected: Int64?, bytesRead: Int64, rowsRead: Int64, rowsStored: Int64,
        outcome: JSONValue?, startedAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.campaignId = campaignId
        self.state = state
        self.isDryRun = isDryRun
        self.fileName = fileName
        self.bytesExpected = bytesExpected
        self.bytesRead = bytesRead
        self.rowsRead = rowsRead
        self.rowsStored = rowsStored
        self.outcome = outcome
        self.startedAt = startedAt
        self.updatedAt = updatedAt
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "campaignId": .string(campaignId.text),
            "state": .string(state.rawValue), "dryRun": .bool(isDryRun),
            "fileName": .string(orNull: fileName),
            "bytesExpected": bytesExpected.map { .integer($0) } ?? .null,
            "bytesRead": .integer(bytesRead), "rowsRead": .integer(rowsRead),
            "rowsStored": .integer(rowsStored), "outcome": outcome ?? .null,
            "startedAt": .text(startedAt), "updatedAt": .text(updatedAt),
        ]
    }
}
