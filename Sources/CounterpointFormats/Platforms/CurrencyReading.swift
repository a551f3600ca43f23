// In what currency amounts are: the cell, the row and the header may say it, and must not contradict each other.

import CounterpointModel

/// Which currency a column's amounts are in.
struct CurrencyReading {
    /// Questions by row: which rows are totals, of which nothing is asked, is known later.
    private(set) var questions: [(row: Int, problem: ImportProblem)] = []
    private let block: Block
    private let column: TableColumn?
    private let source: FigureSource
    private let options: PlatformImport.Options
    /// The one currency that the rows name, if they name one.
    private let only: Currency?

    init(
        _ block: Block, _ columns: BlockColumns, _ options: PlatformImport.Options,
        _ source: FigureSource
    ) {
        self.block = block
        self.source = source
        self.options = options
        column = columns.column(.currency)
        let named = Set(
            column.map { column in
                block.rows.compactMap { CurrencyMark($0.cell(column.place).shown)?.currency }
            } ?? [])
        only = named.count == 1 ? named.first : nil
    }

    /// What an amount is in, and whether the row says so itself: a total is in what its rows are in.
    struct Answer {
        var currency: Currency
        var isAssumed = false
    }

    /// The currency of a row's amount; nil after asking for it once. What stands in the cell, the row, and the header
    /// must not contradict each other.
    mutating func currency(_ row: Int, _ inCell: CurrencyMark?) -> Answer? {
        let inRow = column.flatMap { CurrencyMark(block.rows[row].cell($0.place).shown) }
        let marks = [inCell, inRow, source.column.currency].compactMap { $0 }
        let certain = Set(marks.compactMap(\.currency))
        if certain.count > 1 {
            ask(
                row, "currenciesContradict",
                "The cell, the currency column and the header name different currencies: \(certain.sorted().map(\.code).joined(separator: ", "))."
            )
            return nil
        }
        if let only = certain.first {
            for case .ambiguous(let sign, let candidates) in marks where !candidates.contains(only)
            {
                ask(row, "currenciesContradict", "\(sign) is not the sign of \(only).")
                return nil
            }
            return Answer(currency: only)
        }
        if let named = options.currency { return Answer(currency: named) }
        if case .ambiguous(let sign, let candidates)? = marks.first {
            ask(
                row, "currencyNeeded",
                "\(sign) is the sign of several currencies: send currency=\(candidates.first?.code ?? "USD") or another code."
            )
        } else {
            ask(row, "currencyNeeded", "No currency is named: send it, as currency=EUR.")
        }
        return only.map { Answer(currency: $0, isAssumed: true) }
    }

    private mutating func ask(_ row: Int, _ code: String, _ detail: String) {
        questions.append(
            (
                row,
                ImportProblem(
                    part: block.part, line: block.rows[row].number,
                    column: source.column.heading.text,
                    value: block.rows[row].cell(source.column.place).shown, code: code,
                    detail: detail, effect: .asked)
            ))
    }
}
