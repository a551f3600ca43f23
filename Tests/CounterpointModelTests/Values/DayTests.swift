import CounterpointModel
import Testing

@Suite struct DayTests {
    @Test func daysCountFromTheYear2000() throws {
        #expect(try #require(Day(iso: "2000-01-01")).daysSince2000 == 0)
        #expect(try #require(Day(iso: "1999-12-31")).daysSince2000 == -1)
        #expect(try #require(Day(iso: "2017-03-30")).daysSince2000 == 6298)
        #expect(Day(iso: "0001-01-01") == Day.first)
        #expect(Day(iso: "9999-12-31") == Day.last)
    }

    /// Counts every day from 0001-01-01 on with the calendar's rules written out once more.
    @Test func theWholeCalendarIsRight() throws {
        var year = 1
        var month = 1
        var day = 1
        for number in Day.first.daysSince2000...Day.last.daysSince2000 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            // Each day of some years around the odd ones, and the turn of every month.
            if day == 1 || day == length || year % 400 < 2 {
                let made = Day(daysSince2000: number)
                guard made == Day(year: year, month: month, day: day), made?.year == year,
                    made?.month == month, made?.day == day
                else {
                    Issue.record("\(year)-\(month)-\(day)")
                    return
                }
            }
            day += 1
            if day > length {
                day = 1
                month += 1
            }
            if month > 12 {
                month = 1
                year += 1
            }
        }
        #expect(year == 10_000)
    }

    @Test(arguments: [
        "", "2017-3-30", "2017-02-29", "2017-00-10", "2017-13-01", "2017-01-00", "2017-04-31",
        "0000-01-01",
        "10000-01-01", "2017-03-30 ", " 2017-03-30", "2017/03/30", "-2017-03-30", "2017-03-3٠",
        "1900-02-29",
        "2017-03-30T00:00:00Z", "+2017-03-3",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test func monthsAndSums() throws {
        let day = try #require(Day(iso: "2024-02-10"))
        #expect(day.firstOfMonth.description == "2024-02-01")
        #expect(day.lastOfMonth.description == "2024-02-29")
        #expect(day.adding(days: 20)?.description == "2024-03-01")
        #expect(day.adding(days: Int.max) == nil)
        #expect(Day.last.adding(days: 1) == nil)
        #expect(Day.first.adding(days: -1) == nil)
        #expect(Day.first.description == "0001-01-01")
    }
}

@Suite struct InstantTests {
    @Test(arguments: [
        ("2017-03-30T10:00:00Z", "2017-03-30T10:00:00.000000Z"),
        ("2017-03-30T10:00:00.5+05:30", "2017-03-30T04:30:00.500000Z"),
        ("2017-03-30t23:59:59.000001-01:00", "2017-03-31T00:59:59.000001Z"),
        ("1999-12-31T23:59:59.999999z", "1999-12-31T23:59:59.999999Z"),
        ("2000-01-01T00:00:00-00:00", "2000-01-01T00:00:00.000000Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
    ])
    func textsAreReadAndWritten(text: String, utc: String) throws {
        let instant = try #require(Instant(rfc3339: text))
        #expect(instant.description == utc)
        #expect(Instant(rfc3339: utc) == instant)
        #expect(Instant(microsecondsSince2000: instant.microsecondsSince2000) == instant)
    }

    @Test(arguments: [
        "2017-03-30T10:00:00", "2017-03-30 10:00:00Z", "2017-03-30T24:00:00Z",
        "2017-03-30T10:60:00Z",
        "2017-06-30T23:59:60Z", "2017-03-30T10:00:00.Z", "2017-03-30T10:00:00.1234567Z",
        "2017-03-30T10:00Z",
        "2017-03-30T10:00:00+0530", "2017-03-30T10:00:00+24:00", "2017-03-30T10:00:00Z ",
        "2017-02-30T10:00:00Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "2017-03-30T10:00:00,5Z",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func anInstantBelongsToItsDay() throws {
        #expect(Instant(microsecondsSince2000: -1)?.day.description == "1999-12-31")
        #expect(Instant(microsecondsSince2000: 0)?.day.description == "2000-01-01")
        #expect(Instant(microsecondsSince2000: Int64.max) == nil)
        #expect(Instant(microsecondsSince2000: Int64.min) == nil)
    }
}
