// What must hold of every range over every world.

import CounterpointModel
import TestDice
import Testing

@Suite struct ReachPropertyTests {
    private struct Asked {
        var campaigns: Set<Int>
        var channels: Set<Channel>
        var days: ClosedRange<Int>

        init(_ world: ReachWorld, _ dice: inout Dice) {
            campaigns = Set((1...world.campaigns).filter { _ in dice.oneIn(2) })
            if campaigns.isEmpty { campaigns = [1] }
            channels = Set(world.places.filter { _ in dice.oneIn(2) })
            if channels.isEmpty { channels = [world.channels[0]] }
            days = world.randomDays(&dice)
        }

        /// Every campaign of the world is on every channel of it.
        func range(_ evidence: ReachEvidence) -> ReachRange {
            var evidence = evidence
            for campaign in campaigns { evidence.declaredChannels[campaign] = channels }
            return ReachRange.over(
                ReachScope(
                    campaigns: campaigns, channels: channels,
                    period: CounterpointModelTests.days(days.lowerBound, days.upperBound)),
                from: evidence)
        }

        func truth(_ world: ReachWorld) -> Int64 { world.people(campaigns, channels, days) }
    }

    @Test func theRangeAlwaysContainsTheTruth() {
        var bounded = 0
        var exact = 0
        var ranges = 0
        forWorlds(1500) { dice, hint in
            let world = ReachWorld(&dice)
            for _ in 0..<3 {
                let asked = Asked(world, &dice)
                let range = asked.range(world.evidence)
                let truth = asked.truth(world)
                #expect(range.lower ?? 0 <= truth && truth <= range.upper ?? .max, "\(hint)")
                #expect(range.findings.isEmpty, "\(hint)")
                #expect(!range.exact || range.lower == truth && range.upper == truth, "\(hint)")
                ranges += 1
                bounded += range.upper == nil ? 0 : 1
                exact += range.exact ? 1 : 0
            }
        }
        // Or the property would be empty.
        #expect(bounded > ranges / 5 && exact > ranges / 100)
    }

    @Test func theScopeOfDaysRecordedContainsItsTruth() {
        forWorlds(500) { dice, hint in
            let world = ReachWorld(&dice)
            let range = ReachRange.over(ReachScope(), from: world.evidence)
            // Each person who was exposed where and when something is recorded; where there are primary readings, second
            // cuts add no days to them.
            let all = world.readings + world.counts.map(\.asReading)
            let recorded = all.filter { reading in
                reading.role == .primary
                    || !all.contains {
                        $0.campaign == reading.campaign && $0.channel == reading.channel
                            && $0.role == .primary && $0.state != .notApplicable
                    }
            }
            let truth = Set(
                world.exposures.map(\.exposure).filter { exposure in
                    recorded.contains {
                        $0.campaign == exposure.campaign
                            && ($0.channel == exposure.channel || $0.channel == exposure.surface)
                            && $0.period.contains(day(exposure.day))
                    }
                }.map(\.person)
            ).count
            #expect(range.lower ?? 0 <= Int64(truth), "\(hint)")
            #expect(range.upper ?? .max >= Int64(truth), "\(hint)")
        }
    }

    @Test func oneMoreSetOfReadingsNeverWidens() {
        forWorlds(800) { dice, hint in
            let world = ReachWorld(&dice)
            let asked = Asked(world, &dice)
            let sets = Set(world.readings.map(\.set) + world.counts.map(\.asReading.set))
                .shuffled(using: &dice)
            var evidence = world.evidence
            evidence.readings = []
            evidence.counts = []
            var before = asked.range(evidence)
            for set in sets {
                evidence.readings += world.readings.filter { $0.set == set }
                evidence.counts += world.counts.filter { $0.asReading.set == set }
                let after = asked.range(evidence)
                #expect(after.lower ?? 0 >= before.lower ?? 0, "\(hint)")
                #expect(after.upper ?? .max <= before.upper ?? .max, "\(hint)")
                before = after
            }
        }
    }

    @Test func orderDoesNotMatter() {
        forWorlds(500) { dice, hint in
            let world = ReachWorld(&dice)
            let asked = Asked(world, &dice)
            var shuffled = world.evidence
            shuffled.readings.shuffle(using: &dice)
            shuffled.counts.shuffle(using: &dice)
            #expect(asked.range(shuffled) == asked.range(world.evidence), "\(hint)")
        }
    }

    /// A scope put together of two is at least either and at most both.
    @Test func subScopesMerge() {
        forWorlds(500) { dice, hint in
            let world = ReachWorld(&dice)
            var whole = Asked(world, &dice)
            whole.days = 0...(world.dayCount - 1)
            let cut = dice.upTo(world.dayCount - 2)
            var (first, second) = (whole, whole)
            first.days = 0...cut
            second.days = (cut + 1)...(world.dayCount - 1)
            check(whole, [first, second], world, hint)
            first = whole
            second = whole
            first.campaigns = [1]
            second.campaigns = [2]
            whole.campaigns = [1, 2]
            if world.campaigns == 2 { check(whole, [first, second], world, hint) }
        }
    }

    private func check(_ whole: Asked, _ parts: [Asked], _ world: ReachWorld, _ hint: String) {
        // Audience sizes cap a campaign once, however its days are cut.
        let range = whole.range(world.evidence)
        let pieces = parts.map { $0.range(world.evidence) }
        for piece in pieces { #expect(range.lower ?? 0 >= piece.lower ?? 0, "\(hint)") }
        let uppers = pieces.compactMap(\.upper)
        if uppers.count == parts.count {
            #expect(range.upper ?? .max <= uppers.reduce(0, +), "\(hint)")
        }
    }

    /// Figures off by a little contradict each other; that must be said, and must not trap or turn
    /// the range over.
    @Test func noiseNeverTrapsNorTurnsTheRangeOver() {
        var found = 0
        forWorlds(1000) { dice, hint in
            var world = ReachWorld(&dice)
            for index in world.readings.indices {
                world.readings[index].value? += Int64(dice.upTo(6)) - 3
                if dice.oneIn(10) { world.readings[index].qualifier = .about }
                if dice.oneIn(50) { world.readings[index].value = .max }
            }
            for index in world.counts.indices {
                world.counts[index].asReading.value? += Int64(dice.upTo(6)) - 3
            }
            let range = Asked(world, &dice).range(world.evidence)
            #expect(range.lower ?? 0 <= range.upper ?? .max, "\(hint)")
            found += range.findings.isEmpty ? 0 : 1
        }
        #expect(found > 10)
    }
}
