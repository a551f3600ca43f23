// Whether an organisation may be given money: due diligence, its expiry, and what can happen to it.

/// Where an organisation stands with the programme.
public enum Standing: String, LifeCycle {
    case registered, eligible, suspended, struckOff

    public var successors: [Standing] {
        switch self {
        case .registered: [.eligible]
        // Eligible to eligible renews the clearance.
        case .eligible: [.eligible, .suspended]
        case .suspended: [.eligible, .struckOff]
        case .struckOff: []
        }
    }

    // Every step is a finding about somebody: what was checked, or why it is taken back.
    public func needsReason(to next: Standing) -> Bool { true }

    public func permits(_ role: Role, to next: Standing) -> Bool { role.isManaging }

    /// The standing after the transition, with the clearance if it becomes eligible.
    public func moved(
        by transition: StandingTransition, today: Day
    ) throws(Refusal) -> (standing: Standing, clearance: Clearance?) {
        let step = transition.step
        try checkStep(to: step.to, reason: step.reason)
        let on = try step.day(today: today)
        guard step.to == .eligible else {
            guard transition.source == nil, transition.expiresOn == nil else {
                throw Refusal(
                    "onlyForEligible", "source and expiresOn belong to a transition to eligible.")
            }
            return (step.to, nil)
        }
        // Without a day two years on (the calendar ends in 9999) there is nothing to default to.
        guard let expiresOn = transition.expiresOn ?? Clearance.expiry(of: on),
            expiresOn >= today, expiresOn > on
        else {
            throw Refusal(
                "alreadyExpired", "A clearance of \(on) would have expired; check afresh.")
        }
        let clearance = Clearance(
            checked: step.reason ?? "", source: transition.source, on: on, expiresOn: expiresOn)
        return (.eligible, clearance)
    }
}

/// Due diligence that was done: what was checked, where, when, and until when it holds.
public struct Clearance: Sendable, Hashable {
    public var checked: String
    public var source: String?
    public var on: Day
    /// The last day on which it holds.
    public var expiresOn: Day

    /// Years for which a clearance holds unless stated: funders' own checks are renewed every one to
    /// three years.
    public static let validityYears = 2

    public init(checked: String, source: String?, on: Day, expiresOn: Day) {
        self.checked = checked
        self.source = source
        self.on = on
        self.expiresOn = expiresOn
    }

    /// Whether it still holds on that day.
    public func holds(on day: Day) -> Bool { day <= expiresOn }

    /// `{"checked","source","on","expiresOn"}`.
    public var document: JSONValue {
        [
            "checked": .string(checked), "source": .string(orNull: source), "on": .text(on),
            "expiresOn": .text(expiresOn),
        ]
    }

    // The same date two years on; 29 February becomes the 28th.
    fileprivate static func expiry(of day: Day) -> Day? {
        let year = day.year + validityYears
        return Day(year: year, month: day.month, day: day.day)
            ?? Day(year: year, month: day.month, day: day.day - 1)
    }
}

/// The body of an organisation's transition: `{"to","reason","on","source","expiresOn"}`.
public struct StandingTransition: Sendable, Hashable, BodyReadable {
    public var step: Transition<Standing>
    /// Where it was checked: a register, a report.
    public var source: String?
    public var expiresOn: Day?

    public init(step: Transition<Standing>, source: String? = nil, expiresOn: Day? = nil) {
        self.step = step
        self.source = source
        self.expiresOn = expiresOn
    }

    public static func read(from reader: inout BodyReader) -> StandingTransition? {
        let step = Transition<Standing>.read(from: &reader)
        let source = reader.optional("source", .text(.note))
        let expiresOn = reader.optional("expiresOn", .day)
        return step.map { StandingTransition(step: $0, source: source, expiresOn: expiresOn) }
    }
}
