// What stands behind a result set: the file that its figures came from, pictures of the platform's screen, a report.

/// One file that speaks for a result set. It is never changed; it is added, and taken away from a draft.
public struct Evidence: Sendable, Hashable {
    public typealias ID = Identifier<Evidence>

    /// How a file came to be evidence.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The file that the set was read from; kept by the import itself.
        case original
        /// Added by a person.
        case attachment
    }

    public var id: ID
    public var resultSetId: ResultSet.ID
    public var kind: Kind
    public var name: String
    public var note: String?
    public var type: EvidenceType
    public var bytes: Int64
    /// SHA-256 in hex.
    public var sha256: String
    public var createdAt: Instant

    /// One file: 25 MiB, a report of a hundred pages with its pictures.
    public static let bytesMax = 25 << 20
    /// Files of one set: its original and a picture of every screen of every platform there is.
    public static let mostOfASet = 20
    /// All files of one set: four of the largest. Backups grow by what is kept here.
    public static let bytesOfASetMax: Int64 = 100 << 20

    public init(
        id: ID, resultSetId: ResultSet.ID, kind: Kind, name: String, note: String?,
        type: EvidenceType, bytes: Int64, sha256: String, createdAt: Instant
    ) {
        self.id = id
        self.resultSetId = resultSetId
        self.kind = kind
        self.name = name
        self.note = note
        self.type = type
        self.bytes = bytes
        self.sha256 = sha256
        self.createdAt = createdAt
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "resultSetId": .string(resultSetId.text),
            "kind": .string(kind.rawValue), "name": .string(name), "note": .string(orNull: note),
            "mediaType": .string(type.rawValue), "bytes": .integer(bytes),
            "sha256": .string(sha256), "createdAt": .text(createdAt),
        ]
    }
}
