// Names pairs of figures that cannot both be true. Only figures over comparable scopes are
// compared, and only what is certain about them: a false alarm teaches people to look away.

/// The checks, all of them pure; the order of readings does not matter.
public enum ContradictionCheck {
    /// Every finding among the readings, in the order of the ids concerned. `audiences` has, by
    /// campaign, how many people it is meant for.
    public static func findings(
        in readings: [PlacedReading], audiences: [Int: Int64] = [:]
    ) -> [Finding] {
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
        findings += reachAboveAudience(known, audiences)
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
        let why =
            count == .linkClicks
            ? "each of them clicked at least once" : "each of them was shown it at least once"
        return pair(
            .peopleAboveEvents, people, events,
            "\(people.words) is more than \(events.words), although \(why).")
    }

    /// A part, or a shorter period, larger than the whole.
    private static func partAboveWhole(_ part: PlacedReading, _ index: ScopeIndex) -> Finding? {
        let metric = part.reading.metric
        guard metric.additivity.isAdditive || metric.additivity == .unique, !metric.mayBeNegative,
            let whole = index.tightest(metric, containing: part, orEqual: false),
            let least = part.reading.least, let most = whole.reading.most,
            part.reading.comparable(least) > part.reading.comparable(most)
        else { return nil }
        return pair(
            .partAboveWhole, part, whole,
            "\(part.words) is more than \(whole.words), which contains it.")
    }

    /// More plays to a later point of a video than to an earlier one, of the same content and days.
    private static func laterPlaysAboveEarlier(_ readings: [PlacedReading]) -> [Finding] {
        let points: [Metric] = [.videoPlays25, .videoPlays50, .videoPlays75, .videoPlays100]
        let rows = Dictionary(grouping: readings.filter { points.contains($0.reading.metric) }) {
            PlayedRow($0)
        }
        return rows.values.flatMap { row -> [Finding] in
            row.compactMap { later in
                guard let place = points.firstIndex(of: later.reading.metric) else { return nil }
                let before = Set(points[..<place])
                // Against the fewest of all earlier points, so that a gap in the row hides nothing.
                let fewest = row.compactMap { earlier in
                    before.contains(earlier.reading.metric)
                        ? earlier.reading.most.map { (most: $0, reading: earlier) } : nil
                }.min { ($0.most, $0.reading.id) < ($1.most, $1.reading.id) }
                guard let fewest, let least = later.reading.least, least > fewest.most else {
                    return nil
                }
                return pair(
                    .laterPlaysAboveEarlier, later, fewest.reading,
                    "\(later.words) is more than \(fewest.reading.words), although whoever plays to "
                        + "the later point has passed the earlier one.")
            }
        }.sorted { $0.first.readings.lexicographicallyPrecedes($1.first.readings) }
    }

    /// What plays of one video, or of all, are counted over.
    private struct PlayedRow: Hashable {
        var campaign: Int
        var channel: Channel
        var period: Period
        var content: String?
        var cell: Cell?

        init(_ placed: PlacedReading) {
            campaign = placed.campaign
            channel = placed.channel
            period = placed.reading.period
            content = placed.reading.content
            cell = Cell(placed)
        }
    }

    /// A finding about two readings. Two primaries come from two exports, and these may be of
    /// different accounts, or one of paid posts only: that is worth a look, but it is no proof.
    private static func pair(
        _ code: Finding.Code, _ first: PlacedReading, _ second: PlacedReading, _ detail: String
    ) -> Finding {
        let isOfTwoExports =
            first.set != second.set && first.role == .primary && second.role == .primary
        return Finding(
            code: code, severity: isOfTwoExports ? .notice : .contradiction,
            first: first.reference, second: second.reference,
            detail: isOfTwoExports
                ? detail
                    + " They are of two sets: see whether both are of the same accounts and posts."
                : detail)
    }

    /// The largest figure of people that is above the stated audience, for each metric and channel.
    /// Accounts are counted, of which one person may have several: worth a look.
    private static func reachAboveAudience(
        _ readings: [PlacedReading], _ audiences: [Int: Int64]
    ) -> [Finding] {
        struct Series: Hashable {
            var campaign: Int
            var metric: Metric
            var channel: Channel
        }
        let people = readings.filter { $0.reading.metric.additivity == .unique }
        let series = Dictionary(grouping: people) {
            Series(campaign: $0.campaign, metric: $0.reading.metric, channel: $0.channel)
        }
        return series.compactMap { series, readings -> Finding? in
            guard let size = audiences[series.campaign],
                let largest = readings.max(by: {
                    ($0.reading.least ?? .zero, -$0.id) < ($1.reading.least ?? .zero, -$1.id)
                }), let least = largest.reading.least, least > ExactDecimal(size)
            else { return nil }
            return Finding(
                code: .reachAboveAudience, severity: .notice, first: largest.reference,
                second: FigureReference(
                    metric: series.metric, campaign: series.campaign, value: String(size)),
                detail: "\(largest.words) is more than the \(size) people that the campaign states "
                    + "as its audience.")
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
