// Scenarios that may stand beside a range: what the number would be under a stated assumption.

extension ReachScenario {
    /// The scenario for one campaign whose range is open to it, or nil. A recorded statement comes
    /// before the independence that nobody has claimed. What the readings rule out is not shown.
    init?(beside ends: ReachEnds, _ question: ReachQuestion) {
        guard let lower = ends.lower, !ends.isContradicted, question.campaigns.count == 1,
            let campaign = question.campaigns.first,
            let scenario = Self.disjoint(question, campaign) ?? Self.independent(campaign),
            scenario.value >= lower.value, scenario.value <= ends.upper?.value ?? .max,
            ends.upper?.value != lower.value
        else { return nil }
        self = scenario
    }

    /// The sum over the parts of the set that carries the statement, if each part has one reading
    /// for just the days asked, and the campaign has one channel.
    private static func disjoint(
        _ question: ReachQuestion, _ campaign: CampaignReach
    ) -> ReachScenario? {
        guard campaign.days.count == 1, let (channel, days) = campaign.days.first,
            days.spans.count == 1, let span = days.spans.first
        else { return nil }
        let stated = question.evidence.disjointAudiences
        for set in stated.keys.sorted() {
            let parts = question.readings.filter {
                $0.set == set && $0.channel == channel && $0.role == .primary && !$0.isOfWhole
            }
            let names = Set(parts.map { SetPart(content: $0.content, cell: $0.cell) })
            let known = question.evidence.partsOfSets[set] ?? [:]
            guard !parts.isEmpty, names.count == parts.count, names.isSuperset(of: known.keys),
                parts.allSatisfy({ DaySpan($0.period) == span }),
                let value = sum(of: parts), let assumption = stated[set]
            else { continue }
            return ReachScenario(kind: .disjointAudiences, value: value, assumption: assumption)
        }
        return nil
    }

    /// Independence of the readings that were added to cover the campaign, within its stated
    /// audience.
    private static func independent(_ campaign: CampaignReach) -> ReachScenario? {
        guard let size = campaign.audienceSize, size > 0 else { return nil }
        let parts = campaign.addedReadings()
        guard parts.count >= 2, parts.allSatisfy({ $0 <= size }),
            let value = independentUnion(parts, of: size)
        else { return nil }
        return ReachScenario(
            kind: .independence, value: value,
            assumption: "Being reached by one part says nothing about being reached by another.")
    }

    private static func sum(of parts: [UniqueReading]) -> Int64? {
        var sum: Int64 = 0
        for part in parts {
            guard part.state == .value, part.qualifier == .exact || part.qualifier == .about,
                let value = part.value, value >= 0
            else { return nil }
            sum = saturatingSum(sum, value)
        }
        return sum < .max ? sum : nil
    }
}

/// U·(1 − Π(1 − xᵢ/U)) to the nearest whole person, for 0 ≤ xᵢ ≤ U.
///
/// The people not reached yet start as U and shrink by the factor (U − xᵢ)/U, kept as a count of
/// 2⁻⁶⁰ persons in 128 bits (U stays below 2⁶³), so that there is no floating point and, the parts
/// being sorted, no trace of their order.
func independentUnion(_ parts: [Int64], of size: Int64) -> Int64? {
    guard size > 0, parts.allSatisfy({ $0 >= 0 && $0 <= size }) else { return nil }
    let whole = UInt128(size)
    var unreached = whole << 60
    for part in parts.sorted() {
        let product = unreached.multipliedFullWidth(by: whole - UInt128(part))
        // unreached ≤ whole·2⁶⁰, so the quotient fits: (high, low) < whole · 2¹²⁸.
        guard product.high < whole else { return nil }
        unreached = whole.dividingFullWidth(product).quotient
    }
    let half: UInt128 = 1 << 59
    return size - Int64((unreached + half) >> 60)
}
