// A world with an organisation under an alias and one that asked not to be published, beside the named ones of TestWorld.

import CounterpointModel
import CounterpointRecords
import TestRegistry

/// An organisation with a grant and an editor.
struct Partner: Sendable {
    var organisation: Organisation
    var grant: Grant
    var editor: Caller

    init(_ world: TestWorld, _ name: String, _ safety: SafetyLevel) async throws {
        let people = People(world.test)
        organisation = try await people.organisation(
            name, .civilSociety, safety: safety, as: world.manager)
        grant = try await people.activeGrant(
            in: world.programme, to: organisation, as: world.manager)
        editor = try await people.caller("Editor of \(name)", .ngoEditor, organisation.id)
    }

    func campaign(
        _ name: String, in world: TestWorld, channels: [Channel] = [.meta],
        audienceSize: Int64? = nil,
        publicName: String? = nil
    ) async throws -> Campaign {
        try await world.registry.addCampaign(
            NewCampaign(
                organisationId: organisation.id, grantIds: [grant.id], name: name,
                startsOn: Day(iso: "2023-01-01")!, endsOn: Day(iso: "2024-12-31")!,
                countries: [Country("UA")!], channels: channels, audienceSize: audienceSize,
                publicName: publicName), as: editor
        ).get()
    }

    @discardableResult
    func accept(
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

extension TestWorld {
    /// Changes a safety level as the organisation's manager.
    func protect(_ organisation: Organisation.ID, _ safety: SafetyLevel) async throws {
        guard
            case .full(let full) = try await registry.organisation(organisation, as: manager)
        else { return }
        let change = try OrganisationChange(["safety": .string(safety.rawValue)])
        _ = try await registry.changeOrganisation(
            organisation, change, expecting: full.version, as: manager)
    }
}
