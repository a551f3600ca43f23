// The columns of one block, each with what is done with it: what a name means here, where it stands twice, or where
// another column says the same better.

import CounterpointModel

/// A column whose figures are taken.
struct FigureSource {
    var column: TableColumn
    var meaning: FigureMeaning
}

/// The columns of a block by their part in reading it.
struct BlockColumns {
    private(set) var figures: [FigureSource] = []
    private(set) var combined: [(column: TableColumn, parts: [Metric])] = []
    /// "Results" and the column that says which metric they are.
    private(set) var results: (figures: TableColumn, indicator: TableColumn)?
    private(set) var dimensions: [Dimension: [TableColumn]] = [:]
    private(set) var uses: [ColumnUse] = []
    /// What has to be asked before a column can be read.
    private(set) var problems: [ImportProblem] = []

    private let block: Block
    private let name: FileNameMetric

    init(_ block: Block, _ name: FileNameMetric = FileNameMetric()) {
        self.block = block
        self.name = name
        let titled = Self.title(of: block)
        var candidates: [(FigureSource, isFirst: Bool)] = []
        for column in block.columns {
            switch column.meaning {
            case nil:
                use(column, .notUnderstood, "Not understood; nothing in it is taken.")
            case .unused(let reason)?: use(column, .notUsed, reason.detail)
            case .dimension(let dimension)?: add(column, dimension)
            case .combined(let parts)?: combined.append((column, parts))
            case .results?: break
            case .figure(let meaning)?:
                if let titled, titled.meaning.metric != meaning.metric {
                    ask(
                        column, "titleContradictsColumn",
                        "The title above says \(titled.text), the column \(column.heading.text): say which it is by correcting one of them."
                    )
                    continue
                }
                var meaning = meaning
                if meaning.channel == nil { meaning.channel = titled?.meaning.channel }
                candidates.append(
                    (FigureSource(column: column, meaning: meaning), !meaning.isSecondChoice))
            case .titled?: takeTitled(column, titled, &candidates)
            }
        }
        addResults()
        takeFigures(candidates)
        takeCombined()
    }

    /// The first column of the dimension.
    func column(_ dimension: Dimension) -> TableColumn? { dimensions[dimension]?.first }

    func has(_ dimension: Dimension) -> Bool { dimensions[dimension] != nil }

    func has(_ metric: Metric) -> Bool { figures.contains { $0.meaning.metric == metric } }
}

// MARK: - Which column is taken

extension BlockColumns {
    private mutating func add(_ column: TableColumn, _ dimension: Dimension) {
        let isRepeated =
            dimensions[dimension] != nil && ![.cut, .account, .page, .profile].contains(dimension)
        if isRepeated, let first = dimensions[dimension]?.first {
            if isEmpty(first), !isEmpty(column) {
                dimensions[dimension] = [column]
                use(column, .describes, "Says \(dimension.words).")
            } else {
                use(column, .notUsed, "Not used: \(first.heading.text) says \(dimension.words).")
            }
            return
        }
        dimensions[dimension, default: []].append(column)
        if dimension != .indicator { use(column, .describes, "Says \(dimension.words).") }
    }

    private mutating func takeTitled(
        _ column: TableColumn, _ titled: Title?,
        _ candidates: inout [(FigureSource, isFirst: Bool)]
    ) {
        if let titled {
            candidates.append((FigureSource(column: column, meaning: titled.meaning), true))
            return
        }
        let title = block.titles.last?.cells.first?.shown ?? ""
        // Whoever hands the file in has said it.
        if let metric = name.sent {
            candidates.append(
                (FigureSource(column: column, meaning: FigureMeaning(metric: metric)), true))
            return
        }
        let asked =
            title.isEmpty
            ? "The column does not say which metric it is, and no title stands above it."
            : "“\(title)” is no metric that is understood here."
        ask(
            column, "metricNeeded",
            "\(asked) \(name.hint ?? "Send it, as metric=reach&channel=facebook, or log the figures by hand.")",
            value: title)
    }

    /// Whether the figures are of another metric than the file's name says, and nobody has settled it.
    var contradictsName: Bool {
        !figures.isEmpty && figures.allSatisfy { name.contradicts($0.meaning) }
    }

    /// Takes no figure of the block before it is said which metric they are.
    mutating func askAboutName() {
        for source in figures {
            uses.removeAll { $0.number == source.column.place + 1 }
            let isTitled = source.column.meaning == .titled
            let stated =
                (isTitled ? Self.title(of: block)?.text : nil) ?? source.column.heading.text
            let other =
                name.sent.map { "metric=\($0.code) was sent" }
                ?? "The file's name says \(name.text)"
            ask(
                source.column, "nameContradictsColumn",
                "\(other), the \(isTitled ? "title above the figures" : "column") says \(stated): see which it is. Send metric=\(source.meaning.metric.code) if the file is right; if it is not, correct it.",
                value: stated)
        }
        figures = []
    }

    private mutating func addResults() {
        for column in block.columns where column.meaning == .results {
            guard let indicator = self.column(.indicator) else {
                use(
                    column, .notUsed,
                    "Not used: results are of one metric only where a column Result indicator names it; add that column to the export."
                )
                continue
            }
            guard results == nil else {
                use(column, .notUsed, "Not used: the column stands there twice.")
                continue
            }
            results = (column, indicator)
            use(column, .figures, "The metric that \(indicator.heading.text) names, row by row.")
        }
        if let indicator = column(.indicator) {
            use(
                indicator, results == nil ? .notUsed : .describes,
                results == nil
                    ? "Not used: there are no results beside it."
                    : "Says which metric the results are.")
        }
    }

    private mutating func takeFigures(_ candidates: [(FigureSource, isFirst: Bool)]) {
        var order: [FigureKey] = []
        var groups: [FigureKey: [(FigureSource, isFirst: Bool)]] = [:]
        for candidate in candidates {
            let key = FigureKey(candidate.0.meaning)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(candidate)
        }
        var taken: [FigureSource] = []
        for key in order {
            let group = groups[key] ?? []
            let filled = group.filter { !isEmpty($0.0.column) }
            for (source, _) in group where isEmpty(source.column) {
                use(
                    source.column, .notUsed, source.meaning.metric,
                    "Not used: nothing stands in it.")
            }
            let best = filled.contains(where: \.isFirst) ? filled.filter(\.isFirst) : filled
            for (source, isFirst) in filled where !isFirst && filled.contains(where: \.isFirst) {
                use(
                    source.column, .notUsed, source.meaning.metric,
                    "Not used: \(best[0].0.column.heading.text) gives \(source.meaning.metric.code)."
                )
            }
            guard let first = best.first?.0 else { continue }
            let others = best.dropFirst().map(\.0)
            guard others.allSatisfy({ sayTheSame($0.column, first.column) }) else {
                let names = best.map {
                    "column \($0.0.column.place + 1) (\($0.0.column.heading.text))"
                }
                ask(
                    first.column, "columnsDiffer",
                    "\(names.joined(separator: " and ")) both give \(first.meaning.metric.code), with different figures: take out all but one."
                )
                for other in others {
                    use(
                        other.column, .notUsed, other.meaning.metric,
                        "Not used: it has to be asked about first (columnsDiffer).")
                }
                continue
            }
            taken.append(first)
            for other in others {
                use(
                    other.column, .notUsed, other.meaning.metric,
                    "Not used: it repeats column \(first.column.place + 1).")
            }
        }
        dropComputable(taken)
    }

    // A rate whose parts are in the file is computed from them, over whatever is asked for.
    private mutating func dropComputable(_ taken: [FigureSource]) {
        let metrics = Set(taken.map(\.meaning.metric))
        for source in taken {
            if let rate = Metric.Rate(source.meaning.metric),
                metrics.contains(rate.parts.numerator), metrics.contains(rate.parts.denominator)
            {
                use(
                    source.column, .notUsed, source.meaning.metric,
                    "Not used: computed from \(rate.parts.numerator.code) and \(rate.parts.denominator.code)."
                )
                continue
            }
            figures.append(source)
            use(
                source.column, .figures, source.meaning.metric,
                source.meaning.metric.additivity == .rate
                    ? "Kept as the platform states it." : source.meaning.words)
        }
    }

    private mutating func takeCombined() {
        combined = combined.filter { column, parts in
            let present = parts.filter(has)
            if present.count == parts.count {
                use(column, .checks, column.meaning?.words ?? "")
                return true
            }
            if present.isEmpty, !has(.engagements), !isEmpty(column) {
                figures.append(
                    FigureSource(column: column, meaning: FigureMeaning(metric: .engagements)))
                use(column, .figures, .engagements, "engagements.")
            } else {
                use(column, .notUsed, "Not used: some of its parts are columns of their own.")
            }
            return false
        }
    }

    private func isEmpty(_ column: TableColumn) -> Bool {
        block.rows.allSatisfy { $0.cell(column.place).isBlank }
    }

    // A row of a text that ends before one of them has lost cells, and is refused for that.
    private func sayTheSame(_ left: TableColumn, _ right: TableColumn) -> Bool {
        block.rows.allSatisfy {
            (block.isDelimited && $0.cells.count <= max(left.place, right.place))
                || $0.cell(left.place).shown == $0.cell(right.place).shown
        }
    }
}

// MARK: - Words about columns

extension BlockColumns {
    /// A title above a block that names a metric.
    struct Title {
        var text: String
        var meaning: FigureMeaning
    }

    private static func title(of block: Block) -> Title? {
        for row in block.titles.reversed() {
            let text = row.cells.first?.shown ?? ""
            if case .figure(let meaning)? = block.format.names.meaning(of: Heading(text))?.meaning {
                return Title(text: text, meaning: meaning)
            }
        }
        return nil
    }

    private mutating func use(_ column: TableColumn, _ use: ColumnUse.Use, _ detail: String) {
        self.use(column, use, nil, detail)
    }

    private mutating func use(
        _ column: TableColumn, _ use: ColumnUse.Use, _ metric: Metric?, _ detail: String
    ) {
        uses.append(
            ColumnUse(
                part: block.part, number: column.place + 1, header: column.heading.text, use: use,
                metric: metric, detail: detail))
    }

    private mutating func ask(
        _ column: TableColumn, _ code: String, _ detail: String, value: String? = nil
    ) {
        use(column, .notUsed, "Not used: it has to be asked about first (\(code)).")
        problems.append(
            ImportProblem(
                part: block.part, line: block.header.number, column: column.heading.text,
                value: value ?? column.heading.text, code: code, detail: detail, effect: .asked))
    }

    private struct FigureKey: Hashable {
        var metric: Metric
        var channel: Channel?

        init(_ meaning: FigureMeaning) {
            metric = meaning.metric
            channel = meaning.channel
        }
    }
}

extension SourceCell {
    /// Whether nothing stands there that anybody wrote.
    var isBlank: Bool {
        switch self {
        case .empty: true
        case .text(let text): CellText.isBlank(text)
        default: false
        }
    }
}
