// Loads the demonstration through the operations that everybody uses. Every step looks first whether it is done, so that
// a run that was interrupted goes on where it ended, and a second run changes nothing.

import CounterpointModel
import CounterpointRecords

/// The demonstration once it is there.
struct LoadedDemonstration: Sendable {
    var programme: Programme
    var manager: Principal
    var mentalHealthEditor: Principal
    var pilotEditor: Principal
    var funderMember: Principal
    var auditor: Principal
    /// Whether this run made or moved anything.
    var isNew: Bool
}

/// A run of the loader.
struct Demonstration {
    let registry: Registry
    let administrator: Caller
    let progress: (String) -> Void
    private(set) var hasChanged = false

    init(registry: Registry, administrator: Caller, progress: @escaping (String) -> Void) {
        self.registry = registry
        self.administrator = administrator
        self.progress = progress
    }

    mutating func load() async throws -> LoadedDemonstration {
        if let loaded = try await complete() { return loaded }
        let manager = try await principal(DemonstrationPlan.managerName, .programmeManager)
        let asManager = caller(manager)
        let funder = try await organisation(DemonstrationPlan.funder, as: asManager)
        let mentalHealth = try await cleared(DemonstrationPlan.mentalHealth, as: asManager)
        let pilot = try await cleared(DemonstrationPlan.pilotPartners, as: asManager)
        let programme = try await programme(funder: funder.id, as: asManager)
        let mentalHealthEditor = try await principal(
            DemonstrationPlan.mentalHealthEditorName, .ngoEditor, of: mentalHealth.id)
        let pilotEditor = try await principal(
            DemonstrationPlan.pilotEditorName, .ngoEditor, of: pilot.id)
        let funderMember = try await principal(
            DemonstrationPlan.funderMemberName, .funder, of: funder.id)
        let auditor = try await principal(DemonstrationPlan.auditorName, .auditor)

        let mentalHealthGrant = try await activeGrant(
            DemonstrationPlan.mentalHealthGrant, in: programme, to: mentalHealth,
            applicant: mentalHealthEditor,
            manager: manager)
        let pilotGrant = try await activeGrant(
            DemonstrationPlan.pilotGrant, in: programme, to: pilot, applicant: pilotEditor,
            manager: manager)
        try await loadResults(
            of: DemonstrationPlan.mentalHealthCampaign(
                of: mentalHealth.id, grant: mentalHealthGrant.id),
            [
                MentalHealthFigures.byAd(), MentalHealthFigures.ofAccount(),
                MentalHealthFigures.byRegion(),
            ], editor: mentalHealthEditor, manager: manager)
        try await loadResults(
            of: DemonstrationPlan.pilotCampaign(of: pilot.id, grant: pilotGrant.id),
            [PilotFigures.watchTime(), PilotFigures.uniqueClickers()], editor: pilotEditor,
            manager: manager)
        return LoadedDemonstration(
            programme: programme, manager: manager, mentalHealthEditor: mentalHealthEditor,
            pilotEditor: pilotEditor, funderMember: funderMember, auditor: auditor,
            isNew: hasChanged)
    }

    /// The demonstration of an earlier run that came to its end: whatever was renamed, merged or withdrawn since then stays
    /// so. The last step of a run ends the pilot's campaign.
    private func complete() async throws -> LoadedDemonstration? {
        let programmes = try await everything { page in
            try await registry.programmes(ProgrammeFilter(), page: page, as: administrator)
        }
        guard
            let programme = programmes.first(where: { $0.name == DemonstrationPlan.programmeName })
        else { return nil }
        var filter = CampaignFilter()
        filter.programme = programme.id
        let campaigns = try await everything { [filter] page in
            try await registry.campaigns(filter, page: page, as: administrator)
        }
        let over = campaigns.filter { $0.status == .ended || $0.status == .evaluated }
        guard over.count >= 2 else { return nil }
        let principals = try await everything { page in
            try await registry.principals(PrincipalFilter(), page: page, as: administrator)
        }
        func principal(_ name: String) -> Principal? { principals.first { $0.name == name } }
        guard let manager = principal(DemonstrationPlan.managerName),
            let mentalHealthEditor = principal(DemonstrationPlan.mentalHealthEditorName),
            let pilotEditor = principal(DemonstrationPlan.pilotEditorName),
            let funderMember = principal(DemonstrationPlan.funderMemberName),
            let auditor = principal(DemonstrationPlan.auditorName)
        else { return nil }
        return LoadedDemonstration(
            programme: programme, manager: manager, mentalHealthEditor: mentalHealthEditor,
            pilotEditor: pilotEditor, funderMember: funderMember, auditor: auditor, isNew: false)
    }

    func caller(_ principal: Principal) -> Caller {
        Caller(.operatorAs(principal.id.text), requestId: administrator.requestId)
    }

    private mutating func note(_ text: String) {
        hasChanged = true
        progress(text)
    }
}

extension Demonstration {
    private mutating func principal(
        _ name: String, _ role: Role, of organisation: Organisation.ID? = nil
    ) async throws -> Principal {
        var filter = PrincipalFilter()
        filter.role = role
        let known = try await everything { [filter] page in
            try await registry.principals(filter, page: page, as: administrator)
        }
        if let found = known.first(where: { $0.name == name && $0.organisationId == organisation })
        {
            return found
        }
        note("adding \(name)")
        return try await registry.addPrincipal(
            NewPrincipal(name: name, role: role, organisationId: organisation), as: administrator)
    }

    private mutating func organisation(
        _ new: NewOrganisation, as manager: Caller
    ) async throws -> Organisation {
        var filter = OrganisationFilter()
        filter.name = new.name
        let known = try await everything { [filter] page in
            try await registry.organisations(filter, page: page, as: manager)
        }
        for case .full(let organisation) in known where organisation.name == new.name {
            return organisation
        }
        note("registering \(new.name)")
        return try await registry.registerOrganisation(new, as: manager).made()
    }

    private mutating func cleared(_ new: NewOrganisation, as manager: Caller) async throws
        -> Organisation
    {
        let organisation = try await organisation(new, as: manager)
        guard organisation.standing == .registered else { return organisation }
        note("clearing \(new.name)")
        return try await registry.moveOrganisation(
            organisation.id,
            StandingTransition(
                step: Transition(to: .eligible, reason: DemonstrationPlan.clearance)),
            expecting: organisation.version, as: manager
        ).made()
    }

    private mutating func programme(funder: Organisation.ID, as manager: Caller) async throws
        -> Programme
    {
        let known = try await everything { page in
            try await registry.programmes(ProgrammeFilter(), page: page, as: manager)
        }
        if let found = known.first(where: { $0.name == DemonstrationPlan.programmeName }) {
            return found
        }
        note("adding the programme")
        return try await registry.addProgramme(
            NewProgramme(
                name: DemonstrationPlan.programmeName, currency: DemonstrationPlan.currency,
                budget: DemonstrationPlan.budget, startsOn: DemonstrationPlan.startsOn,
                endsOn: DemonstrationPlan.endsOn, funderIds: [funder]),
            as: manager
        ).made()
    }

    /// The applicant hands in; the manager does the rest.
    private mutating func activeGrant(
        _ plan: DemonstrationPlan.GrantPlan, in programme: Programme, to organisation: Organisation,
        applicant: Principal, manager: Principal
    ) async throws -> Grant {
        let asManager = caller(manager)
        var filter = GrantFilter()
        filter.programme = programme.id
        filter.organisation = organisation.id
        let known = try await everything { [filter] page in
            try await registry.grants(filter, page: page, as: asManager)
        }
        var grant: Grant
        if let found = known.first(where: { $0.title == plan.title }) {
            grant = found
        } else {
            note("drafting a grant for \(organisation.name)")
            grant = try await registry.addGrant(
                NewGrant(
                    programmeId: programme.id, organisationId: organisation.id, title: plan.title,
                    amount: plan.amount, startsOn: plan.startsOn, endsOn: plan.endsOn),
                as: asManager
            ).made()
        }
        let steps: [(from: GrantStatus, to: GrantStatus)] = [
            (.draft, .submitted), (.submitted, .underReview), (.underReview, .awarded),
            (.awarded, .active),
        ]
        for step in steps where grant.status == step.from {
            note("\(organisation.name): grant \(step.to.rawValue)")
            grant = try await registry.moveGrant(
                grant.id,
                Transition(
                    to: step.to, reason: DemonstrationPlan.decision,
                    on: step.to == .active ? plan.signedOn : nil),
                expecting: grant.version, as: step.from == .draft ? caller(applicant) : asManager
            ).made()
        }
        return grant
    }

    private mutating func loadResults(
        of new: NewCampaign, _ sets: [NewResultSet], editor: Principal, manager: Principal
    ) async throws {
        let campaign = try await campaign(new, as: caller(editor))
        for set in sets { try await accepted(set, of: campaign, editor: editor, manager: manager) }
        var latest = try await registry.campaign(campaign.id, as: caller(editor))
        for step in [CampaignStatus.running, .ended] where latest.status.successors.contains(step) {
            latest = try await registry.moveCampaign(
                latest.id, Transition(to: step, reason: nil), expecting: latest.version,
                as: caller(editor)
            ).made()
            hasChanged = true
        }
    }

    private mutating func campaign(_ new: NewCampaign, as editor: Caller) async throws -> Campaign {
        var filter = CampaignFilter()
        filter.organisation = new.organisationId
        let known = try await everything { [filter] page in
            try await registry.campaigns(filter, page: page, as: editor)
        }
        if let found = known.first(where: { $0.name == new.name }) { return found }
        note("planning \(new.name)")
        return try await registry.addCampaign(new, as: editor).made()
    }

    /// The set is known by its note, which names its source and is nobody else's.
    private mutating func accepted(
        _ new: NewResultSet, of campaign: Campaign, editor: Principal, manager: Principal
    ) async throws {
        var filter = ResultSetFilter()
        filter.campaign = campaign.id
        let known = try await everything { [filter] page in
            try await registry.resultSets(filter, page: page, as: caller(editor))
        }
        var set: ResultSet
        if let found = known.first(where: { $0.note == new.note }) {
            set = found
        } else {
            let cut = new.breakdown == .none ? "of the account" : "by \(new.breakdown.rawValue)"
            note("\(campaign.name): logging figures \(cut)")
            set = try await registry.logResultSet(new, for: campaign.id, as: caller(editor)).made()
                .set
        }
        // What somebody returned or withdrew since then is theirs.
        if set.status == .draft {
            hasChanged = true
            set = try await registry.moveResultSet(
                set.id, Transition(to: .submitted), expecting: set.version, as: caller(editor)
            ).made().set
        }
        if set.status == .submitted {
            hasChanged = true
            _ = try await registry.moveResultSet(
                set.id, Transition(to: .accepted), expecting: set.version, as: caller(manager)
            ).made()
        }
    }
}
