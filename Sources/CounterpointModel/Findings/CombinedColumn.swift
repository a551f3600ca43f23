// A column that a format says is the sum of others: "Reactions, Comments and Shares" beside reactions,
// comments and shares. Only where a format says so: what a platform calls engagements is its own sum.

extension ContradictionCheck {
    /// A combined column that its parts do not add to. The parts may be of different metrics, all of
    /// them events of one row. Nil if they may add, if a part is not a count or quantity, or if
    /// there are none.
    /// - Parameters:
    ///   - title: The column's heading as the file has it.
    ///   - stated: What the column says.
    public static func combined(
        _ title: String, _ stated: ExactDecimal, parts: [PlacedReading]
    ) -> Finding? {
        guard let example = parts.first,
            parts.allSatisfy({
                [.count, .countPerChannel, .quantity].contains($0.reading.metric.additivity)
            })
        else { return nil }
        let sum = FigureSum(parts)
        guard !sum.mayEqual(FigureSum(stated)) else { return nil }
        let named = parts.map { "\($0.reading.metric.code) \($0.shownValue)" }
        return Finding(
            code: .partsDoNotAdd,
            first: FigureReference(
                campaign: example.campaign, channel: example.channel,
                period: example.reading.period, content: example.reading.content,
                cell: example.reading.cell, set: example.set, value: stated.plainText),
            second: FigureReference(
                campaign: example.campaign, channel: example.channel,
                period: example.reading.period, content: example.reading.content,
                cell: example.reading.cell, set: example.set,
                readings: parts.map(\.id).sorted(), value: sum.text),
            detail:
                "“\(title)” says \(stated.plainText), but its parts (\(named.joined(separator: ", "))) "
                + "add to \(sum.text).")
    }
}
