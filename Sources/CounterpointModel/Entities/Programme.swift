// A programme: a period, a currency, a budget and those who fund it.

/// A funding programme.
public struct Programme: Record {
    public typealias ID = Identifier<Programme>

    public var id: ID
    public var name: String
    public var currency: Currency
    /// What may be committed in all; nil: nobody has set a bound.
    public var budget: Money?
    public var startsOn: Day
    public var endsOn: Day
    public var funderIds: [Organisation.ID]
    public var createdAt: Instant
    public var updatedAt: Instant
    public var version: Int64

    public init(
        id: ID, details: NewProgramme, createdAt: Instant, updatedAt: Instant, version: Int64
    ) {
        self.id = id
        name = details.name
        currency = details.currency
        budget = details.budget
        startsOn = details.startsOn
        endsOn = details.endsOn
        funderIds = details.funderIds
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "name": .string(name), "currency": .string(currency.code),
            "budget": budget?.document ?? .null, "startsOn": .text(startsOn),
            "endsOn": .text(endsOn), "funderIds": .texts(funderIds),
            "createdAt": shown(createdAt), "updatedAt": shown(updatedAt),
        ]
    }
}

/// A programme to set up.
public struct NewProgramme: Sendable, Hashable, BodyReadable {
    public var name: String
    public var currency: Currency
    public var budget: Money?
    public var startsOn: Day
    public var endsOn: Day
    public var funderIds: [Organisation.ID]

    public init(
        name: String, currency: Currency, budget: Money? = nil, startsOn: Day, endsOn: Day,
        funderIds: [Organisation.ID] = []
    ) {
        self.name = name
        self.currency = currency
        self.budget = budget
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.funderIds = funderIds
    }

    public static func read(from reader: inout BodyReader) -> NewProgramme? {
        let name = reader.required("name", .text(.name))
        let currency = reader.required("currency", .currency)
        let budget = reader.optional("budget", .money())
        let startsOn = reader.required("startsOn", .day)
        let endsOn = reader.required("endsOn", .day)
        let funderIds = reader.optional("funderIds", .funders)
        if let currency { reader.place.checkBudget(budget, in: currency) }
        if let startsOn, let endsOn { reader.place.checkOrder(startsOn, endsOn) }
        guard let name, let currency, let startsOn, let endsOn else { return nil }
        return NewProgramme(
            name: name, currency: currency, budget: budget, startsOn: startsOn, endsOn: endsOn,
            funderIds: funderIds ?? [])
    }
}

/// A merge patch of a programme; its currency stays, since its ledger is kept in it.
public struct ProgrammeChange: Sendable, Hashable, BodyReadable {
    public var name: Change<String> = .keep
    public var budget: Change<Money> = .keep
    public var startsOn: Change<Day> = .keep
    public var endsOn: Change<Day> = .keep
    public var funderIds: Change<[Organisation.ID]> = .keep

    public init() {}

    public static func read(from reader: inout BodyReader) -> ProgrammeChange? {
        var change = ProgrammeChange()
        change.name = reader.replacement("name", .text(.name))
        change.budget = reader.change("budget", .money())
        change.startsOn = reader.replacement("startsOn", .day)
        change.endsOn = reader.replacement("endsOn", .day)
        change.funderIds = reader.change("funderIds", .funders)
        reader.forbidden("currency", "A programme keeps its currency.")
        return change
    }

    /// The programme after the patch; throws what the whole then breaks.
    public func applied(to old: Programme) throws(InvalidInput) -> Programme {
        var new = old
        new.name = name.replacing(old.name)
        new.budget = budget.over(old.budget)
        new.startsOn = startsOn.replacing(old.startsOn)
        new.endsOn = endsOn.replacing(old.endsOn)
        new.funderIds = funderIds.overList(old.funderIds)
        let place = Place()
        place.checkBudget(new.budget, in: new.currency)
        place.checkOrder(new.startsOn, new.endsOn)
        try place.throwIfFaulty()
        return new
    }
}

extension Place {
    fileprivate func checkBudget(_ budget: Money?, in currency: Currency) {
        if let budget, budget.currency != currency {
            member("budget").member("currency").refused(
                "currencyMismatch", "The budget is kept in the programme's currency, \(currency).")
        }
    }
}

extension Shape where Value == [Organisation.ID] {
    fileprivate static var funders: Shape {
        .uniqueList(of: .identifier(), atMost: ListLimit.parties)
    }
}
