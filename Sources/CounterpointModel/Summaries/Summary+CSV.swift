// A summary as a table for a spreadsheet: one row a figure, its group's key in front and its receipt behind.

extension Summary {
    /// UTF-8, RFC 4180, cells that cannot run as formulas.
    public var csv: [UInt8] {
        var writer = CSVWriter()
        writer.row(
            (question.groupBy.map(\.rawValue)
                + [
                    "metric", "channelOfMetric", "lower", "upper", "exact", "method", "currency",
                    "qualifier",
                    "scenario", "assumption", "receipt",
                ]).map(CSVCell.text))
        for group in groups { group.write(to: &writer) }
        return writer.take()
    }
}

extension SummaryGroup {
    fileprivate func write(to writer: inout CSVWriter) {
        let front = key.map { CSVCell.text(orEmpty: $0.value) }
        func row(
            _ metric: Metric, channel: Channel? = nil, lower: String?, upper: String?, exact: Bool,
            method: String, currency: String? = nil, qualifier: Qualifier? = nil,
            scenario: ReachScenario? = nil
        ) {
            writer.row(
                front + [
                    .text(metric.code), .text(orEmpty: channel?.rawValue), .number(orEmpty: lower),
                    .number(orEmpty: upper), .text(exact ? "true" : "false"), .text(method),
                    .text(orEmpty: currency), .text(orEmpty: qualifier?.rawValue),
                    .number(orEmpty: scenario.map { String($0.value) }),
                    .text(orEmpty: scenario?.assumption),
                    .text(receipt),
                ])
        }
        func sum(_ total: MetricTotal, channel: Channel? = nil) {
            row(
                total.metric, channel: channel, lower: total.value.plainText,
                upper: total.value.plainText,
                exact: total.qualifier == .exact, method: "sum", qualifier: total.qualifier)
        }
        for total in counts { sum(total) }
        for total in countsByChannel { sum(total.total, channel: total.channel) }
        for total in quantities { sum(total) }
        for total in money {
            row(
                total.metric, lower: total.amount.text, upper: total.amount.text,
                exact: total.qualifier == .exact, method: "sum",
                currency: total.amount.currency.code,
                qualifier: total.qualifier)
        }
        for unique in uniques {
            row(
                unique.metric, lower: unique.range.lower.map(String.init),
                upper: unique.range.upper.map(String.init), exact: unique.range.exact,
                method: unique.range.method.rawValue, scenario: unique.range.scenario)
        }
        for rate in rates {
            row(
                rate.metric, lower: rate.lower?.plainText, upper: rate.upper?.plainText,
                exact: rate.lower == rate.upper, method: "ratio")
        }
        // Recorded, and not to be shown: an empty value that is not a missing row.
        for figure in masked {
            row(
                figure.metric, channel: figure.channel, lower: nil, upper: nil, exact: false,
                method: "masked")
        }
    }
}

extension CSVCell {
    fileprivate static func number(orEmpty value: String?) -> CSVCell {
        value.map { .number($0) } ?? .empty
    }
}
