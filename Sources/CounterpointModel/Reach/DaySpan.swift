// Runs of days as half-open ranges of day numbers, and sets of days made of them.

/// The days from `start` up to but not including `end`, as `Day.daysSince2000`.
struct DaySpan: Hashable, Comparable {
    var start: Int
    var end: Int

    init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    init(_ period: Period) {
        start = Int(period.from.daysSince2000)
        end = Int(period.to.daysSince2000) + 1
    }

    func overlaps(_ other: DaySpan) -> Bool { start < other.end && other.start < end }

    func contains(_ other: DaySpan) -> Bool { start <= other.start && other.end <= end }

    static func < (left: DaySpan, right: DaySpan) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }
}

extension Period {
    /// The days of a span that is not empty.
    init?(_ span: DaySpan) {
        guard let from = Day(daysSince2000: Int32(clamping: span.start)),
            let to = Day(daysSince2000: Int32(clamping: span.end - 1))
        else { return nil }
        self.init(from: from, to: to)
    }
}

/// A set of days: disjoint spans in order, none touching the next.
struct DaySet: Hashable {
    private(set) var spans: [DaySpan] = []

    init() {}

    init(_ spans: some Sequence<DaySpan>) {
        for span in spans.sorted() where span.start < span.end {
            if let last = self.spans.last, span.start <= last.end {
                self.spans[self.spans.count - 1].end = max(last.end, span.end)
            } else {
                self.spans.append(span)
            }
        }
    }

    var isEmpty: Bool { spans.isEmpty }

    var dayCount: Int { spans.reduce(0) { $0 + $1.end - $1.start } }

    /// The shortest span with all days, or nil of none.
    var hull: DaySpan? {
        guard let first = spans.first, let last = spans.last else { return nil }
        return DaySpan(first.start, last.end)
    }

    func contains(_ span: DaySpan) -> Bool { spans.contains { $0.contains(span) } }

    func overlaps(_ span: DaySpan) -> Bool { spans.contains { $0.overlaps(span) } }

    func union(_ other: DaySet) -> DaySet { DaySet(spans + other.spans) }

    func intersection(_ span: DaySpan) -> DaySet {
        DaySet(
            spans.compactMap {
                $0.overlaps(span) ? DaySpan(max($0.start, span.start), min($0.end, span.end)) : nil
            })
    }

    func subtracting(_ other: DaySet) -> DaySet {
        var rest = spans
        for hole in other.spans {
            rest = rest.flatMap { span -> [DaySpan] in
                guard span.overlaps(hole) else { return [span] }
                return [DaySpan(span.start, hole.start), DaySpan(hole.end, span.end)]
                    .filter { $0.start < $0.end }
            }
        }
        return DaySet(rest)
    }

    /// The stretches from one of the points, which are in order, to a later one that overlap the
    /// days.
    func stretches(between points: [Int]) -> [DaySpan] {
        points.indices.flatMap { place in
            points[(place + 1)...].map { DaySpan(points[place], $0) }.filter { overlaps($0) }
        }
    }
}
