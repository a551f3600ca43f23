// What clients send to log results, or to change a set that is still a draft.

/// A result set to log.
public struct NewResultSet: Sendable, Hashable, BodyReadable {
    public var channel: Channel
    public var period: Period
    public var method: ResultMethod
    public var role: SetRole
    public var breakdown: Breakdown
    public var readings: [Reading]
    public var note: String?
    /// The set that this one corrects, once it is accepted.
    public var supersedes: ResultSet.ID?
    public var disjointAudiences: String?
    public var source: SourceFile?

    /// Readings in one JSON body: 5,000 (50 ads × 10 metrics × 10 periods) of about 350 bytes are
    /// 1.75 MB, which fits the 2 MB of a body; more goes by CSV, which is read as a stream.
    public static let readingsMax = 5_000

    public init(
        channel: Channel, period: Period, method: ResultMethod = .form, role: SetRole = .primary,
        breakdown: Breakdown = .none, readings: [Reading], note: String? = nil,
        supersedes: ResultSet.ID? = nil, disjointAudiences: String? = nil,
        source: SourceFile? = nil
    ) {
        self.channel = channel
        self.period = period
        self.method = method
        self.role = role
        self.breakdown = breakdown
        self.readings = readings
        self.note = note
        self.supersedes = supersedes
        self.disjointAudiences = disjointAudiences
        self.source = source
    }

    public static func read(from reader: inout BodyReader) -> NewResultSet? {
        let channel = reader.required("channel", .channel)
        let from = reader.required("from", .day)
        let to = reader.required("to", .day)
        let method = reader.optional("method", Shape<ResultMethod>.choice())
        let role = reader.optional("role", Shape<SetRole>.choice()) ?? .primary
        let breakdown = reader.optional("breakdown", Shape<Breakdown>.choice()) ?? .none
        let period = reader.place.period(from, to)
        let readings = reader.required("readings", .readings(of: period))
        let note = reader.optional("note", .text(.note))
        let supersedes: ResultSet.ID? = reader.optional("supersedes", .identifier())
        let disjointAudiences = reader.optional("disjointAudiences", .text(.note))
        let source = reader.optional("source", SourceFile.shape)
        reader.place.checkBreakdown(role, breakdown)
        if let period, let readings {
            reader.place.member("readings").checkReadings(readings, period, breakdown)
        }
        guard let channel, let period, let readings else { return nil }
        return NewResultSet(
            channel: channel, period: period, method: method ?? .form, role: role,
            breakdown: breakdown, readings: readings, note: note, supersedes: supersedes,
            disjointAudiences: disjointAudiences, source: source)
    }
}

/// A merge patch of a set that is still open; `readings` replaces all of them.
public struct ResultSetChange: Sendable, Hashable {
    public var from: Change<Day> = .keep
    public var to: Change<Day> = .keep
    public var method: Change<ResultMethod> = .keep
    public var role: Change<SetRole> = .keep
    public var breakdown: Change<Breakdown> = .keep
    public var readings: Change<[Reading]> = .keep
    public var note: Change<String> = .keep
    public var supersedes: Change<ResultSet.ID> = .keep
    public var disjointAudiences: Change<String> = .keep

    public init() {}

    /// Reads the patch of `old`, whose days readings have that name none.
    public init(_ body: JSONValue, of old: ResultSet) throws(InvalidInput) {
        self = try BodyReader.read(body) { reader in
            var change = ResultSetChange()
            change.from = reader.replacement("from", .day)
            change.to = reader.replacement("to", .day)
            change.method = reader.replacement("method", .choice())
            change.role = reader.replacement("role", .choice())
            change.breakdown = reader.replacement("breakdown", .choice())
            let period = Period(
                from: change.from.replacing(old.period.from),
                to: change.to.replacing(old.period.to))
            change.readings = reader.replacement("readings", .readings(of: period))
            change.note = reader.change("note", .text(.note))
            change.supersedes = reader.change("supersedes", .identifier())
            change.disjointAudiences = reader.change("disjointAudiences", .text(.note))
            reader.forbidden("channel", "A set stays on its channel; log another.")
            reader.forbidden("campaignId", "A set stays with its campaign; log another.")
            reader.forbidden("status", "The status changes by a transition.")
            return change
        }
    }

    /// Whether the readings that stand have to be looked at again.
    public var concernsReadings: Bool {
        !(from.isKeep && to.isKeep && breakdown.isKeep && readings.isKeep)
    }

    /// The set after the patch, with its readings (those that stand, or the new ones); throws what
    /// the whole then breaks. Standing readings are wanted only if `concernsReadings`.
    public func applied(
        to old: ResultSet, readings standing: [Reading]
    ) throws(InvalidInput) -> (set: ResultSet, readings: [Reading]) {
        let place = Place()
        var new = old
        let period = place.period(
            from.replacing(old.period.from), to.replacing(old.period.to))
        new.period = period ?? old.period
        new.method = method.replacing(old.method)
        new.role = role.replacing(old.role)
        new.breakdown = breakdown.replacing(old.breakdown)
        new.note = note.over(old.note)
        new.supersedes = supersedes.over(old.supersedes)
        new.disjointAudiences = disjointAudiences.over(old.disjointAudiences)
        let current = readings.replacing(standing)
        place.checkBreakdown(new.role, new.breakdown)
        if concernsReadings {
            place.member("readings").checkReadings(current, new.period, new.breakdown)
            new.readingCount = Int64(current.count)
        }
        try place.throwIfFaulty()
        return (new, current)
    }
}

extension Place {
    fileprivate func period(_ from: Day?, _ to: Day?) -> Period? {
        guard let from, let to else { return nil }
        let period = Period(from: from, to: to)
        if period == nil {
            member("to").refused("endsBeforeStart", "It ends before it starts (\(from)).")
        }
        return period
    }

    fileprivate func checkBreakdown(_ role: SetRole, _ breakdown: Breakdown) {
        if role == .breakdown, breakdown == .none {
            member("breakdown").refused(
                "breakdownNotNamed", "Say how this breakdown is cut: by content, region, ….")
        }
    }

    fileprivate func checkReadings(_ readings: [Reading], _ period: Period, _ breakdown: Breakdown)
    {
        if readings.isEmpty { refused("noReadings", "A set has at least one reading.") }
        let rules = ReadingRules(period: period, breakdown: breakdown)
        for violation in rules.violations(in: readings) {
            element(violation.index).refused(violation.code.rawValue, violation.detail)
        }
    }
}

extension Shape where Value == [Reading] {
    fileprivate static func readings(of period: Period?) -> Shape {
        .list(of: .object { Reading.read(from: &$0, of: period) }, atMost: NewResultSet.readingsMax)
    }
}
