// Which kind of file a table is, and where in it the header and the rows are.

import CounterpointModel

/// One header of a table with the rows below it.
struct Block {
    var part: String?
    var format: FileFormat
    /// Rows between the block before, or the beginning of the table, and the header.
    var titles: [SourceRow]
    var header: SourceRow
    var columns: [TableColumn]
    var rows: [SourceRow]
    /// Lines below the last row that are a text and nothing more: who made the file, where it is from.
    var remarks: [SourceRow] = []
    /// Whether the cells of a row stand where a separator put them, so that a missing one shifts the rest.
    var isDelimited: Bool
}

/// What became of the recognition of one table.
enum Recognition {
    case blocks([Block])
    /// Several formats have such a header.
    case ambiguous(header: SourceRow, [FormatMatch])
    /// None has; the row that came nearest to one.
    case unknown(nearest: (header: SourceRow, match: FormatMatch)?)
}

/// Recognises the tables of one file.
struct TableRecognition {
    /// Formats that are looked for.
    var candidates: [FileFormat]

    /// Rows in which a header is looked for: preambles seen have up to nine lines, and titled tables above some more.
    static let headerRowsMax = 60

    func recognise(_ table: SourceTable, platforms: Set<String> = []) -> Recognition {
        var nearest: (header: SourceRow, match: FormatMatch)?
        for (index, row) in table.rows.prefix(Self.headerRowsMax).enumerated() {
            let headings = FormatMatch.headings(of: row)
            let matches = candidates.map { FormatMatch(headings, as: $0) }
            let context = Self.context(of: table, above: index)
            var complete = matches.filter(isHeader)
            for place in complete.indices {
                let marks = complete[place].format.layout.marks
                if marks.contains(where: { context.contains($0) }) { complete[place].score += 1 }
            }
            if complete.isEmpty {
                // Of those that know as much of it, the one that lacks least.
                let best = matches.max {
                    ($0.known.count, -$0.missing.count, $0.score)
                        < ($1.known.count, -$1.missing.count, $1.score)
                }
                if let best, best.known.count > nearest?.match.known.count ?? 0 {
                    nearest = (row, best)
                }
                continue
            }
            complete.sort { $0.score > $1.score }
            var best = complete.filter { other in
                !complete.contains { $0.format != other.format && $0.isClearly(better: other) }
            }
            if best.count > 1, !platforms.isEmpty {
                let own = best.filter { platforms.contains($0.format.platform) }
                if !own.isEmpty { best = own }
            }
            guard best.count == 1, let found = best.first else {
                return .ambiguous(header: row, best.isEmpty ? complete : best)
            }
            return .blocks(blocks(of: table, found, firstHeader: index))
        }
        return .unknown(nearest: nearest)
    }

    // One candidate was named by whoever hands the file in: then a single column of figures will do.
    private func isHeader(_ match: FormatMatch) -> Bool {
        candidates.count == 1 ? match.missing.isEmpty && !match.known.isEmpty : match.isComplete
    }

    // Everything that stands above the header and in the table's name, to look for marks in.
    private static func context(of table: SourceTable, above header: Int) -> String {
        let above = table.rows[..<header].suffix(12).flatMap(\.cells).map(\.shown)
        let own = table.rows[header].cells.map(\.shown)
        return CellText.folded(([table.part ?? ""] + above + own).joined(separator: " | "))
    }

    private func blocks(
        of table: SourceTable, _ first: FormatMatch, firstHeader: Int
    ) -> [Block] {
        func block(_ titles: ArraySlice<SourceRow>, _ header: SourceRow, _ match: FormatMatch)
            -> Block
        {
            Block(
                part: table.part, format: match.format, titles: Array(titles), header: header,
                columns: match.columns, rows: [], isDelimited: table.form?.separator != nil)
        }
        var blocks = [block(table.rows[..<firstHeader], table.rows[firstHeader], first)]
        var titles: [SourceRow] = []
        for row in table.rows[(firstHeader + 1)...] {
            if let match = nextHeader(row, like: first) {
                blocks.append(block(titles[...], row, match))
                titles = []
            } else if row.isTitle {
                titles.append(row)
            } else {
                // What looked like titles of a block to come was none.
                blocks[blocks.count - 1].rows += titles + [row]
                titles = []
            }
        }
        let columns = blocks[blocks.count - 1].columns
        for row in titles where !row.isRemark {
            if Self.isBelow(row, columns) {
                blocks[blocks.count - 1].remarks.append(row)
            } else {
                blocks[blocks.count - 1].rows.append(row)
            }
        }
        return blocks
    }

    // A text that is no row: not a day where the rows begin with one, and else a sentence. A name with nothing beside it
    // is a row without figures.
    private static func isBelow(_ row: SourceRow, _ columns: [TableColumn]) -> Bool {
        guard columns.count > 1, let text = row.cells.first?.shown else { return false }
        if let first = columns[0].dimension, first.isDay || first == .from {
            return PeriodText.read(text) == .unreadable && !TotalLabel.isTotal(text)
        }
        return !TotalLabel.isTotal(text)
            && (text.contains(":") || text.split(separator: " ").count > 2)
    }

    // A further header has the format's names and no figures.
    private func nextHeader(_ row: SourceRow, like first: FormatMatch) -> FormatMatch? {
        let texts = row.cells.filter { $0 != .empty }
        guard texts.count >= 2, texts.allSatisfy(\.isText),
            let start = texts.first.map({ Heading($0.shown) }),
            first.format.names.meaning(of: start) != nil
        else { return nil }
        let match = FormatMatch(FormatMatch.headings(of: row), as: first.format)
        return match.isComplete && match.known.count * 2 > texts.count ? match : nil
    }
}

extension SourceRow {
    /// A line of its own: a single text, or a remark.
    var isTitle: Bool {
        let filled = cells.filter { $0 != .empty }
        return isRemark || (filled.count == 1 && filled[0].isText && cells.first == filled[0])
    }

    /// A line that its platform marks as no data.
    var isRemark: Bool { cells.first?.shown.hasPrefix("#") == true }

    /// The cell at that place; nothing where the row ends before it.
    func cell(_ place: Int) -> SourceCell { cells.indices.contains(place) ? cells[place] : .empty }
}

extension SourceCell {
    var isText: Bool { if case .text = self { true } else { false } }
}
