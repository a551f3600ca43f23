// Which rows of a block are totals of others: by their label, or because they name nothing where the others do.

import CounterpointModel

/// Finds the totals among a block's rows.
struct BlockTotals {
    private let block: Block
    private let content: BlockContent
    private let figures: BlockFigures
    /// Columns without figures.
    private let labelColumns: [Int]

    init(
        _ block: Block, _ columns: BlockColumns, _ content: BlockContent, _ figures: BlockFigures
    ) {
        self.block = block
        self.content = content
        self.figures = figures
        let withFigures = Set(columns.figures.map(\.column.place))
        labelColumns = block.header.cells.indices.filter { !withFigures.contains($0) }
    }

    func mark(_ rows: inout [ReadRow]) {
        for index in rows.indices where rows[index].fate == .open && rows[index].namesNothing {
            // A row is a total by its label if nothing else in it names content.
            guard let label = label(index) else { continue }
            rows[index].isTotal = true
            rows[index].totalOf = TotalLabel.part(of: label)
        }
        guard block.format.layout.hasBlankTotals || content.isCutByCell else { return }
        let largest = largest(rows)
        let details = RowDetails(rows.filter { !$0.isTotal && $0.fate == .open })
        for index in rows.indices where rows[index].fate == .open && !rows[index].isTotal {
            let row = rows[index]
            let lacksContent =
                content.isCutByContent && row.content == nil && block.format.layout.hasBlankTotals
            let lacksCell = content.isCutByCell && row.cell == nil
            guard lacksContent || lacksCell,
                details.contain(row, lacksContent: lacksContent, lacksCell: lacksCell)
            else { continue }
            // Of the whole, or of one content item over all its cells.
            rows[index].isTotal = isNoLess(index, than: row.namesNothing ? largest : [:])
        }
    }

    // In whatever column: platforms put it into the first one, and people move columns.
    private func label(_ index: Int) -> String? {
        let source = block.rows[index]
        return labelColumns.lazy.map { source.cell($0).shown }.first(where: TotalLabel.isTotal)
    }

    // A total is no less than any of its parts; a row that is has only lost its name.
    private func isNoLess(_ index: Int, than largest: [RowFigure.Key: ExactDecimal]) -> Bool {
        figures.rows[index].allSatisfy { own in
            guard own.metric.additivity.isWhole, !own.metric.mayBeNegative, let value = own.value
            else { return true }
            return value >= largest[own.key] ?? .zero
        }
    }

    private func largest(_ rows: [ReadRow]) -> [RowFigure.Key: ExactDecimal] {
        var largest: [RowFigure.Key: ExactDecimal] = [:]
        for index in rows.indices where !rows[index].namesNothing {
            for figure in figures.rows[index] {
                guard let value = figure.value else { continue }
                largest[figure.key] = max(largest[figure.key] ?? value, value)
            }
        }
        return largest
    }
}

extension ReadRow {
    /// Whether the row is about no content item and no cell of its own.
    fileprivate var namesNothing: Bool { content == nil && cell == nil }
}
