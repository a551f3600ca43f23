// A column of figures: its cells read in the one style that the whole column is written in.

import CounterpointModel

/// The figures of a column, cell by cell, and how they were read.
public struct FigureColumn: Sendable, Hashable {
    /// What is in the column, as far as its header tells: it settles what `1.234` alone cannot.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// Counts: a mark before three digits can only group, for there is no third of a click.
        case whole
        /// Amounts, times, fractional conversions: such a mark may be either.
        case decimal
        /// Percentages and other small rates: they have no thousands, so such a mark begins the decimals.
        case rate
    }

    /// As many as there were cells, in their order.
    public var cells: [FigureCell]
    /// The style, nil if no cell needed one.
    public var style: NumberStyle?
    /// Currencies that stand in the cells, each once.
    public var currencies: [CurrencyMark]
    /// Cells whose style nobody can tell, if there are any: to ask about the whole column, with an example.
    public var undecided: String?

    /// Reads the cells of one column.
    ///
    /// `evidence` is what the other columns of the same file say; it is used where the column itself does not decide.
    /// `style` overrides both: somebody was asked and has answered.
    public static func read(
        _ cells: [SourceCell], as kind: Kind, evidence: NumberEvidence = NumberEvidence(),
        style: NumberStyle? = nil
    ) -> FigureColumn {
        var own = NumberEvidence()
        let forms = cells.map { cell -> NumberForm? in
            guard case .text(let text) = cell, let form = NumberForm(text) else { return nil }
            own.add(form, text)
            return form
        }
        var chosen = style ?? own.style
        if chosen == nil, !own.isContradictory { chosen = evidence.style }
        var column = FigureColumn(cells: [], style: chosen, currencies: [])
        column.cells.reserveCapacity(cells.count)
        for (cell, form) in zip(cells, forms) {
            let read = FigureReading(
                style: chosen, kind: kind, isContradictory: own.isContradictory && style == nil)
            let figure = read.figure(cell, form)
            if figure == .unreadable(.ambiguousNumber), column.undecided == nil {
                column.undecided = cell.shown
            }
            if let mark = figure.value?.currency, !column.currencies.contains(mark) {
                column.currencies.append(mark)
            }
            column.cells.append(figure)
        }
        return column
    }
}

/// Reads single cells once the column's style is known.
private struct FigureReading {
    var style: NumberStyle?
    var kind: FigureColumn.Kind
    var isContradictory: Bool

    func figure(_ cell: SourceCell, _ form: NumberForm?) -> FigureCell {
        switch cell {
        case .empty: return .missing
        case .day: return .unreadable(.notANumber)
        case .number(let text): return stored(text)
        case .percent(let text):
            return stored(text, isPercent: true)
        case .amount(let text, let currency):
            return stored(text, currency: CurrencyMark(currency))
        case .text(let text):
            guard let form else {
                return CellWord.meaning(of: text) ?? .unreadable(.notANumber)
            }
            return figure(form)
        }
    }

    private func stored(
        _ text: String, isPercent: Bool = false, currency: CurrencyMark? = nil
    ) -> FigureCell {
        guard let number = ExactDecimal(text) ?? shortened(text) else {
            return .unreadable(.tooManyDigits)
        }
        return .value(FigureValue(number, isPercent: isPercent, currency: currency))
    }

    // Platforms state rates with up to 14 decimals (Meta); a workbook's numbers have 15 digits. What is behind the
    // eighth decimal is rounded, halves away from zero.
    private func shortened(_ text: String) -> ExactDecimal? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.allSatisfy(isDigit), !parts[1].isEmpty else {
            return nil
        }
        return Self.rounded(whole: parts[0], decimals: parts[1])
    }

    static func rounded(whole: some StringProtocol, decimals: some StringProtocol) -> ExactDecimal?
    {
        let kept = decimals.utf8.prefix(ExactDecimal.fractionDigits)
        guard let cut = ExactDecimal(whole + "." + String(decoding: kept, as: UTF8.self)) else {
            return nil
        }
        guard let next = decimals.utf8.dropFirst(ExactDecimal.fractionDigits).first,
            next >= UInt8(ascii: "5")
        else { return cut }
        let step = ExactDecimal(1, fractionDigits: ExactDecimal.fractionDigits) ?? .zero
        return try? whole.hasPrefix("-") ? cut - step : cut + step
    }

    private func figure(_ form: NumberForm) -> FigureCell {
        let isMarked = form.digits.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        var style = self.style
        if isMarked, style == nil {
            let possible = NumberEvidence.styles(of: form)
            if isContradictory { return .unreadable(.mixedNumberStyles) }
            guard possible.point, possible.comma else { return .unreadable(.notANumber) }
            // Both readings are numbers, so exactly one mark stands before exactly three digits.
            let isPoint = form.digits.contains(UInt8(ascii: "."))
            switch form.isPercent ? .rate : kind {
            case .whole: style = isPoint ? .decimalComma : .decimalPoint
            case .rate: style = isPoint ? .decimalPoint : .decimalComma
            case .decimal: return .unreadable(.ambiguousNumber)
            }
        }
        guard let (whole, decimals) = (style ?? .decimalPoint).plain(form.digits) else {
            return .unreadable(isContradictory ? .mixedNumberStyles : .notANumber)
        }
        return value(form, whole, decimals)
    }

    private func value(_ form: NumberForm, _ whole: [UInt8], _ decimals: [UInt8]) -> FigureCell {
        let exponent = form.exponent ?? 0
        guard let shifted = Shift.point(whole, decimals, by: exponent) else {
            return .unreadable(.tooManyDigits)
        }
        let sign = form.isNegative ? "-" : ""
        guard
            var number = Self.rounded(
                whole: sign + shifted.whole,
                decimals: shifted.decimals.isEmpty ? "0" : shifted.decimals)
        else { return .unreadable(.tooManyDigits) }
        if form.factor > 1 {
            guard let scaled = try? number.multiplied(by: form.factor) else {
                return .unreadable(.tooManyDigits)
            }
            number = scaled
        }
        if form.isStrict, form.qualifier == .atMost, isMask(number, form) { return .masked }
        var qualifier = form.qualifier
        if qualifier == .exact, Self.isRoundedBySpreadsheet(form, whole, decimals) {
            qualifier = .about
        }
        return .value(
            FigureValue(
                number, qualifier: qualifier, isPercent: form.isPercent, currency: form.currency))
    }

    private func isMask(_ number: ExactDecimal, _ form: NumberForm) -> Bool {
        guard !form.isPercent, form.currency == nil, let bound = number.wholeNumber else {
            return false
        }
        return (1...ReadingState.maskedMaximum + 1).contains(bound)
    }

    // Excel shows numbers of twelve digits and more with six of them; `1E+05` of other programs is exact.
    private static func isRoundedBySpreadsheet(
        _ form: NumberForm, _ whole: [UInt8], _ decimals: [UInt8]
    ) -> Bool {
        guard let exponent = form.exponent else { return false }
        return exponent >= 11 && whole.count == 1 && decimals.count <= 5
    }
}

/// Moves a decimal point.
enum Shift {
    /// The number times ten to that power, nil beyond 40 places.
    static func point(
        _ whole: [UInt8], _ decimals: [UInt8], by places: Int
    ) -> (whole: String, decimals: String)? {
        guard abs(places) <= 40, whole.count + decimals.count <= 80 else { return nil }
        var left = whole
        var right = decimals
        for _ in 0..<max(0, places) { left.append(right.isEmpty ? 0x30 : right.removeFirst()) }
        for _ in 0..<max(0, -places) { right.insert(left.popLast() ?? 0x30, at: 0) }
        let start = left.firstIndex { $0 != 0x30 } ?? left.endIndex
        let digits = left[start...]
        return (
            digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self),
            String(decoding: right, as: UTF8.self)
        )
    }
}
