// Reads the members of an object and collects every fault, so that a caller mends a body once.
//
// A reading asks for each member by name and shape; what was never asked for is unknown and refused,
// so that a typing error is not lost. The names therefore stand once, in the reading itself.

/// Reads one object of a body; readers of nested objects share the list of faults.
public struct BodyReader {
    /// Where this object stands; rules that concern several members add their faults here.
    public let place: Place
    private let object: JSONObject
    private var known: Set<String> = []

    init(_ object: JSONObject, at place: Place) {
        self.object = object
        self.place = place
    }

    /// What `body` reads from an object, or every fault found; a body that is no object has one, at
    /// pointer "".
    public static func read<Value>(
        _ value: JSONValue, _ body: @escaping (inout BodyReader) -> Value?
    ) throws(InvalidInput) -> Value {
        let place = Place()
        let result = Shape<Value>.object(body).read(value, place)
        guard place.faultCount == 0 else { throw InvalidInput(faults: place.faults) }
        guard let result else { preconditionFailure("a reading gave up without a fault") }
        return result
    }

    /// Whether the object has a member of that name, null included.
    public func has(_ name: String) -> Bool { object[name] != nil }

    // Whether the member is there as null.
    func isNull(_ name: String) -> Bool { object[name] == .null }

    /// A member that must be there; nil only if there is a fault.
    public mutating func required<Value>(_ name: String, _ shape: Shape<Value>) -> Value? {
        known.insert(name)
        guard let value = object[name], value != .null else {
            place.member(name).malformed("required", "This member is needed.")
            return nil
        }
        return shape.read(value, place.member(name))
    }

    /// A member that may be left out or null: nil then, and also if there is a fault.
    public mutating func optional<Value>(_ name: String, _ shape: Shape<Value>) -> Value? {
        known.insert(name)
        guard let value = object[name], value != .null else { return nil }
        return shape.read(value, place.member(name))
    }

    /// A member of a merge patch (RFC 7396) that can be replaced and, by null, cleared.
    public mutating func change<Value>(_ name: String, _ shape: Shape<Value>) -> Change<Value> {
        known.insert(name)
        guard let value = object[name] else { return .keep }
        if value == .null { return .clear }
        return shape.read(value, place.member(name)).map { .set($0) } ?? .keep
    }

    /// A member of a merge patch that can be replaced but not cleared.
    public mutating func replacement<Value>(_ name: String, _ shape: Shape<Value>) -> Change<Value>
    {
        let change = change(name, shape)
        guard case .clear = change else { return change }
        place.member(name).refused("required", "This member cannot be cleared.")
        return .keep
    }

    /// A member that a client may not send here although answers show it: refused with the reason.
    public mutating func forbidden(_ name: String, _ reason: String) {
        known.insert(name)
        if has(name) { place.member(name).refused("notChangeable", reason) }
    }

    mutating func refuseUnknownMembers() {
        for name in object.names where !known.contains(name) {
            let nearest = Spelling.nearest(to: name, in: known.sorted())
            let hint = nearest.map { " Did you mean \($0)?" } ?? ""
            place.member(name).malformed("unknownMember", "There is no such member.\(hint)")
        }
    }
}

/// What can be read from an object of a request body.
public protocol BodyReadable {
    /// Reads the members, adding a fault for each that is wrong; nil only if there is one.
    static func read(from reader: inout BodyReader) -> Self?
}

extension BodyReadable {
    /// Reads a whole body; throws every fault of it.
    public init(_ body: JSONValue) throws(InvalidInput) {
        self = try BodyReader.read(body) { Self.read(from: &$0) }
    }

    /// Reads a whole body from its bytes; text that is no JSON is one malformed fault.
    public init(bytes: [UInt8]) throws(InvalidInput) {
        let body: JSONValue
        do {
            body = try JSONParser.parse(bytes)
        } catch {
            throw InvalidInput(error)
        }
        try self.init(body)
    }

    /// The object as a member or an element of another.
    public static var shape: Shape<Self> { .object { read(from: &$0) } }
}
