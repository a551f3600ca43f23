// A primary set that is cut into parts (ads, regions, age bands). It is complete for its days, so
// what its parts can hold, added, bounds the whole.

struct CutSet {
    private let parts: [Part]
    /// The runs of days that no figure crosses, in order: with monthly rows, the months. What parts
    /// can hold adds from block to block, so a stretch over several says no more than they do one
    /// by one. A part without a figure of any kind on a day that the set has was not shown then;
    /// platforms leave such rows out.
    private let blocks: [DaySpan]
    /// Days on which a figure begins or ends, in order.
    private let points: [Int]

    /// Most work that covering every stretch within a block may take, in (stretches × figures of
    /// the set): about 20 milliseconds. 60 days on which something begins or ends give 1,830
    /// stretches, so up to 100 figures. Beyond it only the asked days and the blocks are covered.
    static let stretchWorkLimit = 200_000

    init(
        _ figures: [(reading: UniqueReading, isCount: Bool)], knownParts: [SetPart: [Period]]
    ) {
        let byPart = Dictionary(grouping: figures) {
            SetPart(content: $0.reading.content, cell: $0.reading.cell)
        }
        parts = Set(byPart.keys).union(knownParts.keys).map { part in
            Part(byPart[part] ?? [], known: knownParts[part] ?? [])
        }
        let spans = Set(parts.flatMap(\.spans))
        points = Set(spans.flatMap { [$0.start, $0.end] }).sorted()
        var blocks: [DaySpan] = []
        for span in spans.sorted() {
            if let last = blocks.last, span.start < last.end {
                blocks[blocks.count - 1].end = max(last.end, span.end)
            } else {
                blocks.append(span)
            }
        }
        self.blocks = blocks
    }

    /// Ceilings on the whole from the parts: over each block, over the asked days of it, and over
    /// every stretch of it between days on which a figure begins or ends, unless these are too
    /// many.
    func ceilings(for asked: DaySet, _ use: PairEvidence.Use) -> [Ceiling] {
        let figures = parts.reduce(0) { $0 + $1.spans.count }
        return blocks.filter { asked.overlaps($0) }.flatMap { block in
            var stretches = Set(asked.intersection(block).spans + [block])
            let points = points.filter { block.start <= $0 && $0 <= block.end }
            if points.count * (points.count - 1) / 2 * figures <= Self.stretchWorkLimit {
                stretches.formUnion(asked.stretches(between: points))
            }
            return stretches.compactMap { span in
                bound(on: span, use).map { Ceiling(span: span, bound: $0) }
            }
        }
    }

    private func bound(on span: DaySpan, _ use: PairEvidence.Use) -> ReachBound? {
        var sum = ReachBound.none
        for part in parts {
            let needed = part.days.intersection(span)
            guard !needed.isEmpty else { continue }
            let usable = part.ceilings(overlapping: span).filter { use.allows($0.bound) }
            guard let covered = cover(needed, by: usable) else { return nil }
            sum = sum + covered
        }
        sum.used.sort()
        return sum.value < .max ? sum : nil
    }
}

/// One part of a cut set.
private struct Part {
    /// Days on which the set has the part, whether its figure is known or not.
    let days: DaySet
    /// The same days figure by figure.
    let spans: [DaySpan]
    /// What is known from above, by first day.
    private let ceilings: [Ceiling]
    /// For each ceiling, the latest end of those up to it.
    private let latestEnds: [Int]

    init(_ figures: [(reading: UniqueReading, isCount: Bool)], known: [Period]) {
        spans = figures.map { DaySpan($0.reading.period) } + known.map(DaySpan.init)
        days = DaySet(spans)
        ceilings = figures.compactMap { reading, isCount in
            reading.ceiling.map { value in
                Ceiling(
                    span: DaySpan(reading.period),
                    bound: reading.bound(value, isCount ? .counts : .readings))
            }
        }.sorted { $0.span < $1.span }
        var latest = Int.min
        latestEnds = ceilings.map { ceiling in
            latest = max(latest, ceiling.span.end)
            return latest
        }
    }

    /// The ceilings that overlap `span`, possibly with others between them.
    func ceilings(overlapping span: DaySpan) -> ArraySlice<Ceiling> {
        let first = latestEnds.partitioningIndex { $0 > span.start }
        let last = ceilings.partitioningIndex { $0.span.start >= span.end }
        return first < last ? ceilings[first..<last] : []
    }
}
