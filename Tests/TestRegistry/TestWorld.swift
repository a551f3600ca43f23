// A small world: one programme with a funder, two NGOs that must know nothing of each other, and everyone's token.

public import CounterpointModel
public import CounterpointRecords

/// The people and organisations that most tests need.
public struct TestWorld: Sendable {
    public let test: TestRegistry
    public let manager: Caller
    public let editor: Caller
    public let viewer: Caller
    public let rival: Caller
    public let funder: Caller
    public let auditor: Caller
    public let programme: Programme
    public let organisation: Organisation
    public let rivalOrganisation: Organisation
    public let funderOrganisation: Organisation
    public let grant: Grant
    public let rivalGrant: Grant

    public var registry: Registry { test.service }

    /// Runs `body` in a fresh world.
    public static func with<Value: Sendable>(
        _ body: (TestWorld) async throws -> Value
    ) async throws -> Value {
        try await TestRegistry.with { test in try await body(try await TestWorld(test)) }
    }

    public init(_ test: TestRegistry) async throws {
        self.test = test
        let people = People(test)
        manager = try await people.caller("Mina Manager", .programmeManager)
        organisation = try await people.organisation("Voices", .civilSociety, as: manager)
        rivalOrganisation = try await people.organisation("Rivals", .civilSociety, as: manager)
        funderOrganisation = try await people.organisation("Fund", .funder, as: manager)
        let new = NewProgramme(
            name: "Programme", currency: Currency("EUR")!,
            budget: Money(text: "500000.00", Currency("EUR")!),
            startsOn: Day(iso: "2016-01-01")!, endsOn: Day(iso: "2030-12-31")!,
            funderIds: [funderOrganisation.id])
        programme = try await test.service.addProgramme(new, as: manager).get()
        grant = try await people.activeGrant(in: programme, to: organisation, as: manager)
        rivalGrant = try await people.activeGrant(in: programme, to: rivalOrganisation, as: manager)
        editor = try await people.caller("Edith Editor", .ngoEditor, organisation.id)
        viewer = try await people.caller("Vic Viewer", .ngoViewer, organisation.id)
        rival = try await people.caller("Rita Rival", .ngoEditor, rivalOrganisation.id)
        funder = try await people.caller("Frank Funder", .funder, funderOrganisation.id)
        auditor = try await people.caller("Ada Auditor", .auditor)
    }

    /// A campaign of the first NGO that draws on its grant.
    public func campaign(
        _ name: String = "Campaign", channels: [Channel] = [.meta], countries: [String] = ["UA"],
        audienceSize: Int64? = nil
    ) async throws -> Campaign {
        try await registry.addCampaign(
            NewCampaign(
                organisationId: organisation.id, grantIds: [grant.id], name: name,
                startsOn: Day(iso: "2023-01-01")!, endsOn: Day(iso: "2024-12-31")!,
                countries: countries.compactMap { Country($0) }, channels: channels,
                audienceSize: audienceSize),
            as: editor
        ).get()
    }

    /// The moment it is for the database.
    public func now() async throws -> Instant {
        try await registry.summary(SummaryQuestion(), as: manager).asOf
    }

    /// Logs a set and takes it to the record.
    @discardableResult
    public func accept(_ new: NewResultSet, for campaign: Campaign) async throws -> ResultSet {
        let set = try await registry.logResultSet(new, for: campaign.id, as: editor).get().set
        return try await accept(set)
    }

    /// Hands a drafted set in and accepts it.
    @discardableResult
    public func accept(_ set: ResultSet) async throws -> ResultSet {
        let submitted = try await registry.moveResultSet(
            set.id, Transition(to: .submitted), expecting: set.version, as: editor
        ).get().set
        return try await registry.moveResultSet(
            set.id, Transition(to: .accepted), expecting: submitted.version, as: manager
        ).get().set
    }
}

/// Makes people and organisations.
public struct People: Sendable {
    let test: TestRegistry

    public init(_ test: TestRegistry) { self.test = test }

    /// A principal with a token, ready to call.
    public func caller(
        _ name: String, _ role: Role, _ organisation: Organisation.ID? = nil
    ) async throws -> Caller {
        let principal = try await test.host.addPrincipal(
            NewPrincipal(name: name, role: role, organisationId: organisation),
            as: test.administrator)
        let issued = try await test.host.issueToken(
            NewToken(principalId: principal.id, label: "test"), as: test.administrator
        ).get()
        return Caller(.token(issued.secret), requestId: "test")
    }

    /// A registered and cleared organisation.
    public func organisation(
        _ name: String, _ kind: OrganisationKind, safety: SafetyLevel = .public, as manager: Caller
    ) async throws -> Organisation {
        let made = try await test.service.registerOrganisation(
            NewOrganisation(name: name, kind: kind, country: Country("UA")!, safety: safety),
            as: manager
        ).get()
        guard kind == .civilSociety else { return made }
        return try await test.service.moveOrganisation(
            made.id,
            StandingTransition(step: Transition(to: .eligible, reason: "checked for the test")),
            expecting: made.version, as: manager
        ).get()
    }

    /// A grant taken through all its steps.
    public func activeGrant(
        in programme: Programme, to organisation: Organisation, as manager: Caller
    ) async throws -> Grant {
        var grant = try await test.service.addGrant(
            NewGrant(
                programmeId: programme.id, organisationId: organisation.id,
                title: "Grant to \(organisation.name)",
                amount: Money(text: "10000.00", programme.currency)!, startsOn: programme.startsOn,
                endsOn: programme.endsOn),
            as: manager
        ).get()
        for status: GrantStatus in [.submitted, .underReview, .awarded, .active] {
            grant = try await test.service.moveGrant(
                grant.id, Transition(to: status, on: Day(iso: "2020-01-01")!),
                expecting: grant.version,
                as: manager
            ).get()
        }
        return grant
    }
}
