// Picks out of all readings those that a range of one metric is computed from.

extension UniqueReading {
    /// The reading's whole number where it belongs. A value with decimals, or past 64 bits, is
    /// taken as unknown.
    public init(_ placed: PlacedReading) {
        let reading = placed.reading
        self.init(
            id: placed.id, campaign: placed.campaign, channel: placed.channel,
            period: reading.period, content: reading.content, cell: reading.cell, set: placed.set,
            role: placed.role, breakdown: placed.breakdown, state: reading.state,
            qualifier: reading.qualifier, value: reading.value?.wholeNumber)
    }
}

extension ReachEvidence {
    /// The readings of `metric` and of the count that bounds it. The parts of each set are taken
    /// from its readings of whatever metric: a part that has only, say, shares is known to be
    /// missing.
    public init(
        of metric: Metric.Unique, in readings: [PlacedReading],
        audienceSizes: [Int: Int64] = [:], declaredChannels: [Int: Set<Channel>] = [:],
        campaignPeriods: [Int: Period] = [:], disjointAudiences: [Int: String] = [:]
    ) {
        let counted = metric.boundingCount
        var partsOfSets: [Int: [SetPart: [Period]]] = [:]
        for placed in readings where placed.role == .primary {
            let reading = placed.reading
            guard reading.content != nil || reading.cell != nil else { continue }
            let part = SetPart(content: reading.content, cell: reading.cell)
            partsOfSets[placed.set, default: [:]][part, default: []].append(reading.period)
        }
        self.init(
            metric: metric,
            readings: readings.filter { $0.reading.metric == metric.metric }
                .map(UniqueReading.init),
            counts: readings.filter { $0.reading.metric == counted }
                .map { BoundingCount(UniqueReading($0)) },
            audienceSizes: audienceSizes, declaredChannels: declaredChannels,
            campaignPeriods: campaignPeriods, partsOfSets: partsOfSets,
            disjointAudiences: disjointAudiences)
    }
}
