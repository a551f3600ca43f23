// The shape of a date in one cell, before it is known whether the column puts the day or the month first.

import CounterpointModel

/// A date as far as its cell alone tells.
enum DayForm: Hashable {
    case day(Day)
    /// Three numbers with the year last: `03/04/2026`.
    case unordered(first: Int, second: Int, year: Int)
    /// `Feb 2026`, `2026-02`.
    case month(year: Int, month: Int)
    /// `5 Feb`: no year.
    case withoutYear(month: Int, day: Int)

    /// The shape of the text; nil if it is no date. A time of day, with or without its offset, is cut off, and the date is
    /// that of the text: nothing is converted between zones.
    init?(_ text: String) {
        let folded = CellText.folded(text)
        // `Wednesday, 27 September 2023 at 10:15:00 GMT+02:00` and no longer.
        guard folded.utf8.count <= 64 else { return nil }
        let plain = String(decoding: CellText.withPlainDigits(folded), as: UTF8.self)
        if let form = Self.numeric(plain) ?? Self.named(plain) { self = form } else { return nil }
    }

    // MARK: - Numbers only

    private static func numeric(_ text: String) -> DayForm? {
        let bytes = ArraySlice(text.utf8)
        let date = bytes.prefix { isDigit($0) || "-/.".utf8.contains($0) }
        guard isTime(bytes.dropFirst(date.count)) else { return nil }
        if date.count == 8, date.allSatisfy(isDigit) {
            return calendar(
                number(date.prefix(4)), number(date.dropFirst(4).prefix(2)), number(date.suffix(2)))
        }
        let marks = Set(date.filter { !isDigit($0) })
        guard marks.count == 1, let mark = marks.first else { return nil }
        var parts = date.split(separator: mark, omittingEmptySubsequences: false)
        // `5.2.2026.` as some write.
        if parts.count == 4, parts[3].isEmpty, mark == UInt8(ascii: ".") { parts.removeLast() }
        guard parts.allSatisfy({ (1...4).contains($0.count) && $0.count != 3 }) else { return nil }
        if parts.count == 2, parts[0].count == 4, parts[1].count <= 2, mark != UInt8(ascii: ".") {
            return monthForm(number(parts[0]), number(parts[1]))
        }
        // `03/2024`; with a point it may as well be a number.
        if parts.count == 2, parts[0].count <= 2, parts[1].count == 4, mark != UInt8(ascii: ".") {
            return monthForm(number(parts[1]), number(parts[0]))
        }
        guard parts.count == 3, parts[1].count <= 2 else { return nil }
        if parts[0].count == 4, parts[2].count <= 2 {
            return calendar(number(parts[0]), number(parts[1]), number(parts[2]))
        }
        guard parts[0].count <= 2, let year = year(parts[2]) else { return nil }
        let first = number(parts[0])
        let second = number(parts[1])
        // A point after the day is how German, Slavic and Nordic languages count; nobody writes the month first so.
        if mark == UInt8(ascii: ".") { return calendar(year, second, first) }
        return .unordered(first: first, second: second, year: year)
    }

    // A time of day, an offset, nothing: whatever may stand behind a date.
    private static func isTime(_ rest: ArraySlice<UInt8>) -> Bool {
        var rest = rest
        if rest.isEmpty { return true }
        guard let first = rest.first,
            first == UInt8(ascii: "t") || first == 0x20 || first == UInt8(ascii: ",")
        else { return false }
        rest = rest.dropFirst()
        rest.trimBlanks()
        for word in ["at ", "um ", "a ", "as ", "alle "] where rest.starts(with: word.utf8) {
            rest = rest.dropFirst(word.utf8.count)
        }
        var parts = 0
        while parts < 3 {
            let digits = rest.prefix(while: isDigit)
            guard (1...2).contains(digits.count) else { return false }
            rest = rest.dropFirst(digits.count)
            parts += 1
            guard rest.first == UInt8(ascii: ":") else { break }
            rest = rest.dropFirst()
        }
        guard parts > 1 else { return false }
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop(while: isDigit) }
        rest.trimBlanks()
        return isZone(rest)
    }

    // `Z`, `+0100`, `-05:00`, `PM`, `UTC`, `GMT+02:00`, or nothing.
    private static func isZone(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        for zone in zones where rest.starts(with: zone.utf8) {
            rest = rest.dropFirst(zone.utf8.count)
            break
        }
        guard let sign = rest.first else { return true }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return false }
        rest = rest.dropFirst()
        let digits = rest.filter { $0 != UInt8(ascii: ":") }
        return (1...4).contains(digits.count) && digits.allSatisfy(isDigit)
            && rest.count - digits.count <= 1
    }

    private static let zones = [
        "z", "am", "pm", "a.m.", "p.m.", "utc", "gmt", "uhr", "est", "edt", "pst", "pdt", "cest",
        "cet",
    ]

    // MARK: - Named months

    private static func named(_ text: String) -> DayForm? {
        var words = words(text)
        // What follows the year is a time: it has a colon, or says `at`.
        if let time = words.firstIndex(where: { $0.contains(":") }) {
            words.removeSubrange(time...)
        }
        words.removeAll { MonthNames.isFiller($0) || $0 == "at" || $0 == "um" || $0 == "alle" }
        let months = words.indices.filter { MonthNames.month(words[$0]) != nil }
        // `mar` is a Tuesday and a March: of two months the first is the weekday.
        if months.count == 2, MonthNames.isWeekday(words[months[0]]) { words.remove(at: months[0]) }
        words.removeAll { MonthNames.month($0) == nil && MonthNames.isWeekday($0) }
        guard let place = words.firstIndex(where: { MonthNames.month($0) != nil }),
            let month = MonthNames.month(words[place])
        else { return nil }
        let numbers = words.enumerated().filter { $0.offset != place }.map(\.element)
        guard numbers.count <= 2,
            numbers.allSatisfy({ $0.utf8.allSatisfy(isDigit) && $0.utf8.count <= 4 })
        else { return nil }
        return assemble(numbers, month: month)
    }

    private static func assemble(_ numbers: [String], month: Int) -> DayForm? {
        switch numbers.count {
        case 1 where numbers[0].utf8.count == 4:
            return monthForm(number(ArraySlice(numbers[0].utf8)), month)
        case 1 where numbers[0].utf8.count <= 2:
            let day = number(ArraySlice(numbers[0].utf8))
            return (1...31).contains(day) ? .withoutYear(month: month, day: day) : nil
        case 2 where numbers[0].utf8.count == 4 && numbers[1].utf8.count <= 2:
            return calendar(
                number(ArraySlice(numbers[0].utf8)), month, number(ArraySlice(numbers[1].utf8)))
        case 2 where numbers[0].utf8.count <= 2:
            guard let year = year(ArraySlice(numbers[1].utf8)) else { return nil }
            return calendar(year, month, number(ArraySlice(numbers[0].utf8)))
        default:
            return nil
        }
    }

    // Digits and letters apart, points and commas dropped; a time keeps its colons.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        func kind(_ byte: UInt8) -> Int { isDigit(byte) || byte == UInt8(ascii: ":") ? 0 : 1 }
        for byte in text.utf8 {
            let parts = byte == 0x20 || ",.-/º°ª".utf8.contains(byte)
            if parts || word.last.map({ kind($0) != kind(byte) }) == true {
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word = []
            }
            if !parts { word.append(byte) }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    // MARK: - Parts

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Four digits as they are; two are a year from 2000 to 2069: no platform has figures from before, and none from later.
    private static func year(_ digits: ArraySlice<UInt8>) -> Int? {
        let value = number(digits)
        switch digits.count {
        case 4: return value
        case 2: return value <= 69 ? 2000 + value : nil
        default: return nil
        }
    }

    private static func calendar(_ year: Int, _ month: Int, _ day: Int) -> DayForm? {
        guard years.contains(year) else { return nil }
        return Day(year: year, month: month, day: day).map(DayForm.day)
    }

    private static func monthForm(_ year: Int, _ month: Int) -> DayForm? {
        years.contains(year) && (1...12).contains(month) ? .month(year: year, month: month) : nil
    }

    // What is outside is an id or a count that happens to look like a date.
    private static let years = 1990...2099
}
