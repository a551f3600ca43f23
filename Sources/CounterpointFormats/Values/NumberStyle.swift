// How a column writes numbers, told from all of its cells together.
//
// `1,234` alone may be a thousand or one and a bit. `12,5`, `1.234,5`, `1 020,50` or `1,234,567` anywhere in the column
// tell; where none does, the answer is asked for and never guessed.

import CounterpointModel

/// Which mark begins the decimals; the other one, blanks and apostrophes group thousands.
public enum NumberStyle: String, Sendable, Hashable, CaseIterable {
    case decimalPoint, decimalComma

    var mark: UInt8 { self == .decimalPoint ? UInt8(ascii: ".") : UInt8(ascii: ",") }

    /// The number written in this style, digits and marks only; nil if it is not written so.
    func plain(_ digits: [UInt8]) -> (whole: [UInt8], decimals: [UInt8])? {
        let marks = digits.indices.filter { digits[$0] == mark }
        guard marks.count <= 1 else { return nil }
        let end = marks.first ?? digits.endIndex
        let decimals = marks.isEmpty ? [] : Array(digits[(end + 1)...])
        guard decimals.allSatisfy(isDigit), marks.isEmpty || !decimals.isEmpty else { return nil }
        guard let whole = Self.ungrouped(digits[..<end]) else { return nil }
        return (whole, decimals)
    }

    // Groups of three, or Indian ones (two, two, three); one kind of mark.
    private static func ungrouped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let groups = text.split(
            omittingEmptySubsequences: false, whereSeparator: { !isDigit($0) })
        guard groups.count > 1 else { return Array(text.isEmpty ? [0x30] : text) }
        let marks = Set(text.filter { !isDigit($0) })
        guard marks.count == 1, (1...3).contains(groups[0].count), groups.last?.count == 3 else {
            return nil
        }
        let between = groups[1..<(groups.count - 1)]
        let isWestern = between.allSatisfy { $0.count == 3 }
        let isIndian =
            marks == [UInt8(ascii: ",")] && groups[0].count <= 2
            && between.allSatisfy { $0.count == 2 }
        guard isWestern || isIndian else { return nil }
        return Array(groups.joined())
    }
}

/// What the cells seen so far say about the style.
public struct NumberEvidence: Sendable, Hashable {
    /// Cells that can only be read in that style.
    public private(set) var decidedBy: [NumberStyle: String] = [:]
    /// The first cell that is a number in both, and not the same one.
    public private(set) var undecided: String?

    public init() {}

    /// The style that the evidence gives; nil if there is none, or it contradicts itself.
    public var style: NumberStyle? { decidedBy.count == 1 ? decidedBy.keys.first : nil }
    /// Cells of both styles have been seen.
    public var isContradictory: Bool { decidedBy.count > 1 }

    public mutating func add(_ cell: SourceCell) {
        guard case .text(let text) = cell, let form = NumberForm(text) else { return }
        add(form, text)
    }

    public mutating func add(_ cells: some Sequence<SourceCell>) {
        for cell in cells { add(cell) }
    }

    mutating func add(_ form: NumberForm, _ text: String) {
        guard form.digits.contains(UInt8(ascii: ".")) || form.digits.contains(UInt8(ascii: ","))
        else { return }
        switch Self.styles(of: form) {
        case (true, false): note(.decimalPoint, text)
        case (false, true): note(.decimalComma, text)
        case (true, true): if undecided == nil { undecided = text }
        case (false, false): break
        }
    }

    private mutating func note(_ style: NumberStyle, _ text: String) {
        if decidedBy[style] == nil { decidedBy[style] = text }
    }

    // In which styles the digits are a number. A group never begins with the only 0, and an exponent follows a mantissa
    // of one digit, so that its mark is the decimal one.
    static func styles(of form: NumberForm) -> (point: Bool, comma: Bool) {
        func isNumber(_ style: NumberStyle) -> Bool {
            guard let (whole, _) = style.plain(form.digits) else { return false }
            let hasGroups = form.digits.contains { $0 != style.mark && !isDigit($0) }
            if hasGroups, whole.count > 1, whole.first == UInt8(ascii: "0") { return false }
            if hasGroups, form.exponent != nil || form.factor > 1 { return false }
            return true
        }
        return (isNumber(.decimalPoint), isNumber(.decimalComma))
    }
}
