// What a spreadsheet makes of days and figures when it saves the canonical CSV (31.01.2026 and 12,50), in the one form that
// the canonical CSV has.

import CounterpointModel

/// The days and figures of a canonical table that are written in another way, by row and column.
struct PlainCells {
    private var texts: [Place: String] = [:]
    /// Of cells that can be read in two ways: the question, by the text that the reader of the canonical form is given
    /// instead and refuses.
    private var questions: [String: (shown: String, code: String, detail: String)] = [:]

    private struct Place: Hashable {
        var row: Int
        var column: Int
    }

    init(_ table: SourceTable, _ options: PlatformImport.Options) {
        let names = (table.rows.first?.cells ?? []).map { CellText.folded($0.shown) }
        for (column, name) in names.enumerated() {
            texts[Place(row: 0, column: column)] = name
        }
        readDays(table, names.indices.filter { ["from", "to"].contains(names[$0]) }, options)
        guard let value = names.firstIndex(of: "value") else { return }
        let metrics = names.firstIndex(of: "metric").map { column in
            table.rows.map { Metric(code: $0.cell(column).shown) }
        }
        // What a column of counts leaves open, counts do not: there is no third of a view.
        for kind in FigureColumn.Kind.allCases {
            readFigures(table, value, kind, options) { row in
                Self.kind(of: metrics?[row]) == kind
            }
        }
    }

    private static func kind(of metric: Metric?) -> FigureColumn.Kind {
        switch metric?.additivity {
        case .count, .countPerChannel, .unique, .stock: .whole
        case .rate: .rate
        case .quantity, .money, nil: .decimal
        }
    }

    /// The cell's text in the canonical form; nil where it stays as it is.
    func text(_ row: Int, _ column: Int) -> String? { texts[Place(row: row, column: column)] }

    /// Makes a question of a problem with a cell that can be read in two ways.
    func ask(_ problem: inout ImportProblem) {
        guard problem.effect == .rejected, let question = questions[problem.value] else { return }
        problem.value = question.shown
        problem.code = question.code
        problem.detail = question.detail
        problem.effect = .asked
    }

    // The order of day and month is told by both columns together.
    private mutating func readDays(
        _ table: SourceTable, _ columns: [Int], _ options: PlatformImport.Options
    ) {
        let places = columns.flatMap { column in
            table.rows.indices.dropFirst().map { Place(row: $0, column: column) }
        }
        let cells = places.map { table.rows[$0.row].cell($0.column) }
        let read = DayColumn.read(cells, order: options.dayOrder)
        for (index, place) in places.enumerated() {
            switch read.cells[index] {
            case .day(let day): texts[place] = day.description
            case .ambiguous(let dayFirst, let monthFirst):
                open(
                    place, cells[index].shown, "dayAmbiguous",
                    "This is \(dayFirst) or \(monthFirst): send dayOrder=dayFirst or dayOrder=monthFirst, or write days as in 2017-03-30."
                )
            default: break
            }
        }
    }

    private mutating func readFigures(
        _ table: SourceTable, _ column: Int, _ kind: FigureColumn.Kind,
        _ options: PlatformImport.Options, of isOfKind: (Int) -> Bool
    ) {
        let rows = table.rows.indices.dropFirst()
        let cells = rows.map { table.rows[$0].cell(column) }
        let read = FigureColumn.read(cells, as: kind, style: options.numberStyle)
        for (row, (figure, cell)) in zip(rows, zip(read.cells, cells)) where isOfKind(row) {
            switch figure {
            case .value(let value)
            where value.qualifier == .exact && !value.isPercent && value.currency == nil:
                texts[Place(row: row, column: column)] = value.number.plainText
            case .unreadable(.ambiguousNumber):
                open(
                    Place(row: row, column: column), cell.shown,
                    FigureFault.ambiguousNumber.rawValue,
                    "\(FigureFault.ambiguousNumber.detail) Send numberStyle=decimalPoint or numberStyle=decimalComma."
                )
            default: break
            }
        }
    }

    private mutating func open(_ place: Place, _ shown: String, _ code: String, _ detail: String) {
        let text = shown + " ?"
        texts[place] = text
        questions[text] = (shown, code, detail)
    }
}
