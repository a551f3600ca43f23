// What clients send to draft a grant or to change its terms.

/// A grant to draft.
public struct NewGrant: Sendable, Hashable, BodyReadable {
    public var programmeId: Programme.ID
    public var organisationId: Organisation.ID
    public var title: String
    public var amount: Money
    public var startsOn: Day
    public var endsOn: Day
    /// Empty, or adding up to the amount.
    public var instalments: [Instalment]
    /// The rule that makes the reporting periods; nil: they are given one by one.
    public var reporting: ReportingRule?
    public var reportingPeriods: [ReportingPeriod]
    public var publicTitle: String?

    /// Without periods of its own a grant reports by the rule, or by the standard one.
    public init(
        programmeId: Programme.ID, organisationId: Organisation.ID, title: String, amount: Money,
        startsOn: Day, endsOn: Day, instalments: [Instalment] = [],
        reporting: ReportingRule? = nil, reportingPeriods: [ReportingPeriod]? = nil,
        publicTitle: String? = nil
    ) {
        self.programmeId = programmeId
        self.organisationId = organisationId
        self.title = title
        self.amount = amount
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.instalments = instalments
        let rule = reporting ?? .standard
        self.reporting = reportingPeriods == nil ? rule : nil
        self.reportingPeriods = reportingPeriods ?? rule.periods(from: startsOn, to: endsOn)
        self.publicTitle = publicTitle
    }

    public static func read(from reader: inout BodyReader) -> NewGrant? {
        let programmeId: Programme.ID? = reader.required("programmeId", .identifier())
        let organisationId: Organisation.ID? = reader.required("organisationId", .identifier())
        let title = reader.required("title", .text(.title))
        let amount = reader.required("amount", .money(.moreThanZero))
        let startsOn = reader.required("startsOn", .day)
        let endsOn = reader.required("endsOn", .day)
        let instalments = reader.optional("instalments", .instalments)
        let reporting = reader.optional("reporting", ReportingRule.shape)
        let periods = reader.optional("reportingPeriods", .reportingPeriods)
        let publicTitle = reader.optional("publicTitle", .text(.title))
        if let startsOn, let endsOn { reader.place.checkOrder(startsOn, endsOn) }
        reader.place.checkOneWay(reporting != nil, periods != nil)
        if let amount, let instalments { reader.place.checkInstalments(instalments, of: amount) }
        guard let programmeId, let organisationId, let title, let amount, let startsOn, let endsOn
        else { return nil }
        let new = NewGrant(
            programmeId: programmeId, organisationId: organisationId, title: title,
            amount: amount, startsOn: startsOn, endsOn: endsOn, instalments: instalments ?? [],
            reporting: reporting, reportingPeriods: periods, publicTitle: publicTitle)
        reader.place.checkReporting(
            new.reportingPeriods, within: Period(from: startsOn, to: endsOn))
        return new
    }

    /// Throws if the grant does not fit its programme.
    public func check(against programme: Programme) throws(InvalidInput) {
        try Grant.check(amount, in: programme.currency)
    }
}

/// A merge patch of a grant's terms, which can change until it is awarded; when its reports are due
/// can be agreed anew as long as it runs.
public struct GrantChange: Sendable, Hashable, BodyReadable {
    public var title: Change<String> = .keep
    public var amount: Change<Money> = .keep
    public var startsOn: Change<Day> = .keep
    public var endsOn: Change<Day> = .keep
    public var instalments: Change<[Instalment]> = .keep
    public var reporting: Change<ReportingRule> = .keep
    public var reportingPeriods: Change<[ReportingPeriod]> = .keep
    /// How it is published; it may change at any time, for it is none of the terms.
    public var publicTitle: Change<String> = .keep

    public init() {}

    public static func read(from reader: inout BodyReader) -> GrantChange? {
        var change = GrantChange()
        change.title = reader.replacement("title", .text(.title))
        change.amount = reader.replacement("amount", .money(.moreThanZero))
        change.startsOn = reader.replacement("startsOn", .day)
        change.endsOn = reader.replacement("endsOn", .day)
        change.instalments = reader.change("instalments", .instalments)
        change.reporting = reader.replacement("reporting", ReportingRule.shape)
        change.reportingPeriods = reader.change("reportingPeriods", .reportingPeriods)
        reader.place.checkOneWay(!change.reporting.isKeep, !change.reportingPeriods.isKeep)
        change.publicTitle = reader.change("publicTitle", .text(.title))
        reader.forbidden("programmeId", "A grant stays in its programme; draft another.")
        reader.forbidden("organisationId", "A grant stays with its organisation; draft another.")
        reader.forbidden("status", "The status changes by a transition.")
        return change
    }

    /// Whether anything changes but how the grant is published and when it reports.
    public var concernsTerms: Bool {
        var apart = GrantChange()
        apart.publicTitle = publicTitle
        apart.reporting = reporting
        apart.reportingPeriods = reportingPeriods
        return self != apart
    }

    /// Whether it changes when the grant reports.
    public var concernsReporting: Bool { !(reporting.isKeep && reportingPeriods.isKeep) }

    /// The grant after the patch; throws what the whole then breaks.
    public func applied(to old: Grant) throws(InvalidInput) -> Grant {
        var new = old
        new.title = title.replacing(old.title)
        new.amount = amount.replacing(old.amount)
        new.startsOn = startsOn.replacing(old.startsOn)
        new.endsOn = endsOn.replacing(old.endsOn)
        new.instalments = instalments.overList(old.instalments)
        applyReporting(to: &new)
        new.publicTitle = publicTitle.over(old.publicTitle)
        let place = Place()
        place.checkOrder(new.startsOn, new.endsOn)
        place.checkInstalments(new.instalments, of: new.amount)
        place.checkReporting(
            new.reportingPeriods, within: Period(from: new.startsOn, to: new.endsOn))
        if new.amount.currency != old.amount.currency {
            place.member("amount").member("currency").refused(
                "currencyMismatch", "The grant is kept in \(old.amount.currency).")
        }
        try place.throwIfFaulty()
        return new
    }

    /// Periods that a rule made follow the grant's days; those given one by one stay.
    private func applyReporting(to new: inout Grant) {
        if !reportingPeriods.isKeep {
            new.reporting = nil
            new.reportingPeriods = reportingPeriods.overList(new.reportingPeriods)
        } else {
            new.reporting = reporting.over(new.reporting)
            guard let rule = new.reporting else { return }
            new.reportingPeriods = rule.periods(from: new.startsOn, to: new.endsOn)
        }
    }
}

extension Grant {
    static func check(_ amount: Money, in currency: Currency) throws(InvalidInput) {
        guard amount.currency != currency else { return }
        throw InvalidInput(
            "/amount/currency", "currencyMismatch", "The programme is kept in \(currency).")
    }
}

extension Place {
    /// Refuses a rule beside periods that were given one by one.
    fileprivate func checkOneWay(_ hasRule: Bool, _ hasPeriods: Bool) {
        guard hasRule, hasPeriods else { return }
        member("reportingPeriods").refused(
            "eitherOr", "Give reporting, which makes the periods, or the periods one by one.")
    }

    fileprivate func checkInstalments(_ instalments: [Instalment], of amount: Money) {
        guard !instalments.isEmpty else { return }
        let place = member("instalments")
        var isOneCurrency = true
        for (index, instalment) in instalments.enumerated()
        where instalment.amount.currency != amount.currency {
            isOneCurrency = false
            place.element(index).member("amount").member("currency").refused(
                "currencyMismatch", "The amount is in \(amount.currency).")
        }
        guard isOneCurrency else { return }
        let sum = try? instalments.map(\.amount).total(in: amount.currency)
        if sum != amount {
            let total = sum.map(\.text) ?? "more than any amount"
            place.refused("sumMismatch", "They add to \(total); the amount is \(amount.text).")
        }
    }
}

extension Shape where Value == [Instalment] {
    fileprivate static var instalments: Shape {
        .list(of: Instalment.shape, atMost: ListLimit.instalments)
    }
}
