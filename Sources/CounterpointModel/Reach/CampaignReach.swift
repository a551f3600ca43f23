// One campaign's part of a range: its channels, weighed family by family, under its stated audience.

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

    /// The values of the readings that, added, cover the campaign; empty unless they all are stated numbers.
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

    /// Within a family: first with everything; if the ends cross, without readings that are only `about` right; if they
    /// still cross, the readings contradict each other and the simple range stands, open where even that crosses.
    private func ends(of family: ChannelFamily) -> ReachEnds {
        let full = ends(of: family, PairEvidence.Use())
        guard full.isCrossed else { return full }
        let firm = ends(of: family, PairEvidence.Use(approximate: false))
        if !firm.isCrossed, firm.upper != nil, firm.lower != nil { return firm }
        let crossed = firm.isCrossed ? firm : full
        var simple = ends(of: family, PairEvidence.Use(counts: false))
        if simple.isCrossed { simple.upper = nil }
        simple.isContradicted = true
        if firm.isCrossed { simple.findings = [readingsContradict(crossed)] }
        return simple
    }

    private func ends(of family: ChannelFamily, _ use: PairEvidence.Use) -> ReachEnds {
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
            }
            // Days on which the containing channel is asked too are covered by it.
            let rest =
                channel.whole.flatMap { self.days[$0] }.map { days.subtracting($0) } ?? days
            ends.upper = sum(ends.upper, ceiling(of: channel, on: rest, use))
        }
        if family == .metaPlatforms, !asked.contains(.meta), let meta = pairs[.meta] {
            let all = asked.reduce(DaySet()) { $0.union(days[$1] ?? DaySet()) }
            if asked.allSatisfy({ !(days[$0] ?? DaySet()).isEmpty }) {
                ends.upper = lesser(ends.upper, cover(all, by: meta.ceilings(for: all, use)))
            }
        }
        return ends
    }

    /// The least ceiling of one channel over `days`, by its own figures and those of the channel that contains it.
    private func ceiling(
        of channel: Channel, on days: DaySet, _ use: PairEvidence.Use
    ) -> ReachBound? {
        let own = pairs[channel]?.ceilings(for: days, use) ?? []
        let containing =
            channel.whole.flatMap { pairs[$0] }.map { $0.ceilings(for: days, use) } ?? []
        return cover(days, by: own + containing)
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
                campaign: campaign, readings: lower.used.sorted(), value: String(lower.value)),
            second: FigureReference(campaign: campaign, value: String(size)),
            detail: "\(lower.value) were reached, but the stated audience is \(size).")
    }

    private func readingsContradict(_ ends: ReachEnds) -> Finding {
        let lower = ends.lower ?? .none
        let upper = ends.upper ?? .none
        return Finding(
            code: .readingsContradict,
            first: FigureReference(
                campaign: campaign, readings: lower.used.sorted(), value: String(lower.value)),
            second: FigureReference(
                campaign: campaign, readings: Set(upper.used).sorted(), value: String(upper.value)),
            detail: "At least \(lower.value) by one reading, at most \(upper.value) by others.")
    }
}
