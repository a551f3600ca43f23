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
                read.currency = currencies.currency(row, value.currency)
                if read.currency == nil { continue }
            }
            rows[row].append(read)
        }
        problems += currencies.problems
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
                    column: results.heading.text, value: cells[row].shown, code: code, detail: detail)
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
                    detail: "The results are \(value.number) \(metric.code), the column \(rows[row][own].column) says \(rows[row][own].value?.plainText ?? "nothing"); the column's own figure is taken.",
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

/// How a column's numbers become a metric's.
struct FigureScale {
    private let meaning: FigureMeaning

    init(_ meaning: FigureMeaning) { self.meaning = meaning }

    // Times are read in seconds, whatever they are written in.
    private var durationUnit: DurationUnit? {
        switch (meaning.metric, meaning.unit) {
        case (.watchTimeMinutes, .hours): .hours
        case (.watchTimeMinutes, .seconds), (.watchTimeMinutes, .duration): .seconds
        case (.watchTimeMinutes, .milliseconds), (.averageViewSeconds, .milliseconds): .milliseconds
        case (.watchTimeMinutes, .own): .minutes
        case (.averageViewSeconds, _): .seconds
        default: nil
        }
    }

    func read(
        _ cells: [SourceCell], _ evidence: NumberEvidence, _ style: NumberStyle?
    ) -> FigureColumn {
        if let durationUnit {
            return .readSeconds(cells, unit: durationUnit, evidence: evidence, style: style)
        }
        let kind: FigureColumn.Kind =
            switch meaning.metric.additivity {
            case .count, .countPerChannel, .unique, .stock: .whole
            case .quantity, .money: .decimal
            case .rate: .rate
            }
        return .read(cells, as: kind, evidence: evidence, style: style)
    }

    /// The figure in the metric's unit; nil for a percentage where none can be.
    func own(_ value: FigureValue) -> ExactDecimal? {
        if value.isPercent {
            guard meaning.metric.unit == .ratio else { return nil }
            return ExactDecimal.quotient(value.number, by: ExactDecimal(100))
        }
        switch (meaning.metric, meaning.unit) {
        case (.watchTimeMinutes, _): return ExactDecimal.quotient(value.number, by: ExactDecimal(60))
        case (_, .percent): return ExactDecimal.quotient(value.number, by: ExactDecimal(100))
        default: return value.number
        }
    }

    /// Half of the last digit shown, in the metric's unit. Counts are not rounded.
    func slack(of value: FigureValue, _ cell: SourceCell) -> ExactDecimal {
        guard !meaning.metric.additivity.isWhole else { return .zero }
        let digits = cell.shown.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
        let hasMark = cell.shown.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        let decimals = hasMark ? min(digits, ExactDecimal.fractionDigits - 1) : 0
        let half = ExactDecimal(5, fractionDigits: decimals + 1) ?? .zero
        guard meaning.metric == .watchTimeMinutes else { return half }
        let minutes: ExactDecimal? =
            switch durationUnit {
            case .hours: try? half.multiplied(by: 60)
            case .seconds: ExactDecimal.quotient(half, by: ExactDecimal(60))
            case .milliseconds: ExactDecimal.quotient(half, by: ExactDecimal(60_000))
            default: half
            }
        return minutes ?? half
    }
}

/// Which currency a column's amounts are in.
private struct CurrencyReading {
    var problems: [ImportProblem] = []
    private let block: Block
    private let column: TableColumn?
    private let source: FigureSource
    private let options: PlatformImport.Options
    private var asked: Set<String> = []

    init(
        _ block: Block, _ columns: BlockColumns, _ options: PlatformImport.Options,
        _ source: FigureSource
    ) {
        self.block = block
        self.source = source
        self.options = options
        column = columns.column(.currency)
    }

    /// The currency of a row's amount; nil after asking for it once. What stands in the cell, the row, and the header
    /// must not contradict each other.
    mutating func currency(_ row: Int, _ inCell: CurrencyMark?) -> Currency? {
        let inRow = column.flatMap { CurrencyMark(block.rows[row].cell($0.place).shown) }
        let marks = [inCell, inRow, source.column.currency].compactMap { $0 }
        let certain = Set(marks.compactMap(\.currency))
        if certain.count > 1 {
            ask(
                row, "currenciesContradict",
                "The cell, the currency column and the header name different currencies: \(certain.sorted().map(\.code).joined(separator: ", ")).")
            return nil
        }
        if let only = certain.first {
            for case .ambiguous(let sign, let candidates) in marks where !candidates.contains(only) {
                ask(row, "currenciesContradict", "\(sign) is not the sign of \(only).")
                return nil
            }
            return only
        }
        if let named = options.currency { return named }
        if case .ambiguous(let sign, let candidates)? = marks.first {
            ask(
                row, "currencyNeeded",
                "\(sign) is the sign of several currencies: send currency=\(candidates.first?.code ?? "USD") or another code.")
        } else {
            ask(row, "currencyNeeded", "No currency is named: send it, as currency=EUR.")
        }
        return nil
    }

    private mutating func ask(_ row: Int, _ code: String, _ detail: String) {
        // Once for the column; a thousand rows ask one question.
        guard asked.insert(code + detail).inserted else { return }
        problems.append(
            ImportProblem(
                part: block.part, line: block.rows[row].number, column: source.column.heading.text,
                value: block.rows[row].cell(source.column.place).shown, code: code, detail: detail,
                effect: .asked))
    }
}
