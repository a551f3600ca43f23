// Numbers as a workbook stores them, and what its number formats make of them.
//
// A workbook keeps binary fractions and writes them with up to seventeen digits: 0.3 from a sum is stored as
// 0.30000000000000004, though no program shows it so. Spreadsheets promise fifteen digits, so a stored number with a
// decimal point or an exponent is rounded to fifteen; one of fifteen or fewer is exact. Whole numbers written out are kept
// digit by digit, because some programs store long ids as numbers.

import CounterpointModel

enum WorkbookNumber {
    static let digitsKept = 15

    /// The number without exponent, nil for what is none (`NaN`) or too far from one.
    static func plain(_ text: String) -> String? { shifted(text, by: 0) }

    /// The number times ten to that power.
    static func shifted(_ text: String, by places: Int) -> String? {
        var rest = ArraySlice(text.utf8)
        rest.trimBlanks()
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        var whole = Array(rest.prefix(while: isDigit))
        rest = rest.dropFirst(whole.count)
        var decimals: [UInt8] = []
        let hasPoint = rest.first == UInt8(ascii: ".")
        if hasPoint {
            decimals = Array(rest.dropFirst().prefix(while: isDigit))
            rest = rest.dropFirst(1 + decimals.count)
        }
        guard !(whole.isEmpty && decimals.isEmpty) else { return nil }
        var power = 0
        if let first = rest.first, first | 0x20 == UInt8(ascii: "e") {
            guard let value = Int(String(decoding: rest.dropFirst(), as: UTF8.self)) else {
                return nil
            }
            power = value
            rest = []
        }
        guard rest.isEmpty else { return nil }
        if hasPoint || power != 0 { round(&whole, &decimals) }
        guard power.magnitude <= 40, let moved = Shift.point(whole, decimals, by: power + places)
        else { return nil }
        let trimmed = moved.decimals.utf8.reversed().drop { $0 == 0x30 }.reversed()
        let number =
            trimmed.isEmpty
            ? moved.whole : moved.whole + "." + String(decoding: Array(trimmed), as: UTF8.self)
        return isNegative && number != "0" ? "-" + number : number
    }

    // To fifteen digits from the first that is not zero, halves away from zero.
    private static func round(_ whole: inout [UInt8], _ decimals: inout [UInt8]) {
        var digits = whole + decimals
        guard let first = digits.firstIndex(where: { $0 != 0x30 }) else { return }
        let end = first + digitsKept
        guard digits.count > end else { return }
        let isUp = digits[end] >= UInt8(ascii: "5")
        for index in end..<digits.count { digits[index] = 0x30 }
        var carry = isUp
        var index = end - 1
        while carry, index >= 0 {
            if digits[index] == UInt8(ascii: "9") {
                digits[index] = 0x30
            } else {
                digits[index] += 1
                carry = false
            }
            index -= 1
        }
        let places = decimals.count
        if carry { digits.insert(UInt8(ascii: "1"), at: 0) }
        whole = Array(digits.dropLast(places))
        decimals = Array(digits.suffix(places))
    }
}

/// Days counted by a workbook.
enum WorkbookDay {
    /// The day of a serial number; a time of day is cut off, half a second before midnight counted as midnight. Nil for what
    /// is no date: below 1, the 29 February 1900 that Excel believes in, beyond the year 9999.
    static func day(_ serial: Double, is1904: Bool) -> Day? {
        guard serial.isFinite, serial >= 0, serial < 2_958_466 else { return nil }
        let count = Int((serial + 0.5 / 86_400).rounded(.down))
        // 2000-01-01 is 36,526 counted from 1900 with a leap day too many, 35,064 from 1904.
        if is1904 { return Day(daysSince2000: Int32(count - 35_064)) }
        guard count >= 1, count != 60 else { return nil }
        return Day(daysSince2000: Int32(count - 36_526 + (count < 60 ? 1 : 0)))
    }

    /// A part of a day, or several, as `H:MM:SS`, with thousandths where there are any; nil if it is negative.
    static func duration(_ serial: Double) -> String? {
        guard serial.isFinite, serial >= 0, serial < 100_000 else { return nil }
        let milliseconds = Int((serial * 86_400_000).rounded())
        let seconds = milliseconds / 1_000
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var text = "\(seconds / 3_600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        let rest = milliseconds % 1_000
        if rest > 0 {
            let digits = String(rest + 1_000).dropFirst()
            text += "." + String(digits)
        }
        return text
    }
}
