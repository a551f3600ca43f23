// One page of a collection.

/// Some items in order, and where the next page begins.
public struct Page<Item: Sendable>: Sendable {
    public var items: [Item]
    /// The cursor of the next page, opaque to clients; nil: this is the last.
    public var next: String?

    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    /// The same page of other items.
    public func map<Other>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(items: try items.map(transform), next: next)
    }

    /// `{"items":[…],"next":"…"|null}`.
    public func document(_ item: (Item) -> JSONValue) -> JSONValue {
        ["items": .array(items.map(item)), "next": .string(orNull: next)]
    }
}
