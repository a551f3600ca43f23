// A total against its rows: what adds must agree, within what rounding can explain.

import CounterpointModel

/// The sum of one metric's figures, as far as it is known.
struct SumCheck {
    /// At least this much.
    private(set) var least = ExactDecimal.zero
    /// At most this much; nil: unknown, since a figure is missing.
    private(set) var most: ExactDecimal? = .zero
    /// How far rounding in the file can have moved the sum.
    private(set) var slack = ExactDecimal.zero
    private(set) var count = 0
    let currency: Currency?

    init?(_ figures: [RowFigure]) {
        currency = figures.first { $0.currency != nil }?.currency
        for figure in figures {
            // Amounts of two currencies have no sum.
            if let other = figure.currency, other != currency { return nil }
            count += 1
            switch (figure.state, figure.qualifier) {
            case (.value, .exact):
                guard let value = figure.value, let sum = try? least + value,
                    let rounded = try? slack + figure.slack
                else { return nil }
                least = sum
                slack = rounded
                most = most.flatMap { try? $0 + value }
            case (.masked, _):
                most = most.flatMap { try? $0 + ExactDecimal(ReadingState.maskedMaximum) }
            case (.value, .atLeast):
                guard let value = figure.value, let sum = try? least + value else { return nil }
                least = sum
                most = nil
            case (.value, .atMost):
                most = figure.value.flatMap { value in most.flatMap { try? $0 + value } }
            case (.value, .about): return nil
            case (.missing, _): most = nil
            // What cannot exist adds nothing.
            case (.notApplicable, _): break
            }
        }
    }

    enum Verdict { case agrees, totalIsMore, totalIsLess }

    /// Whether `total` can be the sum.
    func verdict(on total: RowFigure) -> Verdict {
        guard total.state == .value, total.qualifier == .exact, let value = total.value,
            total.currency == currency, let room = try? slack + total.slack
        else { return .agrees }
        if let lowest = try? least - room, value < lowest {
            // A net figure may fall by what is not listed.
            return total.metric.mayBeNegative && most == nil ? .agrees : .totalIsLess
        }
        if let most, let highest = try? most + room, value > highest { return .totalIsMore }
        return .agrees
    }

    var text: String {
        let amount = currency.map { " \($0.code)" } ?? ""
        guard most == least else { return "at least \(least)\(amount)" }
        return "\(least)\(amount)"
    }
}
