// What counts as a blank in a cell, and texts made comparable.

/// Blanks, folding and digits, the same for every cell and header.
public enum CellText {
    /// Blanks of every kind: also hard, narrow and ideographic ones, marks of direction, and what has no width.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0: true
        case 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064: true
        case 0x2066...0x206F, 0x3000, 0xFEFF, 0x061C: true
        default: false
        }
    }

    /// Whether nothing stands in the text but blanks.
    public static func isBlank(_ text: String) -> Bool {
        // Most cells begin with an ASCII character that is none.
        if let first = text.utf8.first, first > 0x20, first < 0x80 { return false }
        return text.unicodeScalars.allSatisfy(isBlank)
    }

    /// The text without blanks around it; those inside stay as they are.
    public static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        if first == scalars.startIndex, last == scalars.index(before: scalars.endIndex) {
            return text
        }
        return String(scalars[first...last])
    }

    /// The text for comparing names: trimmed, lower case, accents taken off, every run of blanks one space, hyphens and
    /// apostrophes of one kind, wide forms narrow. `Ad （level）` and `ad (level)` are the same, and so are `août` and `AOUT`.
    public static func folded(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isAfterBlank = true
        for scalar in text.unicodeScalars {
            if isBlank(scalar) {
                // Marks without width part no words.
                let hasWidth =
                    !(0x200B...0x200F).contains(scalar.value)
                    && !(0x202A...0x202E).contains(scalar.value)
                    && !(0x2060...0x206F).contains(scalar.value)
                    && scalar.value != 0xFEFF && scalar.value != 0x061C
                if hasWidth, !isAfterBlank {
                    result.append(" ")
                    isAfterBlank = true
                }
                continue
            }
            // An accent that stands alone leaves nothing.
            if (0x0300...0x036F).contains(scalar.value) { continue }
            isAfterBlank = false
            if scalar.isASCII {
                let value = scalar.value
                result.append(
                    (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value + 0x20)) : scalar)
                continue
            }
            fold(scalar, into: &result)
        }
        if result.last == " " { result.removeLast() }
        return String(result)
    }

    private static func fold(
        _ scalar: Unicode.Scalar, into result: inout String.UnicodeScalarView
    ) {
        switch scalar.value {
        // Wide forms of ASCII.
        case 0xFF01...0xFF5E:
            result.append(
                contentsOf: folded(String(Unicode.Scalar(UInt8(scalar.value - 0xFEE0))))
                    .unicodeScalars)
        case 0x2010...0x2015, 0x2212: result.append("-")
        case 0x2018, 0x2019, 0x02BC, 0x00B4: result.append("'")
        case 0x201C, 0x201D, 0x201E, 0xAB, 0xBB: result.append("\"")
        default:
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                if let plain = withoutAccent[lower] {
                    result.append(contentsOf: plain.unicodeScalars)
                } else if !(0x0300...0x036F).contains(lower.value) {
                    result.append(lower)
                }
            }
        }
    }

    // Letters of the languages that platforms export in, and of their neighbours.
    private static let withoutAccent: [Unicode.Scalar: String] = {
        let letters: [(String, String)] = [
            ("àáâãäåāăą", "a"), ("çćčĉ", "c"), ("ďđð", "d"), ("èéêëēėęě", "e"), ("ğĝģ", "g"),
            ("ìíîïīįı", "i"), ("ķ", "k"), ("ĺľļł", "l"), ("ñńňņ", "n"), ("òóôõöøōő", "o"),
            ("ŕřŗ", "r"), ("śšşș", "s"), ("ťţțŧ", "t"), ("ùúûüūůűų", "u"), ("ýÿ", "y"),
            ("źžż", "z"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"),
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (accented, plain) in letters {
            for scalar in accented.unicodeScalars { table[scalar] = plain }
        }
        return table
    }()

    /// The text with digits of every script as ASCII, Arabic separators and percent signs as their Western forms, minus
    /// signs as `-`, and every kind of blank as a plain space or, without width, nothing. For reading figures and dates.
    static func withPlainDigits(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.append(UInt8(scalar.value))
                continue
            }
            switch scalar.value {
            case 0x0660...0x0669: result.append(UInt8(0x30 + scalar.value - 0x0660))
            case 0x06F0...0x06F9: result.append(UInt8(0x30 + scalar.value - 0x06F0))
            case 0x0966...0x096F: result.append(UInt8(0x30 + scalar.value - 0x0966))
            case 0xFF01...0xFF5E: result.append(UInt8(scalar.value - 0xFEE0))
            case 0x066A: result.append(UInt8(ascii: "%"))
            case 0x066B: result.append(UInt8(ascii: ","))
            case 0x066C, 0x2018, 0x2019: result.append(UInt8(ascii: "'"))
            case 0x2212, 0xFE63: result.append(UInt8(ascii: "-"))
            case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0x061C: break
            default:
                if isBlank(scalar) {
                    result.append(0x20)
                } else {
                    result.append(contentsOf: Array(String(scalar).utf8))
                }
            }
        }
        return result
    }
}
