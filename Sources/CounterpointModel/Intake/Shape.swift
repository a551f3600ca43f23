// What a member's value must look like. Shapes are put together (`.list(of: .choice())`), and each
// says at its place what is wrong with what it was given.

/// Reads one JSON value as a `Value`, or adds at least one fault at the place and answers nil.
public struct Shape<Value> {
    let read: (JSONValue, Place) -> Value?

    /// A shape from its reading; `read` answers nil only after adding a fault.
    public init(_ read: @escaping (JSONValue, Place) -> Value?) { self.read = read }

    /// The same shape with a further step, which answers nil only after adding a fault.
    public func then<Other>(_ step: @escaping (Value, Place) -> Other?) -> Shape<Other> {
        Shape<Other> { value, place in read(value, place).flatMap { step($0, place) } }
    }

    /// A string that `parse` understands; otherwise a malformed fault with this code.
    public static func form(
        _ wanted: String, code: String, _ parse: @escaping (String) -> Value?
    ) -> Shape {
        Shape { value, place in
            guard let text = value.string else {
                place.wrongType(value, wanted: wanted)
                return nil
            }
            guard let parsed = parse(text) else {
                place.malformed(code, "\(Shape<String>.quoted(text)) is not \(wanted).")
                return nil
            }
            return parsed
        }
    }

    /// An object whose members `body` reads.
    public static func object(_ body: @escaping (inout BodyReader) -> Value?) -> Shape {
        Shape { value, place in
            guard let object = value.object else {
                place.wrongType(value, wanted: "an object")
                return nil
            }
            var reader = BodyReader(object, at: place)
            let result = body(&reader)
            reader.refuseUnknownMembers()
            return result
        }
    }

    /// An array with at most `countMax` elements of one shape; elements at fault leave nil.
    public static func list<Element>(
        of element: Shape<Element>, atMost countMax: Int
    ) -> Shape where Value == [Element] {
        Shape { value, place in
            guard let array = value.array else {
                place.wrongType(value, wanted: "an array")
                return nil
            }
            guard array.count <= countMax else {
                place.refused("tooMany", "At most \(countMax); found \(array.count).")
                return nil
            }
            var elements: [Element] = []
            elements.reserveCapacity(array.count)
            for (index, item) in array.enumerated() {
                if let read = element.read(item, place.element(index)) { elements.append(read) }
            }
            return elements.count == array.count ? elements : nil
        }
    }

    /// As `list`, and no element twice.
    public static func uniqueList<Element: Hashable>(
        of element: Shape<Element>, atMost countMax: Int
    ) -> Shape where Value == [Element] {
        Shape.list(of: element, atMost: countMax).then { elements, place in
            var seen: Set<Element> = []
            for (index, item) in elements.enumerated() where !seen.insert(item).inserted {
                place.element(index).refused("duplicate", "This is in the list already.")
            }
            return elements
        }
    }
}

extension Shape where Value == String {
    // What was sent is repeated in a message only as far as a person needs to recognise it.
    static var quotedScalarsMax: Int { 40 }

    static func quoted(_ text: String) -> String {
        let head = text.unicodeScalars.prefix(quotedScalarsMax)
        let isCut = head.endIndex < text.unicodeScalars.endIndex
        let shown = String(
            String.UnicodeScalarView(head.map { TextRule.isRefused($0) ? "\u{FFFD}" : $0 }))
        return "“\(shown)\(isCut ? "…" : "")”"
    }
}
