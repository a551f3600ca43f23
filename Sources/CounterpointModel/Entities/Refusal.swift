// Why something that was understood may not be done.

/// A rule that stands in the way: a stable code, and what the reader can do about it.
public struct Refusal: Error, Sendable, Hashable {
    /// Stable, camelCase.
    public var code: String
    /// What is in the way and what to do; for a person, without the names of other tenants.
    public var detail: String

    public init(_ code: String, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

extension Refusal: CustomStringConvertible {
    public var description: String { "\(code): \(detail)" }
}
