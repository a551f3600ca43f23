// The sum of figures that add, as far as it is known.

struct FigureSum {
    /// Nil: no bound from below.
    private(set) var least: ExactDecimal? = .zero
    /// Nil: no bound from above.
    private(set) var most: ExactDecimal? = .zero
    /// How far the sum may be off because figures were rounded before they were written: half of the
    /// last digit shown for each quantity, and half a minor unit for each of several amounts of money
    /// that show no more than minor units. (A real file: 2,565.92 in all, 2,565.93 by rows.)
    private var rounding = ExactDecimal.zero
    private let currency: Currency?

    init(_ readings: [PlacedReading]) {
        currency = readings.first?.reading.currency
        for placed in readings {
            least = Self.sum(least, placed.reading.least)
            most = Self.sum(most, placed.reading.most)
        }
        rounding = Self.rounding(ofMoney: readings, in: currency)
        let quantities = readings.filter { $0.reading.metric.additivity == .quantity }
            .compactMap(\.reading.value)
        guard !quantities.isEmpty else { return }
        let digits = quantities.map(\.shownFractionDigits).max() ?? 0
        let half = ExactDecimal(5, fractionDigits: digits + 1) ?? .zero
        rounding = (try? half.multiplied(by: Int64(quantities.count))) ?? .zero
    }

    /// One known number.
    init(_ stated: ExactDecimal) {
        least = stated
        most = stated
        currency = nil
    }

    /// Whether both can be the same number.
    func mayEqual(_ other: FigureSum) -> Bool {
        !isAbove(other) && !other.isAbove(self)
    }

    /// Whether this is certainly the larger one, money being rounded to minor units once, here.
    private func isAbove(_ other: FigureSum) -> Bool {
        guard let least, let most = other.most,
            let slack = try? rounding + other.rounding,
            let reached = try? rounded(most) + slack
        else { return false }
        return rounded(least) > reached
    }

    private func rounded(_ amount: ExactDecimal) -> ExactDecimal {
        currency.map { amount.rounded(toScale: $0.minorUnitDigits) } ?? amount
    }

    /// One number if it is known, else what bounds it.
    var text: String {
        func text(_ amount: ExactDecimal) -> String {
            currency.map { amount.text(scale: $0.minorUnitDigits) } ?? amount.plainText
        }
        return switch (least, most) {
        case (let least?, let most?):
            least == most ? text(least) : "\(text(least)) to \(text(most))"
        case (let least?, nil): "at least \(text(least))"
        case (nil, let most?): "at most \(text(most))"
        case (nil, nil): "an unknown number"
        }
    }

    private static func rounding(
        ofMoney readings: [PlacedReading], in currency: Currency?
    ) -> ExactDecimal {
        guard let currency, readings.count > 1,
            let half = ExactDecimal(5, fractionDigits: currency.minorUnitDigits + 1)
        else { return .zero }
        let rounded = readings.compactMap(\.reading.value)
            .filter { $0.shownFractionDigits <= currency.minorUnitDigits }
        return (try? half.multiplied(by: Int64(rounded.count))) ?? .zero
    }

    private static func sum(_ left: ExactDecimal?, _ right: ExactDecimal?) -> ExactDecimal? {
        guard let left, let right else { return nil }
        return try? left + right
    }
}

extension ExactDecimal {
    /// How many decimals the number needs.
    var shownFractionDigits: Int {
        (0..<Self.fractionDigits).first { rounded(toScale: $0) == self } ?? Self.fractionDigits
    }
}
