// A moment in UTC, to the microsecond, as PostgreSQL stores it.

/// A moment from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Microseconds since 2000-01-01T00:00:00Z; negative before it. Leap seconds do not exist here.
    public let microsecondsSince2000: Int64

    private static let microsecondsADay: Int64 = 86_400_000_000
    private static let first = Int64(Day.first.daysSince2000) * microsecondsADay
    private static let last = (Int64(Day.last.daysSince2000) + 1) * microsecondsADay - 1

    /// The moment that many microseconds after 2000-01-01T00:00:00Z, or nil outside the years 1 to
    /// 9999.
    public init?(microsecondsSince2000: Int64) {
        guard (Self.first...Self.last).contains(microsecondsSince2000) else { return nil }
        self.microsecondsSince2000 = microsecondsSince2000
    }

    /// Midnight in UTC at which the day begins.
    public init(startOf day: Day) {
        microsecondsSince2000 = Int64(day.daysSince2000) * Self.microsecondsADay
    }

    /// A moment written as RFC 3339 has it, with up to 6 fraction digits and `Z` or an offset of
    /// hours and minutes. More digits are refused rather than cut, and so is second 60.
    public init?(rfc3339 text: some StringProtocol) {
        var reader = DigitReader(text)
        guard let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), reader.skip("-"),
            let dayOfMonth = reader.number(digits: 2), reader.skip("T", "t"),
            let hour = reader.number(digits: 2), hour <= 23, reader.skip(":"),
            let minute = reader.number(digits: 2), minute <= 59, reader.skip(":"),
            let second = reader.number(digits: 2), second <= 59,
            let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        var microseconds = 0
        if reader.skip(".") {
            guard let digits = reader.digits(atMost: 6) else { return nil }
            for byte in digits { microseconds = microseconds * 10 + Int(byte - UInt8(ascii: "0")) }
            for _ in digits.count..<6 { microseconds *= 10 }
        }
        guard let offsetMinutes = Self.offsetMinutes(&reader), reader.isAtEnd else { return nil }
        let seconds = hour * 3600 + (minute - offsetMinutes) * 60 + second
        self.init(
            microsecondsSince2000: Int64(day.daysSince2000) * Self.microsecondsADay
                + Int64(seconds) * 1_000_000 + Int64(microseconds))
    }

    /// The day in UTC.
    public var day: Day {
        let (quotient, remainder) = microsecondsSince2000.quotientAndRemainder(
            dividingBy: Self.microsecondsADay)
        return Day(unchecked: Int32(remainder < 0 ? quotient - 1 : quotient))
    }

    /// RFC 3339 in UTC with all six fraction digits, so that texts sort as moments do.
    public var description: String {
        let sinceMidnight =
            microsecondsSince2000 - Int64(day.daysSince2000) * Self.microsecondsADay
        let seconds = sinceMidnight / 1_000_000
        return "\(day)T" + zeroPadded(seconds / 3600, 2) + ":"
            + zeroPadded(seconds / 60 % 60, 2) + ":" + zeroPadded(seconds % 60, 2) + "."
            + zeroPadded(sinceMidnight % 1_000_000, 6) + "Z"
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSince2000 < right.microsecondsSince2000
    }

    /// Minutes east of Greenwich, or nil if neither `Z` nor `±hh:mm` stands there.
    private static func offsetMinutes(_ reader: inout DigitReader) -> Int? {
        if reader.skip("Z", "z") { return 0 }
        let sign: Int
        if reader.skip("+") {
            sign = 1
        } else if reader.skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = reader.number(digits: 2), hours <= 23, reader.skip(":"),
            let minutes = reader.number(digits: 2), minutes <= 59
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
