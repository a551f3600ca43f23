import CounterpointModel
import TestDice
import Testing

/// The day `number` days after 2023-01-01.
func day(_ number: Int) -> Day { Day(daysSince2000: 8401)!.adding(days: number)! }

/// The days from `from` to `to`, counted from 2023-01-01.
func days(_ from: Int, _ to: Int) -> Period { Period(from: day(from), to: day(to))! }

/// A period written with ISO dates.
func period(_ from: String, _ to: String) -> Period {
    Period(from: Day(iso: from)!, to: Day(iso: to)!)!
}

@Suite struct PeriodTests {
    @Test func monthsAreCutWhereTheyBegin() {
        let pieces = period("2023-04-14", "2024-03-11").months
        #expect(pieces.count == 12)
        #expect(pieces.first == period("2023-04-14", "2023-04-30"))
        #expect(pieces.last == period("2024-03-01", "2024-03-11"))
        #expect(period("2024-02-01", "2024-02-29").isCalendarMonth)
        #expect(!period("2024-02-01", "2024-02-28").isCalendarMonth)
        #expect(Period(Day.last).months == [Period(Day.last)])
        #expect(Period(from: day(1), to: day(0)) == nil)
    }

    @Test func relationsAgreeWithDayByDayCounting() {
        forWorlds(500) { dice, hint in
            let first = days(dice.upTo(10), 10 + dice.upTo(10))
            let start = dice.upTo(25)
            let second = days(start, start + dice.upTo(8))
            let inFirst = Set((0...40).filter { first.contains(day($0)) })
            let inSecond = Set((0...40).filter { second.contains(day($0)) })
            #expect(inFirst.count == first.dayCount, "\(hint)")
            #expect(first.overlaps(second) == !inFirst.isDisjoint(with: inSecond), "\(hint)")
            #expect(first.contains(second) == inSecond.isSubset(of: inFirst), "\(hint)")
            let both = first.intersection(second)
            #expect(both?.dayCount ?? 0 == inFirst.intersection(inSecond).count, "\(hint)")
            #expect(first.spanning(second).contains(first), "\(hint)")
            #expect(first.spanning(second).contains(second), "\(hint)")
            let long = days(dice.upTo(100), 100 + dice.upTo(900))
            #expect(long.months.map(\.dayCount).reduce(0, +) == long.dayCount, "\(hint)")
            for (one, next) in zip(long.months, long.months.dropFirst()) {
                #expect(one.isFollowedDirectly(by: next) && next.from.day == 1, "\(hint)")
            }
        }
    }
}

@Suite struct IdentifierTests {
    private enum Grant {}

    @Test func textIsLowerCaseAndStrict() throws {
        let id = try #require(Identifier<Grant>("6F9619FF-8B86-4011-B42D-00C04FC964FF"))
        #expect(id.text == "6f9619ff-8b86-4011-b42d-00c04fc964ff")
        #expect(Identifier<Grant>(id.text) == id)
        for text in [
            "", "6f9619ff8b864011b42d00c04fc964ff", "{6f9619ff-8b86-4011-b42d-00c04fc964ff}",
            "6f9619ff-8b86-4011-b42d-00c04fc964fg", "6f9619ff-8b86-4011-b42d-00c04fc964f",
            "6f9619ff-8b86-4011-b42d00-c04fc964ff",
        ] {
            #expect(Identifier<Grant>(text) == nil, "\(text)")
        }
        #expect(Identifier<Grant>.random() != Identifier<Grant>.random())
    }
}
