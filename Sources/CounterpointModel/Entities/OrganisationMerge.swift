// Two records of one organisation made one: who did it, why, what moved, and whether it was taken back.

/// A merge of one organisation's record into another's.
public struct OrganisationMerge: Sendable, Hashable {
    public typealias ID = Identifier<OrganisationMerge>

    public var id: ID
    /// The record that was merged away; it is found under the survivor from then on.
    public var lost: Organisation.ID
    public var survivor: Organisation.ID
    public var reason: String
    public var mergedBy: Principal.ID
    public var mergedAt: Instant
    /// Rows that moved, by table.
    public var moved: [Moved]
    public var undone: Undone?

    /// How many rows of one table moved.
    public struct Moved: Sendable, Hashable {
        public var table: String
        public var rows: Int64

        public init(table: String, rows: Int64) {
            self.table = table
            self.rows = rows
        }
    }

    /// How a merge was taken back.
    public struct Undone: Sendable, Hashable {
        public var by: Principal.ID
        public var at: Instant
        public var reason: String?
        /// Ids of what was added to the survivor between merge and undo, which stays there, by kind.
        public var stayed: [String: [String]]
        /// Ids of what was added to the campaigns that went back, and went back with them.
        public var followed: [String: [String]]

        public init(
            by: Principal.ID, at: Instant, reason: String?, stayed: [String: [String]],
            followed: [String: [String]]
        ) {
            self.by = by
            self.at = at
            self.reason = reason
            self.stayed = stayed
            self.followed = followed
        }

        var document: JSONValue {
            [
                "by": .string(by.text), "at": .text(at), "reason": .string(orNull: reason),
                "stayed": Self.lists(stayed), "followed": Self.lists(followed),
            ]
        }

        private static func lists(_ lists: [String: [String]]) -> JSONValue {
            .object(
                JSONObject(lists.sorted { $0.key < $1.key }.map { ($0.key, .texts($0.value)) }))
        }
    }

    public init(
        id: ID, lost: Organisation.ID, survivor: Organisation.ID, reason: String,
        mergedBy: Principal.ID, mergedAt: Instant, moved: [Moved], undone: Undone? = nil
    ) {
        self.id = id
        self.lost = lost
        self.survivor = survivor
        self.reason = reason
        self.mergedBy = mergedBy
        self.mergedAt = mergedAt
        self.moved = moved
        self.undone = undone
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "lostId": .string(lost.text),
            "survivorId": .string(survivor.text), "reason": .string(reason),
            "mergedBy": .string(mergedBy.text), "mergedAt": .text(mergedAt),
            "moved": .object(JSONObject(moved.map { ($0.table, .integer($0.rows)) })),
            "undone": undone?.document ?? .null,
        ]
    }
}

/// What clients send to merge an organisation into the one that they name in the address.
public struct NewOrganisationMerge: Sendable, Hashable, BodyReadable {
    /// The record to merge away.
    public var organisationId: Organisation.ID
    public var reason: String

    public init(organisationId: Organisation.ID, reason: String) {
        self.organisationId = organisationId
        self.reason = reason
    }

    public static func read(from reader: inout BodyReader) -> NewOrganisationMerge? {
        let organisationId = reader.required(
            "organisationId", Shape<Organisation.ID>.identifier())
        let reason = reader.required("reason", .text(.note))
        guard let organisationId, let reason else { return nil }
        return NewOrganisationMerge(organisationId: organisationId, reason: reason)
    }
}

/// What clients send to take a merge back.
public struct MergeUndoing: Sendable, Hashable, BodyReadable {
    public var reason: String?

    public init(reason: String? = nil) { self.reason = reason }

    public static func read(from reader: inout BodyReader) -> MergeUndoing? {
        MergeUndoing(reason: reader.optional("reason", .text(.note)))
    }
}
