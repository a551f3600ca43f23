// What is wrong with what somebody sent, item by item.

/// One fault of an input: where, which, and what to do.
public struct Fault: Sendable, Hashable {
    /// Whether the input could be understood.
    public enum Kind: String, Sendable, Hashable {
        /// Not of the shape that was asked for: type, spelling of a form, name of a member. → 400
        case malformed
        /// Understood, and against a rule or a limit. → 422
        case refused
    }

    /// RFC 6901 pointer into the body; empty for the body as a whole.
    public var pointer: String
    /// Stable, camelCase.
    public var code: String
    /// What is wrong and what to do, for a person.
    public var detail: String
    public var kind: Kind

    public init(pointer: String, code: String, detail: String, kind: Kind) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
        self.kind = kind
    }

    /// `{"pointer","code","detail"}`, as in the `errors` of a problem document.
    public var document: JSONValue {
        ["pointer": .string(pointer), "code": .string(code), "detail": .string(detail)]
    }
}

/// Every fault of one input; nothing of it was stored.
public struct InvalidInput: Error, Sendable, Hashable {
    /// At least one, in the order in which they were found.
    public var faults: [Fault]

    public init(faults: [Fault]) { self.faults = faults }

    /// An input with a single fault.
    public init(_ pointer: String, _ code: String, _ detail: String, kind: Fault.Kind = .refused) {
        faults = [Fault(pointer: pointer, code: code, detail: detail, kind: kind)]
    }

    /// A body that is no JSON at all: one malformed fault with the line and column in its detail.
    public init(_ error: JSONSyntaxError) {
        self.init(
            error.pointer, error.code.rawValue,
            "Line \(error.line), column \(error.column): \(error.detail)", kind: .malformed)
    }

    /// Whether any fault is one of shape: the answer is then 400, else 422.
    public var isMalformed: Bool { faults.contains { $0.kind == .malformed } }
}
