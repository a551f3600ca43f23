// The rule of reach on small cases worked out by hand.

import CounterpointModel
import Testing

/// Readings in short: ids are handed out in order, months are those of 2023.
struct Notebook {
    private(set) var readings: [UniqueReading] = []
    private(set) var counts: [BoundingCount] = []
    private var nextID = 1

    static func months(_ from: Int, _ to: Int) -> Period {
        Period(
            from: Day(year: 2023, month: from, day: 1)!,
            to: Day(year: 2023, month: to, day: 1)!.lastOfMonth)!
    }

    @discardableResult
    mutating func reach(
        _ value: Int64?, _ from: Int, _ to: Int, _ channel: Channel = .facebook,
        campaign: Int = 1, content: String? = nil, cell: String? = nil, set: Int? = nil,
        role: SetRole = .primary, state: ReadingState = .value, as qualifier: Qualifier = .exact
    ) -> Int {
        defer { nextID += 1 }
        readings.append(
            UniqueReading(
                id: nextID, campaign: campaign, channel: channel, period: Self.months(from, to),
                content: content, cell: cell, set: set ?? nextID, role: role, state: state,
                qualifier: qualifier, value: value))
        return nextID
    }

    @discardableResult
    mutating func impressions(
        _ value: Int64, _ from: Int, _ to: Int, _ channel: Channel = .facebook,
        campaign: Int = 1, content: String? = nil, set: Int? = nil,
        as qualifier: Qualifier = .exact
    ) -> Int {
        defer { nextID += 1 }
        counts.append(
            BoundingCount(
                id: nextID, campaign: campaign, channel: channel,
                period: Self.months(from, to), content: content, set: set ?? nextID,
                qualifier: qualifier, value: value))
        return nextID
    }

    func range(
        _ from: Int? = nil, _ to: Int? = nil, channels: Set<Channel>? = nil,
        campaigns: Set<Int>? = nil, audience: [Int: Int64] = [:],
        declared: [Int: Set<Channel>] = [:], runs: [Int: Period] = [:]
    ) -> ReachRange {
        let period = from.map { Self.months($0, to ?? $0) }
        let scope = ReachScope(campaigns: campaigns, channels: channels, period: period)
        return ReachRange.over(
            scope,
            from: ReachEvidence(
                readings: readings, counts: counts, audienceSizes: audience,
                declaredChannels: declared, campaignPeriods: runs))
    }
}

extension ReachRange {
    /// `30…100`, `5…` if the top is open, `=7` if exact, `?` if nothing is known.
    var shorthand: String {
        guard let lower else { return "?" }
        return exact ? "=\(lower)" : "\(lower)…" + (upper.map(String.init) ?? "")
    }
}

@Suite struct ReachRuleTests {
    @Test func nothingKnownIsNothingSaid() {
        let range = Notebook().range()
        #expect(range.lower == nil && range.upper == nil && range.method == .noReading)
        #expect(Notebook().range(1, 2, channels: [.x], campaigns: [1]).upper == nil)
    }

    @Test func facebookAndYouTubeTogether() {
        var notes = Notebook()
        notes.reach(80, 1, 1)
        notes.impressions(90, 1, 1)
        let straddling = [
            notes.reach(500, 1, 2, .youtube), notes.impressions(600, 1, 2, .youtube),
        ]
        let range = notes.range(1)
        #expect(range.shorthand == "80…580")
        #expect(range.straddling == straddling)
        #expect(range.method == .largestToSum)
        #expect(notes.range().shorthand == "500…580")
        #expect(notes.range(1, channels: [.facebook]).shorthand == "=80")
        #expect(notes.range(1, channels: [.youtube]).shorthand == "0…500")
        #expect(notes.range(1, channels: [.youtube]).method == .largestToContaining)
    }

    @Test func audiencesCapTheirOwnCampaignAndAdd() {
        var notes = Notebook()
        notes.impressions(1000, 1, 1)
        notes.impressions(1000, 1, 1, campaign: 2)
        #expect(notes.range(1, audience: [1: 100, 2: 150]).shorthand == "0…250")
        #expect(notes.range(1, audience: [1: 100]).shorthand == "0…1100")
        #expect(notes.range(1).method == .largestToEvents)
        notes.reach(120, 1, 1)
        let range = notes.range(1, campaigns: [1], audience: [1: 100])
        #expect(range.shorthand == "=120")
        #expect(range.findings.map(\.code) == [.reachAboveAudience])
    }

    @Test func coversMixReadingsAndImpressionsAndStickOut() {
        var notes = Notebook()
        notes.reach(50, 1, 2)
        notes.impressions(70, 3, 4)
        let range = notes.range(2, 3)
        #expect(range.shorthand == "0…120")
        #expect(range.method == .largestToMixedCover)
        #expect(notes.range(2, 5).shorthand == "0…")
        notes.reach(30, 3, 3)
        #expect(notes.range(2, 3).shorthand == "30…80")
    }

    @Test func aChannelAskedForByNameWithoutFiguresLeavesTheTopOpen() {
        var notes = Notebook()
        notes.reach(80, 1, 1)
        #expect(notes.range(1, channels: [.facebook, .x]).shorthand == "80…")
        #expect(notes.range(channels: [.facebook, .x]).shorthand == "80…")
        #expect(
            notes.range(1, channels: [.facebook, .x]).unreported
                == [.init(campaign: 1, channel: .x)])
        let declared = notes.range(1, declared: [1: [.facebook, .x]])
        #expect(declared.shorthand == "=80")
        #expect(declared.unreported == [.init(campaign: 1, channel: .x)])
        // Campaign 2 is not on Facebook at all; campaign 3 says that it is and reports nothing.
        notes.reach(60, 1, 1, .x, campaign: 2)
        #expect(notes.range(1, channels: [.facebook]).shorthand == "=80")
        #expect(
            notes.range(1, channels: [.facebook], declared: [3: [.facebook]]).shorthand == "80…")
        // Reported, but not in the month asked for.
        #expect(notes.range(2, channels: [.facebook]).upper == nil)
        #expect(notes.range(2, channels: [.facebook]).lower == nil)
    }

    @Test func metaContainsFacebookAndInstagram() {
        var notes = Notebook()
        notes.reach(80, 1, 1, .facebook)
        notes.reach(50, 1, 1, .instagram)
        #expect(notes.range(1).shorthand == "80…130")
        #expect(notes.range(1, channels: [.meta]).shorthand == "80…")
        notes.reach(100, 1, 1, .meta)
        #expect(notes.range(1).shorthand == "=100")
        #expect(notes.range(1, channels: [.facebook]).shorthand == "=80")
        #expect(notes.range(1, channels: [.facebook, .instagram]).shorthand == "80…100")
        notes.reach(120, 1, 2, .meta)
        notes.reach(10, 3, 3, .facebook)
        #expect(notes.range(2, channels: [.facebook]).shorthand == "0…120")
        #expect(notes.range(3, channels: [.meta]).shorthand == "10…")
        // The days recorded: Meta's January and February, Facebook's March beside them.
        #expect(notes.range().shorthand == "120…130")
        #expect(notes.range(channels: [.meta]).shorthand == "=120")
        // Facebook asked for where only Meta is known.
        var meta = Notebook()
        meta.reach(100, 1, 1, .meta)
        #expect(meta.range(channels: [.facebook]).shorthand == "0…100")
        #expect(meta.range(declared: [1: [.facebook, .instagram]]).unreported == [])
    }

    @Test func qualifiersBoundOneSideOnly() {
        for (qualifier, range) in [
            (Qualifier.exact, "=80"), (.atLeast, "80…"), (.atMost, "0…80"), (.about, "80…80"),
        ] {
            var notes = Notebook()
            notes.reach(80, 1, 1, as: qualifier)
            #expect(notes.range(1).shorthand == range, "\(qualifier)")
        }
        var notes = Notebook()
        notes.reach(80, 1, 1, as: .about)
        #expect(notes.range(1).method == .singleReading)
        notes.impressions(200, 1, 1, as: .atLeast)
        notes.reach(78, 1, 1, as: .exact)
        #expect(notes.range(1).shorthand == "=78")
        #expect(notes.range(1).findings.isEmpty)
        var events = Notebook()
        events.impressions(200, 1, 1, as: .atLeast)
        #expect(events.range(1).shorthand == "0…")
    }

    @Test func partsOfAPrimarySetCoverAndOthersDoNot() {
        var notes = Notebook()
        for (ad, value) in [("a", Int64(40)), ("b", 30), ("c", 20)] {
            notes.reach(value, 1, 2, content: ad, set: 7)
        }
        #expect(notes.range(1, 2).shorthand == "40…90")
        #expect(notes.range(1, 1).shorthand == "0…90")
        #expect(notes.range(1, 3).shorthand == "40…")
        notes.reach(nil, 1, 1, content: "d", set: 7, state: .missing)
        #expect(notes.range(1, 2).shorthand == "40…")
        #expect(notes.range(2).shorthand == "0…90")
        notes.impressions(9, 1, 1, content: "d", set: 7)
        #expect(notes.range(1, 2).shorthand == "40…99")
        #expect(notes.range(1, 2).method == .largestToMixedCover)
        var masked = Notebook()
        masked.reach(40, 1, 1, cell: "north", set: 7)
        masked.reach(nil, 1, 1, cell: "south", set: 7, state: .masked)
        #expect(masked.range(1).shorthand == "40…44")
        var breakdown = Notebook()
        breakdown.reach(40, 1, 1, cell: "north", set: 7, role: .breakdown)
        #expect(breakdown.range(1).shorthand == "40…")
    }

    @Test func adsThatRunAtDifferentTimesCoverEachTheirOwn() {
        var notes = Notebook()
        notes.reach(40, 1, 3, content: "a", set: 7)
        notes.reach(30, 2, 5, content: "b", set: 7)
        #expect(notes.range(1).shorthand == "0…40")
        #expect(notes.range(4).shorthand == "0…30")
        #expect(notes.range(1, 5).shorthand == "40…70")
    }

    @Test func contradictoryReadingsAreAFinding() {
        var notes = Notebook()
        notes.reach(100, 1, 1)
        notes.reach(30, 2, 2)
        notes.reach(90, 1, 2)
        let range = notes.range(1, 2)
        #expect(range.shorthand == "100…")
        #expect(range.findings.map(\.code) == [.readingsContradict])
        #expect(range.method == .simpleAfterContradiction)
        var events = Notebook()
        events.reach(100, 1, 1)
        events.impressions(90, 1, 1)
        #expect(events.range(1).shorthand == "100…100")
        #expect(events.range(1).findings.map(\.code) == [.readingsContradict])
    }

    @Test func withoutAPeriodTheScopeIsTheDaysRecorded() {
        var notes = Notebook()
        notes.reach(40, 1, 1)
        notes.reach(30, 3, 3)
        #expect(notes.range().shorthand == "40…70")
        #expect(notes.range(1, 3).shorthand == "40…")
        // A campaign that ended in January had nothing to show in December.
        var ended = Notebook()
        ended.reach(40, 1, 1)
        #expect(ended.range(1, 12).shorthand == "40…")
        #expect(ended.range(1, 12, runs: [1: Notebook.months(1, 1)]).shorthand == "=40")
    }

    @Test func extremeValuesNeverTrap() {
        var notes = Notebook()
        for month in 1...12 { notes.reach(Int64.max, month, month) }
        notes.reach(-5, 1, 12)
        notes.impressions(Int64.max, 1, 12)
        #expect(notes.range(1, 12).lower == Int64.max)
        #expect(notes.range(1, 12, audience: [1: Int64.max, 2: -1]).lower == Int64.max)
        _ = notes.range(audience: [1: 0])
    }

    @Test func theWholeLessTheRest() {
        var notes = Notebook()
        notes.reach(100, 1, 3)
        notes.reach(40, 1, 1)
        notes.reach(30, 3, 3)
        #expect(notes.range(2).shorthand == "30…100")
        #expect(notes.range(2).method == .weighedTogether)
        var pairs = Notebook()
        pairs.reach(100, 1, 3)
        pairs.reach(60, 1, 2)
        pairs.reach(60, 2, 3)
        #expect(pairs.range(2).shorthand == "0…20")
    }

    @Test func overlapsAreCountedOnce() {
        var notes = Notebook()
        notes.reach(60, 1, 2)
        notes.reach(60, 2, 3)
        notes.reach(50, 2, 2)
        #expect(notes.range(1, 3).shorthand == "60…70")
        #expect(notes.range(1, 3).used == [1, 2, 3])
    }

    @Test func eventsUsedUpElsewhereAreNotLeft() {
        var notes = Notebook()
        notes.impressions(100, 1, 2)
        notes.reach(90, 1, 2)
        notes.reach(70, 1, 1)
        #expect(notes.range(2).shorthand == "20…30")
    }

    @Test func aContradictionAnywhereInThePairIsNamedAndNotBuiltUpon() {
        var notes = Notebook()
        notes.reach(100, 1, 2)
        notes.reach(30, 1, 1)
        notes.reach(50, 2, 2)
        notes.reach(40, 3, 3)
        notes.reach(60, 3, 4)
        let range = notes.range(4)
        #expect(range.shorthand == "0…60")
        #expect(range.findings.map(\.code) == [.readingsContradict])
        #expect(range.findings.first?.first.channel == .facebook)
        #expect(range.findings.first?.first.period == Notebook.months(1, 1))
    }

    @Test func onlyExactReadingsAreWeighed() {
        for qualifier in [Qualifier.about, .atLeast, .atMost] {
            var notes = Notebook()
            notes.reach(100, 1, 3)
            notes.reach(40, 1, 1, as: qualifier)
            notes.reach(30, 3, 3)
            #expect(notes.range(2).shorthand == "0…100", "\(qualifier)")
        }
    }
}

@Suite struct MetaFamilyTests {
    /// Found by the property "sub-scopes merge": January is known by Facebook and Instagram,
    /// February only by Meta.
    @Test func facebookAndInstagramOnSomeDaysAndMetaOnOthers() {
        var notes = Notebook()
        notes.reach(20, 1, 1, .facebook)
        notes.reach(70, 1, 1, .instagram)
        notes.reach(50, 2, 2, .meta)
        #expect(notes.range(1, 2, channels: [.facebook, .instagram]).shorthand == "70…140")
        #expect(notes.range(1, 2, channels: [.facebook]).shorthand == "20…70")
    }
}
