// What a reading leaves possible, for comparing figures without false alarms: only what is certain
// counts.

extension Reading {
    /// The least that the figure can be, or nil if the reading does not say. What is only about
    /// right says nothing.
    var least: ExactDecimal? {
        switch (state, qualifier) {
        case (.value, .exact), (.value, .atLeast): value
        case (.masked, _): .zero
        case (.value, .atMost), (.value, .about), (.missing, _), (.notApplicable, _):
            metric.mayBeNegative ? nil : .zero
        }
    }

    /// The most that the figure can be, or nil if the reading does not say.
    var most: ExactDecimal? {
        switch (state, qualifier) {
        case (.value, .exact), (.value, .atMost): value
        case (.masked, _): ExactDecimal(ReadingState.maskedMaximum)
        case (.value, .atLeast), (.value, .about), (.missing, _), (.notApplicable, _): nil
        }
    }

    /// Money rounded to the minor units that totals are stated in; everything else as it is.
    func comparable(_ amount: ExactDecimal) -> ExactDecimal {
        guard let currency else { return amount }
        return amount.rounded(toScale: currency.minorUnitDigits)
    }
}

extension PlacedReading {
    var reference: FigureReference {
        FigureReference(
            metric: reading.metric, campaign: campaign, channel: channel, period: reading.period,
            content: reading.content, cell: reading.cell, set: set, readings: [id],
            value: reading.state == .value ? reading.value?.plainText : reading.state.rawValue)
    }

    /// The figure in words: `reach 120 (2023-01-01/2023-01-31, ad 3)`.
    var words: String {
        let place = [reading.period.description, reading.content, reading.cell].compactMap { $0 }
        return "\(reading.metric.code) \(shownValue) (\(place.joined(separator: ", ")))"
    }

    /// The value alone, as a sentence has it.
    var shownValue: String {
        reading.state == .masked
            ? "below \(ReadingState.maskedMaximum + 1)" : reading.value?.plainText ?? "unknown"
    }
}
