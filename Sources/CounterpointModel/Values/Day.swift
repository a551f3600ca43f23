// A calendar day, without a time zone: the day that the platform or the grant letter means.

/// A day of the proleptic Gregorian calendar from 0001-01-01 to 9999-12-31, counted from 2000-01-01
/// as PostgreSQL does.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 2000-01-01; negative before it.
    public let daysSince2000: Int32

    /// 0001-01-01.
    public static let first = Day(unchecked: -730_119)
    /// 9999-12-31.
    public static let last = Day(unchecked: 2_921_939)

    /// The day that many days after 2000-01-01, or nil outside the years 1 to 9999.
    public init?(daysSince2000: Int32) {
        guard (Self.first.daysSince2000...Self.last.daysSince2000).contains(daysSince2000) else {
            return nil
        }
        self.daysSince2000 = daysSince2000
    }

    /// The day with that date, or nil if the calendar has none.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysIn(month: month, of: year)
        else { return nil }
        self.daysSince2000 = Self.daysSince2000(year: year, month: month, day: day)
    }

    /// The day written `YYYY-MM-DD` in ASCII digits, or nil for anything else.
    public init?(iso text: some StringProtocol) {
        var digits = DigitReader(text)
        guard let year = digits.number(digits: 4), digits.skip("-"),
            let month = digits.number(digits: 2), digits.skip("-"),
            let day = digits.number(digits: 2), digits.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var year: Int { date.year }
    public var month: Int { date.month }
    public var day: Int { date.day }

    /// The day `days` later (earlier if negative), or nil outside the years 1 to 9999.
    public func adding(days: Int) -> Day? {
        let (sum, overflow) = Int(daysSince2000).addingReportingOverflow(days)
        guard !overflow, let narrow = Int32(exactly: sum) else { return nil }
        return Day(daysSince2000: narrow)
    }

    /// Days from this day to `other`: positive if `other` is later.
    public func days(to other: Day) -> Int { Int(other.daysSince2000) - Int(daysSince2000) }

    public var firstOfMonth: Day {
        Day(unchecked: daysSince2000 - Int32(date.day - 1))
    }

    public var lastOfMonth: Day {
        let (year, month, day) = date
        return Day(unchecked: daysSince2000 + Int32(Self.daysIn(month: month, of: year) - day))
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = date
        return zeroPadded(year, 4) + "-" + zeroPadded(month, 2) + "-" + zeroPadded(day, 2)
    }

    public static func < (left: Day, right: Day) -> Bool {
        left.daysSince2000 < right.daysSince2000
    }

    init(unchecked daysSince2000: Int32) { self.daysSince2000 = daysSince2000 }
}

// MARK: - Calendar arithmetic

extension Day {
    /// Year, month and day. Years are taken to begin in March, so that the leap day is the last of
    /// its year and month lengths follow one straight line: (153 m + 2) / 5 days lie before month m
    /// counted from March.
    private var date: (year: Int, month: Int, day: Int) {
        // 730,425 days lie between 0000-03-01 and 2000-01-01; an era is 400 years = 146,097 days.
        let sinceEraStart = Int(daysSince2000) + 730_425
        let era = sinceEraStart / 146_097
        let dayOfEra = sinceEraStart % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * fromMarch + 2) / 5 + 1
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private static func daysSince2000(year: Int, month: Int, day: Int) -> Int32 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear % 400
        let fromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * fromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 730_425)
    }

    private static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
