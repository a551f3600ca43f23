// A block's rows, read one by one: what each is about, its days and its figures, or what is wrong with it.

import CounterpointModel

/// The rows of one block.
struct BlockReading {
    private(set) var rows: [ReadRow] = []
    private(set) var problems: [ImportProblem]
    private(set) var findings: [Finding] = []

    /// Whether the figures are those since the beginning.
    var isSnapshot: Bool { days.isSnapshot }

    private let block: Block
    private let columns: BlockColumns
    private let options: PlatformImport.Options
    private let days: BlockDays
    private let figures: BlockFigures
    private var content: BlockContent
    private var channels: BlockChannel
    private var needsDays = 0
    /// Whether rows that are no totals name content.
    private var hasContent = false
    /// Questions about a whole column, by code: asked once, with the first cell that raises them.
    private var questions: [String: (first: ImportProblem, rows: Int)] = [:]
    private var filled: Set<RowFigure.Key> = []

    init(
        _ block: Block, _ columns: BlockColumns, _ options: PlatformImport.Options,
        evidence: NumberEvidence, archive: Period?, hint: Period?, number: Int
    ) {
        self.block = block
        self.columns = columns
        self.options = options
        days = BlockDays(block, columns, options, archive: archive)
        figures = BlockFigures(block, columns, options, evidence: evidence)
        content = BlockContent(block, columns)
        channels = BlockChannel(block, columns, options)
        problems = columns.problems + figures.problems
        for index in block.rows.indices { describe(index, number) }
        BlockTotals(block, columns, content, figures).mark(&rows)
        problems += figures.questions { [rows] in !rows[$0].isTotal && rows[$0].fate == .open }
        filled = filledColumns()
        hasContent = rows.contains { !$0.isTotal && $0.content != nil }
        for index in block.rows.indices { fill(index) }
        refuseRowsWithoutColumns()
        askForDays(hint)
        askQuestions()
        problems += channels.problems
        noteResults()
        noteIds()
    }

    // MARK: - What rows are about

    private mutating func describe(_ index: Int, _ number: Int) {
        let source = block.rows[index]
        var row = ReadRow(block: number, part: block.part, number: source.number)
        if let fault = source.fault {
            reject(&row, nil, "", fault.rawValue, fault.detail)
        } else if !hasItsCells(source) {
            reject(
                &row, nil, source.cells.first?.shown ?? "", "wrongCellCount",
                "The row has \(source.cells.count) cells, the header \(block.header.cells.count): what stands in which "
                    + "column cannot be told. Export the file again or mend the row; with partial=true the row is left out."
            )
        } else {
            content.describe(&row, at: index)
        }
        rows.append(row)
    }

    // In a text, a row with fewer cells than its header may have lost one in the middle; in a sheet, the cells at the end
    // of a row are often not stored.
    private func hasItsCells(_ source: SourceRow) -> Bool {
        let width = block.header.cells.count
        if block.isDelimited, source.cells.count < width {
            // A header that ends in blank names promises no cells.
            let named = (block.header.cells.lastIndex { !$0.isBlank } ?? 0) + 1
            if source.cells.count < named { return false }
        }
        return source.cells.dropFirst(width).allSatisfy(\.isBlank)
    }

    // MARK: - Days, channel, figures

    private mutating func fill(_ index: Int) {
        var row = rows[index]
        defer { rows[index] = row }
        guard row.fate == .open else { return }
        // A total that cannot be read checks nothing, and keeps nothing out.
        for fault in figures.faults[index] where !row.isTotal {
            reject(&row, fault.column, fault.value, fault.code, fault.detail)
        }
        let own = row.isTotal ? totalDays(index) : days.days(of: index)
        switch own {
        case .days(let period): row.days = period
        case .unnamed where row.isTotal: break
        case .unnamed:
            if days.isCut {
                reject(&row, nil, "", "dayMissing", "The row names no day, and the others do.")
            } else if let report = days.report {
                row.days = report
            } else {
                needsDays += 1
                row.fate = .rejected
            }
        case .fault(let column, let value, let code, let detail):
            reject(&row, column, value, code, detail)
        }
        if !row.isTotal, row.content == nil, content.isCutByContent, !content.isCutByCell,
            row.fate == .open, hasContent
        {
            reject(
                &row, nil, "", "contentMissing",
                "The row does not say which content its figures are of, and the others do: write its name into the row, or Total if it is the sum of the others."
            )
        }
        addFigures(&row, index)
    }

    private func totalDays(_ index: Int) -> RowDays {
        if case .days(let period) = days.days(of: index) { return .days(period) }
        if case .days(let period) = days.range(of: index) { return .days(period) }
        return .unnamed
    }

    private mutating func addFigures(_ row: inout ReadRow, _ index: Int) {
        guard row.fate == .open else { return }
        for figure in figures.rows[index] {
            // A column that speaks in the total alone says nothing of the rows.
            if !row.isTotal, figure.state == .missing, !filled.contains(figure.key) { continue }
            if figure.isCurrencyAssumed, !row.isTotal { continue }
            let channel = channels.channel(of: block.rows[index], row, figure)
            if channel == nil, !row.isTotal { continue }
            row.figures.append(OwnedFigure(channel: channel, figure: figure))
        }
        if row.figures.isEmpty, channels.isAsking, !row.isTotal { row.fate = .rejected }
        findings += CombinedCheck(block, columns).findings(row, index)
    }

    // Where every column of figures has to be asked about, nothing can be taken of the rows.
    private mutating func refuseRowsWithoutColumns() {
        guard columns.figures.isEmpty, columns.results == nil, !columns.problems.isEmpty else {
            return
        }
        for index in rows.indices where rows[index].fate == .open { rows[index].fate = .rejected }
    }

    // Columns with a figure, or a word instead of one, in at least one row that is no total.
    private func filledColumns() -> Set<RowFigure.Key> {
        var keys: Set<RowFigure.Key> = []
        for (index, row) in rows.enumerated() where !row.isTotal {
            for figure in figures.rows[index] where figure.state != .missing {
                keys.insert(figure.key)
            }
        }
        return keys
    }

    // MARK: - What has to be said

    private mutating func reject(
        _ row: inout ReadRow, _ column: String?, _ value: String, _ code: String, _ detail: String
    ) {
        row.fate = .rejected
        var problem = ImportProblem(
            part: block.part, line: row.number, column: column ?? "", value: value, code: code,
            detail: detail, effect: .rejected)
        if code == FigureFault.ambiguousNumber.rawValue {
            problem.detail += " Send numberStyle=decimalPoint or numberStyle=decimalComma."
        }
        guard Self.columnQuestions.contains(code) else {
            problems.append(problem)
            return
        }
        problem.effect = .asked
        let key = code + (column ?? "")
        questions[key] = (questions[key]?.first ?? problem, (questions[key]?.rows ?? 0) + 1)
    }

    // One answer settles them for all rows.
    private static let columnQuestions: Set<String> = [
        "yearNeeded", "dayAmbiguous", FigureFault.ambiguousNumber.rawValue,
        FigureFault.mixedNumberStyles.rawValue,
    ]

    private mutating func askQuestions() {
        for (first, count) in questions.sorted(by: { $0.key < $1.key }).map(\.value) {
            var problem = first
            if count > 1 { problem.detail += Self.waiting(count) }
            problems.append(problem)
        }
    }

    private mutating func askForDays(_ hint: Period?) {
        guard needsDays > 0 else { return }
        let tip =
            hint.map { " The file's name says \($0.from) to \($0.to); send those if that is so." }
            ?? ""
        note(
            block.header.number, "", "", "periodNeeded",
            days.question + tip + Self.waiting(needsDays), .asked)
    }

    private static func waiting(_ rows: Int) -> String {
        " \(RowCount.words(rows)) \(rows == 1 ? "waits" : "wait") for it."
    }

    private mutating func noteResults() {
        for (indicator, count) in figures.unknownResults.sorted(by: { $0.key < $1.key }) {
            note(
                block.header.number, columns.results?.figures.heading.text ?? "", indicator,
                "unknownResultIndicator",
                "The results of \(RowCount.words(count)) are counted in something for which there is no metric; they are not taken.",
                .noted)
        }
    }

    private mutating func noteIds() {
        let column = columns.column(.contentId) ?? columns.column(.adId) ?? columns.column(.adSetId)
        if let line = content.recovered.first {
            note(
                line, column?.heading.text ?? "", "", "idsRecovered",
                "A spreadsheet has destroyed \(content.recovered.count) ids; they were taken from the links.",
                .noted)
        }
        if let line = content.lost.first {
            note(
                line, column?.heading.text ?? "", "", "idsDestroyed",
                "A spreadsheet has destroyed \(content.lost.count) ids, and there are no links to take them from: those rows are told apart by their name or number. A later export of the same period will not match them.",
                .noted)
        }
    }

    private mutating func note(
        _ line: Int, _ column: String, _ value: String, _ code: String, _ detail: String,
        _ effect: ImportProblem.Effect
    ) {
        problems.append(
            ImportProblem(
                part: block.part, line: line, column: column, value: value, code: code,
                detail: detail, effect: effect))
    }
}
