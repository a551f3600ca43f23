// The tables of a file together: each by its own header, and where that leaves a doubt, by its neighbours.

import CounterpointModel

/// What the tables of a file are.
struct FileRecognition {
    private(set) var blocks: [Block] = []
    private(set) var problems: [ImportProblem] = []
    /// Columns of tables that were not recognised.
    private(set) var columns: [ColumnUse] = []

    private enum Effect { case whole, part }

    init(_ tables: [SourceTable], _ recognition: TableRecognition) {
        var found = tables.map { recognition.recognise($0) }
        let platforms = Set(
            found.flatMap { result -> [String] in
                if case .blocks(let blocks) = result { blocks.map(\.format.platform) } else { [] }
            })
        if !platforms.isEmpty {
            for (index, result) in found.enumerated() {
                guard case .ambiguous = result else { continue }
                found[index] = recognition.recognise(tables[index], platforms: platforms)
            }
        }
        for result in found { if case .blocks(let own) = result { blocks += own } }
        for (table, result) in zip(tables, found) {
            switch result {
            case .blocks: break
            case .ambiguous(let header, let matches): addAmbiguous(table, header, matches)
            case .unknown(let nearest): addUnknown(table, nearest)
            }
        }
    }

    // MARK: - What to say

    private mutating func addAmbiguous(
        _ table: SourceTable, _ header: SourceRow, _ matches: [FormatMatch]
    ) {
        let kinds = matches.map { "\($0.format.title) (format=\($0.format.id))" }.sorted()
        problems.append(
            ImportProblem(
                part: table.part, line: header.number, column: "", value: header.words,
                code: "formatAmbiguous",
                detail:
                    "This may be from \(kinds.joined(separator: " or ")): send the format, or export with more columns. If it is from none of them, the canonical CSV takes any figures.",
                effect: blocks.isEmpty ? .unreadable : .asked))
        list(header, table, "Not taken: the kind of file is not clear.")
    }

    private mutating func addUnknown(
        _ table: SourceTable, _ nearest: (header: SourceRow, match: FormatMatch)?
    ) {
        if let title = Self.audienceTitle(of: table) {
            problems.append(
                ImportProblem(
                    part: table.part, line: title.number, column: "", value: title.words,
                    code: "noFigures",
                    detail:
                        "This table describes an audience in shares of a hundred; there are no figures of a campaign in it. Export reach, impressions or interactions, or keep the file as evidence.",
                    effect: blocks.isEmpty ? .unreadable : .noted))
            return
        }
        let header =
            nearest?.header ?? table.rows.first { $0.cells.filter { !$0.isBlank }.count > 1 }
            ?? table.rows.first
        guard let header else { return }
        list(header, table, "Not taken: the kind of file is not known.")
        problems.append(
            ImportProblem(
                part: table.part, line: header.number, column: "", value: header.words,
                code: blocks.isEmpty ? "unknownFile" : "tableNotUsed",
                detail: Self.words(of: header, nearest?.match, rows: table.rows.count),
                effect: blocks.isEmpty ? .unreadable : .noted))
    }

    private static func words(of header: SourceRow, _ nearest: FormatMatch?, rows: Int) -> String {
        let found = header.cells.map(\.shown).filter { !$0.isEmpty }
        let names = found.prefix(12).map { String($0.prefix(40)) }.joined(separator: ", ")
        let more = found.count > 12 ? " and \(found.count - 12) more" : ""
        guard let nearest, nearest.known.count > 0 else {
            return
                "No header of a known kind was found in \(rows) rows; the columns seem to be \(names)\(more). "
                + "The list of formats says what is understood; the canonical CSV takes any figures."
        }
        // A table of nothing but shares has a header that is known, and no figure.
        if nearest.columns.contains(where: { $0.meaning == .unused(.share) }),
            !nearest.has(.figure)
        {
            return
                "Found: \(names)\(more). This is a table of \(nearest.format.title) in shares of a hundred, which cannot be added or compared without their parts: export it with the figures themselves (Views, Watch time), or keep it as evidence."
        }
        let understood = nearest.columns.filter { $0.meaning != nil }.map(\.heading.text)
        let lacks =
            nearest.missing.isEmpty
            ? "a second column that is known" : nearest.missing.joined(separator: ", and ")
        return
            "Found: \(names)\(more). It comes nearest to \(nearest.format.title), of which \(understood.joined(separator: ", ")) "
            + "\(understood.count == 1 ? "is" : "are") known; it lacks \(lacks). "
            + "If it is of another kind, the canonical CSV takes any figures."
    }

    private mutating func list(_ header: SourceRow, _ table: SourceTable, _ detail: String) {
        // As many as a sheet of any platform has; a table of a thousand columns is none of them.
        for (place, cell) in header.cells.prefix(200).enumerated() where !cell.isBlank {
            columns.append(
                ColumnUse(
                    part: table.part, number: place + 1, header: String(cell.shown.prefix(120)),
                    use: .notUnderstood, detail: detail))
        }
    }

    private static func audienceTitle(of table: SourceTable) -> SourceRow? {
        table.rows.prefix(TableRecognition.headerRowsMax).first { row in
            row.isTitle
                && FileFormat.metaAudience.names.meanings[
                    Heading.key(of: row.cells.first?.shown ?? "")] == .titled
        }
    }
}

extension SourceRow {
    /// What a person sees in the row, for a problem.
    fileprivate var words: String {
        cells.map(\.shown).filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
