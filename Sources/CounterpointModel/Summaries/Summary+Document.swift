// A summary as answers show it.

extension Summary {
    public var document: JSONValue {
        var object: JSONObject = [
            "asOf": .string(asOf.description),
            // One programme has one revision; over several there is no one number to quote.
            "revision": revisions.count == 1 ? .integer(revisions[0].revision) : .null,
            "revisions": .object(
                JSONObject(revisions.map { ($0.programme.text, .integer($0.revision)) })),
            "scope": question.document,
        ]
        object["groups"] = .array(groups.map { $0.document(withSets: question.receipts) })
        object["accounting"] = [
            "acceptedReadings": .integer(accounting.acceptedReadings),
            "pendingReadings": .integer(accounting.pendingReadings),
            "supersededReadings": .integer(accounting.supersededReadings),
            "suppressedCells": .integer(accounting.suppressedCells),
            "campaignsPartlyInCountries": .integer(accounting.campaignsPartlyInCountries),
        ]
        if let notice { object["notice"] = .string(notice) }
        return .object(object)
    }
}

extension SummaryGroup {
    func document(withSets: Bool) -> JSONValue {
        var object: JSONObject = ["key": keyDocument]
        let labels = key.filter { $0.label != nil }
        if !labels.isEmpty {
            object["labels"] = .object(
                JSONObject(labels.map { ($0.dimension.rawValue, .string(orNull: $0.label)) }))
        }
        object["counts"] = .object(
            JSONObject(counts.map { ($0.metric.code, .decimal($0.value)) }))
        object["countsByChannel"] = countsByChannelDocument
        object["quantities"] = .object(
            JSONObject(quantities.map { ($0.metric.code, .string($0.value.plainText)) }))
        object["money"] = moneyDocument
        object["uniques"] = .object(
            JSONObject(uniques.map { ($0.metric.code, $0.document) }))
        object["rates"] = .object(
            JSONObject(rates.map { ($0.metric.code, $0.document) }))
        object["stocks"] = stocksDocument
        object["asStated"] = .array(asStated.map(\.document))
        object["qualifiers"] = .object(JSONObject(qualified))
        object["incomplete"] = .object(JSONObject(incomplete))
        object["findings"] = .array(findings.map(\.summaryDocument))
        object["straddling"] = [
            "readings": .integer(Int64(straddlingReadings)),
            "listed": .array(straddling.map(\.document)),
        ]
        object["alsoReportedElsewhere"] = .bool(isReportedElsewhere)
        if withSets { object["resultSets"] = .array(sets.map { .string($0.text) }) }
        object["receipt"] = .string(receipt)
        return .object(object)
    }

    private var keyDocument: JSONValue {
        .object(JSONObject(key.map { ($0.dimension.rawValue, .string(orNull: $0.value)) }))
    }

    private var countsByChannelDocument: JSONValue {
        var metrics = JSONObject()
        for metric in Metric.allCases {
            let totals = countsByChannel.filter { $0.total.metric == metric }
            guard !totals.isEmpty else { continue }
            metrics[metric.code] = .object(
                JSONObject(totals.map { ($0.channel.rawValue, .decimal($0.total.value)) }))
        }
        return .object(metrics)
    }

    private var moneyDocument: JSONValue {
        var metrics = JSONObject()
        for metric in Metric.allCases {
            let amounts = money.filter { $0.metric == metric }
            guard !amounts.isEmpty else { continue }
            metrics[metric.code] = .array(amounts.map(\.amount.document))
        }
        return .object(metrics)
    }

    private var stocksDocument: JSONValue {
        var metrics = JSONObject()
        for metric in Metric.allCases {
            let levels = stocks.filter { $0.metric == metric }
            guard !levels.isEmpty else { continue }
            metrics[metric.code] = .array(
                levels.map {
                    [
                        "campaign": .string($0.campaign.text),
                        "channel": .string($0.channel.rawValue),
                        "value": .decimal($0.value), "on": .string($0.on.description),
                    ]
                })
        }
        return .object(metrics)
    }

    /// Totals that are not exact, and how they are not.
    private var qualified: [(String, JSONValue)] {
        let totals = counts + quantities + countsByChannel.map(\.total)
        var seen: Set<String> = []
        return totals.filter { $0.qualifier != .exact && seen.insert($0.metric.code).inserted }
            .map { ($0.metric.code, .string($0.qualifier.rawValue)) }
            + money.filter { $0.qualifier != .exact && seen.insert($0.metric.code).inserted }
            .map { ($0.metric.code, .string($0.qualifier.rawValue)) }
    }

    /// Totals to which some readings brought no value, and metrics without any.
    private var incomplete: [(String, JSONValue)] {
        var seen: Set<String> = []
        return (counts + quantities + countsByChannel.map(\.total))
            .filter { $0.missing + $0.masked > 0 && seen.insert($0.metric.code).inserted }
            .map {
                (
                    $0.metric.code,
                    ["missing": .integer(Int64($0.missing)), "masked": .integer(Int64($0.masked))]
                )
            }
            + masked.filter { seen.insert($0.metric.code).inserted }.map {
                (
                    $0.metric.code,
                    ["missing": .integer(Int64($0.missing)), "masked": .integer(Int64($0.masked))]
                )
            }
    }
}

extension SummaryGroup.UniqueAnswer {
    var document: JSONValue {
        var object: JSONObject = [
            "lower": .integer(orNull: range.lower), "upper": .integer(orNull: range.upper),
            "exact": .bool(range.exact), "method": .string(range.method.rawValue),
            "readings": .integer(Int64(readings)),
        ]
        object["scenario"] =
            range.scenario.map {
                [
                    "kind": .string($0.kind.rawValue), "value": .integer($0.value),
                    "assumption": .string($0.assumption),
                ]
            } ?? .null
        object["notReported"] = .array(
            Set(range.unreported.map(\.channel.rawValue)).sorted().map(JSONValue.string))
        return .object(object)
    }
}

extension SummaryGroup.RateAnswer {
    var document: JSONValue {
        var object: JSONObject = [
            "lower": .decimal(orNull: lower), "upper": .decimal(orNull: upper),
            "numerator": .decimal(numerator),
            "denominator": [
                "lower": .decimal(orNull: denominatorLower),
                "upper": .decimal(orNull: denominatorUpper),
            ],
        ]
        if let currency { object["currency"] = .string(currency.code) }
        return .object(object)
    }
}

extension SummaryGroup.StatedRate {
    var document: JSONValue {
        [
            "metric": .string(metric.code), "campaign": .string(campaign.text),
            "channel": .string(channel.rawValue), "from": .string(period.from.description),
            "to": .string(period.to.description), "value": .string(value.plainText),
            "qualifier": .string(qualifier.rawValue),
        ]
    }
}

extension SummaryGroup.Straddler {
    var document: JSONValue {
        [
            "metric": .string(metric.code), "campaign": .string(campaign.text),
            "channel": .string(channel.rawValue), "from": .string(period.from.description),
            "to": .string(period.to.description), "readings": .integer(Int64(readings)),
        ]
    }
}

extension Finding {
    /// What is told of a finding in a summary: the figures themselves, not whose content they are.
    var summaryDocument: JSONValue {
        [
            "code": .string(code.rawValue), "severity": .string(severity.rawValue),
            "detail": .string(detail),
        ]
    }
}

extension JSONValue {
    /// A decimal as a JSON number, exactly.
    static func decimal(_ value: ExactDecimal) -> JSONValue {
        JSONNumber(value.plainText).map(JSONValue.number) ?? .string(value.plainText)
    }

    static func decimal(orNull value: ExactDecimal?) -> JSONValue { value.map(decimal) ?? .null }
}
