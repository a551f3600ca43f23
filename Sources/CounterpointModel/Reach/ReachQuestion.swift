// The scope met with the evidence: which campaigns, channels and days are asked, and what is known
// of each.

struct ReachQuestion {
    let campaigns: [CampaignReach]
    let straddling: [Int]
    let unreported: [ReachRange.UnreportedChannel]
    let isAnythingRecorded: Bool
    /// Readings of the asked campaigns.
    let readings: [UniqueReading]
    let evidence: ReachEvidence

    init(_ scope: ReachScope, _ evidence: ReachEvidence) {
        func isAsked(_ reading: UniqueReading) -> Bool {
            scope.campaigns?.contains(reading.campaign) ?? true
        }
        let readings = evidence.readings.filter(isAsked)
        let counts = evidence.counts.map(\.asReading).filter(isAsked)
        var byPair: [Int: [Channel: PairEvidence]] = [:]
        let readingsByCampaign = Dictionary(grouping: readings, by: \.campaign)
        let countsByCampaign = Dictionary(grouping: counts, by: \.campaign)
        for campaign in Set(readingsByCampaign.keys).union(countsByCampaign.keys) {
            let own = Dictionary(grouping: readingsByCampaign[campaign] ?? [], by: \.channel)
            let ownCounts = Dictionary(grouping: countsByCampaign[campaign] ?? [], by: \.channel)
            for channel in Set(own.keys).union(ownCounts.keys) {
                byPair[campaign, default: [:]][channel] = PairEvidence(
                    readings: own[channel] ?? [], counts: ownCounts[channel] ?? [],
                    partsOfSets: evidence.partsOfSets)
            }
        }
        self.evidence = evidence
        self.readings = readings

        let all = (scope.campaigns ?? Set(byPair.keys).union(evidence.declaredChannels.keys))
            .sorted()
        let known = all.map {
            KnownChannels(
                byPair[$0] ?? [:], scope.period,
                countsSuffice: evidence.metric.map { $0.metric == .reach } ?? true)
        }
        let knownSomewhere = known.reduce(into: Set<Channel>()) { $0.formUnion($1.orAround) }
        var campaigns: [CampaignReach] = []
        var unreported: [ReachRange.UnreportedChannel] = []
        var isAnythingRecorded = false
        for (campaign, known) in zip(all, known) {
            let asked = AskedDays(
                pairs: byPair[campaign] ?? [:], known: known, scope: scope,
                declared: evidence.declaredChannels[campaign] ?? [],
                runs: evidence.campaignPeriods[campaign], knownSomewhere: knownSomewhere)
            unreported += asked.unreported.map { .init(campaign: campaign, channel: $0) }
            if asked.days.isEmpty { continue }
            isAnythingRecorded =
                isAnythingRecorded || !known.orAround.isDisjoint(with: asked.days.keys)
            campaigns.append(
                CampaignReach(
                    campaign: campaign, metric: evidence.metric?.metric,
                    pairs: byPair[campaign] ?? [:], days: asked.days,
                    audienceSize: evidence.audienceSizes[campaign],
                    statedNumbers: Self.statedNumbers(readingsByCampaign[campaign] ?? [])))
        }
        self.campaigns = campaigns
        self.unreported = unreported.sorted()
        self.isAnythingRecorded = isAnythingRecorded
        straddling = (readings + counts).filter { reading in
            guard let period = scope.period, scope.channels?.contains(reading.channel) ?? true
            else { return false }
            return period.overlaps(reading.period) && !period.contains(reading.period)
        }.map(\.id).sorted()
    }

    /// Every contradiction among the exact readings of the asked campaigns, wherever it lies.
    func contradictions() -> [Finding] { campaigns.flatMap { $0.contradictions() } }

    private static func statedNumbers(_ readings: [UniqueReading]) -> [Int: Int64] {
        var numbers: [Int: Int64] = [:]
        for reading in readings where reading.state == .value {
            guard reading.qualifier == .exact || reading.qualifier == .about else { continue }
            numbers[reading.id] = reading.value
        }
        return numbers
    }
}

/// The channels of one campaign that have a figure on an asked day.
private struct KnownChannels {
    /// Those that belong to a scope which names no channels: the ones with a reading. Of reach an
    /// impression is enough, since it did reach someone; but clicks are logged by all and clickers
    /// by few, and a channel with clicks alone is one that does not report clickers.
    let itself: Set<Channel>
    /// Those with nothing but counts that do not suffice.
    let unreported: Set<Channel>
    /// All of them, and the channels that contain them or lie inside them.
    let orAround: Set<Channel>

    init(_ pairs: [Channel: PairEvidence], _ period: Period?, countsSuffice: Bool) {
        func isOnAskedDay(_ days: DaySet) -> Bool {
            period.map { days.overlaps(DaySpan($0)) } ?? !days.isEmpty
        }
        let known = pairs.filter { isOnAskedDay($1.recordedDays) }
        itself = Set(
            known.filter { countsSuffice || isOnAskedDay($1.daysWithReadings) }.keys)
        unreported = Set(known.keys).subtracting(itself)
        orAround = Set(known.keys.flatMap { [$0] + $0.parts + ($0.whole.map { [$0] } ?? []) })
    }
}

/// The days asked of each channel of one campaign.
private struct AskedDays {
    let days: [Channel: DaySet]
    let unreported: [Channel]

    init(
        pairs: [Channel: PairEvidence], known: KnownChannels, scope: ReachScope,
        declared: Set<Channel>, runs: Period?, knownSomewhere: Set<Channel>
    ) {
        // A named channel belongs to the campaigns that report or declare it, and if none reports
        // it to all of them.
        let named = scope.channels?.filter {
            known.orAround.contains($0) || declared.contains($0) || !knownSomewhere.contains($0)
        }
        days = Dictionary(
            uniqueKeysWithValues: (named ?? known.itself).map {
                ($0, Self.days(of: $0, pairs, scope.period.map { DaySet([DaySpan($0)]) }, runs))
            })
        unreported = declared.union(named ?? known.unreported).filter { channel in
            (scope.channels?.contains(channel) ?? true) && !known.itself.contains(channel)
                && !(channel.whole.map(known.itself.contains) ?? false)
        }
    }

    private static func days(
        of channel: Channel, _ pairs: [Channel: PairEvidence], _ asked: DaySet?, _ runs: Period?
    ) -> DaySet {
        let family = [channel] + channel.parts + (channel.whole.map { [$0] } ?? [])
        // Its own figures say which days are recorded; only without any do those of the channels
        // around it.
        let own = pairs[channel]?.recordedDays
        let around = family.reduce(DaySet()) { $0.union(pairs[$1]?.recordedDays ?? DaySet()) }
        guard let asked else { return own ?? around }
        guard let runs else { return asked }
        // Outside its own period a campaign is only where something is recorded of it.
        let active = around.union(DaySet([DaySpan(runs)]))
        return asked.spans.reduce(DaySet()) { $0.union(active.intersection($1)) }
    }
}
