// From reduced figures to what the reach arithmetic wants: readings, counts that bound them, and who is complete.

struct PeopleEvidence {
    let evidence: ReachEvidence
    let scope: ReachScope
    /// By id of a reading: how many readings of the record it stands for. The parts of a large set are told as two,
    /// the largest and the rest, and stand for the set together.
    private var weights: [Int: Weight] = [:]

    private struct Weight {
        var row: Int
        var readings: Int
    }

    init(_ metric: Metric.Unique, _ hand: GroupHand) {
        let campaigns = hand.campaigns.map(\.id)
        let indices = Dictionary(uniqueKeysWithValues: campaigns.enumerated().map { ($1, $0) })
        var readings: [UniqueReading] = []
        var counts: [BoundingCount] = []
        var partsOfSets: [Int: [SetPart: [Period]]] = [:]
        var disjoint: [Int: String] = [:]
        var weights: [Int: Weight] = [:]
        var nextId = 1
        for (number, row) in hand.figures.enumerated() {
            guard let campaign = indices[row.campaign] else { continue }
            func reading(
                _ value: Int64?, _ qualifier: Qualifier, part: String? = nil,
                state: ReadingState = .value, standingFor readings: Int
            ) -> UniqueReading {
                weights[nextId] = Weight(row: number, readings: readings)
                defer { nextId += 1 }
                return UniqueReading(
                    id: nextId, campaign: campaign, channel: row.channel, period: row.period, content: part,
                    set: number, role: row.role, breakdown: row.breakdown, state: state,
                    qualifier: qualifier, value: value)
            }
            if row.metric == metric.boundingCount, row.role == .primary {
                // Masked and missing readings would add to the count: what is known bounds only from below then.
                let isWhole = row.missing == 0 && row.masked == 0
                let qualifier: Qualifier = isWhole ? row.totalQualifier : .atLeast
                counts.append(
                    BoundingCount(
                        reading(row.total?.wholeNumber, qualifier, standingFor: row.readings)))
            }
            guard row.metric == metric.metric else { continue }
            if let whole = row.whole?.wholeNumber {
                readings.append(reading(whole, row.wholeQualifier ?? .exact, standingFor: 1))
            }
            guard row.parts > 0 else { continue }
            var known: [SetPart] = []
            func add(_ part: UniqueReading) {
                readings.append(part)
                known.append(SetPart(content: part.content, cell: nil))
            }
            let exactness: Qualifier = row.partsAreExact ? .exact : .about
            if let values = row.partValues {
                for (index, value) in values.enumerated() {
                    add(reading(value, exactness, part: "part \(index)", standingFor: 1))
                }
            } else if let largest = row.largestPart?.wholeNumber {
                add(reading(largest, exactness, part: "largest", standingFor: row.parts))
                if let bound = row.partsBound?.wholeNumber, bound >= largest {
                    add(reading(bound - largest, .atMost, part: "rest", standingFor: 0))
                }
            }
            if row.partsBound == nil { known.append(SetPart(content: "unknown", cell: nil)) }
            if row.role == .primary {
                for part in known { partsOfSets[number, default: [:]][part] = [row.period] }
                if let statement = row.disjointAudiences { disjoint[number] = statement }
            }
        }
        evidence = ReachEvidence(
            readings: readings, counts: counts,
            audienceSizes: Self.map(hand.campaigns, indices) { $0.audienceSize },
            declaredChannels: Self.map(hand.campaigns, indices) { Set($0.channels) },
            campaignPeriods: Self.map(hand.campaigns, indices) { $0.period },
            partsOfSets: partsOfSets, disjointAudiences: disjoint)
        scope = ReachScope(
            campaigns: Set(indices.values), channels: hand.channels, period: hand.period)
        self.weights = weights
    }

    /// How many readings of the record the range's two ends come from.
    func readings(of range: ReachRange) -> Int {
        range.used.reduce(0) { $0 + (weights[$1]?.readings ?? 0) }
    }

    private static func map<Value>(
        _ campaigns: [ScopeCampaign], _ indices: [Campaign.ID: Int], _ value: (ScopeCampaign) -> Value?
    ) -> [Int: Value] {
        var result: [Int: Value] = [:]
        for campaign in campaigns { result[indices[campaign.id]!] = value(campaign) }
        return result
    }
}
