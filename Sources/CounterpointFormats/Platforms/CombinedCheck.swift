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
            let placed = parts.compactMap { part -> PlacedReading? in
                guard let owned = row.figures.first(where: { $0.figure.metric == part }),
                    let channel = owned.channel, let days = row.days
                else { return nil }
                let figure = owned.figure
                return PlacedReading(
                    id: row.number, campaign: 0, channel: channel, set: 0,
                    reading: Reading(
                        metric: part, period: days, content: row.content, cell: row.cell,
                        state: figure.state, qualifier: figure.qualifier, value: figure.value))
            }
            guard placed.count == parts.count,
                let finding = ContradictionCheck.combined(
                    column.heading.text, total.number, parts: placed)
            else { continue }
            findings.append(
                Finding(
                    code: finding.code, severity: finding.severity,
                    first: here(finding.first, row), second: here(finding.second, row),
                    detail: "Row \(row.number): " + finding.detail))
        }
        return findings
    }

    // Nothing is stored yet: the row is where both figures are.
    private func here(_ figure: FigureReference, _ row: ReadRow) -> FigureReference {
        var figure = figure
        figure.campaign = nil
        figure.set = nil
        figure.readings = []
        figure.lines = [row.number]
        return figure
    }
}
