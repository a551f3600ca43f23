// An organisation as it is recorded, and how it is shown.

/// What sort of body an organisation is.
public enum OrganisationKind: String, CaseIterable, Hashable, Sendable {
    case civilSociety, funder, platform, publicBody, university
}

/// How an organisation may appear outside.
public enum SafetyLevel: String, CaseIterable, Hashable, Sendable {
    /// It may be named.
    case `public`
    /// It is published under its alias.
    case alias
    /// It is never published, nor counted in a cell small enough to reveal it.
    case withheld

    // Safe until somebody decides otherwise, and still counted in published totals.
    /// What applies when nobody said anything.
    public static let unlessStated = SafetyLevel.alias
}

/// A person or office to turn to; always restricted.
public struct ContactPoint: Sendable, Hashable, BodyReadable {
    public var name: String
    public var role: String?
    public var email: String?
    public var phone: String?
    public var note: String?

    public init(
        name: String, role: String? = nil, email: String? = nil, phone: String? = nil,
        note: String? = nil
    ) {
        self.name = name
        self.role = role
        self.email = email
        self.phone = phone
        self.note = note
    }

    public static func read(from reader: inout BodyReader) -> ContactPoint? {
        let name = reader.required("name", .text(.name))
        let role = reader.optional("role", .text(.name))
        let email = reader.optional("email", .email)
        let phone = reader.optional("phone", .text(.phone))
        let note = reader.optional("note", .text(.note))
        guard let name else { return nil }
        return ContactPoint(name: name, role: role, email: email, phone: phone, note: note)
    }

    /// The contact point as answers show it to those who may see it.
    public var document: JSONValue {
        [
            "name": .string(name), "role": .string(orNull: role), "email": .string(orNull: email),
            "phone": .string(orNull: phone), "note": .string(orNull: note),
        ]
    }
}

extension Shape where Value == String {
    // Whether mail arrives only mail can tell; a form check beyond this refuses addresses that work.
    static var email: Shape {
        Shape.text(.email).then { text, place in
            let parts = text.utf8.split(
                separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
            let isPlausible =
                parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
                && !text.unicodeScalars.contains { $0.properties.isWhitespace }
            if !isPlausible {
                place.malformed("notAnEmail", "Write the address as in name@example.org.")
            }
            return text
        }
    }
}

/// An organisation of a programme.
public struct Organisation: Record {
    public typealias ID = Identifier<Organisation>

    public var id: ID
    public var name: String
    public var kind: OrganisationKind
    public var country: Country
    public var identifiers: [OrganisationIdentifier]
    public var aliases: [String]
    public var publicAlias: String?
    public var languages: [Language]
    public var safety: SafetyLevel
    public var contacts: [ContactPoint]
    public var standing: Standing
    /// The due diligence behind the standing `eligible`; kept when the standing changes.
    public var clearance: Clearance?
    public var createdAt: Instant
    public var updatedAt: Instant
    public var version: Int64

    public init(
        id: ID, details: NewOrganisation, standing: Standing, clearance: Clearance?,
        createdAt: Instant, updatedAt: Instant, version: Int64
    ) {
        self.id = id
        name = details.name
        kind = details.kind
        country = details.country
        identifiers = details.identifiers
        aliases = details.aliases
        publicAlias = details.publicAlias
        languages = details.languages
        safety = details.safety
        contacts = details.contacts
        self.standing = standing
        self.clearance = clearance
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "name": .string(name), "kind": .string(kind.rawValue),
            "country": .string(country.code),
            "identifiers": .array(identifiers.map(\.document)),
            "aliases": .texts(aliases), "publicAlias": .string(orNull: publicAlias),
            "languages": .texts(languages), "safety": .string(safety.rawValue),
            "contacts": .array(contacts.map(\.document)), "standing": .string(standing.rawValue),
            "clearance": clearance?.document ?? .null,
            "createdAt": .text(createdAt), "updatedAt": .text(updatedAt),
        ]
    }
}
