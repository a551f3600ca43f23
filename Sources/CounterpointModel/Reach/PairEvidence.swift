// What one campaign's readings of one channel say, turned into floors and ceilings over days.

/// A reading that at least `bound` people were reached within its days.
struct Floor: Hashable {
    var span: DaySpan
    var bound: ReachBound
}

/// The readings and counts of one campaign and channel.
struct PairEvidence {
    private(set) var floors: [Floor] = []
    private var cuts: [CutSet] = []
    private var wholes: [Ceiling] = []
    private var wholeCounts: [Ceiling] = []
    /// Days with a reading of people. One that is missing counts: it says that there is something
    /// unknown. One that cannot exist does not.
    let daysWithReadings: DaySet
    /// Days with a reading or a count. A second cut is of figures that are on record already: where there are primary
    /// ones, the days over which it spreads (platforms cut by whole months) add nothing to them.
    let recordedDays: DaySet

    /// Which evidence may be used.
    struct Use: Hashable {
        /// Readings that are `about` right.
        var approximate = true
        /// Counts of events.
        var counts = true
        /// Readings of people.
        var people = true
    }

    init(
        readings: [UniqueReading], counts: [UniqueReading], partsOfSets: [Int: [SetPart: [Period]]]
    ) {
        daysWithReadings = DaySet(
            readings.filter { $0.state != .notApplicable }.map { DaySpan($0.period) })
        let possible = (readings + counts).filter { $0.state != .notApplicable }
        let primary = possible.filter { $0.role == .primary }
        recordedDays = DaySet((primary.isEmpty ? possible : primary).map { DaySpan($0.period) })
        for reading in readings {
            if let floor = reading.floor {
                floors.append(
                    Floor(span: DaySpan(reading.period), bound: reading.bound(floor, .readings)))
            }
            // A figure of the whole was de-duplicated by the platform, whichever set brings it.
            if reading.isOfWhole, let ceiling = reading.ceiling {
                wholes.append(
                    Ceiling(span: DaySpan(reading.period), bound: reading.bound(ceiling, .readings))
                )
            }
        }
        for count in counts where count.isOfWhole {
            guard let ceiling = count.ceiling else { continue }
            wholeCounts.append(
                Ceiling(span: DaySpan(count.period), bound: count.bound(ceiling, .counts)))
        }
        // Only the parts of a primary set cover the whole.
        let parts = (readings.map { ($0, false) } + counts.map { ($0, true) })
            .filter { $0.0.role == .primary && !$0.0.isOfWhole }
        let bySet = Dictionary(grouping: parts) { $0.0.set }
        cuts = bySet.keys.sorted().map { set in
            CutSet(bySet[set] ?? [], knownParts: partsOfSets[set] ?? [:])
        }
    }

    /// The largest floor within `days`, or nil if no reading lies inside.
    func floor(in days: DaySet, _ use: Use) -> ReachBound? {
        var best: ReachBound?
        for floor in floors where use.allows(floor.bound) && days.contains(floor.span) {
            best = greater(best, floor.bound)
        }
        return best
    }

    /// Every ceiling that helps to cover `days`.
    func ceilings(for days: DaySet, _ use: Use) -> [Ceiling] {
        let plain = (wholes + wholeCounts).filter { use.allows($0.bound) }
        return plain + cuts.flatMap { $0.ceilings(for: days, use) }
    }

    /// The floors and ceilings that are exact: what may be weighed.
    func exactBounds() -> (floors: [Floor], ceilings: [Ceiling], events: [Ceiling]) {
        guard let hull = recordedDays.hull else { return ([], [], []) }
        let days = DaySet([hull])
        return (
            floors.filter { $0.bound.inexact == 0 },
            ceilings(for: days, Use()).filter { $0.bound.inexact == 0 },
            ceilings(for: days, Use(people: false)).filter { $0.bound.inexact == 0 }
        )
    }
}

extension PairEvidence.Use {
    func allows(_ bound: ReachBound) -> Bool {
        (approximate || !bound.sources.contains(.approximate))
            && (counts || !bound.sources.contains(.counts))
            && (people || !bound.sources.contains(.readings))
    }
}

extension UniqueReading {
    func bound(_ value: Int64, _ sources: ReachBound.Sources) -> ReachBound {
        ReachBound(
            value: value, inexact: isExact ? 0 : 1, used: [id],
            sources: isFirm ? sources : sources.union(.approximate))
    }
}
