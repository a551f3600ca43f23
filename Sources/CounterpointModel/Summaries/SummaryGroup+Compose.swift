// One group of a summary from its rows.

extension SummaryGroup {
    init(_ hand: GroupHand, _ question: SummaryQuestion, _ material: SummaryMaterial) throws {
        key = hand.key
        sets = Set(hand.figures.flatMap(\.sets)).sorted { $0.text < $1.text }
        let inside = hand.figures.filter(hand.isInside)
        try addUp(inside.filter { $0.role == .primary && $0.metric.additivity.isAdditive })
        stocks = Self.latest(inside.filter { $0.metric.additivity == .stock })
        asStated = Self.stated(inside.filter { $0.metric.additivity == .rate })
        try askAboutPeople(hand)
        rates = Self.rates(inside, uniques, totals: counts)
        let outside = hand.figures.filter { !hand.isInside($0) && $0.role == .primary }
        straddlingReadings = outside.reduce(0) { $0 + $1.readings }
        straddling = outside.prefix(Self.straddlersShown).map {
            Straddler(
                metric: $0.metric, campaign: $0.campaign, channel: $0.channel, period: $0.period,
                readings: $0.readings)
        }
    }

    /// Enough to see what kind of thing was left out; the count says how much.
    static let straddlersShown = 50

    private mutating func addUp(_ rows: [RecordedFigure]) throws {
        for metric in Metric.allCases where metric.additivity.isAdditive {
            let rows = rows.filter { $0.metric == metric && $0.total != nil }
            guard !rows.isEmpty else { continue }
            switch metric.additivity {
            case .money:
                let byCurrency = Dictionary(grouping: rows) { $0.currency?.code ?? "" }
                for code in byCurrency.keys.sorted() {
                    guard let rows = byCurrency[code], let currency = rows[0].currency else { continue }
                    let sum = try rows.compactMap(\.total).total()
                    money.append(
                        MoneyTotal(
                            metric: metric, amount: try Money(rounding: sum, currency),
                            qualifier: Qualifier(ofSum: rows.map(\.totalQualifier))))
                }
            case .countPerChannel:
                let byChannel = Dictionary(grouping: rows, by: \.channel)
                for channel in byChannel.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                    countsByChannel.append(
                        ChannelTotals(
                            channel: channel, total: try MetricTotal(metric, byChannel[channel] ?? [])))
                }
            case .quantity: quantities.append(try MetricTotal(metric, rows))
            default: counts.append(try MetricTotal(metric, rows))
            }
        }
    }

    /// Of levels the latest wins, for each campaign and channel: levels of different accounts do not replace each other.
    private static func latest(_ rows: [RecordedFigure]) -> [StockAnswer] {
        struct Series: Hashable {
            var metric: Metric
            var campaign: Campaign.ID
            var channel: Channel
        }
        var latest: [Series: StockAnswer] = [:]
        for row in rows where row.role == .primary {
            guard let value = row.whole else { continue }
            let series = Series(metric: row.metric, campaign: row.campaign, channel: row.channel)
            if let known = latest[series], known.on > row.period.to || (known.on == row.period.to && known.value >= value) { continue }
            latest[series] = StockAnswer(
                metric: row.metric, campaign: row.campaign, channel: row.channel, value: value,
                on: row.period.to)
        }
        return latest.values.sorted {
            ($0.metric.code, $0.campaign.text, $0.channel.rawValue)
                < ($1.metric.code, $1.campaign.text, $1.channel.rawValue)
        }
    }

    private static func stated(_ rows: [RecordedFigure]) -> [StatedRate] {
        rows.compactMap { row in
            guard row.role == .primary, let value = row.whole else { return nil }
            return StatedRate(
                metric: row.metric, campaign: row.campaign, channel: row.channel, period: row.period,
                value: value, qualifier: row.wholeQualifier ?? .exact)
        }
    }

    private mutating func askAboutPeople(_ hand: GroupHand) throws {
        for metric in Metric.Unique.all {
            guard hand.figures.contains(where: { $0.metric == metric.metric }) else { continue }
            let evidence = PeopleEvidence(metric, hand)
            let range = ReachRange.over(evidence.scope, from: evidence.evidence)
            guard range.lower != nil || range.upper != nil else { continue }
            uniques.append(
                UniqueAnswer(
                    metric: metric.metric, range: range, readings: evidence.readings(of: range)))
            findings += range.findings
        }
    }
}

extension SummaryGroup.MetricTotal {
    init(_ metric: Metric, _ rows: [RecordedFigure]) throws {
        self.init(
            metric: metric, value: try rows.compactMap(\.total).total(),
            qualifier: Qualifier(ofSum: rows.map(\.totalQualifier)),
            readings: rows.reduce(0) { $0 + $1.readings }, missing: rows.reduce(0) { $0 + $1.missing },
            masked: rows.reduce(0) { $0 + $1.masked })
    }
}

extension Qualifier {
    /// How exact a sum is whose parts are this exact.
    init(ofSum parts: [Qualifier]) {
        let kinds = Set(parts)
        if kinds.isSubset(of: [.exact]) {
            self = .exact
        } else if kinds.isSubset(of: [.exact, .atLeast]) {
            self = .atLeast
        } else if kinds.isSubset(of: [.exact, .atMost]) {
            self = .atMost
        } else {
            self = .about
        }
    }
}

