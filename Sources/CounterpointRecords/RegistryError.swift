// Every way in which an operation of the Registry can say no. Doors translate it (HTTP into a status, the command line
// into an exit code) and add nothing: what to do about it is already in the text.

public import CounterpointModel
public import FoundationEssentials

/// Why an operation did not happen. Whatever is thrown, nothing of the operation was stored.
public enum RegistryError: Error, Sendable {
    /// The token is unknown, expired, revoked or its owner disabled: all of these look the same from outside.
    case unauthenticated
    /// The caller may never do this, whatever it is done to.
    case forbidden(Refusal)
    /// A provider says who the caller is, and nobody here is linked to that identity.
    case identityNotLinked
    /// The caller may do this, though not with this token.
    case scopeNeeded(TokenScope)
    /// Not there, or not visible to the caller: the two are the same.
    case notFound(Kind)
    /// The organisation was merged into this one. Only whoever may see the survivor is told so; for everybody else it is
    /// not found.
    case mergedInto(Organisation.ID)
    /// The input is wrong; every fault is listed.
    case invalid(InvalidInput)
    /// The input is understood and a rule says no.
    case refused(Refusal)
    /// Something that stands is in the way.
    case conflict(Conflict)
    /// The record has changed since the caller read it.
    case preconditionFailed
    /// The caller must say which version of the record it changes.
    case preconditionRequired
    /// The idempotency key was used before, with another request.
    case idempotencyMismatch
    /// The same request is still being carried out.
    case idempotencyInProgress
    /// The database is away, or too many are waiting for it.
    case unavailable(retryAfterSeconds: Int)
    /// The database went away while the change was being committed: whether it stands is not known. Asking again with
    /// the same idempotency key tells.
    case outcomeUnknown
    /// A fault of ours. The text is for the log, not for the caller.
    case internalFault(String)

    /// What was looked for.
    public enum Kind: String, Sendable {
        case organisation, programme, grant, campaign, indicator, resultSet, evidence, importRun,
            token, principal, receipt, auditEntry, identity
    }
}

/// What stands in the way of a change.
public struct Conflict: Sendable, Hashable {
    /// Stable, camelCase.
    public var code: String
    /// What is in the way and what can be done.
    public var detail: String
    /// The records that are in the way; the caller may see each of them.
    public var inTheWay: [UUID]
    /// The account of the file that was to be taken, as an import answers it.
    public var account: JSONObject?

    public init(code: String, detail: String, inTheWay: [UUID] = []) {
        self.code = code
        self.detail = detail
        self.inTheWay = inTheWay
    }
}
