// Names pairs of figures that cannot both be true. Only figures over comparable scopes are
// compared, and only what is certain about them: a false alarm teaches people to look away.

/// The checks, all of them pure; the order of readings does not matter.
public enum ContradictionCheck {
    /// Every finding among the readings, in the order of the ids concerned.
    public static func findings(in readings: [PlacedReading]) -> [Finding] {
        let known = readings.filter { $0.reading.state != .notApplicable }
            .sorted { $0.id < $1.id }
        let index = ScopeIndex(known)
        var findings: [Finding] = []
        for placed in known {
            if let finding = peopleAboveEvents(placed, index) { findings.append(finding) }
            if let finding = partAboveWhole(placed, index) { findings.append(finding) }
        }
        findings += laterPlaysAboveEarlier(known)
        findings += breakdownsThatDoNotReconcile(known)
        findings += readingsThatContradict(known, besides: findings)
        return findings
    }

    /// A total that its parts do not add to: for importers, of a combined column and of a file's
    /// own total row. Nil if they may add, or if they are not all of one metric and currency.
    public static func combined(_ total: PlacedReading, parts: [PlacedReading]) -> Finding? {
        guard !parts.isEmpty,
            parts.allSatisfy({
                $0.reading.metric == total.reading.metric
                    && $0.reading.currency == total.reading.currency
            }), total.reading.metric.additivity.isAdditive
        else { return nil }
        let whole = FigureSum([total])
        let sum = FigureSum(parts)
        guard !whole.mayEqual(sum) else { return nil }
        return Finding(
            code: .partsDoNotAdd, first: total.reference,
            second: FigureReference(
                metric: total.reading.metric, campaign: total.campaign, channel: total.channel,
                readings: parts.map(\.id).sorted(), value: sum.text),
            detail: "\(total.words), but its parts add to \(sum.text).")
    }

    /// More people than events that reached them.
    private static func peopleAboveEvents(
        _ people: PlacedReading, _ index: ScopeIndex
    ) -> Finding? {
        guard let unique = Metric.Unique(people.reading.metric), let count = unique.boundingCount
        else { return nil }
        guard let events = index.tightest(count, containing: people, orEqual: true),
            let least = people.reading.least, let most = events.reading.most, least > most
        else { return nil }
        return Finding(
            code: .peopleAboveEvents, first: people.reference, second: events.reference,
            detail: "\(people.words) is more than \(events.words).")
    }

    /// A part, or a shorter period, larger than the whole.
    private static func partAboveWhole(_ part: PlacedReading, _ index: ScopeIndex) -> Finding? {
        let metric = part.reading.metric
        guard metric.additivity.isAdditive || metric.additivity == .unique, !metric.mayBeNegative,
            let whole = index.tightest(metric, containing: part, orEqual: false),
            let least = part.reading.least, let most = whole.reading.most,
            part.reading.comparable(least) > part.reading.comparable(most)
        else { return nil }
        return Finding(
            code: .partAboveWhole, first: part.reference, second: whole.reference,
            detail: "\(part.words) is more than \(whole.words), which contains it.")
    }

    /// More plays to a later point of a video than to an earlier one, within one row.
    private static func laterPlaysAboveEarlier(_ readings: [PlacedReading]) -> [Finding] {
        let points: [Metric] = [.videoPlays25, .videoPlays50, .videoPlays75, .videoPlays100]
        let plays = readings.filter { points.contains($0.reading.metric) }
        let rows = Dictionary(grouping: plays) { placed in
            var row = placed
            row.id = 0
            row.reading = Reading(
                metric: .videoPlays25, period: placed.reading.period,
                content: placed.reading.content, cell: placed.reading.cell, value: nil)
            return row
        }
        return rows.values.flatMap { row -> [Finding] in
            let steps = points.compactMap { point in
                row.first { $0.reading.metric == point }
            }
            return steps.indices.compactMap { place in
                let later = steps[place]
                // Against the fewest of all earlier points, so that a gap in the row hides nothing.
                guard
                    let earlier = steps[..<place].filter({ $0.reading.most != nil }).min(by: {
                        ($0.reading.most ?? .zero) < ($1.reading.most ?? .zero)
                    }), let least = later.reading.least, let most = earlier.reading.most,
                    least > most
                else { return nil }
                return Finding(
                    code: .laterPlaysAboveEarlier, first: later.reference,
                    second: earlier.reference,
                    detail: "\(later.words) is more than \(earlier.words).")
            }
        }.sorted { $0.first.readings.lexicographicallyPrecedes($1.first.readings) }
    }

    /// Unique figures of one campaign and channel that, weighed together, leave no number possible;
    /// named once, and only where no plainer finding names the metric there.
    private static func readingsThatContradict(
        _ readings: [PlacedReading], besides findings: [Finding]
    ) -> [Finding] {
        var contradictions: [Finding] = []
        let byCampaign = Dictionary(grouping: readings, by: \.campaign)
        for metric in Metric.Unique.all {
            for campaign in byCampaign.keys.sorted() {
                let own = byCampaign[campaign] ?? []
                guard own.contains(where: { $0.reading.metric == metric.metric }) else { continue }
                let isNamed = findings.contains {
                    $0.first.campaign == campaign && $0.first.metric == metric.metric
                }
                if isNamed { continue }
                let evidence = ReachEvidence(of: metric, in: own)
                contradictions += ReachQuestion(ReachScope(), evidence).contradictions()
            }
        }
        return contradictions
    }
}
