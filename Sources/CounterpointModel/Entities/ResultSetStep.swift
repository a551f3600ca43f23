// Who did what with a result set, and when.

/// One step in the life of a set.
public struct ResultSetStep: Sendable, Hashable {
    public enum Kind: String, CaseIterable, Sendable {
        case logged, changed, submitted, returned, accepted, superseded, withdrawn
    }

    /// From 1, in the order in which they were taken.
    public var sequence: Int
    public var kind: Kind
    /// Why it was returned or withdrawn.
    public var reason: String?
    public var at: Instant
    /// Nil: the record was mended on the host.
    public var by: Actor?

    /// Whoever took a step, as far as the reader may know them.
    public struct Actor: Sendable, Hashable {
        public var id: Principal.ID
        public var role: Role?
        /// Nil: a person of another organisation or programme.
        public var name: String?

        public init(id: Principal.ID, role: Role?, name: String?) {
            self.id = id
            self.role = role
            self.name = name
        }
    }

    public init(sequence: Int, kind: Kind, reason: String?, at: Instant, by: Actor?) {
        self.sequence = sequence
        self.kind = kind
        self.reason = reason
        self.at = at
        self.by = by
    }

    /// `{"step","reason","at","by":{"principalId","role","name"}}`.
    public var document: JSONValue {
        [
            "step": .string(kind.rawValue), "reason": .string(orNull: reason), "at": .text(at),
            "by": by.map {
                [
                    "principalId": .string($0.id.text),
                    "role": .string(orNull: $0.role?.rawValue), "name": .string(orNull: $0.name),
                ]
            } ?? .null,
        ]
    }
}
