// One line of the audit log: who did what to which record, when, and what it was before and after.

/// An entry of the audit log, which only grows.
public struct AuditEntry: Sendable, Hashable {
    /// Place in its chain, from 1.
    public var number: Int64
    /// The programme whose chain it is in; nil: the installation's own.
    public var programmeId: Programme.ID?
    public var at: Instant
    public var principalId: Principal.ID?
    public var tokenId: Token.ID?
    /// What was done, as `grant.award` or `resultSet.accept`.
    public var action: String
    /// The sort of record, as `grant`.
    public var subject: String
    /// The record's id.
    public var subjectId: String
    public var before: JSONValue
    public var after: JSONValue
    /// SHA-256 of the entry before it and of this one, in hex, as the database computed them.
    public var previousHash: String?
    public var hash: String
    /// Whether `before` and `after` were destroyed because somebody is to be forgotten.
    public var isErased: Bool
    /// Whether the reader is told its place in the chain. Who sees only some entries of a chain would count the others by it.
    public var showsPlace = true

    public init(
        number: Int64, programmeId: Programme.ID?, at: Instant, principalId: Principal.ID?,
        tokenId: Token.ID?, action: String, subject: String, subjectId: String,
        before: JSONValue, after: JSONValue, previousHash: String?, hash: String,
        isErased: Bool = false
    ) {
        self.number = number
        self.programmeId = programmeId
        self.at = at
        self.principalId = principalId
        self.tokenId = tokenId
        self.action = action
        self.subject = subject
        self.subjectId = subjectId
        self.before = before
        self.after = after
        self.previousHash = previousHash
        self.hash = hash
        self.isErased = isErased
    }

    /// The entry as answers show it.
    public var document: JSONValue {
        [
            "number": showsPlace ? .integer(number) : .null, "programmeId": .text(programmeId),
            "at": .text(at),
            "principalId": .text(principalId), "tokenId": .text(tokenId),
            "action": .string(action), "subject": .string(subject),
            "subjectId": .string(subjectId), "before": before, "after": after,
            "previousHash": showsPlace ? .string(orNull: previousHash) : .null,
            "hash": showsPlace ? .string(hash) : .null,
            "erased": .bool(isErased),
        ]
    }
}
