// Totals of a file: set aside, checked against their rows, and kept for what only they say.

import CounterpointModel

/// A figure that only a total gives: the account's own reach, or a metric that the rows do not have.
struct KeptTotal {
    var row: Int
    var figure: OwnedFigure
    /// Whether rows of the set cannot hold it beside them: something that adds and has no parts.
    var standsAlone: Bool
}

/// The totals among the rows of a file.
struct TotalsCheck {
    private(set) var findings: [Finding] = []
    private(set) var kept: [KeptTotal] = []
    /// Totals of people that look like sums.
    private(set) var problems: [ImportProblem] = []
    /// Blocks of which a total counts every row, those that look alike too: nothing in them is there twice.
    private(set) var blocksThatAgree: Set<Int> = []

    /// Totals over a whole block that are compared with its rows: Google restates one a kind of campaign, some ten in all.
    private static let wholesMax = 64

    /// Gives every total its fate and its days.
    init(_ rows: inout [ReadRow]) {
        var blocks: [Int: BlockRows] = [:]
        for index in rows.indices where !rows[index].isTotal {
            blocks[rows[index].block, default: BlockRows()].add(index, rows[index])
        }
        var standing: Set<Int> = []
        var wholes: [Int: Int] = [:]
        var candidates: [(kept: KeptTotal, agrees: Bool)] = []
        for index in rows.indices where rows[index].isTotal && rows[index].fate == .open {
            let number = rows[index].block
            if blocks[number] == nil, rows[index].days != nil, standing.insert(number).inserted {
                // Nothing but totals: the first is the figures, and others restate it.
                rows[index].isTotal = false
                continue
            }
            rows[index].fate = .setAside
            guard let block = blocks[number] else { continue }
            if rows[index].content == nil, rows[index].cell == nil {
                wholes[number, default: 0] += 1
                if wholes[number, default: 0] > Self.wholesMax { continue }
            }
            let places = block.places(for: rows[index]).filter { rows[index].contains(rows[$0]) }
            let parts = places.filter { rows[$0].fate != .rejected }.map { rows[$0] }
            if rows[index].days == nil { rows[index].days = parts.compactMap(\.days).hull }
            let agrees = check(rows[index], parts, isWhole: parts.count == block.all.count)
            noteSums(rows[index], parts)
            for figure in rows[index].figures
            where figure.figure.state != .missing && figure.channel != nil {
                // Of rows that were refused nobody knows what they would have said.
                if let kept = keep(figure, index, parts, isComplete: !block.hasRejected) {
                    candidates.append((kept, agrees))
                }
            }
        }
        choose(candidates, rows)
    }

    // The rows of a block that are no totals, by what totals of a part ask for.
    private struct BlockRows {
        private(set) var all: [Int] = []
        private(set) var hasRejected = false
        private var byContent: [String: [Int]] = [:]
        private var byCell: [String: [Int]] = [:]

        mutating func add(_ index: Int, _ row: ReadRow) {
            all.append(index)
            if row.fate == .rejected { hasRejected = true }
            if let content = row.content { byContent[content, default: []].append(index) }
            if let cell = row.cell { byCell[cell, default: []].append(index) }
        }

        func places(for total: ReadRow) -> [Int] {
            if let content = total.content { return byContent[content] ?? [] }
            if let cell = total.cell { return byCell[cell] ?? [] }
            return all
        }
    }

    // MARK: - Against the rows

    private mutating func check(_ total: ReadRow, _ parts: [ReadRow], isWhole: Bool) -> Bool {
        guard !parts.isEmpty else { return false }
        // Totals of a kind of campaign are compared only where rows name their kind.
        if total.totalOf != nil, !isWhole, parts.allSatisfy({ $0.campaignType == nil }) {
            return false
        }
        var agrees = true
        var isCompared = false
        for owned in total.figures where owned.figure.metric.additivity.isAdditive {
            guard let sum = Self.sum(of: parts, owned) else { continue }
            isCompared = true
            let verdict = sum.verdict(on: owned.figure)
            guard verdict != .agrees else { continue }
            agrees = false
            // A row that somebody copied counts once.
            if let once = Self.sum(of: Self.withoutRepeats(parts), owned),
                once.verdict(on: owned.figure) == .agrees
            {
                continue
            }
            findings.append(Self.finding(total, owned, sum, verdict))
        }
        if isCompared, agrees, isWhole { blocksThatAgree.insert(total.block) }
        return agrees
    }

    private static func sum(of parts: [ReadRow], _ owned: OwnedFigure) -> SumCheck? {
        let figures = parts.flatMap { part in
            part.figures.filter { $0.figure.key == owned.figure.key }.map(\.figure)
        }
        return figures.isEmpty ? nil : SumCheck(figures)
    }

    private static func withoutRepeats(_ parts: [ReadRow]) -> [ReadRow] {
        var seen: Set<RowSignature> = []
        return parts.filter { seen.insert(RowSignature($0)).inserted }
    }

    // A total of people that is just the sum of its rows was added up by somebody; platforms de-duplicate.
    private mutating func noteSums(_ total: ReadRow, _ parts: [ReadRow]) {
        for owned in total.figures where owned.figure.metric.additivity == .unique {
            let values = parts.flatMap { part in
                part.figures.filter { $0.figure.key == owned.figure.key }.map(\.figure)
            }
            let known = values.compactMap { $0.qualifier == .exact ? $0.value : nil }
            let filled = known.count { $0 > .zero }
            // Of two rows the audiences may really be apart.
            guard filled > 2, known.count == values.count, let sum = try? known.total(),
                sum == owned.figure.value
            else { continue }
            problems.append(
                ImportProblem(
                    part: total.part, line: total.number, column: owned.figure.column,
                    value: sum.plainText, code: "peopleLookAdded",
                    detail:
                        "\(sum) is exactly what the \(filled) rows add to. People who are in several rows count once: if this was added up by hand, take the total out.",
                    effect: .noted))
        }
    }

    private static func finding(
        _ total: ReadRow, _ owned: OwnedFigure, _ sum: SumCheck, _ verdict: SumCheck.Verdict
    ) -> Finding {
        let metric = owned.figure.metric
        let stated = owned.figure.value?.plainText ?? ""
        let currency = owned.figure.currency.map { " \($0.code)" } ?? ""
        let reason =
            verdict == .totalIsMore
            ? "Rows may be missing from the file." : "A total cannot be less than its rows."
        func reference(_ value: String) -> FigureReference {
            FigureReference(
                metric: metric, channel: owned.channel, period: total.days, content: total.content,
                cell: total.cell, value: value)
        }
        return Finding(
            code: .partsDoNotAdd,
            // Platforms leave out of an export what is removed or too small; the other way round nothing explains it.
            severity: verdict == .totalIsMore ? .notice : .contradiction,
            first: reference(stated), second: reference(sum.text),
            detail:
                "The total in row \(total.number) says \(metric.code) \(stated)\(currency), its "
                + "\(RowCount.words(sum.count)) \(sum.count == 1 ? "adds" : "add") to \(sum.text). \(reason)"
        )
    }

    // MARK: - What only a total says

    private func keep(
        _ owned: OwnedFigure, _ row: Int, _ parts: [ReadRow], isComplete: Bool
    ) -> KeptTotal? {
        let metric = owned.figure.metric
        let hasParts =
            !isComplete
            || parts.contains { part in
                part.figures.contains { $0.figure.metric == metric && $0.figure.state != .missing }
            }
        switch metric.additivity {
        case .count, .countPerChannel, .quantity, .money:
            return hasParts || owned.figure.state != .value
                ? nil : KeptTotal(row: row, figure: owned, standsAlone: true)
        case .unique, .stock: return KeptTotal(row: row, figure: owned, standsAlone: false)
        // A rate over all content stands only where its parts are nowhere.
        case .rate: return hasParts ? nil : KeptTotal(row: row, figure: owned, standsAlone: false)
        }
    }

    // Several totals restate one figure: of those that differ, one that agrees with the rows, and the smallest, so that the
    // order of rows decides nothing.
    private mutating func choose(_ candidates: [(kept: KeptTotal, agrees: Bool)], _ rows: [ReadRow])
    {
        struct Place: Hashable {
            var metric: Metric
            var channel: Channel?
            var content: String?
            var cell: String?
            var days: Period?
        }
        func rank(_ candidate: (kept: KeptTotal, agrees: Bool)) -> (Int, ExactDecimal, Int) {
            (
                candidate.agrees ? 0 : 1, candidate.kept.figure.figure.value ?? .zero,
                candidate.kept.row
            )
        }
        var best: [Place: (kept: KeptTotal, agrees: Bool)] = [:]
        for candidate in candidates {
            let row = rows[candidate.kept.row]
            guard row.days != nil else { continue }
            let place = Place(
                metric: candidate.kept.figure.figure.metric, channel: candidate.kept.figure.channel,
                content: row.content, cell: row.cell, days: row.days)
            if let known = best[place], rank(known) <= rank(candidate) { continue }
            best[place] = candidate
        }
        kept = best.values.map(\.kept).sorted {
            ($0.row, $0.figure.figure.metric.code) < ($1.row, $1.figure.figure.metric.code)
        }
    }
}

extension [Period] {
    /// The shortest period that contains all.
    var hull: Period? {
        guard let first else { return nil }
        return dropFirst().reduce(first) { $0.spanning($1) }
    }
}
