public import CounterpointModel
public import CounterpointRecords

/// An organisation beside those of TestWorld, with a grant and an editor: under an alias, say, or one that asked not to be
/// published.
public struct Partner: Sendable {
    public let organisation: Organisation
    public let grant: Grant
    public let editor: Caller

    public init(_ world: TestWorld, _ name: String, _ safety: SafetyLevel) async throws {
        let people = People(world.test)
        organisation = try await people.organisation(
            name, .civilSociety, safety: safety, as: world.manager)
        grant = try await people.activeGrant(
            in: world.programme, to: organisation, as: world.manager)
        editor = try await people.caller("Editor of \(name)", .ngoEditor, organisation.id)
    }

    public func campaign(
        _ name: String, in world: TestWorld, channels: [Channel] = [.meta],
        audienceSize: Int64? = nil, publicName: String? = nil
    ) async throws -> Campaign {
        try await world.registry.addCampaign(
            NewCampaign(
                organisationId: organisation.id, grantIds: [grant.id], name: name,
                startsOn: Day(iso: "2023-01-01")!, endsOn: Day(iso: "2024-12-31")!,
                countries: [Country("UA")!], channels: channels, audienceSize: audienceSize,
                publicName: publicName), as: editor
        ).get()
    }

    /// Logs, hands in and accepts.
    @discardableResult
    public func accept(
        _ new: NewResultSet, for campaign: Campaign, in world: TestWorld
    ) async throws -> ResultSet {
        let draft = try await world.registry.logResultSet(new, for: campaign.id, as: editor).get()
        let submitted = try await world.registry.moveResultSet(
            draft.set.id, Transition(to: .submitted), expecting: draft.set.version, as: editor
        ).get().set
        return try await world.registry.moveResultSet(
            draft.set.id, Transition(to: .accepted), expecting: submitted.version,
            as: world.manager
        ).get().set
    }
}
