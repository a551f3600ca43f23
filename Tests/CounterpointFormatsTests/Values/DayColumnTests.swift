// Dates in every form of the field notes, and the question where day and month cannot be told apart.

import CounterpointFormats
import CounterpointModel
import Testing

@Suite struct DayColumnTests {
    private func only(_ text: String) -> DayCell { DayColumn.read([.text(text)]).cells[0] }

    private func period(_ text: String) -> String? { PeriodText.read(text).period?.description }

    @Test(arguments: [
        "2026-02-05", "20260205", "2026/2/5", "2026.02.05", "5.2.2026", "05.02.2026", "Feb 5, 2026",
        "February 5, 2026",
        "Thu, 5 Feb 2026", "Thu, Feb 5, 2026", "5-Feb-26", "05-Feb-2026", "5 février 2026",
        "5 févr. 2026", "jeu. 5 févr. 2026",
        "5. Februar 2026", "Do., 5. Feb. 2026", "5 de febrero de 2026", "jue, 5 feb 2026",
        "5 febbraio 2026", "gio 5 feb 2026",
        "5 de fevereiro de 2026", "5 de fev. de 2026", "qui., 5 de fev. de 2026",
        "2026-02-05T01:00:00", "2026-02-05T16:43:02+1100",
        "2026-02-05 18:42 +0000", "2026-02-05T00:00:00Z", "Feb 5, 2026, 10:15 AM",
        "5 Feb 2026 at 10:15", "February 5th, 2026",
        "le 5 février 2026 à 14:30", "2026-02-05 00:00:00 UTC", "fe\u{301}vr. 5, 2026",
        "٢٠٢٦-٠٢-٠٥",
    ])
    func readsOneDay(_ text: String) {
        #expect(only(text) == .day(Day(iso: "2026-02-05")!))
    }

    @Test(arguments: [
        ("mar. 3 mars 2026", "2026-03-03"), ("Tue, Mar 3, 2026", "2026-03-03"),
        ("mar, 3 mar 2026", "2026-03-03"),
        ("1er août 2024", "2024-08-01"), ("27-Jul-20", "2020-07-27"),
        ("15. März 2024", "2024-03-15"), ("3 Mai 2024", "2024-05-03"),
        ("Apr 29, 2020", "2020-04-29"), ("31 ottobre 2024", "2024-10-31"),
        ("1 de ago. de 2024", "2024-08-01"),
        ("11/26/24", "2024-11-26"), ("26/11/2024", "2024-11-26"),
        ("02/14/2025 18:30", "2025-02-14"), ("2/14/2025, 6:30 PM", "2025-02-14"),
    ])
    func readsNamedMonthsAndClearOrders(_ text: String, _ expected: String) {
        #expect(only(text) == .day(Day(iso: expected)!))
    }

    @Test(
        arguments: [
            ("", .missing), ("--", .missing), ("Lifetime", .lifetime), ("All time", .lifetime),
            ("Total", .unreadable),
            ("2026-02-30", .unreadable), ("13/14/2024", .unreadable),
            ("1234567890123", .unreadable), ("3.14", .unreadable), ("3.2024", .unreadable),
            ("Feb 5", .withoutYear(month: 2, day: 5)), ("5. Mai", .withoutYear(month: 5, day: 5)),
            ("1/2", .unreadable),
            ("18–24 years", .unreadable), ("26,881", .unreadable), ("May", .unreadable),
            ("5.6.88", .unreadable),
        ] as [(String, DayCell)])
    func readsWhatIsNoDay(_ text: String, _ expected: DayCell) {
        #expect(only(text) == expected)
    }

    @Test func theColumnTellsDayFromMonth() {
        func days(_ texts: [String], _ order: DayOrder? = nil) -> [String?] {
            DayColumn.read(texts.map { .text($0) }, order: order).cells.map { $0.day?.description }
        }
        #expect(days(["03/04/2026", "13/04/2026"]) == ["2026-04-03", "2026-04-13"])
        #expect(days(["03/04/2026", "04/13/2026"]) == ["2026-03-04", "2026-04-13"])
        #expect(days(["03/04/2026"]) == [nil])
        #expect(days(["05/05/2026"]) == ["2026-05-05"])
        #expect(days(["03/04/2026"], .dayFirst) == ["2026-04-03"])
        #expect(days(["03-04-2026", "13-04-2026"]) == ["2026-04-03", "2026-04-13"])
        let asked = DayColumn.read([.text("03/04/2026"), .text("05/06/2026")])
        #expect(
            asked.cells[0]
                == .ambiguous(
                    dayFirst: Day(iso: "2026-04-03")!, monthFirst: Day(iso: "2026-03-04")!))
        #expect(asked.undecided == "03/04/2026")
        #expect(asked.order == nil && !asked.isContradictory)
        let torn = DayColumn.read([.text("03/04/2026"), .text("13/04/2026"), .text("04/13/2026")])
        #expect(torn.isContradictory)
        #expect(torn.cells[0].day == nil)
    }

    @Test(arguments: [
        ("July 8, 2025 - July 31, 2025", "2025-07-08/2025-07-31"),
        ("27 January 2026 - 23 February 2026", "2026-01-27/2026-02-23"),
        ("March 27, 2026 – April 23, 2026", "2026-03-27/2026-04-23"),
        ("2024-03-01 - 2024-03-11", "2024-03-01/2024-03-11"),
        ("2026.02.05-2026.02.10", "2026-02-05/2026-02-10"),
        ("2024-03-01 to 2024-03-11", "2024-03-01/2024-03-11"),
        ("1. Juli 2025 bis 31. Juli 2025", "2025-07-01/2025-07-31"),
        ("du 1er juillet 2025 au 31 juillet 2025", "2025-07-01/2025-07-31"),
        ("8 - 31 July 2025", "2025-07-08/2025-07-31"),
        ("July 8 - July 31, 2025", "2025-07-08/2025-07-31"),
        ("July 8 - 31, 2025", "2025-07-08/2025-07-31"),
        ("Dec 27 - Jan 23, 2026", "2025-12-27/2026-01-23"), ("2024-03", "2024-03-01/2024-03-31"),
        ("03/2024", "2024-03-01/2024-03-31"),
        ("Mar 2024", "2024-03-01/2024-03-31"),
        ("01/07/2025 - 31/07/2025", "2025-07-01/2025-07-31"),
        ("2024-03-01/2024-03-11", "2024-03-01/2024-03-11"),
        ("1 de julio de 2025 al 31 de julio de 2025", "2025-07-01/2025-07-31"),
        ("5 Feb 2026", "2026-02-05/2026-02-05"),
    ])
    func readsStretches(_ text: String, _ expected: String) {
        #expect(period(text) == expected)
    }

    @Test(arguments: [
        "Campaign report", "July 31, 2025 - July 8, 2025", "1 - 2", "A - B",
        "03/04/2025 - 05/06/2025", "July 8 - July 31", "",
    ])
    func guessesNoStretch(_ text: String) {
        #expect(period(text) == nil)
    }
}
