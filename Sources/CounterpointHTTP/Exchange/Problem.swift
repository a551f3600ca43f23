// An error as a client sees it: problem+json by RFC 9457.

import CounterpointModel
import HTTPTypes

/// One error answer. Thrown by whoever finds the trouble, written by `ErrorResponses` alone.
struct Problem: Error, Sendable {
    let kind: ProblemKind
    /// Stands in for the kind's own code where a rule has a name of its own (a refusal, a conflict).
    var code: String
    var detail: String
    var errors: [Fault] = []
    /// Ids of what is in the way, for conflicts.
    var inTheWay: [String] = []
    /// What became of the rows of a file that was kept out.
    var account: JSONObject?
    /// Fields that belong to this kind: `Allow`, `Retry-After`, `WWW-Authenticate` and so on.
    var fields: HTTPFields = [:]
    /// Named in the body only where the body says nothing else that could be reported: two answers
    /// about two hidden things must be the same bytes.
    var requestId: String?

    var status: Int { kind.status }

    init(
        _ kind: ProblemKind, _ detail: String, code: String? = nil, errors: [Fault] = [],
        fields: HTTPFields = [:]
    ) {
        self.kind = kind
        self.code = code ?? kind.code
        self.detail = detail
        self.errors = errors
        self.fields = fields
    }

    /// Where types live: a name, not an address, so that it holds wherever the service runs.
    static let typePrefix = "urn:counterpoint:problem:"

    var document: JSONValue {
        var object = JSONObject([
            ("type", .string(Self.typePrefix + code)),
            ("title", .string(kind.title)),
            ("status", .integer(Int64(status))),
            ("detail", .string(detail)),
            ("code", .string(code)),
        ])
        if !errors.isEmpty { object.append("errors", .array(errors.map(Self.entry))) }
        if !inTheWay.isEmpty {
            object.append("inTheWay", .array(inTheWay.map { .string($0) }))
        }
        for member in account?.members ?? [] { object.append(member.name, member.value) }
        if status == 500, let requestId { object.append("requestId", .string(requestId)) }
        return .object(object)
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        document.write(into: &bytes)
        return bytes
    }

    private static func entry(_ fault: Fault) -> JSONValue {
        [
            "pointer": .string(fault.pointer), "code": .string(fault.code),
            "detail": .string(fault.detail),
        ]
    }
}
