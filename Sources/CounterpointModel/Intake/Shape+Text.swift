// Text as a member's value.

extension Shape where Value == String {
    /// Any string, as it was sent; for forms that are checked by what follows.
    static var string: Shape {
        Shape { value, place in
            if value.string == nil { place.wrongType(value, wanted: "a string") }
            return value.string
        }
    }

    /// Text under a rule, as it is stored.
    public static func text(_ rule: TextRule) -> Shape {
        Shape.string.then { text, place in
            do throws(TextRule.Violation) {
                return try rule.checked(text)
            } catch {
                switch error {
                case .blank:
                    place.refused("blank", "There is no text in it; leave the member out instead.")
                case .tooLong:
                    place.refused("tooLong", "At most \(rule.scalarsMax) characters.")
                case .controlCharacter(let scalar):
                    let hex = String(scalar.value, radix: 16, uppercase: true)
                    let code = String(repeating: "0", count: max(0, 4 - hex.count)) + hex
                    place.refused("controlCharacter", "U+\(code) has no place in this text.")
                }
                return nil
            }
        }
    }
}
