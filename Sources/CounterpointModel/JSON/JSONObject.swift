// The members of a JSON object in the order in which they were written.

/// Members by name, in order; two objects are equal only if their members come in the same order,
/// because the bytes they are written to are then the same.
public struct JSONObject: Sendable, Hashable {
    /// One name with its value.
    public struct Member: Sendable, Hashable {
        public var name: String
        public var value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// Every member, in order.
    public private(set) var members: [Member]

    /// An object of these members; a name that comes twice is a programming error.
    public init(_ members: [(String, JSONValue)] = []) {
        self.members = []
        self.members.reserveCapacity(members.count)
        for (name, value) in members { append(name, value) }
    }

    // For the parser, which has made sure that no name comes twice.
    init(unique members: [Member]) { self.members = members }

    /// The names, in order.
    public var names: [String] { members.map(\.name) }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    // Linear on purpose: our objects have at most about twenty members, where a walk beats a hash.
    /// The value of that name; setting replaces it in place or appends it, nil removes it.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let place = members.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Adds a member at the end; the name must be new.
    public mutating func append(_ name: String, _ value: JSONValue) {
        precondition(self[name] == nil, "member \(name) given twice")
        members.append(Member(name: name, value: value))
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
