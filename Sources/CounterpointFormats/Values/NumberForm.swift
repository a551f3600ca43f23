// The shape of a number in one cell, before it is known how the column writes numbers.

import CounterpointModel

/// Digits with their marks, and what stands around them: `< 1.234,5 €` is sign, digits and marks, currency.
struct NumberForm {
    /// Digits and marks only: `1.234,5`, `1 020,50`, `25881`; no blank at either end.
    var digits: [UInt8]
    var isNegative = false
    var qualifier = Qualifier.exact
    /// `<` or `>`, not `≤` or `≥`.
    var isStrict = false
    var isPercent = false
    var currency: CurrencyMark?
    /// 1,000 for K, 1,000,000 for M, 1,000,000,000 for B; 1 otherwise.
    var factor: Int64 = 1
    /// Of `6.54E+17`.
    var exponent: Int?

    /// The shape of the text, nil if it is no number.
    init?(_ text: String) {
        // Longest cell that can be a number: 26 digits grouped, decimals, a currency's name; three bytes each at most.
        guard text.utf8.count <= 240 else { return nil }
        var rest = CellText.withPlainDigits(text)[...]
        guard rest.count <= 80 else { return nil }
        rest.trimBlanks()
        var hasParentheses = false
        digits = []
        takeQualifier(&rest)
        rest.trimBlanks()
        if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
            rest = rest.dropFirst().dropLast()
            rest.trimBlanks()
            hasParentheses = true
        }
        takeSign(&rest)
        guard takeLeadingCurrency(&rest) else { return nil }
        takeSign(&rest)
        let core = rest.prefix { isDigit($0) || Self.isMark($0) }
        digits = Array(core)
        rest = rest.dropFirst(core.count)
        // Blanks at the end of the digits part the unit from them.
        while digits.last == 0x20 { digits.removeLast() }
        if digits.last == UInt8(ascii: "'") { return nil }
        guard digits.contains(where: isDigit) else { return nil }
        takeExponent(&rest)
        guard takeUnit(&rest), rest.isEmpty else { return nil }
        if hasParentheses {
            if isNegative { return nil }
            isNegative = true
        }
    }

    static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == 0x20
            || byte == UInt8(ascii: "'")
    }

    private mutating func takeQualifier(_ rest: inout ArraySlice<UInt8>) {
        let signs: [(String, Qualifier, Bool)] = [
            ("<=", .atMost, false), (">=", .atLeast, false), ("≤", .atMost, false),
            ("≥", .atLeast, false), ("<", .atMost, true), (">", .atLeast, true),
            ("~", .about, false), ("≈", .about, false),
        ]
        for (sign, qualifier, isStrict) in signs where rest.starts(with: sign.utf8) {
            rest = rest.dropFirst(sign.utf8.count)
            self.qualifier = qualifier
            self.isStrict = isStrict
            return
        }
    }

    private mutating func takeSign(_ rest: inout ArraySlice<UInt8>) {
        if rest.first == UInt8(ascii: "-") {
            guard !isNegative else { return }
            isNegative = true
            rest = rest.dropFirst()
        } else if rest.first == UInt8(ascii: "+") {
            rest = rest.dropFirst()
        }
        rest.trimBlanks()
    }

    // False if something stands before the digits that is no currency.
    private mutating func takeLeadingCurrency(_ rest: inout ArraySlice<UInt8>) -> Bool {
        let lead = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: "-") }
        // `.5` and `,5` begin with their mark.
        let text = CellText.trimmed(String(decoding: lead, as: UTF8.self))
        if text.isEmpty || text == "." || text == "," { return true }
        guard let mark = CurrencyMark(text) else { return false }
        currency = mark
        rest = rest.dropFirst(lead.count)
        rest.trimBlanks()
        return true
    }

    private mutating func takeExponent(_ rest: inout ArraySlice<UInt8>) {
        guard let first = rest.first, first | 0x20 == UInt8(ascii: "e") else { return }
        var tail = rest.dropFirst()
        let isDown = tail.first == UInt8(ascii: "-")
        if isDown || tail.first == UInt8(ascii: "+") { tail = tail.dropFirst() }
        let power = tail.prefix(while: isDigit)
        guard (1...3).contains(power.count), let value = Int(String(decoding: power, as: UTF8.self))
        else { return }
        exponent = isDown ? -value : value
        rest = tail.dropFirst(power.count)
    }

    // Folded words, and capitals that are no factor when they are small: `5m` may be minutes.
    private static let factors: [String: Int64] = [
        "k": 1_000, "tsd.": 1_000, "mil": 1_000, "M": 1_000_000, "M+": 1_000_000, "mio": 1_000_000,
        "mio.": 1_000_000, "mln": 1_000_000, "mn": 1_000_000, "B": 1_000_000_000,
        "B+": 1_000_000_000, "bn": 1_000_000_000, "mrd.": 1_000_000_000,
    ]

    // Percent, K and M, a sign behind the number, a currency; false for anything else.
    private mutating func takeUnit(_ rest: inout ArraySlice<UInt8>) -> Bool {
        rest.trimBlanks()
        if rest.isEmpty { return true }
        if rest.first == UInt8(ascii: "%") {
            isPercent = true
            rest = rest.dropFirst()
            return currency == nil
        }
        let unit = String(decoding: rest, as: UTF8.self)
        var word = CellText.folded(unit)
        if word.hasSuffix("+"), qualifier == .exact {
            qualifier = .atLeast
            word.removeLast()
        }
        if word.hasSuffix("-"), !isNegative, word == "-" {
            isNegative = true
            word = ""
        }
        if word.isEmpty {
            rest = []
            return true
        }
        if let factor = Self.factors[word] ?? Self.factors[CellText.trimmed(unit)] {
            self.factor = factor
            if qualifier == .exact { qualifier = .about }
            rest = []
            return true
        }
        guard currency == nil, let mark = CurrencyMark(CellText.trimmed(unit)) else { return false }
        currency = mark
        rest = []
        return true
    }
}

/// Whether the byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

extension ArraySlice<UInt8> {
    mutating func trimBlanks() {
        self = drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        while let last, last == 0x20 || (0x09...0x0D).contains(last) { removeLast() }
    }
}
