// What may be told of an organisation to those who fund its work and do not manage it.

/// An organisation as a funder may read it: under its alias unless it may be named, and with nothing else that is its own.
public struct PublishedOrganisation: Hashable, Sendable {
    public var id: Organisation.ID
    /// The legal name if the organisation may be named, else the alias it chose to be published under.
    public var name: String
    public var kind: OrganisationKind
    /// Only of an organisation that may be named.
    public var country: Country?
    public var safety: SafetyLevel

    public init(
        id: Organisation.ID, name: String, kind: OrganisationKind, country: Country?, safety: SafetyLevel
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.country = country
        self.safety = safety
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "name": .string(name), "kind": .string(kind.rawValue),
            "country": country.map { .string($0.code) } ?? .null,
        ]
    }
}

/// An organisation as far as the reader may see it.
public enum OrganisationView: Hashable, Sendable {
    case full(Organisation)
    case published(PublishedOrganisation)

    public var document: JSONValue {
        switch self {
        case .full(let organisation): organisation.document
        case .published(let organisation): organisation.document
        }
    }

    public var id: Organisation.ID {
        switch self {
        case .full(let organisation): organisation.id
        case .published(let organisation): organisation.id
        }
    }

    public var name: String {
        switch self {
        case .full(let organisation): organisation.name
        case .published(let organisation): organisation.name
        }
    }
}
