// The life of a grant, and what must be true before money is promised.

/// Where a grant stands.
public enum GrantStatus: String, LifeCycle {
    case draft, submitted, underReview, awarded, active, suspended, closed
    case rejected, cancelled, terminated

    public var successors: [GrantStatus] {
        switch self {
        case .draft: [.submitted, .cancelled]
        case .submitted: [.underReview, .rejected, .cancelled]
        case .underReview: [.awarded, .rejected, .cancelled]
        case .awarded: [.active, .cancelled]
        case .active: [.suspended, .closed, .terminated]
        case .suspended: [.active, .closed, .terminated]
        case .closed, .rejected, .cancelled, .terminated: []
        }
    }

    public func needsReason(to next: GrantStatus) -> Bool {
        switch next {
        case .rejected, .cancelled, .suspended, .terminated: true
        case .draft, .submitted, .underReview, .awarded, .active, .closed: false
        }
    }

    // The applicant hands in, and may take back what has not been looked at; the rest decides.
    public func permits(_ role: Role, to next: GrantStatus) -> Bool {
        if role.isManaging { return true }
        guard role == .ngoEditor else { return false }
        return (self == .draft && (next == .submitted || next == .cancelled))
            || (self == .submitted && next == .cancelled)
    }

    /// Whether title, amount, period and instalments may still change.
    public var areTermsOpen: Bool {
        self == .draft || self == .submitted || self == .underReview
    }

    /// Whether the amount counts as committed against the programme's budget.
    public var isCommitted: Bool {
        switch self {
        case .awarded, .active, .suspended, .closed: true
        case .draft, .submitted, .underReview, .rejected, .cancelled, .terminated: false
        }
    }

    /// Whether it may still be agreed anew when reports are due.
    public var isReportingOpen: Bool { !isFinal }

    /// Refuses to change when reports of a grant that has ended were due.
    public func checkReportingOpen() throws(Refusal) {
        guard isReportingOpen else {
            throw Refusal(
                "termsAreFixed",
                "When reports of a grant that is \(rawValue) were due does not change.")
        }
    }

    /// Refuses to change the terms of a grant that has been decided.
    public func checkTermsOpen() throws(Refusal) {
        guard areTermsOpen else {
            throw Refusal(
                "termsAreFixed", "The terms of a grant that is \(rawValue) do not change.")
        }
    }
}

/// What the record knows when a grant is to move on.
public struct GrantFacts: Sendable, Hashable {
    public var organisationStanding: Standing
    public var clearanceExpiresOn: Day?
    public var agreementSignedOn: Day?
    /// What the programme has committed already, without this grant, in minor units.
    public var committedMinor: Int64
    /// The programme's budget in minor units of the same currency; nil: none set.
    public var budgetMinor: Int64?
    public var today: Day
    /// Reports whose due day is over and that are not handed in for all their days.
    public var reportsLate: Int

    public init(
        organisationStanding: Standing, clearanceExpiresOn: Day?, agreementSignedOn: Day?,
        committedMinor: Int64, budgetMinor: Int64?, today: Day, reportsLate: Int = 0
    ) {
        self.organisationStanding = organisationStanding
        self.clearanceExpiresOn = clearanceExpiresOn
        self.agreementSignedOn = agreementSignedOn
        self.committedMinor = committedMinor
        self.budgetMinor = budgetMinor
        self.today = today
        self.reportsLate = reportsLate
    }
}

extension GrantStatus {
    /// The status after the transition, and the day of the signature if that is known by then.
    public func moved(
        by transition: Transition<GrantStatus>, amount: Money, facts: GrantFacts
    ) throws(Refusal) -> (status: GrantStatus, agreementSignedOn: Day?) {
        try checkStep(to: transition.to, reason: transition.reason)
        _ = try transition.day(today: facts.today)
        switch transition.to {
        case .awarded:
            try Self.checkAward(of: amount, facts)
            return (.awarded, facts.agreementSignedOn)
        case .active where self == .awarded:
            guard let signedOn = facts.agreementSignedOn ?? transition.on else {
                throw Refusal(
                    "agreementNotSigned", "Give the day the agreement was signed as on.")
            }
            return (.active, signedOn)
        case .closed where facts.reportsLate > 0:
            throw Refusal(
                "reportsLate",
                "\(facts.reportsLate) reports of the grant are late; take them in first, or agree anew "
                    + "when they are due.")
        default:
            return (transition.to, facts.agreementSignedOn)
        }
    }

    private static func checkAward(of amount: Money, _ facts: GrantFacts) throws(Refusal) {
        guard facts.organisationStanding == .eligible else {
            throw Refusal(
                "organisationNotEligible",
                "The organisation is \(facts.organisationStanding.rawValue); clear it first "
                    + "(a transition of the organisation to eligible).")
        }
        guard let expiresOn = facts.clearanceExpiresOn, expiresOn >= facts.today else {
            throw Refusal(
                "clearanceExpired", "The organisation's clearance has expired; renew it first.")
        }
        guard let budgetMinor = facts.budgetMinor else { return }
        let (sum, overflow) = facts.committedMinor.addingReportingOverflow(amount.amountMinor)
        guard !overflow, sum <= budgetMinor else {
            let left = Money(minor: budgetMinor - facts.committedMinor, amount.currency)
            throw Refusal(
                "beyondBudget",
                "The programme's budget has \(left?.text ?? "too little") \(amount.currency) left; "
                    + "the grant is of \(amount.text).")
        }
    }
}
