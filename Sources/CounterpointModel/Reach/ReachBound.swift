// One end of a range with where it comes from, and the cheapest way to cover days with such ends.

/// A number that people cannot exceed, or cannot fall below, and the readings that say so.
struct ReachBound: Hashable {
    /// What kinds of evidence a bound rests on.
    struct Sources: OptionSet, Hashable {
        let rawValue: Int
        static let readings = Sources(rawValue: 1)
        static let counts = Sources(rawValue: 2)
        static let audience = Sources(rawValue: 4)
        static let weighing = Sources(rawValue: 8)
        /// At least one reading that is only `about` right.
        static let approximate = Sources(rawValue: 16)
    }

    var value: Int64
    /// How many of the used readings are not exact.
    var inexact: Int
    var used: [Int]
    var sources: Sources

    static let none = ReachBound(value: 0, inexact: 0, used: [], sources: [])

    /// Both bounds added; `Int64.max` stands for "more than can be written" and stays there.
    static func + (left: ReachBound, right: ReachBound) -> ReachBound {
        ReachBound(
            value: saturatingSum(left.value, right.value), inexact: left.inexact + right.inexact,
            used: left.used + right.used, sources: left.sources.union(right.sources))
    }

    /// Whether this is the better upper bound: smaller, then surer, then from fewer readings, then
    /// from the earlier ids, so that the order in which readings arrive never shows.
    func isBetterCeiling(than other: ReachBound) -> Bool {
        value != other.value ? value < other.value : isSurer(than: other)
    }

    /// Whether this is the better lower bound.
    func isBetterFloor(than other: ReachBound) -> Bool {
        value != other.value ? value > other.value : isSurer(than: other)
    }

    private func isSurer(than other: ReachBound) -> Bool {
        if inexact != other.inexact { return inexact < other.inexact }
        // A bound that the simple rule gives as well is told by the simple rule.
        let (own, others) = (sources.contains(.weighing), other.sources.contains(.weighing))
        if own != others { return others }
        if used.count != other.used.count { return used.count < other.used.count }
        if used != other.used { return used.lexicographicallyPrecedes(other.used) }
        return sources.rawValue < other.sources.rawValue
    }
}

/// The sum, or `Int64.max` where it would pass it. Both are zero or more.
func saturatingSum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
}

/// The better of two upper bounds, of which either may be missing.
func lesser(_ left: ReachBound?, _ right: ReachBound?) -> ReachBound? {
    guard let left, let right else { return left ?? right }
    return right.isBetterCeiling(than: left) ? right : left
}

/// The better of two lower bounds, of which either may be missing.
func greater(_ left: ReachBound?, _ right: ReachBound?) -> ReachBound? {
    guard let left, let right else { return left ?? right }
    return right.isBetterFloor(than: left) ? right : left
}

/// A stretch of days on which no more than `bound` people can have been reached.
struct Ceiling: Hashable {
    var span: DaySpan
    var bound: ReachBound
}

/// The cheapest bound on all `days` together by ceilings that cover them, added; they may overlap
/// each other and stick out. Nil if they leave a day bare or their sum cannot be written.
///
/// A shortest path along the points where a ceiling or a run of days begins or ends: `best[j]` is
/// the cheapest cover of all asked days before point j *at least*, so it never falls from point to
/// point, and a ceiling from a to b is best joined to `best[a]`.
func cover(_ days: DaySet, by ceilings: some Sequence<Ceiling>) -> ReachBound? {
    guard let hull = days.hull else { return ReachBound.none }
    let usable = ceilings.compactMap { ceiling -> Ceiling? in
        guard days.overlaps(ceiling.span) else { return nil }
        let clipped = DaySpan(max(ceiling.span.start, hull.start), min(ceiling.span.end, hull.end))
        return Ceiling(span: clipped, bound: ceiling.bound)
    }
    // The usual case, a part with one figure, needs no path.
    if usable.count <= 1 { return usable.first.flatMap { $0.span == hull ? $0.bound : nil } }
    let points = Set(
        usable.flatMap { [$0.span.start, $0.span.end] } + days.spans.flatMap { [$0.start, $0.end] }
    ).sorted()
    let place = Dictionary(uniqueKeysWithValues: zip(points, points.indices))
    var cheapest: [DaySpan: ReachBound] = [:]
    for ceiling in usable {
        cheapest[ceiling.span] = lesser(cheapest[ceiling.span], ceiling.bound)
    }
    var best = [ReachBound?](repeating: nil, count: points.count)
    best[0] = ReachBound.none
    var steps = [[(from: Int, bound: ReachBound)]](repeating: [], count: points.count)
    for (span, bound) in cheapest {
        guard let from = place[span.start], let to = place[span.end] else { continue }
        steps[to].append((from, bound))
    }
    for to in points.indices.dropFirst() {
        if !days.overlaps(DaySpan(points[to - 1], points[to])) { best[to] = best[to - 1] }
        // A ceiling that ends later covers up to here as well.
        for later in to..<points.count {
            for step in steps[later] where step.from < to {
                guard let before = best[step.from] else { continue }
                if let found = best[to], saturatingSum(before.value, step.bound.value) > found.value
                {
                    continue
                }
                best[to] = lesser(best[to], before + step.bound)
            }
        }
    }
    guard let total = best[points.count - 1], total.value < .max else { return nil }
    return total
}
