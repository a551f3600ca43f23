// What a token may be used for. Effective right = scopes of the token ∩ role of its holder ∩ row policy.

/// A part of what a token's holder may do. A token has some of them; the database repeats the rule (schema/0007).
public enum TokenScope: String, CaseIterable, Hashable, Sendable, Comparable {
    /// See what the holder may see. Part of every token: whoever writes may see what they write to.
    case read
    /// Log, hand in and take back results.
    case logResults
    /// Accept results, return them, and take accepted ones out of the record.
    case review
    /// Everything else that the holder may change: records of organisations, programmes, grants and campaigns, and tokens.
    case manage

    /// In the order of the list above, which is that of what they let in.
    public static func < (one: TokenScope, other: TokenScope) -> Bool {
        allCases.firstIndex(of: one)! < allCases.firstIndex(of: other)!
    }

    /// Stable, camelCase: the code of the answer to a token that lacks it.
    public var lackingCode: String { "\(rawValue)ScopeNeeded" }

    /// The reason given to a caller whose token lacks it.
    public var refusal: Refusal {
        Refusal(
            lackingCode,
            "This token lacks the scope \(rawValue). Use one that has it, or have one issued with "
                + "\"scopes\":[\"read\",\"\(rawValue)\"].")
    }
}

extension Act {
    /// The scope that a token needs for it.
    public var scope: TokenScope {
        switch self {
        case .readOrganisations, .readMerges, .readProgrammes, .readGrants, .readCampaigns,
            .readResults, .readEvidence, .readSummaries, .readReports, .readIndicators, .readTokens,
            .readPrincipals, .readAudit:
            .read
        case .logResults, .submitResults, .withdrawResults: .logResults
        case .reviewResults: .review
        case .registerOrganisation, .changeOrganisation, .decideStanding, .mergeOrganisations,
            .addProgramme, .changeProgramme, .addGrant, .changeGrant, .decideGrant, .addCampaign,
            .changeCampaign, .moveCampaign, .changeIndicators, .issueTokens, .revokeTokens,
            .managePrincipals:
            .manage
        }
    }
}

extension Role {
    /// The scopes that its acts need, and so the widest token that its holder can have.
    public var scopes: [TokenScope] {
        TokenScope.allCases.filter { scope in
            Act.allCases.contains { may($0) && $0.scope == scope }
        }
    }
}
