// When a grant's reports are due: periods one after the other, each with the day by which its report is handed in.

/// One reporting period of a grant. A due day is over when it is over in UTC.
public struct ReportingPeriod: Sendable, Hashable, BodyReadable {
    public var period: Period
    public var dueOn: Day

    public init(_ period: Period, dueOn: Day) {
        self.period = period
        self.dueOn = dueOn
    }

    public static func read(from reader: inout BodyReader) -> ReportingPeriod? {
        let from = reader.required("from", .day)
        let to = reader.required("to", .day)
        let dueOn = reader.optional("dueOn", .day)
        guard let from, let to else { return nil }
        guard let period = Period(from: from, to: to) else {
            reader.place.member("to").refused(
                "endsBeforeStart", "It ends before it starts (\(from)).")
            return nil
        }
        guard let due = dueOn ?? ReportingRule.standard.dueDay(after: to) else {
            reader.place.member("to").refused("outOfRange", "The calendar ends before it is due.")
            return nil
        }
        if due < to {
            reader.place.member("dueOn").refused(
                "dueBeforeEnd", "A report cannot be due before its period is over (\(to)).")
            return nil
        }
        return ReportingPeriod(period, dueOn: due)
    }

    /// `{"from","to","dueOn"}`.
    public var document: JSONValue {
        ["from": .text(period.from), "to": .text(period.to), "dueOn": .text(dueOn)]
    }
}

/// A rule that makes reporting periods of a grant's days.
public struct ReportingRule: Sendable, Hashable, BodyReadable {
    /// From the grant's first day on; the last period ends with the grant.
    public var everyMonths: Int
    public var dueAfterDays: Int

    public static let everyMonthsRange: ClosedRange<Int64> = 1...60
    public static let dueAfterDaysRange: ClosedRange<Int64> = 0...366

    /// What holds where nothing is agreed. 60 days are those of EU grants, whose periodic report is
    /// due within 60 days of its period's end; a year is the longest that leaves a grant of some
    /// years with a report before its last payment.
    public static let standard = ReportingRule(everyMonths: 12, dueAfterDays: 60)

    public init(everyMonths: Int, dueAfterDays: Int) {
        self.everyMonths = everyMonths
        self.dueAfterDays = dueAfterDays
    }

    public static func read(from reader: inout BodyReader) -> ReportingRule? {
        let everyMonths = reader.optional("everyMonths", .integer(in: everyMonthsRange))
        let dueAfterDays = reader.optional("dueAfterDays", .integer(in: dueAfterDaysRange))
        return ReportingRule(
            everyMonths: everyMonths.map(Int.init) ?? standard.everyMonths,
            dueAfterDays: dueAfterDays.map(Int.init) ?? standard.dueAfterDays)
    }

    /// `{"everyMonths","dueAfterDays"}`.
    public var document: JSONValue {
        [
            "everyMonths": .integer(Int64(everyMonths)),
            "dueAfterDays": .integer(Int64(dueAfterDays)),
        ]
    }

    /// Nil past the end of the calendar.
    func dueDay(after end: Day) -> Day? { end.adding(days: dueAfterDays) }

    /// The periods of a grant that runs on these days, without gap or overlap. Months are counted
    /// from the first day, so that a grant of the 31st has its next period begin on the last day of a
    /// shorter month, and the one after on the 31st again.
    public func periods(from first: Day, to last: Day) -> [ReportingPeriod] {
        var periods: [ReportingPeriod] = []
        var start = first
        while start <= last {
            let next = first.adding(months: everyMonths * (periods.count + 1))
            let end = min(last, next?.adding(days: -1) ?? last)
            guard let period = Period(from: start, to: end), let due = dueDay(after: end) else {
                break
            }
            periods.append(ReportingPeriod(period, dueOn: due))
            guard let after = end.adding(days: 1) else { break }
            start = after
        }
        return periods
    }
}

extension Day {
    /// The same day of a later month, or that month's last day where it is shorter; nil outside the
    /// years 1 to 9999.
    func adding(months: Int) -> Day? {
        let count = year * 12 + month - 1 + months
        guard let first = Day(year: count / 12, month: count % 12 + 1, day: 1) else { return nil }
        return Day(year: first.year, month: first.month, day: min(day, first.lastOfMonth.day))
    }
}

extension Place {
    /// Checks periods against the grant's days and each other.
    func checkReporting(_ periods: [ReportingPeriod], within grant: Period?) {
        let place = member("reportingPeriods")
        for (index, period) in periods.enumerated() {
            if let grant, !grant.contains(period.period) {
                place.element(index).refused(
                    "outsideGrant", "It is not within the grant's days (\(grant)).")
            }
            if index > 0, periods[index - 1].period.to >= period.period.from {
                place.element(index).refused(
                    "overlappingPeriods",
                    "It begins before the one before it is over (\(periods[index - 1].period.to)).")
            }
        }
        if periods.count > ListLimit.instalments {
            member("reporting").member("everyMonths").refused(
                "tooManyPeriods", "A grant has at most \(ListLimit.instalments) reporting periods.")
        }
    }
}

extension Shape where Value == [ReportingPeriod] {
    static var reportingPeriods: Shape {
        .list(of: ReportingPeriod.shape, atMost: ListLimit.instalments)
    }
}
