// What each kind of caller may ever do. Which records exist for a caller is the database's to decide (schema/); this is
// the coarser question that can be answered without looking at any record, so that the answer gives nothing away.

/// One kind of thing that a caller can ask for.
public enum Act: String, CaseIterable, Sendable {
    case readOrganisations, registerOrganisation, changeOrganisation, decideStanding
    case mergeOrganisations, readMerges
    case readProgrammes, addProgramme, changeProgramme
    case readGrants, addGrant, changeGrant, decideGrant
    case readCampaigns, addCampaign, changeCampaign, moveCampaign
    case readEvidence
    case readResults, logResults, submitResults, reviewResults, withdrawResults
    case readSummaries
    case readReports, readIndicators, changeIndicators
    case readTokens, issueTokens, revokeTokens
    case readPrincipals, managePrincipals
    case readAudit

    /// The reason given to a caller who may not.
    public func refusal(for role: Role) -> Refusal {
        Refusal("notPermitted", "\(role.title) may not \(description). Ask \(whoMay) to do it.")
    }

    /// In plain words, to follow "may not".
    public var description: String {
        switch self {
        case .readOrganisations: "read organisations"
        case .registerOrganisation: "register organisations"
        case .changeOrganisation: "change an organisation's record"
        case .decideStanding: "decide on an organisation's standing"
        case .mergeOrganisations: "merge organisations"
        case .readMerges: "read merges of organisations"
        case .readProgrammes: "read programmes"
        case .addProgramme: "add programmes"
        case .changeProgramme: "change a programme"
        case .readGrants: "read grants"
        case .addGrant: "add grants"
        case .changeGrant: "change a grant"
        case .decideGrant: "move a grant to another status"
        case .readCampaigns: "read campaigns"
        case .addCampaign: "add campaigns"
        case .changeCampaign: "change a campaign"
        case .moveCampaign: "move a campaign to another status"
        case .readResults: "read result sets"
        case .logResults: "log results"
        case .readEvidence: "read the evidence behind results"
        case .submitResults: "submit results"
        case .reviewResults: "review results"
        case .withdrawResults: "withdraw results"
        case .readSummaries: "read summaries"
        case .readReports: "see which reports are due"
        case .readIndicators: "read indicators"
        case .changeIndicators: "change indicators"
        case .readTokens: "read tokens"
        case .issueTokens: "issue tokens"
        case .revokeTokens: "revoke tokens"
        case .readPrincipals: "read principals"
        case .managePrincipals: "manage principals"
        case .readAudit: "read the audit log"
        }
    }

    private var whoMay: String {
        let roles = Role.allCases.filter { $0.may(self) && $0 != .administrator }
        guard let first = roles.first else { return "the administrator of this installation" }
        return first.titleInSentence
    }
}

extension Role {
    /// Whether this kind of caller may ever do this.
    public func may(_ act: Act) -> Bool {
        switch self {
        case .administrator: true
        case .programmeManager: act != .managePrincipals
        case .ngoEditor:
            Self.ngoReads.contains(act) || Self.ngoWrites.contains(act)
        case .ngoViewer: Self.ngoReads.contains(act)
        case .funder: Self.funderReads.contains(act)
        case .auditor: Self.auditorReads.contains(act)
        }
    }

    private static let ngoReads: Set<Act> = [
        .readOrganisations, .readProgrammes, .readGrants, .readCampaigns, .readResults,
        .readEvidence,
        .readSummaries, .readReports, .readIndicators,
        .readTokens, .revokeTokens, .readAudit,
    ]
    private static let ngoWrites: Set<Act> = [
        .changeOrganisation, .addCampaign, .changeCampaign, .moveCampaign, .logResults,
        .submitResults, .changeIndicators,
        .withdrawResults, .issueTokens,
    ]
    private static let funderReads: Set<Act> = [
        .readOrganisations, .readProgrammes, .readGrants, .readCampaigns, .readResults,
        .readSummaries,
        .readTokens, .revokeTokens, .issueTokens,
    ]
    // An auditor writes nothing, a token of its own included.
    private static let auditorReads: Set<Act> = [
        .readOrganisations, .readProgrammes, .readGrants, .readCampaigns, .readResults,
        .readEvidence,
        .readSummaries, .readReports, .readIndicators,
        .readTokens, .readPrincipals, .readAudit, .readMerges,
    ]

    /// As a person would say it.
    public var title: String {
        switch self {
        case .administrator: "An administrator"
        case .programmeManager: "A programme manager"
        case .ngoEditor: "An NGO editor"
        case .ngoViewer: "An NGO viewer"
        case .funder: "A funder"
        case .auditor: "An auditor"
        }
    }

    /// The title as it stands inside a sentence: “a programme manager”.
    fileprivate var titleInSentence: String {
        let title = title
        return title.prefix(1).lowercased() + title.dropFirst()
    }
}
