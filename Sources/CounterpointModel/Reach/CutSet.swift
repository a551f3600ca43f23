// A primary set that is cut into parts (ads, regions, age bands). It is complete for its days, so what its parts can hold,
// added, bounds the whole.

struct CutSet {
    private struct Part {
        /// Days on which the set has the part, whether its figure is known or not.
        var days: DaySet
        var ceilings: [Ceiling]
    }

    private let parts: [Part]
    /// The days that the set has: those of any of its parts. A part without a figure of any kind on one of them was
    /// not shown then; platforms leave such rows out.
    private let days: DaySet

    /// Most work that covering every stretch of days may take, in (stretches × figures): 60 days on which something
    /// begins or ends give 1,830 stretches, with 100 figures about 0.2 million steps, some ten milliseconds. Beyond it
    /// only the asked days and the set's own natural blocks are covered.
    static let stretchWorkLimit = 200_000

    init(
        _ figures: [(reading: UniqueReading, isCount: Bool)], knownParts: [SetPart: [Period]]
    ) {
        let byPart = Dictionary(grouping: figures) {
            SetPart(content: $0.reading.content, cell: $0.reading.cell)
        }
        parts = Set(byPart.keys).union(knownParts.keys).map { part in
            let figures = byPart[part] ?? []
            let periods = figures.map(\.reading.period) + (knownParts[part] ?? [])
            return Part(
                days: DaySet(periods.map(Span.init)),
                ceilings: figures.compactMap { reading, isCount in
                    reading.ceiling.map { value in
                        Ceiling(
                            span: Span(reading.period),
                            bound: reading.bound(value, isCount ? .counts : .readings))
                    }
                })
        }
        days = DaySet(parts.flatMap(\.days.spans))
    }

    /// Ceilings on the whole from the parts: over the asked days, over the blocks that no figure crosses, and over every
    /// stretch between days on which a figure begins or ends, unless there are too many.
    func ceilings(for asked: DaySet, _ use: PairEvidence.Use) -> [Ceiling] {
        stretches(for: asked).compactMap { span in
            bound(on: span, use).map { Ceiling(span: span, bound: $0) }
        }
    }

    private func stretches(for asked: DaySet) -> Set<Span> {
        let known = asked.spans.flatMap { days.intersection($0).spans }
        let spans = parts.flatMap { $0.ceilings.map(\.span) + $0.days.spans }
        var stretches = Set(known).union(blocks(spans))
        let points = Set(spans.flatMap { [$0.start, $0.end] }).sorted()
        let count = points.count * (points.count - 1) / 2
        if count * spans.count <= Self.stretchWorkLimit {
            for (place, start) in points.enumerated() {
                for end in points[(place + 1)...] where days.contains(Span(start, end)) {
                    stretches.insert(Span(start, end))
                }
            }
        }
        return stretches.filter { asked.overlaps($0) }
    }

    /// The set's days cut wherever no figure crosses: with monthly rows, the months.
    private func blocks(_ spans: [Span]) -> [Span] {
        var blocks: [Span] = []
        for span in spans.sorted() {
            if let last = blocks.last, span.start < last.end {
                blocks[blocks.count - 1].end = max(last.end, span.end)
            } else {
                blocks.append(span)
            }
        }
        return blocks
    }

    private func bound(on span: Span, _ use: PairEvidence.Use) -> ReachBound? {
        var sum = ReachBound.none
        for part in parts {
            let needed = part.days.intersection(span)
            guard !needed.isEmpty else { continue }
            let usable = part.ceilings.filter { use.allows($0.bound) }
            guard let covered = cover(needed, by: usable) else { return nil }
            sum = sum + covered
        }
        sum.used.sort()
        return sum.value < .max ? sum : nil
    }
}
