// Stretches of days in one text: `July 8, 2025 - July 31, 2025`, `2024-03-01 - 2024-03-11`, `1. bis 31. Juli 2025`.

import CounterpointModel

/// Dates and stretches of dates in titles, cells and the names of files.
public enum PeriodText {
    /// What a title such as `"27 January 2026 - 23 February 2026"` or `All time` says; `.unreadable` if it says nothing of time.
    public static func read(_ text: String, order: DayOrder? = nil) -> DayCell {
        let ends = ends(text)
        // A single value over 12 decides for both ends.
        var found = Set<DayOrder>()
        for case .unordered(let first, let second, _) in ends {
            if first > 12 { found.insert(.dayFirst) }
            if second > 12 { found.insert(.monthFirst) }
        }
        return cell(.text(text), ends, found.count == 1 ? found.first : order)
    }

    // Two dates with weekdays, months and times written out, accents included.
    private static let textBytes = 240

    /// One form for a date, two for a stretch, none for anything else.
    static func ends(_ text: String) -> [DayForm] {
        guard text.utf8.count <= textBytes else { return [] }
        if let form = DayForm(text) { return [form] }
        let folded = CellText.folded(text)
        for separator in separators {
            guard let place = Self.place(of: separator, in: folded) else { continue }
            var left = place.left
            for word in ["from ", "du ", "vom ", "von ", "del ", "de ", "dal ", "desde "]
            where left.hasPrefix(word) {
                left.removeFirst(word.count)
            }
            guard let last = DayForm(place.right) else {
                // `July 8 - 31, 2025`: the month stands once, before the first day.
                guard case .withoutYear? = DayForm(left),
                    let month = left.split(separator: " ").first,
                    let first = DayForm(left), let last = DayForm(month + " " + place.right)
                else { continue }
                return [first, last]
            }
            if let first = DayForm(left) { return [first, last] }
            if let first = completed(left, by: last) { return [first, last] }
        }
        return []
    }

    private static let separators = [
        " - ", " to ", " bis ", " au ", " al ", " a ", " ate ", " until ", " through ", "..", "/",
        "-",
    ]

    // Where the text parts into two halves of one kind: at the middle one of several separators.
    private static func place(of separator: String, in text: String) -> (
        left: String, right: String
    )? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count > 1, parts.count % 2 == 0, parts.count <= 6 else { return nil }
        let half = parts.count / 2
        return (
            CellText.trimmed(parts[..<half].joined(separator: separator)),
            CellText.trimmed(parts[half...].joined(separator: separator))
        )
    }

    // `July 8 - July 31, 2025` and `8 - 31 July 2025`: what the first half leaves out is the second's.
    private static func completed(_ left: String, by last: DayForm) -> DayForm? {
        guard case .day(let end) = last else { return nil }
        let digits = left.utf8.filter { $0 != UInt8(ascii: ".") }
        guard (1...2).contains(digits.count), digits.allSatisfy(isDigit),
            let day = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        return Day(year: end.year, month: end.month, day: day).map(DayForm.day)
    }

    // MARK: - Meaning

    static func cell(_ cell: SourceCell, _ ends: [DayForm], _ order: DayOrder?) -> DayCell {
        switch cell {
        case .empty: return .missing
        case .day(let day): return .day(day)
        case .number(let text): return DayForm(text).map { single($0, order) } ?? .unreadable
        case .percent, .amount: return .unreadable
        case .text(let text):
            if ends.count == 1 { return single(ends[0], order) }
            if ends.count == 2 { return stretch(ends[0], ends[1], order) }
            guard text.utf8.count <= textBytes else { return .unreadable }
            let word = CellText.folded(text)
            if lifetimes.contains(word) { return .lifetime }
            switch CellWord.meaning(ofFolded: word) {
            case .missing, .notApplicable: return .missing
            default: return .unreadable
            }
        }
    }

    private static let lifetimes: Set<String> = [
        "lifetime", "all time", "maximum", "since published", "gesamter zeitraum",
        "gesamte laufzeit",
        "seit veroffentlichung", "depuis toujours", "toute la periode", "a vie", "duree de vie",
        "todo el periodo", "desde siempre", "todo el tiempo", "sempre", "tutto il periodo",
        "dall'inizio",
        "todo o periodo", "desde o inicio", "vida util", "ciclo de vida",
    ]

    private static func single(_ form: DayForm, _ order: DayOrder?) -> DayCell {
        switch form {
        case .day(let day): return .day(day)
        case .withoutYear(let month, let day): return .withoutYear(month: month, day: day)
        case .month(let year, let month):
            guard let first = Day(year: year, month: month, day: 1),
                let period = Period(from: first, to: first.lastOfMonth)
            else { return .unreadable }
            return .period(period)
        case .unordered(let first, let second, let year):
            let dayFirst = Day(year: year, month: second, day: first)
            let monthFirst = Day(year: year, month: first, day: second)
            switch order {
            case .dayFirst: return dayFirst.map(DayCell.day) ?? .unreadable
            case .monthFirst: return monthFirst.map(DayCell.day) ?? .unreadable
            case nil: break
            }
            guard let dayFirst, let monthFirst else {
                // One reading only, in a column that contradicts itself.
                return (dayFirst ?? monthFirst).map(DayCell.day) ?? .unreadable
            }
            return dayFirst == monthFirst
                ? .day(dayFirst) : .ambiguous(dayFirst: dayFirst, monthFirst: monthFirst)
        }
    }

    private static func stretch(_ first: DayForm, _ last: DayForm, _ order: DayOrder?) -> DayCell {
        let end = single(last, order)
        var begin = single(first, order)
        // The year stands once, behind the second date: December before January is of the year before.
        if case .withoutYear(let month, let day) = begin, let to = end.period?.to {
            let year = (month, day) > (to.month, to.day) ? to.year - 1 : to.year
            begin = Day(year: year, month: month, day: day).map(DayCell.day) ?? .unreadable
        }
        if case .ambiguous = begin { return begin }
        if case .ambiguous = end { return end }
        if case .withoutYear = end { return end }
        guard let from = begin.period?.from, let to = end.period?.to,
            let period = Period(from: from, to: to)
        else { return .unreadable }
        return .period(period)
    }
}
