// The figures of a block's rows: every cell of every column that is taken, as readings.

import CounterpointModel

/// One figure of one row, before it is known whose and of which days.
struct RowFigure {
    var metric: Metric
    /// Named by the column: "Instagram reach".
    var channel: Channel?
    var state: ReadingState
    var qualifier: Qualifier
    var value: ExactDecimal?
    var currency: Currency?
    /// A total's, which says none itself: that of its rows.
    var isCurrencyAssumed = false
    /// Half of the last digit that the column shows, in the metric's unit: how far the figure may have been rounded.
    var slack: ExactDecimal
    /// The column's name, for problems.
    var column: String

    /// Which series of its block the figure belongs to.
    struct Key: Hashable {
        var metric: Metric
        var channel: Channel?
    }

    var key: Key { Key(metric: metric, channel: channel) }
}

/// Why a cell gives no figure.
struct CellFault {
    var column: String
    var value: String
    var code: String
    var detail: String
}

/// The figures of all rows of a block.
struct BlockFigures {
    /// By row; figures and faults of each.
    private(set) var rows: [[RowFigure]]
    private(set) var faults: [[CellFault]]
    private(set) var problems: [ImportProblem] = []
    private var currencyQuestions: [(row: Int, problem: ImportProblem)] = []
    /// Rows whose results are counted in something for which there is no metric, by indicator.
    private(set) var unknownResults: [String: Int] = [:]

    private let block: Block
    private let columns: BlockColumns
    private let options: PlatformImport.Options

    init(
        _ block: Block, _ columns: BlockColumns, _ options: PlatformImport.Options,
        evidence: NumberEvidence
    ) {
        self.block = block
        self.columns = columns
        self.options = options
        rows = Array(repeating: [], count: block.rows.count)
        faults = Array(repeating: [], count: block.rows.count)
        for source in columns.figures { read(source, evidence) }
        readResults(evidence)
    }

    /// How the numbers of a file are written, as far as its columns of figures tell.
    static func evidence(of block: Block, _ columns: BlockColumns) -> NumberEvidence {
        var evidence = NumberEvidence()
        for source in columns.figures {
            evidence.add(block.rows.lazy.map { $0.cell(source.column.place) })
        }
        return evidence
    }

    private mutating func read(_ source: FigureSource, _ evidence: NumberEvidence) {
        let cells = block.rows.map { $0.cell(source.column.place) }
        let scale = FigureScale(source.meaning)
        let figures = scale.read(cells, evidence, options.numberStyle)
        var currencies = CurrencyReading(block, columns, options, source)
        for (row, figure) in figures.cells.enumerated() {
            let name = source.column.heading.text
            func fault(_ code: String, _ detail: String) {
                faults[row].append(
                    CellFault(column: name, value: cells[row].shown, code: code, detail: detail))
            }
            var read = RowFigure(
                metric: source.meaning.metric, channel: source.meaning.channel, state: .missing,
                qualifier: .exact, value: nil, currency: nil, slack: .zero, column: name)
            switch figure {
            case .missing: break
            case .notApplicable: read.state = .notApplicable
            case .masked: read.state = .masked
            case .unreadable(let cause):
                fault(cause.rawValue, cause.detail)
                continue
            case .value(let value):
                guard let number = scale.own(value) else {
                    fault("notANumber", "This cannot be a figure of \(read.metric.code).")
                    continue
                }
                if let cause = read.metric.fault(of: number) {
                    fault(cause.code, cause.detail)
                    continue
                }
                read.state = .value
                read.qualifier = value.qualifier
                read.value = number
                read.slack = scale.slack(of: value, cells[row])
                guard read.metric.additivity == .money else { break }
                guard let currency = currencies.currency(row, value.currency) else { continue }
                read.currency = currency.currency
                read.isCurrencyAssumed = currency.isAssumed
            }
            rows[row].append(read)
        }
        currencyQuestions += currencies.questions
    }

    /// What has to be asked of the amounts of rows that are no totals: once for a column, a thousand rows ask one question.
    func questions(ofRows isAsked: (Int) -> Bool) -> [ImportProblem] {
        var asked: Set<String> = []
        return currencyQuestions.filter { isAsked($0.row) }.map(\.problem).filter {
            asked.insert($0.column + "\u{1}" + $0.detail).inserted
        }
    }

    // MARK: - Results

    // Which metric a row's results are, by its indicator; where a column of its own gives the metric, that one counts.
    private mutating func readResults(_ evidence: NumberEvidence) {
        guard let (results, indicator) = columns.results else { return }
        let cells = block.rows.map { $0.cell(results.place) }
        let figures = FigureColumn.read(
            cells, as: .whole, evidence: evidence, style: options.numberStyle
        ).cells
        for (row, figure) in figures.enumerated() {
            if figure == .missing || figure == .notApplicable { continue }
            let text = block.rows[row].cell(indicator.place).shown
            guard let metric = Self.metric(ofIndicator: text, block.format) else {
                // Fillers stand where there is no result.
                if figure.value?.number != .zero || !BlockContent.isFiller(text) {
                    unknownResults[text, default: 0] += 1
                }
                continue
            }
            let fault = { (code: String, detail: String) in
                CellFault(
                    column: results.heading.text, value: cells[row].shown, code: code,
                    detail: detail)
            }
            switch figure {
            case .unreadable(let cause): faults[row].append(fault(cause.rawValue, cause.detail))
            case .value(let value):
                if let cause = metric.fault(of: value.number) {
                    faults[row].append(fault(cause.code, cause.detail))
                } else {
                    addResult(row, metric, value, results)
                }
            case .masked, .missing, .notApplicable: break
            }
        }
    }

    private mutating func addResult(
        _ row: Int, _ metric: Metric, _ value: FigureValue, _ results: TableColumn
    ) {
        let own = rows[row].firstIndex { $0.metric == metric }
        if let own, rows[row][own].state == .value {
            guard rows[row][own].value != value.number else { return }
            problems.append(
                ImportProblem(
                    part: block.part, line: block.rows[row].number, column: results.heading.text,
                    value: value.number.plainText, code: "resultsDiffer",
                    detail:
                        "The results are \(value.number) \(metric.code), the column \(rows[row][own].column) says \(rows[row][own].value?.plainText ?? "nothing"); the column's own figure is taken.",
                    effect: .noted))
            return
        }
        if let own { rows[row].remove(at: own) }
        rows[row].append(
            RowFigure(
                metric: metric, channel: nil, state: .value, qualifier: value.qualifier,
                value: value.number, currency: nil, slack: .zero, column: results.heading.text))
    }

    /// The metric that Meta's result indicator names: `actions:link_click`, or the words of the language.
    static func metric(ofIndicator text: String, _ format: FileFormat) -> Metric? {
        var rest = Substring(CellText.trimmed(text))
        while !rest.isEmpty {
            if let meaning = FileFormat.resultIndicators.meanings[Heading.key(of: String(rest))] {
                return meaning.metric
            }
            guard let end = rest.lastIndex(where: { $0 == ":" || $0 == "." }) else { break }
            rest = rest[..<end]
        }
        return format.names.meanings[Heading.key(of: text)]?.metric
    }
}
