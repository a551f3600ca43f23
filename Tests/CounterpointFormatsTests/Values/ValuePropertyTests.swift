// Values of every kind written and read back, and texts of no kind at all.

import CounterpointFormats
import CounterpointModel
import TestDice
import Testing

@Suite struct ValuePropertyTests {
    private static let english = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let german = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ]
    private static let french = [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ]
    private static let spanish = [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ]
    private static let italian = [
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
        "settembre", "ottobre", "novembre", "dicembre",
    ]
    private static let portuguese = [
        "jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.",
        "dez.",
    ]

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    // Every way to write a day that leaves no doubt.
    private func writings(_ day: Day) -> [String] {
        let month = day.month - 1
        return [
            day.description, day.description + "T00:00:00", day.description + " 18:42 +0000",
            "\(day.year)\(two(day.month))\(two(day.day))",
            "\(day.day).\(day.month).\(day.year)",
            "\(two(day.day)).\(two(day.month)).\(two(day.year % 100))",
            "\(Self.english[month]) \(day.day), \(day.year)",
            "Fri, \(Self.english[month].prefix(3)) \(day.day), \(day.year)",
            "\(day.day)-\(Self.english[month].prefix(3))-\(two(day.year % 100))",
            "\(day.day). \(Self.german[month]) \(day.year)",
            "mar. \(day.day) \(Self.french[month]) \(day.year)",
            "mar, \(day.day) \(Self.spanish[month]) \(day.year)",
            "\(day.day) \(Self.italian[month]) \(day.year)",
            "\(day.day) de \(Self.portuguese[month]) de \(day.year)",
        ]
    }

    @Test func everyDayIsReadInEveryWriting() {
        var dice = Dice(seed: 7)
        for _ in 0..<400 {
            guard let day = Day(daysSince2000: Int32(dice.below(25_000))) else { continue }
            for text in writings(day) {
                let read = DayColumn.read([.text(text)]).cells
                #expect(read == [.day(day)], "\(text)")
            }
        }
    }

    @Test func aColumnOfNumbersIsNeverReadInTheWrongOrder() {
        for seed in UInt64(1)...600 {
            var dice = Dice(seed: seed)
            let isDayFirst = dice.oneIn(2)
            let days = (0..<(1 + dice.below(8))).compactMap { _ in
                Day(daysSince2000: Int32(9_000 + dice.below(400)))
            }
            let cells = days.map { day -> SourceCell in
                let (first, second) = isDayFirst ? (day.day, day.month) : (day.month, day.day)
                return .text("\(two(first))/\(second)/\(day.year)")
            }
            let column = DayColumn.read(cells)
            for (cell, day) in zip(column.cells, days) {
                switch cell {
                case .day(let read): #expect(read == day, "seed \(seed)")
                case .ambiguous(let one, let other):
                    #expect((isDayFirst ? one : other) == day, "seed \(seed)")
                default: Issue.record("seed \(seed): \(cell)")
                }
            }
            let answered = DayColumn.read(cells, order: isDayFirst ? .dayFirst : .monthFirst)
            #expect(answered.cells == days.map { .day($0) }, "seed \(seed)")
        }
    }

    @Test func stretchesAreReadInEveryWriting() {
        var dice = Dice(seed: 9)
        for _ in 0..<200 {
            guard let from = Day(daysSince2000: Int32(8_000 + dice.below(1_000))),
                let to = from.adding(days: 1 + dice.below(60)),
                let period = Period(from: from, to: to)
            else { continue }
            let pairs = zip(writings(from), writings(to)).map { ($0, $1) }
            for (left, right) in pairs {
                let text = left + dice.pick([" - ", " – ", " to "]) + right
                #expect(PeriodText.read(text) == .period(period), "\(text)")
            }
        }
    }

    @Test func noTextEndsTheReader() {
        let letters = Array(
            "0123456789.,-+%€$£ kKMEe:;()<>/'\"#naTtJulFebmar\u{A0}\u{202F}٣۵−–≥¥رzł\u{301}\u{200E}\n"
                .unicodeScalars)
        for seed in UInt64(1)...1_000 {
            var dice = Dice(seed: seed)
            let cells = (0..<4).map { _ -> SourceCell in
                var text = String.UnicodeScalarView()
                for _ in 0..<dice.below(24) { text.append(dice.pick(letters)) }
                return .text(String(text))
            }
            for kind in FigureColumn.Kind.allCases {
                #expect(FigureColumn.read(cells, as: kind).cells.count == cells.count)
            }
            #expect(FigureColumn.readSeconds(cells, unit: .milliseconds).cells.count == cells.count)
            #expect(DayColumn.read(cells).cells.count == cells.count)
            for cell in cells {
                _ = PeriodText.read(cell.shown)
                _ = IdentifierCell(cell)
                _ = IdentifierCell.inLink(cell)
                _ = HeaderCurrency(cell.shown)
                let folded = CellText.folded(cell.shown)
                #expect(CellText.folded(folded) == folded, "seed \(seed)")
            }
        }
    }
}
