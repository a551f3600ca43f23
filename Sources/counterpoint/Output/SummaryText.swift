// A summary as a table: one row a figure, its group's key in front where the group begins.

import CounterpointModel

struct SummaryText {
    let text: String

    init(_ summary: Summary, emphasised: Bool) {
        guard summary.groups.contains(where: { !SummaryRows($0).rows.isEmpty }) else {
            text = Self.nothing(summary)
            return
        }
        let dimensions = summary.question.groupBy
        let columns =
            dimensions.map { Column($0.rawValue.uppercased(), $0.rawValue) }
            + [
                Column("FIGURE", "figure"), Column("VALUE", "value", .number), Column("", "unit"),
                Column("HOW", "how", cut: .max),
            ]
        var records: [JSONValue] = []
        for group in summary.groups {
            for (index, row) in SummaryRows(group).rows.enumerated() {
                var record = row
                for part in group.key where index == 0 {
                    record[part.dimension.rawValue] = .string(
                        part.label ?? part.value ?? "(several)")
                }
                records.append(.object(record))
            }
        }
        text = ([Table(columns, records).text(emphasised: emphasised), ""] + Self.footing(summary))
            .joined(
                separator: "\n")
    }

    private static func nothing(_ summary: Summary) -> String {
        let pending = summary.accounting.pendingReadings
        let waiting =
            pending > 0
            ? "\(NumberText.grouped(String(pending))) readings wait for review: counterpoint results list --status submitted"
            : "Results count once they are accepted: counterpoint results --help"
        return "Nothing on record in this scope. \(waiting)"
    }

    private static func footing(_ summary: Summary) -> [String] {
        var lines = summary.groups.flatMap { group in group.findings.map { "Odd: \($0.detail)" } }
        lines += straddling(summary.groups.filter { $0.straddlingReadings > 0 })
        if !lines.isEmpty { lines.append("") }
        let revisions = summary.revisions.map { "revision \($0.revision)" }.joined(separator: ", ")
        let counted = summary.accounting
        lines.append(
            "As of \(summary.asOf)\(revisions.isEmpty ? "" : " (\(revisions))"): "
                + "\(NumberText.grouped(String(counted.acceptedReadings))) accepted readings, "
                + "\(NumberText.grouped(String(counted.pendingReadings))) waiting for review"
                + (counted.suppressedCells > 0
                    ? ", \(NumberText.grouped(String(counted.suppressedCells))) masked." : "."))
        if let notice = summary.notice { lines.append(notice) }
        if summary.groups.contains(where: \.isReportedElsewhere) {
            lines.append("Some of it is reported under another programme too.")
        }
        for group in summary.groups where !group.receipt.isEmpty {
            lines.append(
                "Receipt\(group.key.isEmpty ? "" : " of \(name(of: group))"): \(group.receipt)")
        }
        return lines
    }

    /// By month most long periods stick out of every group: one line then says it.
    private static func straddling(_ groups: [SummaryGroup]) -> [String] {
        guard let most = groups.map(\.straddlingReadings).max() else { return [] }
        guard groups.count > straddlersNamed else {
            return groups.map {
                "\($0.straddlingReadings) readings stick out of \(name(of: $0)) and are left out of "
                    + "its sums."
            }
        }
        return [
            "Readings that span more than their group, up to \(most) in one, are left out of the sums "
                + "of \(groups.count) groups."
        ]
    }

    private static let straddlersNamed = 3

    private static func name(of group: SummaryGroup) -> String {
        group.key.isEmpty
            ? "the asked days"
            : group.key.map { $0.label ?? $0.value ?? "(several)" }.joined(separator: ", ")
    }
}

/// A group's figures as rows of `figure`, `value`, `unit` and `how`.
private struct SummaryRows {
    private(set) var rows: [JSONObject] = []

    init(_ group: SummaryGroup) {
        for total in group.counts { add(total) }
        for total in group.countsByChannel { add(total.total, on: total.channel) }
        for total in group.quantities { add(total) }
        for total in group.money {
            add(
                total.metric.code, total.amount.text, unit: total.amount.currency.code,
                how: Self.how("added", total.qualifier))
        }
        for unique in group.uniques { add(unique) }
        for rate in group.rates {
            let under = Self.range(rate.denominatorLower, rate.denominatorUpper)
            add(
                rate.metric.code, Self.range(rate.lower, rate.upper),
                unit: rate.currency?.code ?? "",
                how: "\(NumberText.grouped(rate.numerator.plainText)) over \(under)")
        }
        for stock in group.stocks {
            add(
                stock.metric.code, stock.value.plainText,
                how: "on \(stock.on), \(stock.channel.rawValue)")
        }
        for rate in group.asStated {
            add(
                rate.metric.code, rate.value.plainText,
                how: "as stated, \(rate.channel.rawValue), \(rate.period)")
        }
        for figure in group.masked {
            add(
                figure.channel.map { "\(figure.metric.code) (\($0.rawValue))" }
                    ?? figure.metric.code,
                "masked", how: "\(figure.masked) readings cannot be shown")
        }
    }

    private mutating func add(_ total: SummaryGroup.MetricTotal, on channel: Channel? = nil) {
        var how = Self.how("added", total.qualifier)
        if total.missing + total.masked > 0 {
            how += ", \(total.missing + total.masked) readings have no value"
        }
        add(
            channel.map { "\(total.metric.code) (\($0.rawValue))" } ?? total.metric.code,
            total.value.plainText,
            how: how)
    }

    private mutating func add(_ unique: SummaryGroup.UniqueAnswer) {
        let readings = unique.readings == 1 ? "1 reading" : "\(unique.readings) readings"
        var how =
            "\(unique.range.exact ? "exact" : "range"), \(unique.range.method.rawValue), \(readings)"
        let silent = Set(unique.range.unreported.map(\.channel.rawValue)).sorted()
        if !silent.isEmpty { how += ", not reported: \(silent.joined(separator: ", "))" }
        add(unique.metric.code, ValueText.range(unique.range.lower, unique.range.upper), how: how)
        if let scenario = unique.range.scenario {
            add(
                "  \(scenario.kind.rawValue)", String(scenario.value),
                how: "only if: \(scenario.assumption)")
        }
    }

    private mutating func add(_ figure: String, _ value: String, unit: String = "", how: String) {
        rows.append([
            "figure": .string(figure), "value": .string(value), "unit": .string(unit),
            "how": .string(how),
        ])
    }

    private static func range(_ lower: ExactDecimal?, _ upper: ExactDecimal?) -> String {
        let ends = [lower, upper].map { $0.map { NumberText.grouped($0.plainText) } ?? "?" }
        return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " – ")
    }

    private static func how(_ what: String, _ qualifier: Qualifier) -> String {
        qualifier == .exact ? what : "\(what), \(qualifier.rawValue)"
    }
}
