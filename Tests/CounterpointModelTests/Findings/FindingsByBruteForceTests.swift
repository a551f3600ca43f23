// The contradiction check against the plainest one that can be written: every pair of readings looked at.

import CounterpointModel
import TestDice
import Testing

@Suite struct FindingsByBruteForceTests {
    /// What a finding of a pair comes to: which figure is too large, and how small the other is.
    private struct Pair: Hashable, Comparable {
        var code: String
        var first: Int
        var most: ExactDecimal

        static func < (left: Pair, right: Pair) -> Bool {
            (left.code, left.first) < (right.code, right.first)
        }
    }

    @Test func everyPairThatContradictsIsNamedAndNoOther() {
        var named = 0
        forWorlds(2_000) { dice, hint in
            let readings = Self.world(&dice)
            let expected = Self.pairs(in: readings)
            let found = ContradictionCheck.findings(in: readings).compactMap { finding -> Pair? in
                guard
                    [.peopleAboveEvents, .partAboveWhole, .laterPlaysAboveEarlier].contains(
                        finding.code),
                    let second = readings.first(where: { $0.id == finding.second.readings[0] }),
                    let most = Self.most(second)
                else { return nil }
                return Pair(
                    code: finding.code.rawValue, first: finding.first.readings[0], most: most)
            }
            #expect(found.sorted() == expected.sorted(), "\(hint)")
            named += found.count
        }
        #expect(named > 200, "worlds without contradictions test nothing")
    }

    /// A few figures over few scopes, so that many of them meet.
    private static func world(_ dice: inout Dice) -> [PlacedReading] {
        let families: [[Metric]] = [
            [.reach, .impressions], [.uniqueLinkClickers, .linkClicks], [.shares], [.spend],
            [.videoPlays25, .videoPlays50, .videoPlays75, .videoPlays100],
            [.views, .subscribersGained, .followers], [.reach, .impressions, .spend, .shares],
        ]
        let metrics = families[dice.upTo(families.count - 1)]
        return (1...dice.within(2...16)).map { id in
            let metric = metrics[dice.upTo(metrics.count - 1)]
            let from = dice.within(1...3)
            let channels: [Channel] = [.facebook, .facebook, .meta, .youtube]
            let contents: [String?] = [nil, nil, "a", "b"]
            let cells: [String?] = [nil, nil, "Georgia", "Kyiv"]
            let set = dice.within(1...3)
            let states: [ReadingState] = [
                .value, .value, .value, .masked, .missing, .notApplicable,
            ]
            let qualifiers: [Qualifier] = [.exact, .exact, .exact, .atLeast, .atMost, .about]
            let state = states[dice.upTo(states.count - 1)]
            var reading = placed(
                id, metric, nil, from, dice.within(from...4), channels[dice.upTo(3)],
                content: contents[dice.upTo(3)], cell: cells[dice.upTo(3)], set: set,
                role: set == 3 ? .breakdown : .primary, state: state,
                as: qualifiers[dice.upTo(qualifiers.count - 1)])
            if state == .value {
                reading.reading.value = ExactDecimal(
                    Int64(dice.upTo(12)) * (metric == .subscribersGained && dice.oneIn(2) ? -1 : 1))
            }
            reading.breakdown = [.none, .region, .country][set - 1]
            return reading
        }
    }

    private static func pairs(in readings: [PlacedReading]) -> [Pair] {
        let known = readings.filter { $0.reading.state != .notApplicable }
        var pairs: [Pair] = []
        for first in known {
            for code: Finding.Code in [
                .peopleAboveEvents, .partAboveWhole, .laterPlaysAboveEarlier,
            ] {
                let limits = known.filter { isLimit($0, of: first, code) }.compactMap(most)
                guard let limit = limits.min(), let least = least(first), least > limit else {
                    continue
                }
                pairs.append(Pair(code: code.rawValue, first: first.id, most: limit))
            }
        }
        return pairs
    }

    /// Whether the first figure cannot be above the other, by what the words mean.
    private static func isLimit(
        _ other: PlacedReading, of first: PlacedReading, _ code: Finding.Code
    ) -> Bool {
        let isSameScope =
            other.channel == first.channel && other.reading.content == first.reading.content
            && other.reading.cell == first.reading.cell
            && (first.reading.cell == nil || other.breakdown == first.breakdown)
            && other.reading.period == first.reading.period
        let ladder: [Metric] = [.videoPlays25, .videoPlays50, .videoPlays75, .videoPlays100]
        switch code {
        case .peopleAboveEvents:
            let events: [Metric: Metric] = [.reach: .impressions, .uniqueLinkClickers: .linkClicks]
            return other.reading.metric == events[first.reading.metric]
                && contains(other, first, sharesChannels: true)
        case .partAboveWhole:
            guard other.reading.metric == first.reading.metric, !isSameScope,
                ![.subscribersGained, .followers].contains(first.reading.metric)
            else { return false }
            let isOfOnePlatform = [.spend, .views].contains(first.reading.metric)
            return contains(other, first, sharesChannels: !isOfOnePlatform)
        default:
            guard let place = ladder.firstIndex(of: first.reading.metric), isSameScope else {
                return false
            }
            return ladder[..<place].contains(other.reading.metric)
        }
    }

    private static func contains(
        _ whole: PlacedReading, _ part: PlacedReading, sharesChannels: Bool
    ) -> Bool {
        let channels: [Channel] =
            sharesChannels && part.channel == .facebook ? [.facebook, .meta] : [part.channel]
        return channels.contains(whole.channel)
            && (whole.reading.content == nil || whole.reading.content == part.reading.content)
            && (whole.reading.cell == nil
                || (whole.reading.cell == part.reading.cell && whole.breakdown == part.breakdown))
            && whole.reading.period.contains(part.reading.period)
    }

    private static func least(_ placed: PlacedReading) -> ExactDecimal? {
        let reading = placed.reading
        if reading.state == .value, [.exact, .atLeast].contains(reading.qualifier) {
            return reading.value
        }
        return reading.metric == .subscribersGained && reading.state != .masked ? nil : .zero
    }

    private static func most(_ placed: PlacedReading) -> ExactDecimal? {
        let reading = placed.reading
        switch (reading.state, reading.qualifier) {
        case (.masked, _): return ExactDecimal(4)
        case (.value, .exact), (.value, .atMost): return reading.value
        default: return nil
        }
    }

    /// Cells of a breakdown beside their primary: the difference is found exactly when there is one.
    @Test func aBreakdownReconcilesOrIsNamed() {
        var named = 0
        forWorlds(500) { dice, hint in
            let months = dice.within(1...3)
            var (id, readings, sum) = (0, [PlacedReading](), Int64(0))
            for month in 1...months {
                for cell in ["north", "south", "east"].prefix(dice.within(1...3)) {
                    id += 1
                    let value = Int64(dice.upTo(9))
                    sum += value
                    readings.append(
                        placed(
                            id, .linkClicks, String(value), month, cell: cell, set: 2,
                            role: .breakdown))
                }
            }
            let stated = dice.oneIn(2) ? sum : sum + Int64(dice.within(-2...2))
            readings.append(placed(id + 1, .linkClicks, String(max(0, stated)), 1, months))
            let found = ContradictionCheck.findings(in: readings).filter {
                $0.code == .breakdownDoesNotReconcile
            }
            #expect(found.isEmpty == (max(0, stated) == sum), "\(hint)")
            named += found.count
        }
        #expect(named > 50)
    }
}
