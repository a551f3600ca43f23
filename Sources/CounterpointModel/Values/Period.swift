// A run of days, both ends included: how grants, campaigns and every platform report state their
// time.

/// At least one day, from `from` to `to`, both included.
public struct Period: Hashable, Sendable, CustomStringConvertible {
    public let from: Day
    public let to: Day

    /// The days from `from` to `to`, or nil if `to` lies before `from`.
    public init?(from: Day, to: Day) {
        guard from <= to else { return nil }
        self.from = from
        self.to = to
    }

    /// A single day.
    public init(_ day: Day) {
        from = day
        to = day
    }

    /// How many days, 1 or more.
    public var dayCount: Int { from.days(to: to) + 1 }

    public func contains(_ day: Day) -> Bool { from <= day && day <= to }

    public func contains(_ other: Period) -> Bool { from <= other.from && other.to <= to }

    public func overlaps(_ other: Period) -> Bool { from <= other.to && other.from <= to }

    /// The days in both, or nil if there are none.
    public func intersection(_ other: Period) -> Period? {
        Period(from: max(from, other.from), to: min(to, other.to))
    }

    /// The shortest period that contains both, days between them included.
    public func spanning(_ other: Period) -> Period {
        Period(unchecked: min(from, other.from), max(to, other.to))
    }

    /// Whether `other` begins on the day after this one ends.
    public func isFollowedDirectly(by other: Period) -> Bool { to.days(to: other.from) == 1 }

    /// The period cut where months begin: whole months, with what there is of the first and the
    /// last.
    public var months: [Period] {
        var pieces: [Period] = []
        var start = from
        while true {
            let end = min(start.lastOfMonth, to)
            pieces.append(Period(unchecked: start, end))
            guard end < to, let next = end.adding(days: 1) else { return pieces }
            start = next
        }
    }

    /// Whether the period is one whole calendar month.
    public var isCalendarMonth: Bool { from == from.firstOfMonth && to == from.lastOfMonth }

    /// ISO 8601 interval notation, `2017-03-01/2017-03-31`.
    public var description: String { "\(from)/\(to)" }

    private init(unchecked from: Day, _ to: Day) {
        self.from = from
        self.to = to
    }
}
