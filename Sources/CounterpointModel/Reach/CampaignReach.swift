// One campaign's part of a range: its channels, weighed family by family, under its stated
// audience.

/// Channels whose figures may share people's accounts: Meta's together, every other one alone.
enum ChannelFamily: Hashable, Comparable {
    case metaPlatforms
    case single(Channel)

    init(_ channel: Channel) {
        self = Channel.meta.sharesFigures(with: channel) ? .metaPlatforms : .single(channel)
    }

    static func < (left: ChannelFamily, right: ChannelFamily) -> Bool {
        left.sortKey < right.sortKey
    }

    private var sortKey: String {
        switch self {
        case .metaPlatforms: Channel.meta.rawValue
        case .single(let channel): channel.rawValue
        }
    }
}

/// Both ends of a range, each possibly unknown, and what went wrong on the way.
struct ReachEnds {
    var lower: ReachBound?
    var upper: ReachBound?
    var isContradicted = false
    var findings: [Finding] = []
}

/// The readings of one campaign, by channel, and the days asked of each channel.
struct CampaignReach {
    let campaign: Int
    /// What the readings count, if that is said.
    let metric: Metric?
    let pairs: [Channel: PairEvidence]
    /// For each channel in the scope (whether or not it has figures), the days asked.
    let days: [Channel: DaySet]
    let audienceSize: Int64?
    /// By id: the readings that state one number, exact or about right.
    let statedNumbers: [Int: Int64]

    /// Lower: the largest channel. Upper: the channels added, or the audience if that is less.
    func ends() -> ReachEnds {
        var ends = ReachEnds(lower: nil, upper: ReachBound.none)
        for family in Set(days.keys.map(ChannelFamily.init)).sorted() {
            let part = self.ends(of: family)
            ends.lower = greater(ends.lower, part.lower)
            ends.upper = sum(ends.upper, part.upper)
            ends.isContradicted = ends.isContradicted || part.isContradicted
            ends.findings += part.findings
        }
        guard let size = audienceSize, size >= 0 else { return ends }
        let audience = ReachBound(value: size, inexact: 1, used: [], sources: .audience)
        if let lower = ends.lower, lower.value > size {
            // The plan's number gives way to what a platform counted.
            if !lower.sources.contains(.approximate) {
                ends.findings.append(reachAboveAudience(lower, size))
            }
        } else {
            ends.upper = lesser(ends.upper, audience)
        }
        return ends
    }

    /// The values of the readings that, added, cover the campaign; empty unless they all are stated
    /// numbers.
    func addedReadings() -> [Int64] {
        var values: [Int64] = []
        for family in Set(days.keys.map(ChannelFamily.init)).sorted() {
            let part = ends(of: family, PairEvidence.Use(counts: false))
            guard let upper = part.upper, !part.isCrossed else { return [] }
            for id in Set(upper.used) {
                guard let value = statedNumbers[id] else { return [] }
                values.append(value)
            }
        }
        return values
    }

    /// Within a family: first by the simple rule, then with all exact readings weighed against each
    /// other. If the ends of the simple rule cross, without readings that are only `about` right;
    /// if they still cross, the readings contradict each other and the simplest range stands, open
    /// where even that crosses.
    private func ends(of family: ChannelFamily) -> ReachEnds {
        let simple = ends(of: family, PairEvidence.Use())
        guard simple.isCrossed else { return weighed(family, simple, PairEvidence.Use()) }
        let firm = ends(of: family, PairEvidence.Use(approximate: false))
        if !firm.isCrossed, firm.upper != nil, firm.lower != nil {
            return weighed(family, firm, PairEvidence.Use(approximate: false))
        }
        let crossed = firm.isCrossed ? firm : simple
        var simplest = ends(of: family, PairEvidence.Use(counts: false))
        if simplest.isCrossed { simplest.upper = nil }
        simplest.isContradicted = true
        if firm.isCrossed { simplest.findings = [readingsContradict(crossed)] }
        return simplest
    }

    /// The ends with what weighing adds to the simple rule; the simple ones, and a finding, where
    /// the readings turn out to contradict each other.
    private func weighed(
        _ family: ChannelFamily, _ simple: ReachEnds, _ use: PairEvidence.Use
    ) -> ReachEnds {
        if let upper = simple.upper, upper.value == simple.lower?.value { return simple }
        var simple = simple
        var weighed: [Channel: WeighedPair] = [:]
        for channel in pairs.keys.sorted(by: { $0.rawValue < $1.rawValue })
        where ChannelFamily(channel) == family {
            weighed[channel] = weigh(channel)
            if let contradiction = weighed[channel]?.contradiction {
                simple.findings.append(
                    readingsContradict(channel, contradiction, weighed[channel]?.used ?? []))
            }
        }
        guard simple.findings.isEmpty, !weighed.isEmpty else { return simple }
        let ends = ends(of: family, use, weighed)
        // Readings that are only about right are not weighed, and can be at odds with those that
        // are.
        return ends.isCrossed ? simple : ends
    }

    /// Every contradiction among the exact readings of the campaign, one a channel.
    func contradictions() -> [Finding] {
        pairs.keys.sorted { $0.rawValue < $1.rawValue }.compactMap { channel in
            guard let pair = weigh(channel), let contradiction = pair.contradiction else {
                return nil
            }
            return readingsContradict(channel, contradiction, pair.used)
        }
    }

    private func weigh(_ channel: Channel) -> WeighedPair? {
        guard var own = pairs[channel]?.exactBounds() else { return nil }
        for part in channel.parts { own.floors += pairs[part]?.exactBounds().floors ?? [] }
        if let whole = channel.whole.flatMap({ pairs[$0] })?.exactBounds() {
            own.ceilings += whole.ceilings
            own.events += whole.events
        }
        return WeighedPair(floors: own.floors, ceilings: own.ceilings, events: own.events)
    }

    private func ends(
        of family: ChannelFamily, _ use: PairEvidence.Use, _ weighed: [Channel: WeighedPair] = [:]
    ) -> ReachEnds {
        let asked = days.keys.filter { ChannelFamily($0) == family }.sorted {
            $0.rawValue < $1.rawValue
        }
        var ends = ReachEnds(lower: nil, upper: ReachBound.none)
        for channel in asked {
            guard let days = days[channel], !days.isEmpty else {
                ends.upper = nil
                continue
            }
            for inner in [channel] + channel.parts {
                ends.lower = greater(ends.lower, pairs[inner]?.floor(in: days, use))
                for span in days.spans {
                    ends.lower = greater(ends.lower, weighed[inner]?.floor(in: span))
                }
            }
            // Days on which the containing channel is asked too are covered by it.
            let rest =
                channel.whole.flatMap { self.days[$0] }.map { days.subtracting($0) } ?? days
            ends.upper = sum(ends.upper, ceiling(on: rest, [channel, channel.whole], use, weighed))
        }
        if family == .metaPlatforms, !asked.contains(.meta), pairs[.meta] != nil {
            ends.upper = lesser(ends.upper, ceilingWithinMeta(asked, use, weighed))
        }
        return ends
    }

    /// The least ceiling of Facebook and Instagram together: on some days their own figures added,
    /// on others Meta's.
    private func ceilingWithinMeta(
        _ asked: [Channel], _ use: PairEvidence.Use, _ weighed: [Channel: WeighedPair]
    ) -> ReachBound? {
        let all = asked.reduce(DaySet()) { $0.union(days[$1] ?? DaySet()) }
        guard asked.allSatisfy({ !(days[$0] ?? DaySet()).isEmpty }) else { return nil }
        let metas =
            (pairs[.meta]?.ceilings(for: all, use) ?? [])
            + (weighed[.meta]?.ceilings(for: all) ?? [])
        guard asked.count > 1, asked.allSatisfy({ days[$0] == all }) else {
            return cover(all, by: metas)
        }
        let owns = asked.map { channel in
            (pairs[channel]?.ceilings(for: all, use) ?? [])
                + (weighed[channel]?.ceilings(for: all) ?? [])
        }
        let points = Set((owns.joined() + metas).flatMap { [$0.span.start, $0.span.end] }).sorted()
        let isFew = points.count <= Self.addedStretchPointLimit
        let stretches =
            isFew
            ? all.stretches(between: points)
            : zip(points, points.dropFirst()).map { DaySpan($0, $1) }.filter { all.overlaps($0) }
        let added = (stretches + all.spans)
            .compactMap { stretch -> Ceiling? in
                let days = all.intersection(stretch)
                let bound = owns.reduce(ReachBound.none) { sum($0, cover(days, by: $1)) }
                return bound.map { Ceiling(span: stretch, bound: $0) }
            }
        return cover(all, by: metas + added)
    }

    /// Most points between which the parts of Meta are added on every stretch, before they are set
    /// against Meta's own figures: 25 give 300 stretches, each a cover of its own. With more, only
    /// between neighbours.
    private static let addedStretchPointLimit = 25

    /// The least ceiling over `days` by the figures of channels that each contain what is asked.
    private func ceiling(
        on days: DaySet, _ channels: [Channel?], _ use: PairEvidence.Use,
        _ weighed: [Channel: WeighedPair]
    ) -> ReachBound? {
        let containing = channels.compactMap { $0 }
        let simple = containing.flatMap { pairs[$0]?.ceilings(for: days, use) ?? [] }
        let tighter = containing.flatMap { weighed[$0]?.ceilings(for: days) ?? [] }
        return cover(days, by: simple + tighter)
    }
}

extension ReachEnds {
    var isCrossed: Bool {
        guard let lower, let upper else { return false }
        return lower.value > upper.value
    }
}

/// The sum of two upper bounds; unknown if either is.
func sum(_ left: ReachBound?, _ right: ReachBound?) -> ReachBound? {
    guard let left, let right else { return nil }
    let sum = left + right
    return sum.value < .max ? sum : nil
}

extension CampaignReach {
    private func reachAboveAudience(_ lower: ReachBound, _ size: Int64) -> Finding {
        Finding(
            code: .reachAboveAudience, severity: .notice,
            first: FigureReference(
                metric: metric, campaign: campaign, readings: lower.used.sorted(),
                value: String(lower.value)),
            second: FigureReference(metric: metric, campaign: campaign, value: String(size)),
            detail: "\(lower.value) were reached, but the stated audience is \(size).")
    }

    private func readingsContradict(_ ends: ReachEnds) -> Finding {
        let lower = ends.lower ?? .none
        let upper = ends.upper ?? .none
        return Finding(
            code: .readingsContradict,
            first: FigureReference(
                metric: metric, campaign: campaign, readings: lower.used.sorted(),
                value: String(lower.value)),
            second: FigureReference(
                metric: metric, campaign: campaign, readings: Set(upper.used).sorted(),
                value: String(upper.value)),
            detail:
                "\(metric?.code ?? "The figure") is at least \(lower.value) by one reading and at most "
                + "\(upper.value) by others together; no number is both.")
    }

    private func readingsContradict(
        _ channel: Channel, _ at: (span: DaySpan, lower: Int64, upper: Int64), _ used: [Int]
    ) -> Finding {
        let period = Period(at.span)
        let days = period.map { " in \($0)" } ?? ""
        return Finding(
            code: .readingsContradict,
            first: FigureReference(
                metric: metric, campaign: campaign, channel: channel, period: period,
                readings: used,
                value: String(at.lower)),
            second: FigureReference(
                metric: metric, campaign: campaign, channel: channel, period: period,
                readings: used,
                value: String(at.upper)),
            detail: "Taken together, the readings of \(channel.rawValue)\(days) ask for at least "
                + "\(at.lower) and allow at most \(at.upper).")
    }
}
