// All exact readings of one campaign and channel weighed against each other: the tightest that can
// be had cheaply.
//
// Let L ≤ f ≤ U for every interval between days on which a reading begins or ends. Then for
// A = [p, b) and B = [a, q) with p < a ≤ b < q, from f(A ∪ B) + f(A ∩ B) ≤ f(A) + f(B):
//
//     U(A ∪ B) ≤ U(A) + U(B) − L(A ∩ B)        overlapping covers
//     L(A) ≥ L(A ∪ B) + L(A ∩ B) − U(B)        the whole less the rest
//     U(A ∩ B) ≤ U(A) + U(B) − L(A ∪ B)        what both must share
//     U(S) ≤ events(I) − Σ L(disjoint parts of I ∖ S)   events used up elsewhere
//
// beside monotony, repeated until nothing changes. Every step is sound, so stopping early only
// leaves the range wider. The rules subtract, so errors of platform estimates pile up: only exact
// readings enter, and where L passes U the readings contradict each other and the loop, which would
// run away, ends.

struct WeighedPair {
    /// Days on which something begins or ends, in order.
    let points: [Int]
    /// Ids of all that was weighed, in ascending order.
    let used: [Int]
    /// The interval at which the readings contradict each other, if they do; then no bound may be
    /// taken from here.
    private(set) var contradiction: (span: DaySpan, lower: Int64, upper: Int64)?

    private var lower: Triangle
    private var upper: Triangle
    private let events: [Events]

    private struct Events {
        var from: Int
        var to: Int
        var count: Int64
    }

    /// Most points at which overlaps are weighed: 61 points give 557,845 combinations (61 choose 4
    /// and 3) a pass, about 20 milliseconds in all.
    static let overlapPointLimit = 61
    /// Most points at which anything is weighed, then without overlaps: 122 (four months of days,
    /// ten years of months) give 295,240 combinations of neighbours a pass. A year of days would
    /// take a tenth of a second a pair.
    static let pointLimit = 122
    /// Most passes. Readings that agree settle in a handful; a slow pair is left where it is.
    static let passLimit = 32
    /// Largest value that is weighed: a hundred thousand times mankind, and sums of three stay far
    /// inside 64 bits.
    static let valueLimit: Int64 = 1_000_000_000_000_000

    /// Weighs floors and ceilings, all of exact readings; nil if there are too few to say more than
    /// the simple rule, too many, or too large ones.
    init?(floors: [Floor], ceilings: [Ceiling], events: [Ceiling]) {
        guard floors.count + ceilings.count + events.count > 1,
            floors.allSatisfy({ $0.bound.value <= Self.valueLimit })
        else { return nil }
        let ceilings = ceilings.filter { $0.bound.value <= Self.valueLimit }
        let events = events.filter { $0.bound.value <= Self.valueLimit }
        let spans = floors.map(\.span) + ceilings.map(\.span) + events.map(\.span)
        let points = Set(spans.flatMap { [$0.start, $0.end] }).sorted()
        guard points.count > 2, points.count <= Self.pointLimit else { return nil }
        let place = Dictionary(uniqueKeysWithValues: zip(points, points.indices))
        var lower = Triangle(points.count, 0)
        var upper = Triangle(points.count, .max)
        for floor in floors {
            guard let from = place[floor.span.start], let to = place[floor.span.end] else {
                continue
            }
            lower[from, to] = max(lower[from, to], floor.bound.value)
        }
        for ceiling in ceilings + events {
            guard let from = place[ceiling.span.start], let to = place[ceiling.span.end] else {
                continue
            }
            upper[from, to] = min(upper[from, to], ceiling.bound.value)
        }
        self.events = events.compactMap { event in
            guard let from = place[event.span.start], let to = place[event.span.end] else {
                return nil
            }
            return Events(from: from, to: to, count: event.bound.value)
        }
        self.points = points
        self.lower = lower
        self.upper = upper
        used = Set(
            floors.flatMap(\.bound.used) + ceilings.flatMap(\.bound.used)
                + events.flatMap(\.bound.used)
        ).sorted()
        weigh()
    }

    /// The largest floor within the days of `span`; nil if no interval lies inside.
    func floor(in span: DaySpan) -> ReachBound? {
        guard contradiction == nil, let from = points.firstIndex(where: { $0 >= span.start }),
            let to = points.lastIndex(where: { $0 <= span.end }), from < to
        else { return nil }
        return bound(lower[from, to])
    }

    /// Ceilings for covering `days`: those of every interval that overlaps them, so that they join
    /// with readings that are not weighed; where there are very many, only of the shortest that
    /// hold each run of days.
    func ceilings(for days: DaySet) -> [Ceiling] {
        guard contradiction == nil else { return [] }
        if points.count > Self.overlapPointLimit {
            return days.spans.compactMap(shortest).compactMap(ceiling)
        }
        var ceilings: [Ceiling] = []
        for from in points.indices {
            for to in points.indices.dropFirst(from + 1)
            where days.overlaps(DaySpan(points[from], points[to])) {
                if let ceiling = ceiling(from, to) { ceilings.append(ceiling) }
            }
        }
        return ceilings
    }

    /// The shortest interval that holds as much of `span` as is known.
    private func shortest(_ span: DaySpan) -> (from: Int, to: Int)? {
        guard let first = points.first, let last = points.last, span.overlaps(DaySpan(first, last)),
            let from = points.lastIndex(where: { $0 <= max(span.start, first) }),
            let to = points.firstIndex(where: { $0 >= min(span.end, last) })
        else { return nil }
        return (from, to)
    }

    private func ceiling(_ from: Int, _ to: Int) -> Ceiling? {
        guard upper[from, to] < .max else { return nil }
        return Ceiling(span: DaySpan(points[from], points[to]), bound: bound(upper[from, to]))
    }

    private func bound(_ value: Int64) -> ReachBound {
        ReachBound(value: value, inexact: 0, used: used, sources: [.readings, .weighing])
    }
}

// MARK: - The loop

extension WeighedPair {
    private mutating func weigh() {
        for _ in 0..<Self.passLimit {
            let before = (lower, upper)
            spreadMonotony()
            if findContradiction() { return }
            if points.count <= Self.overlapPointLimit {
                weighOverlaps()
                useUpEvents()
            } else {
                weighNeighbours()
            }
            if findContradiction() { return }
            if lower == before.0, upper == before.1 { return }
        }
    }

    /// Larger intervals hold at least what smaller ones hold.
    private mutating func spreadMonotony() {
        let count = points.count
        for length in 2..<count {
            for from in 0..<(count - length) {
                let to = from + length
                lower[from, to] = max(
                    lower[from, to], lower[from, to - 1], lower[from + 1, to])
            }
        }
        for length in stride(from: count - 1, through: 2, by: -1) {
            for from in 0..<(count - length) {
                let to = from + length
                upper[from, to - 1] = min(upper[from, to - 1], upper[from, to])
                upper[from + 1, to] = min(upper[from + 1, to], upper[from, to])
            }
        }
    }

    /// Every A = [p, b) and B = [a, q).
    private mutating func weighOverlaps() {
        lower.withRows { lower in
            upper.withRows { upper in
                for p in 0..<(lower.count - 2) {
                    for q in (p + 2)..<lower.count {
                        for a in (p + 1)..<q {
                            for b in a..<q { Self.weigh(p, a, b, q, lower, upper) }
                        }
                    }
                }
            }
        }
    }

    /// Only A = [p, a) and B = [a, q).
    private mutating func weighNeighbours() {
        lower.withRows { lower in
            upper.withRows { upper in
                for p in 0..<(lower.count - 2) {
                    for q in (p + 2)..<lower.count {
                        for a in (p + 1)..<q { Self.weigh(p, a, a, q, lower, upper) }
                    }
                }
            }
        }
    }

    /// The three rules for A = [p, b) and B = [a, q).
    @inline(__always)
    private static func weigh(
        _ p: Int, _ a: Int, _ b: Int, _ q: Int, _ lower: Triangle.Rows, _ upper: Triangle.Rows
    ) {
        let shared = a == b ? 0 : lower[a, b]
        let (left, right) = (upper[p, b], upper[a, q])
        let least = lower[p, q]
        if right < .max { lower[p, b] = max(lower[p, b], least + shared - right) }
        if left < .max { lower[a, q] = max(lower[a, q], least + shared - left) }
        guard left < .max, right < .max else { return }
        upper[p, q] = min(upper[p, q], left + right - shared)
        if a < b { upper[a, b] = min(upper[a, b], left + right - least) }
    }

    /// Events that others must have had are not left for the interval itself.
    private mutating func useUpEvents() {
        guard !events.isEmpty else { return }
        let count = points.count
        // The most people, counted once per part, that disjoint parts of an interval hold at least.
        var packed = lower
        for length in 2..<count {
            for from in 0..<(count - length) {
                let to = from + length
                for middle in (from + 1)..<to {
                    packed[from, to] = max(
                        packed[from, to], packed[from, middle] + packed[middle, to])
                }
            }
        }
        for event in events {
            for from in event.from..<event.to {
                for to in (from + 1)...event.to {
                    let before = from > event.from ? packed[event.from, from] : 0
                    let after = to < event.to ? packed[to, event.to] : 0
                    upper[from, to] = min(upper[from, to], event.count - before - after)
                }
            }
        }
    }

    private mutating func findContradiction() -> Bool {
        for from in points.indices {
            for to in points.indices.dropFirst(from + 1) where lower[from, to] > upper[from, to] {
                contradiction = (
                    DaySpan(points[from], points[to]), lower[from, to], max(upper[from, to], 0)
                )
                return true
            }
        }
        return false
    }
}

/// A number for each interval between two of some points.
private struct Triangle: Hashable {
    private let count: Int
    private var values: [Int64]

    init(_ count: Int, _ value: Int64) {
        self.count = count
        values = [Int64](repeating: value, count: count * count)
    }

    subscript(from: Int, to: Int) -> Int64 {
        get { values[from * count + to] }
        set { values[from * count + to] = newValue }
    }

    /// The numbers without a copy or a bounds check each time: millions of steps read and write
    /// them.
    struct Rows {
        let count: Int
        let values: UnsafeMutablePointer<Int64>

        subscript(from: Int, to: Int) -> Int64 {
            get { values[from * count + to] }
            nonmutating set { values[from * count + to] = newValue }
        }
    }

    mutating func withRows(_ body: (Rows) -> Void) {
        let count = count
        values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            body(Rows(count: count, values: base))
        }
    }
}
