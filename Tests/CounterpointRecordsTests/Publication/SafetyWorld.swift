// What these suites do with the organisations beside those of TestWorld.

import CounterpointModel
import CounterpointRecords
import TestRegistry

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
