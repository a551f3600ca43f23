// JSON values as people read them.

import CounterpointModel

enum ValueText {
    /// A text as it is, a list with commas, nothing for null.
    static func plain(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let bool): bool ? "yes" : "no"
        case .number(let number): number.text
        case .string(let text): text
        case .array(let elements): elements.map(plain).joined(separator: ", ")
        case .object: value.text
        }
    }

    /// `77,818.01 UAH`; what is no money as a number.
    static func money(_ value: JSONValue) -> String {
        guard let amount = value["amount"]?.string, let currency = value["currency"]?.string else {
            return NumberText.grouped(plain(value))
        }
        return "\(NumberText.grouped(amount)) \(currency)"
    }

    /// `2017-03-30 10:00` of an instant, in UTC as it is stored.
    static func minute(_ value: JSONValue) -> String {
        let text = plain(value)
        guard text.utf8.count >= 16 else { return text }
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    }

    /// A range of people: one number if exact, else `263,001 – 320,906`, open ends as they are.
    static func range(_ lower: Int64?, _ upper: Int64?) -> String {
        func grouped(_ end: Int64) -> String { NumberText.grouped(String(end)) }
        return switch (lower, upper) {
        case (let lower?, let upper?) where lower == upper: grouped(lower)
        case (let lower?, let upper?): "\(grouped(lower)) – \(grouped(upper))"
        case (let lower?, nil): "at least \(grouped(lower))"
        case (nil, let upper?): "at most \(grouped(upper))"
        case (nil, nil): "unknown"
        }
    }
}

enum NumberText {
    /// Digits before the point in groups of three: 1234567.89 → 1,234,567.89. What is no plain number stays as it is.
    static func grouped(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let unsigned = isNegative ? text.dropFirst() : text[...]
        let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty,
            unsigned.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 })
        else { return text }
        var digits = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { digits += "," }
            digits.append(digit)
        }
        return (isNegative ? "-" : "") + digits + (parts.count > 1 ? "." + parts[1] : "")
    }
}

enum DisplayWidth {
    /// Places that a text takes in a terminal: one a character, two for those of East Asian scripts and for emoji.
    static func of(_ text: String) -> Int {
        text.reduce(0) { width, character in
            guard let scalar = character.unicodeScalars.first else { return width }
            return width + (isWide(scalar) ? 2 : 1)
        }
    }

    // Unicode's East Asian Width, by the blocks that are wide throughout.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
