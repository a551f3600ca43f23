// One group of a summary from its rows.

extension SummaryGroup {
    init(_ hand: GroupHand, _ question: SummaryQuestion, _ material: SummaryMaterial) throws {
        key = hand.key
        sets = Set(hand.figures.flatMap(\.sets)).sorted { $0.text < $1.text }
        let inside = hand.figures.filter(hand.isInside)
        try addUp(inside.filter { $0.role == .primary && $0.metric.additivity.isAdditive })
        stocks = Self.latest(inside.filter { $0.metric.additivity == .stock })
        asStated = Self.stated(inside.filter { $0.metric.additivity == .rate })
        try askAboutPeople(hand, isPublished: material.isPublished)
        addMasked(inside, hand.figures)
        let present = Set(hand.figures.map(\.campaign))
        isReportedElsewhere = hand.campaigns.contains {
            $0.isReportedElsewhere && present.contains($0.id)
        }
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
            // A row without a total says how many readings brought none; of none but such there is nothing to add.
            let rows = rows.filter { $0.metric == metric }
            guard rows.contains(where: { $0.total != nil }) else { continue }
            switch metric.additivity {
            case .money:
                let byCurrency = Dictionary(grouping: rows) { $0.currency?.code ?? "" }
                for code in byCurrency.keys.sorted() {
                    guard let rows = byCurrency[code], let currency = rows[0].currency,
                        rows.contains(where: { $0.total != nil })
                    else { continue }
                    let sum = try rows.compactMap(\.total).total()
                    money.append(
                        MoneyTotal(
                            metric: metric, amount: try Money(rounding: sum, currency),
                            qualifier: Qualifier(ofSum: rows.map(\.totalQualifier))))
                }
            case .countPerChannel:
                let byChannel = Dictionary(grouping: rows, by: \.channel)
                for channel in byChannel.keys.sorted(by: { $0.rawValue < $1.rawValue })
                where byChannel[channel]?.contains(where: { $0.total != nil }) == true {
                    countsByChannel.append(
                        ChannelTotals(
                            channel: channel,
                            total: try MetricTotal(metric, byChannel[channel] ?? [])))
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
            if let known = latest[series],
                known.on > row.period.to || (known.on == row.period.to && known.value >= value)
            {
                continue
            }
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
                metric: row.metric, campaign: row.campaign, channel: row.channel,
                period: row.period,
                value: value, qualifier: row.wholeQualifier ?? .exact)
        }
    }

    private mutating func askAboutPeople(_ hand: GroupHand, isPublished: Bool) throws {
        for metric in Metric.Unique.all {
            guard hand.figures.contains(where: { $0.metric == metric.metric }) else { continue }
            let evidence = PeopleEvidence(metric, hand)
            let range = ReachRange.over(evidence.scope, from: evidence.evidence)
            guard range.lower != nil || range.upper != nil else { continue }
            // Nothing published gives it, but what several figures leave room for can be this little.
            if isPublished, let upper = range.upper, upper > 0, upper < Publication.smallestShown {
                continue
            }
            uniques.append(
                UniqueAnswer(
                    metric: metric.metric, range: range, readings: evidence.readings(of: range)))
            findings += range.findings
        }
    }
}

extension SummaryGroup {
    /// Names the metrics with readings in the group of which no figure came out: what is masked is not what is missing.
    private mutating func addMasked(_ inside: [RecordedFigure], _ all: [RecordedFigure]) {
        let shown = Set(
            (counts + quantities).map(\.metric) + money.map(\.metric) + uniques.map(\.metric)
                + stocks.map(\.metric) + asStated.map(\.metric))
        let channels = Dictionary(grouping: countsByChannel, by: \.total.metric).mapValues {
            Set($0.map(\.channel))
        }
        for metric in Metric.allCases where !shown.contains(metric) {
            // Readings of people count also where they stick out of the asked days: they could have bounded them.
            let rows = (metric.additivity == .unique ? all : inside).filter {
                $0.metric == metric && $0.masked > 0
                    && ($0.role == .primary || metric.additivity == .unique)
            }
            let byChannel = Dictionary(grouping: rows) {
                metric.additivity == .countPerChannel ? $0.channel : nil
            }
            for channel in byChannel.keys.sorted(by: { ($0?.rawValue ?? "") < ($1?.rawValue ?? "") }
            ) {
                if let channel, channels[metric]?.contains(channel) == true { continue }
                let rows = byChannel[channel] ?? []
                masked.append(
                    MaskedFigure(
                        metric: metric, channel: channel,
                        missing: rows.reduce(0) { $0 + $1.missing },
                        masked: rows.reduce(0) { $0 + $1.masked }))
            }
        }
    }
}

extension SummaryGroup.MetricTotal {
    init(_ metric: Metric, _ rows: [RecordedFigure]) throws {
        self.init(
            metric: metric, value: try rows.compactMap(\.total).total(),
            qualifier: Qualifier(ofSum: rows.map(\.totalQualifier)),
            readings: rows.reduce(0) { $0 + $1.readings },
            missing: rows.reduce(0) { $0 + $1.missing },
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
