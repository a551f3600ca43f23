// One member of a merge patch (RFC 7396): absent, a value, or null.

/// What a patch does to one member.
public enum Change<Value> {
    /// The member was not sent: it stays as it is.
    case keep
    case set(Value)
    /// The member was sent as null.
    case clear

    /// Whether the patch leaves the member alone.
    public var isKeep: Bool { if case .keep = self { true } else { false } }

    /// The member after the patch; clearing is possible only where there may be none.
    public func over(_ old: Value?) -> Value? {
        switch self {
        case .keep: old
        case .set(let new): new
        case .clear: nil
        }
    }

    /// The member after the patch, where it cannot be cleared (`BodyReader.replacement`).
    public func replacing(_ old: Value) -> Value { over(old) ?? old }

    /// The list after the patch; clearing empties it.
    public func overList<Element>(_ old: [Element]) -> [Element] where Value == [Element] {
        over(old) ?? []
    }
}

extension Change: Sendable where Value: Sendable {}
extension Change: Equatable where Value: Equatable {}
extension Change: Hashable where Value: Hashable {}
