// The life of a result set: drafted and handed in by the NGO, accepted or returned by a manager.

/// Where a result set stands.
public enum ResultSetStatus: String, LifeCycle {
    case draft, submitted, accepted, returned, withdrawn, superseded

    public var successors: [ResultSetStatus] {
        switch self {
        case .draft: [.submitted, .withdrawn]
        case .submitted: [.accepted, .returned, .withdrawn]
        case .returned: [.submitted, .withdrawn]
        // `superseded` comes with the acceptance of a successor, never at a client's word.
        case .accepted: [.withdrawn]
        case .withdrawn, .superseded: []
        }
    }

    public func needsReason(to next: ResultSetStatus) -> Bool {
        next == .returned || (self == .accepted && next == .withdrawn)
    }

    // The NGO hands in and takes back; what was accepted only a manager takes out again.
    public func permits(_ role: Role, to next: ResultSetStatus) -> Bool {
        if role.isManaging { return true }
        guard role == .ngoEditor else { return false }
        return next == .submitted || (next == .withdrawn && self != .accepted)
    }

    /// Whether its readings may still change; accepted sets are corrected by a new set.
    public var isOpen: Bool { self == .draft || self == .returned }

    /// The status after the transition.
    public func moved(
        by transition: Transition<ResultSetStatus>, today: Day
    ) throws(Refusal) -> ResultSetStatus {
        if transition.to == .superseded {
            throw Refusal(
                "setBySuccessor",
                "A set is superseded when a set that names it in supersedes is accepted.")
        }
        try checkStep(to: transition.to, reason: transition.reason)
        _ = try transition.day(today: today)
        return transition.to
    }

    /// Refuses to change a set that has been handed in.
    public func checkOpen() throws(Refusal) {
        guard isOpen else {
            throw Refusal(
                "setIsFixed",
                "A set that is \(rawValue) does not change; log a new one that supersedes it.")
        }
    }
}

/// How the figures of a set came in.
public enum ResultMethod: String, CaseIterable, Hashable, Sendable {
    case form, canonicalCSV, platformExport, survey
}
