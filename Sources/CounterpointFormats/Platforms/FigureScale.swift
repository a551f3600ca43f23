// Numbers of a column as figures of a metric: hours as minutes, percent as a ratio.

import CounterpointModel

/// How a column's numbers become a metric's.
struct FigureScale {
    private let meaning: FigureMeaning

    init(_ meaning: FigureMeaning) { self.meaning = meaning }

    // Times are read in seconds, whatever they are written in.
    private var durationUnit: DurationUnit? {
        switch (meaning.metric, meaning.unit) {
        case (.watchTimeMinutes, .hours): .hours
        case (.watchTimeMinutes, .seconds), (.watchTimeMinutes, .duration): .seconds
        case (.watchTimeMinutes, .milliseconds), (.averageViewSeconds, .milliseconds): .milliseconds
        case (.watchTimeMinutes, .own): .minutes
        case (.averageViewSeconds, _): .seconds
        default: nil
        }
    }

    func read(
        _ cells: [SourceCell], _ evidence: NumberEvidence, _ style: NumberStyle?
    ) -> FigureColumn {
        if let durationUnit {
            return .readSeconds(cells, unit: durationUnit, evidence: evidence, style: style)
        }
        let kind: FigureColumn.Kind =
            switch meaning.metric.additivity {
            case .count, .countPerChannel, .unique, .stock: .whole
            case .quantity, .money: .decimal
            case .rate: .rate
            }
        return .read(cells, as: kind, evidence: evidence, style: style)
    }

    /// The figure in the metric's unit; nil for a percentage where none can be.
    func own(_ value: FigureValue) -> ExactDecimal? {
        if value.isPercent {
            guard meaning.metric.unit == .ratio else { return nil }
            return ExactDecimal.quotient(value.number, by: ExactDecimal(100))
        }
        switch (meaning.metric, meaning.unit) {
        case (.watchTimeMinutes, _):
            return ExactDecimal.quotient(value.number, by: ExactDecimal(60))
        case (_, .percent): return ExactDecimal.quotient(value.number, by: ExactDecimal(100))
        default: return value.number
        }
    }

    /// Half of the last digit shown, in the metric's unit. Counts are not rounded.
    func slack(of value: FigureValue, _ cell: SourceCell) -> ExactDecimal {
        guard !meaning.metric.additivity.isWhole else { return .zero }
        let digits = cell.shown.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
        let hasMark = cell.shown.utf8.contains {
            $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
        }
        let decimals = hasMark ? min(digits, ExactDecimal.fractionDigits - 1) : 0
        let half = ExactDecimal(5, fractionDigits: decimals + 1) ?? .zero
        guard meaning.metric == .watchTimeMinutes else { return half }
        let minutes: ExactDecimal? =
            switch durationUnit {
            case .hours: try? half.multiplied(by: 60)
            case .seconds: ExactDecimal.quotient(half, by: ExactDecimal(60))
            case .milliseconds: ExactDecimal.quotient(half, by: ExactDecimal(60_000))
            default: half
            }
        return minutes ?? half
    }
}
