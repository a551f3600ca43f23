// Times that something lasted: `0:05:12`, `5m 12s`, or a number in the unit of the column.

import CounterpointModel

/// What a column without a unit in its cells counts in.
public enum DurationUnit: Sendable, Hashable, CaseIterable {
    case milliseconds, seconds, minutes, hours

    func seconds(_ number: ExactDecimal) -> ExactDecimal? {
        switch self {
        case .milliseconds: ExactDecimal.quotient(number, by: ExactDecimal(1_000))
        case .seconds: number
        case .minutes: try? number.multiplied(by: 60)
        case .hours: try? number.multiplied(by: 3_600)
        }
    }
}

extension FigureColumn {
    /// Reads the cells of a column of durations; every value is in seconds.
    ///
    /// `H:MM:SS` and `M:SS` by their colons (two parts are minutes and seconds), `1h 5m 12s` by its letters, `PT5M12S`, and
    /// plain numbers in `unit`.
    public static func readSeconds(
        _ cells: [SourceCell], unit: DurationUnit, evidence: NumberEvidence = NumberEvidence(),
        style: NumberStyle? = nil
    ) -> FigureColumn {
        let clocks = cells.map { cell -> ExactDecimal? in
            guard case .text(let text) = cell else { return nil }
            return Clock.seconds(text)
        }
        let numbers = zip(cells, clocks).map { $1 == nil ? $0 : .empty }
        var column = read(numbers, as: .decimal, evidence: evidence, style: style)
        for (index, clock) in clocks.enumerated() {
            if let clock {
                column.cells[index] = .value(FigureValue(clock))
            } else if case .value(var value) = column.cells[index] {
                if let seconds = unit.seconds(value.number), !value.isPercent, value.currency == nil
                {
                    value.number = seconds
                    column.cells[index] = .value(value)
                } else {
                    column.cells[index] = .unreadable(.notANumber)
                }
            }
        }
        return column
    }
}

/// Durations that carry their own unit.
private enum Clock {
    static func seconds(_ text: String) -> ExactDecimal? {
        let bytes = CellText.withPlainDigits(CellText.trimmed(text))
        guard bytes.count <= 32 else { return nil }
        return colons(bytes) ?? letters(bytes)
    }

    // `0:05:12`, `105:00:00`, `05:12`, `0:05:12.5`.
    private static func colons(_ bytes: [UInt8]) -> ExactDecimal? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        var total: Int64 = 0
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            let whole = isLast ? part.prefix(while: isDigit) : part
            guard (1...(index == 0 ? 9 : 2)).contains(whole.count), whole.allSatisfy(isDigit),
                let number = Int64(String(decoding: whole, as: UTF8.self)),
                index == 0 || number < 60
            else { return nil }
            total = total * 60 + number
            guard isLast, part.count > whole.count else { continue }
            let fraction = part.dropFirst(whole.count)
            guard fraction.first == UInt8(ascii: ".") || fraction.first == UInt8(ascii: ",") else {
                return nil
            }
            return ExactDecimal(
                "\(total).\(String(decoding: fraction.dropFirst(), as: UTF8.self))")
        }
        return ExactDecimal(total)
    }

    // `1h 5m 12s`, `5 min 12 s`, `12s`, `PT5M12S`.
    private static func letters(_ bytes: [UInt8]) -> ExactDecimal? {
        var rest = bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }[...]
        if rest.starts(with: "pt".utf8) { rest = rest.dropFirst(2) }
        var total: Int64 = 0
        var last = Int64.max
        while !rest.isEmpty {
            let digits = rest.prefix(while: isDigit)
            guard (1...9).contains(digits.count),
                let number = Int64(String(decoding: digits, as: UTF8.self))
            else { return nil }
            rest = rest.dropFirst(digits.count)
            rest.trimBlanks()
            let unit = rest.prefix { (0x61...0x7A).contains($0) }
            let size: Int64
            switch String(decoding: unit, as: UTF8.self) {
            case "h", "hr", "hrs", "std": size = 3_600
            case "m", "min", "mins": size = 60
            case "s", "sec", "secs", "sek", "seg": size = 1
            default: return nil
            }
            guard size < last else { return nil }
            last = size
            total += number * size
            rest = rest.dropFirst(unit.count)
            rest.trimBlanks()
        }
        return last == Int64.max ? nil : ExactDecimal(total)
    }
}
