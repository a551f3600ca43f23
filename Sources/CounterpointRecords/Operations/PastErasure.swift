// An erasure that was done, as it is kept elsewhere: it names ids and marks, and nobody.

public import CounterpointModel

/// What was forgotten, when and why; enough to forget it once more.
public struct PastErasure: Sendable, Hashable {
    public enum Subject: Sendable, Hashable {
        case principal(Principal.ID)
        /// By the mark that the erasure left in the log, of this organisation.
        case contact(mark: String, of: Organisation.ID)
    }

    static let principalErased = "principal.erased"
    static let contactForgotten = "organisation.contactForgotten"

    public var subject: Subject
    public var reason: String
    public var at: Instant

    /// An entry of the log, if it is about an erasure.
    init?(entry: AuditEntry) {
        guard let reason = entry.after["reason"]?.string else { return nil }
        self.init(
            action: entry.action, id: entry.subjectId, mark: entry.after["mark"]?.string,
            reason: reason, at: entry.at)
    }

    /// What `document` gave; nil if it is anything else.
    public init?(document: JSONValue) {
        guard let action = document["erasure"]?.string, let id = document["id"]?.string,
            let reason = document["reason"]?.string,
            let at = document["at"]?.string.flatMap({ Instant(rfc3339: $0) })
        else { return nil }
        self.init(
            action: action, id: id, mark: document["mark"]?.string, reason: reason, at: at)
    }

    private init?(action: String, id: String, mark: String?, reason: String, at: Instant) {
        switch (action, mark) {
        case (Self.principalErased, _):
            guard let id = Principal.ID(id) else { return nil }
            subject = .principal(id)
        case (Self.contactForgotten, let mark?):
            guard let id = Organisation.ID(id) else { return nil }
            subject = .contact(mark: mark, of: id)
        default: return nil
        }
        self.reason = reason
        self.at = at
    }

    /// `{"erasure","id","mark","reason","at"}`; `id` is the principal's or the organisation's, `mark` a contact's.
    public var document: JSONValue {
        switch subject {
        case .principal(let id):
            [
                "erasure": .string(Self.principalErased), "id": .string(id.text), "mark": .null,
                "reason": .string(reason),
                "at": .string("\(at)"),
            ]
        case .contact(let mark, let organisation):
            [
                "erasure": .string(Self.contactForgotten), "id": .string(organisation.text),
                "mark": .string(mark), "reason": .string(reason), "at": .string("\(at)"),
            ]
        }
    }
}
