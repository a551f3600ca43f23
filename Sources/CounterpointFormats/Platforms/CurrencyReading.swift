// In what currency amounts are: the cell, the row and the header may say it, and must not contradict each other.

import CounterpointModel

/// Which currency a column's amounts are in.
struct CurrencyReading {
    private(set) var problems: [ImportProblem] = []
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
            return only
        }
        if let named = options.currency { return named }
        if case .ambiguous(let sign, let candidates)? = marks.first {
            ask(
                row, "currencyNeeded",
                "\(sign) is the sign of several currencies: send currency=\(candidates.first?.code ?? "USD") or another code."
            )
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
