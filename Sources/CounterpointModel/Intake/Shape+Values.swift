// The shapes of the field's own values.

extension Shape where Value == Bool {
    /// `true` or `false`.
    public static var bool: Shape {
        Shape { value, place in
            if value.bool == nil { place.wrongType(value, wanted: "true or false") }
            return value.bool
        }
    }
}

extension Shape where Value == Int64 {
    /// A whole JSON number within `range`.
    public static func integer(in range: ClosedRange<Int64>) -> Shape {
        Shape { value, place in
            guard let number = value.number else {
                place.wrongType(value, wanted: "a whole number")
                return nil
            }
            guard let integer = number.int64 else {
                // JSON Schema calls 5.0 an integer, so it is understood.
                place.refused("notAWholeNumber", "Write a whole number in plain digits.")
                return nil
            }
            guard range.contains(integer) else {
                place.refused(
                    "outOfRange", "From \(range.lowerBound) to \(range.upperBound) is possible.")
                return nil
            }
            return integer
        }
    }
}

extension Shape where Value == Day {
    /// `"2017-03-30"`.
    public static var day: Shape {
        form("a day as in 2017-03-30", code: "notADay") { Day(iso: $0) }
    }
}

extension Shape where Value == Instant {
    /// RFC 3339.
    public static var instant: Shape {
        form("an instant as in 2017-03-30T10:00:00Z", code: "notAnInstant") { Instant(rfc3339: $0) }
    }
}

extension Shape where Value == Currency {
    /// An ISO 4217 code of the accepted list.
    public static var currency: Shape {
        form("an ISO 4217 currency code as in EUR", code: "unknownCurrency") { Currency($0) }
    }
}

extension Shape where Value == Country {
    /// An ISO 3166-1 alpha-2 code, or XK.
    public static var country: Shape {
        form("an ISO 3166-1 country code as in KE", code: "unknownCountry") { Country($0) }
    }
}

extension Shape where Value == Language {
    /// An ISO 639-1 code.
    public static var language: Shape {
        form("an ISO 639-1 language code as in ar", code: "unknownLanguage") { Language($0) }
    }
}

extension Shape {
    /// The UUID of a thing.
    public static func identifier<Subject>() -> Shape where Value == Identifier<Subject> {
        form("an id (a UUID)", code: "notAnIdentifier") { Identifier<Subject>($0) }
    }

    /// One of the raw values of an enumeration.
    public static func choice() -> Shape
    where Value: RawRepresentable<String> & CaseIterable {
        Shape { value, place in
            guard let text = value.string else {
                place.wrongType(value, wanted: "a string")
                return nil
            }
            guard let choice = Value(rawValue: text) else {
                let possible = Value.allCases.map(\.rawValue).joined(separator: ", ")
                place.malformed("notAChoice", "One of \(possible) is possible.")
                return nil
            }
            return choice
        }
    }
}

extension Shape where Value == Money {
    /// `{"amount":"12500.00","currency":"EUR"}`, of zero or more, or of more than zero.
    public static func money(_ sign: AmountSign = .zeroOrMore) -> Shape {
        Shape.object { reader in
            let amount = reader.required("amount", .string)
            let currency = reader.required("currency", .currency)
            guard let amount, let currency else { return nil }
            let place = reader.place.member("amount")
            guard let decimal = ExactDecimal(amount) else {
                place.malformed("notMoney", "Write the amount as in 12500.00, without separators.")
                return nil
            }
            guard let money = Money(text: amount, currency) else {
                place.refused(
                    "notMoney",
                    "\(currency.code) has \(currency.minorUnitDigits) decimals, and amounts end "
                        + "at 10^15 of its smallest unit.")
                return nil
            }
            if decimal.isNegative || (sign == .moreThanZero && decimal == .zero) {
                place.refused("outOfRange", "The amount must be \(sign.text).")
            }
            return money
        }
    }

    /// Which amounts are taken.
    public enum AmountSign: Sendable {
        case zeroOrMore, moreThanZero

        var text: String { self == .zeroOrMore ? "zero or more" : "more than zero" }
    }
}

extension Shape where Value == OrganisationIdentifier {
    /// `{"scheme":"GB-CHC","id":"1090095"}` with a scheme of org-id.guide's list.
    public static var organisationIdentifier: Shape {
        Shape.object { reader in
            let scheme = reader.required("scheme", .string)
            let id = reader.required("id", .string)
            guard let scheme, let id else { return nil }
            do throws(OrganisationIdentifier.Fault) {
                return try OrganisationIdentifier(scheme: scheme, id: id)
            } catch {
                switch error {
                case .unknownScheme:
                    reader.place.member("scheme").refused(
                        "unknownScheme", "org-id.guide has no register with this code.")
                case .emptyLocalPart:
                    reader.place.member("id").refused("blank", "The number is missing.")
                case .tooLong:
                    reader.place.member("id").refused(
                        "tooLong",
                        "At most \(OrganisationIdentifier.maximumLocalCharacters) characters.")
                case .forbiddenCharacter:
                    reader.place.member("id").refused(
                        "controlCharacter", "White space and invisible characters have no place.")
                }
                return nil
            }
        }
    }
}
