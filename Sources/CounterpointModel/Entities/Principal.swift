// Who acts: people and programs, each with one role.

/// Somebody or something that holds tokens.
public struct Principal: Sendable, Hashable {
    public typealias ID = Identifier<Principal>

    public var id: ID
    public var name: String
    public var role: Role
    /// For members of an NGO and for funders: the organisation they act for.
    public var organisationId: Organisation.ID?
    /// From when on its tokens open nothing.
    public var disabledAt: Instant?

    public init(
        id: ID, name: String, role: Role, organisationId: Organisation.ID? = nil,
        disabledAt: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.organisationId = organisationId
        self.disabledAt = disabledAt
    }

    /// `{"id","name","role","organisationId","disabledAt"}`.
    public var document: JSONValue {
        [
            "id": .string(id.text), "name": .string(name), "role": .string(role.rawValue),
            "organisationId": .text(organisationId), "disabledAt": .text(disabledAt),
        ]
    }
}

/// A principal to add.
public struct NewPrincipal: Sendable, Hashable, BodyReadable {
    public var name: String
    public var role: Role
    public var organisationId: Organisation.ID?

    public init(name: String, role: Role, organisationId: Organisation.ID? = nil) {
        self.name = name
        self.role = role
        self.organisationId = organisationId
    }

    public static func read(from reader: inout BodyReader) -> NewPrincipal? {
        let name = reader.required("name", .text(.name))
        let role = reader.required("role", Shape<Role>.choice())
        let organisationId: Organisation.ID? = reader.optional("organisationId", .identifier())
        guard let name, let role else { return nil }
        let new = NewPrincipal(name: name, role: role, organisationId: organisationId)
        new.check(at: reader.place)
        return new
    }

    /// The same rules for a principal that the CLI puts together; throws every fault.
    public func check() throws(InvalidInput) {
        let place = Place()
        check(at: place)
        try place.throwIfFaulty()
    }

    private func check(at place: Place) {
        let member = place.member("organisationId")
        if role.belongsToOrganisation, organisationId == nil {
            member.refused("required", "A principal that is \(role.rawValue) acts for one.")
        }
        if !role.belongsToOrganisation, organisationId != nil {
            member.refused("notExpected", "A principal that is \(role.rawValue) acts for none.")
        }
    }
}
