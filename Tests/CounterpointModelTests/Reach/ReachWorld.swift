// A random population of viewers, and readings computed from the truth about it.

import CounterpointModel
import TestDice

/// A few campaigns on a few channels with a few ads, over a handful of days; each person is exposed
/// to some of it.
struct ReachWorld {
    /// One exposure: person × campaign × channel × ad × day, possibly several times.
    struct Exposure: Hashable {
        var person: Int
        var campaign: Int
        var channel: Channel
        var ad: Int
        var day: Int
        /// On Meta: where on Meta. Facebook and Instagram are part of it, and there are other
        /// places.
        var surface: Channel
    }

    let exposures: [(exposure: Exposure, times: Int)]
    let dayCount: Int
    let campaigns: Int
    let channels: [Channel]
    let ads: Int
    var readings: [UniqueReading] = []
    var counts: [BoundingCount] = []
    var audienceSizes: [Int: Int64] = [:]

    init(_ dice: inout Dice, withMeta: Bool = true) {
        dayCount = dice.within(2...7)
        campaigns = dice.within(1...2)
        channels = Array(
            [withMeta ? Channel.meta : .x, .youtube, .tiktok].prefix(dice.within(1...2)))
        ads = dice.within(1...3)
        let people = dice.within(1...12)
        var exposures: [Exposure: Int] = [:]
        for _ in 0..<dice.within(0...60) {
            let channel = channels.randomElement(using: &dice)!
            let surface =
                channel == .meta
                ? [Channel.facebook, .instagram, .meta].randomElement(using: &dice)! : channel
            exposures[
                Exposure(
                    person: dice.upTo(people), campaign: dice.within(1...campaigns),
                    channel: channel, ad: dice.within(1...ads), day: dice.upTo(dayCount - 1),
                    surface: surface), default: 0] += dice.within(1...3)
        }
        self.exposures = exposures.map { ($0.key, $0.value) }
        log(&dice)
    }

    /// Distinct people over campaigns × channels × days (days as a closed range of numbers), of one
    /// ad or all.
    func people(
        _ campaigns: Set<Int>, _ channels: Set<Channel>, _ days: ClosedRange<Int>, ad: Int? = nil
    ) -> Int64 {
        Int64(Set(matching(campaigns, channels, days, ad).map(\.exposure.person)).count)
    }

    func events(
        _ campaigns: Set<Int>, _ channels: Set<Channel>, _ days: ClosedRange<Int>, ad: Int? = nil
    ) -> Int64 {
        Int64(matching(campaigns, channels, days, ad).map(\.times).reduce(0, +))
    }

    private func matching(
        _ campaigns: Set<Int>, _ channels: Set<Channel>, _ days: ClosedRange<Int>, _ ad: Int?
    ) -> [(exposure: Exposure, times: Int)] {
        exposures.filter { exposure, _ in
            campaigns.contains(exposure.campaign)
                && (channels.contains(exposure.channel) || channels.contains(exposure.surface))
                && days.contains(exposure.day) && (ad == nil || ad == exposure.ad)
        }
    }
}

extension ReachWorld {
    /// The places that can be logged: each channel, and the parts of Meta.
    var places: [Channel] { channels.flatMap { [$0] + $0.parts } }

    func randomDays(_ dice: inout Dice) -> ClosedRange<Int> {
        let from = dice.upTo(dayCount - 1)
        return from...dice.within(from...(dayCount - 1))
    }

    /// Logs readings of the whole, of single ads, and complete cuts; exact or truthfully qualified.
    private mutating func log(_ dice: inout Dice) {
        for set in 1...dice.within(1...8) {
            let campaign = dice.within(1...campaigns)
            let channel = places.randomElement(using: &dice)!
            let days = randomDays(&dice)
            switch dice.upTo(5) {
            case 0:
                logCompleteCut(set, campaign, channel, days, &dice)
            case 1:
                let ad = dice.within(1...ads)
                logReach(set, campaign, channel, days, ad: ad, role: .breakdown, &dice)
            case 2:
                logCount(set, campaign, channel, days, ad: nil, &dice)
            default:
                logReach(set, campaign, channel, days, ad: nil, role: .primary, &dice)
            }
        }
        for campaign in 1...campaigns where dice.oneIn(3) {
            let truth = people([campaign], Set(channels), 0...(dayCount - 1))
            audienceSizes[campaign] = truth + Int64(dice.upTo(5))
        }
    }

    private mutating func logCompleteCut(
        _ set: Int, _ campaign: Int, _ channel: Channel, _ days: ClosedRange<Int>,
        _ dice: inout Dice
    ) {
        // In one piece, or cut in two at a random day; an ad that was not shown may be left out.
        let middle = dice.within(days)
        let pieces =
            dice.oneIn(2) && middle < days.upperBound
            ? [days.lowerBound...middle, (middle + 1)...days.upperBound] : [days]
        for piece in pieces {
            for ad in 1...ads {
                let truth = people([campaign], [channel], piece, ad: ad)
                if truth == 0, dice.oneIn(2), ad > 1 { continue }
                if dice.oneIn(8) {
                    logCount(set, campaign, channel, piece, ad: ad, &dice)
                } else {
                    logReach(set, campaign, channel, piece, ad: ad, role: .primary, &dice)
                }
            }
        }
    }

    private mutating func logReach(
        _ set: Int, _ campaign: Int, _ channel: Channel, _ days: ClosedRange<Int>, ad: Int?,
        role: SetRole, _ dice: inout Dice
    ) {
        let truth = people([campaign], [channel], days, ad: ad)
        var reading = UniqueReading(
            id: readings.count + counts.count + 1, campaign: campaign, channel: channel,
            period: CounterpointModelTests.days(days.lowerBound, days.upperBound),
            content: ad.map { "ad \($0)" }, set: set, role: role,
            breakdown: ad == nil ? .none : .content, value: truth)
        switch dice.upTo(11) {
        case 0:
            reading.qualifier = .atLeast
            reading.value = max(0, truth - Int64(dice.upTo(2)))
        case 1:
            reading.qualifier = .atMost
            reading.value = truth + Int64(dice.upTo(2))
        case 2 where truth < 5:
            reading.state = .masked
            reading.value = nil
        case 3:
            reading.state = .missing
            reading.value = nil
        default:
            break
        }
        readings.append(reading)
    }

    private mutating func logCount(
        _ set: Int, _ campaign: Int, _ channel: Channel, _ days: ClosedRange<Int>, ad: Int?,
        _ dice: inout Dice
    ) {
        counts.append(
            BoundingCount(
                id: readings.count + counts.count + 1, campaign: campaign, channel: channel,
                period: CounterpointModelTests.days(days.lowerBound, days.upperBound),
                content: ad.map { "ad \($0)" }, set: set,
                breakdown: ad == nil ? .none : .content,
                value: events([campaign], [channel], days, ad: ad)))
    }

    var evidence: ReachEvidence {
        ReachEvidence(readings: readings, counts: counts, audienceSizes: audienceSizes)
    }
}
