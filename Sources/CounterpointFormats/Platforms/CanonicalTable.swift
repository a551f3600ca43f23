// The canonical CSV among the platforms' files: read by its own reader, also where a spreadsheet has saved it anew.

import CounterpointModel

/// A file with the header of the canonical CSV.
struct CanonicalTable {
    private let table: SourceTable
    private let bytes: [UInt8]
    private let options: PlatformImport.Options

    /// Nil if the file is something else, or another format was asked for.
    init?(_ file: ReadFile, _ bytes: [UInt8], _ options: PlatformImport.Options) {
        let id = FileFormat.canonical.id
        guard options.format == FormatCatalogue.automatic || options.format == id,
            let table = file.tables.first, let header = table.rows.first
        else { return nil }
        let names = Set(header.cells.map { CellText.folded($0.shown) })
        guard
            options.format == id
                // One that lacks a column is told which by its own reader; no platform has these two.
                || (names.isSuperset(of: ["metric", "value"])
                    && !names.isDisjoint(with: ["channel", "from", "to"]))
        else { return nil }
        self.table = table
        self.bytes = bytes
        self.options = options
    }

    func report() -> PlatformReport {
        let header = table.rows.first?.cells.map(\.shown) ?? []
        let isPlain =
            header == header.map(CellText.folded) && table.part == nil
            && table.form?.separator == "," && table.form?.encoding == .utf8
        let report = isPlain ? CanonicalResults.read(bytes) : rewritten()
        let columns = (table.rows.first?.cells ?? []).enumerated().map { place, cell in
            ColumnUse(
                part: table.part, number: place + 1, header: cell.shown,
                use: cell.shown == "value" ? .figures : .describes,
                detail: "A column of the canonical CSV.")
        }
        return PlatformReport(format: .canonical, report: report, columns: columns)
    }

    // With commas and in UTF-8, as its reader wants it; lines are those of the file again afterwards.
    private func rewritten() -> ImportReport {
        var writer = CSVWriter()
        var lines: [Int: Int] = [:]
        var line = 1
        let width = table.rows.first?.cells.count ?? 0
        let plain = PlainCells(table, options)
        for (place, row) in table.rows.enumerated() {
            lines[line] = row.number
            let padding = Array(repeating: SourceCell.empty, count: max(0, width - row.cells.count))
            let cells = (table.form == nil ? row.cells + padding : row.cells).enumerated().map {
                column, cell in
                // A line break inside a cell would shift the lines that follow.
                CSVCell.text(
                    plain.text(place, column) ?? cell.shown.replacing("\n", with: " "))
            }
            writer.row(cells)
            line += 1
        }
        var report = CanonicalResults.read(writer.bytes)
        for place in report.problems.indices {
            report.problems[place].line =
                lines[report.problems[place].line] ?? report.problems[place].line
            report.problems[place].part = table.part
            plain.ask(&report.problems[place])
        }
        for set in report.sets.indices {
            for reading in report.sets[set].readings.indices {
                let own = report.sets[set].readings[reading].line
                report.sets[set].readings[reading].line = own.flatMap { lines[$0] } ?? own
            }
        }
        return report
    }
}
