// Columns that are the sum of others: Meta's "Reactions, Comments and Shares" beside its three parts.

import CounterpointModel

/// Checks the combined columns of single rows.
struct CombinedCheck {
    private let block: Block
    private let columns: BlockColumns

    init(_ block: Block, _ columns: BlockColumns) {
        self.block = block
        self.columns = columns
    }

    // A combined column adds up to its parts, which is as good a check as a total.
    func findings(_ row: ReadRow, _ index: Int) -> [Finding] {
        var findings: [Finding] = []
        for (column, parts) in columns.combined {
            let cell = FigureColumn.read([block.rows[index].cell(column.place)], as: .whole).cells[
                0]
            guard let total = cell.value, total.qualifier == .exact else { continue }
            let values = parts.map { part in
                row.figures.first { $0.figure.metric == part && $0.figure.qualifier == .exact }?
                    .figure
                    .value
            }
            let known = values.compactMap { $0 }
            guard known.count == parts.count, let sum = try? known.total(), sum != total.number
            else {
                continue
            }
            let place = FigureReference(
                metric: .engagements, period: row.days, content: row.content, cell: row.cell,
                value: total.number.plainText)
            findings.append(
                Finding(
                    code: .partsDoNotAdd, first: place,
                    second: FigureReference(
                        metric: parts.first, period: row.days, content: row.content, cell: row.cell,
                        value: sum.plainText),
                    detail: "Row \(row.number): \(column.heading.text) is \(total.number), but "
                        + "\(parts.map(\.code).joined(separator: ", ")) add to \(sum)."))
        }
        return findings
    }
}
