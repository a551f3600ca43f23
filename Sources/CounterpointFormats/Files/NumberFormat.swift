// What a number format says a number is: a date, a time, a percentage, an amount of money, or just a number.

enum NumberFormat: Hashable {
    case number, day, duration, percent
    /// The sign or code as the format writes it.
    case amount(String)

    /// The formats that every workbook has without defining them (ECMA-376, part 1, 18.8.30, East Asian ones included).
    init(builtIn id: Int) {
        switch id {
        case 9, 10: self = .percent
        case 14...17, 22, 27...31, 36, 50...58: self = .day
        case 18...21, 32...35, 45...47: self = .duration
        default: self = .number
        }
    }

    /// A format that the workbook defines, by its code: `yyyy\-mm\-dd`, `[h]:mm:ss`, `0.00%`, `[$€-407] #,##0.00`.
    init(code: String) {
        var found = Letters()
        var rest = ArraySlice(code.unicodeScalars.prefix(512))
        while let scalar = rest.popFirst(), scalar != ";" {
            switch scalar {
            case "\"":
                found.literal += rest.prefix { $0 != "\"" }
                rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\":
                if let literal = rest.popFirst() { found.literal.append(literal) }
            case "_", "*":
                _ = rest.popFirst()
            case "[":
                found.bracket(rest.prefix { $0 != "]" })
                rest = rest.drop { $0 != "]" }.dropFirst()
            case "a", "A":
                // AM/PM, A/P: a time of day.
                found.hasHour = true
                rest = rest.drop { "aApPmM/".unicodeScalars.contains($0) }
            case "E" where rest.first == "+" || rest.first == "-", "e" where rest.first == "+":
                break
            default:
                found.take(scalar)
            }
            // `General` has letters of its own.
            if found.isGeneral { break }
        }
        self = found.format
    }

    private struct Letters {
        var literal: [Unicode.Scalar] = []
        var hasYearOrDay = false
        var hasMonth = false
        var hasHour = false
        var isElapsed = false
        var hasPercent = false
        var isGeneral = false

        mutating func take(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "y", "Y", "d", "D": hasYearOrDay = true
            case "m", "M": hasMonth = true
            case "h", "H", "s", "S": hasHour = true
            case "%": hasPercent = true
            case "g", "G": isGeneral = true
            case "0"..."9", "#", "?", ".", ",", "/", "-", "+", ":", "(", ")", "@": break
            default: literal.append(scalar)
            }
        }

        // `[h]`, `[mm]`: time that has passed; `[$€-407]`: a currency; colours and conditions are neither.
        mutating func bracket(_ inside: ArraySlice<Unicode.Scalar>) {
            if inside.first == "$" {
                literal += inside.dropFirst().prefix { $0 != "-" }
            } else if !inside.isEmpty, inside.allSatisfy({ "hHmMsS".unicodeScalars.contains($0) }) {
                isElapsed = true
            }
        }

        var format: NumberFormat {
            if isGeneral { return .number }
            if isElapsed { return .duration }
            if hasYearOrDay || (hasMonth && !hasHour) { return .day }
            if hasHour { return .duration }
            if hasPercent { return .percent }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: literal)
            let sign = CellText.trimmed(String(view))
            return CurrencyMark(sign) == nil ? .number : .amount(sign)
        }
    }
}
