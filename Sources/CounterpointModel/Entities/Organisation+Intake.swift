// What clients send to register an organisation or to change its entry.

/// An organisation to register.
public struct NewOrganisation: Sendable, Hashable, BodyReadable {
    public var name: String
    public var kind: OrganisationKind
    public var country: Country
    public var identifiers: [OrganisationIdentifier]
    public var aliases: [String]
    /// The name under which it is published; the record makes one up when none is given.
    public var publicAlias: String?
    public var languages: [Language]
    public var safety: SafetyLevel
    public var contacts: [ContactPoint]

    public init(
        name: String, kind: OrganisationKind, country: Country,
        identifiers: [OrganisationIdentifier] = [], aliases: [String] = [],
        publicAlias: String? = nil, languages: [Language] = [],
        safety: SafetyLevel = .unlessStated, contacts: [ContactPoint] = []
    ) {
        self.name = name
        self.kind = kind
        self.country = country
        self.identifiers = identifiers
        self.aliases = aliases
        self.publicAlias = publicAlias
        self.languages = languages
        self.safety = safety
        self.contacts = contacts
    }

    public static func read(from reader: inout BodyReader) -> NewOrganisation? {
        let name = reader.required("name", .text(.name))
        let kind = reader.required("kind", Shape<OrganisationKind>.choice())
        let country = reader.required("country", .country)
        let identifiers = reader.optional("identifiers", .registerNumbers)
        let aliases = reader.optional("aliases", .names)
        let publicAlias = reader.optional("publicAlias", .text(.name))
        let languages = reader.optional("languages", .languages)
        let safety = reader.optional("safety", Shape<SafetyLevel>.choice())
        let contacts = reader.optional("contacts", .contacts)
        guard let name, let kind, let country else { return nil }
        let new = NewOrganisation(
            name: name, kind: kind, country: country, identifiers: identifiers ?? [],
            aliases: aliases ?? [], publicAlias: publicAlias, languages: languages ?? [],
            safety: safety ?? .unlessStated, contacts: contacts ?? [])
        reader.place.checkAlias(new.publicAlias, of: new.name, new.aliases, new.safety)
        return new
    }
}

/// A merge patch of an organisation; its standing changes by transitions only.
public struct OrganisationChange: Sendable, Hashable, BodyReadable {
    public var name: Change<String> = .keep
    public var kind: Change<OrganisationKind> = .keep
    public var country: Change<Country> = .keep
    public var identifiers: Change<[OrganisationIdentifier]> = .keep
    public var aliases: Change<[String]> = .keep
    public var publicAlias: Change<String> = .keep
    public var languages: Change<[Language]> = .keep
    public var safety: Change<SafetyLevel> = .keep
    public var contacts: Change<[ContactPoint]> = .keep

    public init() {}

    public static func read(from reader: inout BodyReader) -> OrganisationChange? {
        var change = OrganisationChange()
        change.name = reader.replacement("name", .text(.name))
        change.kind = reader.replacement("kind", .choice())
        change.country = reader.replacement("country", .country)
        change.identifiers = reader.change("identifiers", .registerNumbers)
        change.aliases = reader.change("aliases", .names)
        change.publicAlias = reader.change("publicAlias", .text(.name))
        change.languages = reader.change("languages", .languages)
        change.safety = reader.replacement("safety", .choice())
        change.contacts = reader.change("contacts", .contacts)
        reader.forbidden("standing", "The standing changes by a transition.")
        return change
    }

    /// The organisation after the patch; throws what the whole then breaks.
    public func applied(to old: Organisation) throws(InvalidInput) -> Organisation {
        var new = old
        new.name = name.replacing(old.name)
        new.kind = kind.replacing(old.kind)
        new.country = country.replacing(old.country)
        new.identifiers = identifiers.overList(old.identifiers)
        new.aliases = aliases.overList(old.aliases)
        new.publicAlias = publicAlias.over(old.publicAlias)
        new.languages = languages.overList(old.languages)
        new.safety = safety.replacing(old.safety)
        new.contacts = contacts.overList(old.contacts)
        let place = Place()
        place.checkAlias(new.publicAlias, of: new.name, new.aliases, new.safety)
        try place.throwIfFaulty()
        return new
    }
}

extension Place {
    // An alias that is one of the real names protects nobody.
    fileprivate func checkAlias(
        _ publicAlias: String?, of name: String, _ aliases: [String], _ safety: SafetyLevel
    ) {
        guard let publicAlias, safety != .public else { return }
        let real = Set(([name] + aliases).map { $0.lowercased() })
        if real.contains(publicAlias.lowercased()) {
            member("publicAlias").refused(
                "aliasGivesNameAway",
                "This is one of its names; choose another, or set safety to public.")
        }
    }
}

extension Shape where Value == [OrganisationIdentifier] {
    fileprivate static var registerNumbers: Shape {
        .uniqueList(of: .organisationIdentifier, atMost: ListLimit.ofOrganisation)
    }
}

extension Shape where Value == [String] {
    fileprivate static var names: Shape {
        .uniqueList(of: .text(.name), atMost: ListLimit.ofOrganisation)
    }
}

extension Shape where Value == [ContactPoint] {
    fileprivate static var contacts: Shape {
        .list(of: ContactPoint.shape, atMost: ListLimit.ofOrganisation)
    }
}

extension Shape where Value == [Language] {
    static var languages: Shape { .uniqueList(of: .language, atMost: ListLimit.codes) }
}

extension Shape where Value == [Country] {
    static var countries: Shape { .uniqueList(of: .country, atMost: ListLimit.codes) }
}
