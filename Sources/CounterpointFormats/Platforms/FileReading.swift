// A recognised file, read in the order of the data: days of the archive, rows of each block, totals, rows against each
// other, sets, the account.

import CounterpointModel

/// Everything that becomes of a file whose tables are known.
struct FileReading {
    private(set) var report: PlatformReport

    init(_ recognised: FileRecognition, name: String?, options: PlatformImport.Options) {
        let blocks = recognised.blocks
        let columns = Self.columns(of: blocks, FileNameMetric(name, options))
        var evidence: [String?: NumberEvidence] = [:]
        for (block, columns) in zip(blocks, columns) {
            for source in columns.figures {
                evidence[block.part, default: NumberEvidence()].add(
                    block.rows.lazy.map { $0.cell(source.column.place) })
            }
        }
        let present = Set(blocks.map(\.format.id))
        let archive = Self.archiveDays(blocks, columns, options)
        let hint = name.flatMap(FileNameDays.read)

        var rows: [ReadRow] = []
        var problems = recognised.problems
        var findings: [Finding] = []
        var snapshots: Set<Int> = []
        for (number, block) in blocks.enumerated() {
            let reading = BlockReading(
                block, columns[number], options, evidence: evidence[block.part] ?? NumberEvidence(),
                archive: archive, hint: hint, number: number)
            findings += reading.findings
            guard block.format.layout.repeats.allSatisfy({ !present.contains($0) }) else {
                rows += reading.rows.map { row in
                    var row = row
                    row.fate = .setAside
                    return row
                }
                problems.append(Self.secondCut(block))
                continue
            }
            rows += reading.rows
            problems += reading.problems
            for remark in block.remarks {
                var row = ReadRow(block: number, part: block.part, number: remark.number)
                row.fate = .setAside
                rows.append(row)
                problems.append(Self.remark(remark, in: block))
            }
            if reading.isSnapshot { snapshots.insert(number) }
        }
        let totals = TotalsCheck(&rows)
        findings += totals.findings
        let sorting = RowSorting(&rows, distinctIn: totals.blocksThatAgree)
        problems += sorting.problems
        let assembly = SetAssembly(&rows, totals.kept, snapshotBlocks: snapshots)
        problems += assembly.problems
        report = Self.report(
            blocks, columns, rows, assembly.sets,
            problems + totals.problems + Self.totalNotes(rows, totals.kept),
            findings,
            recognised, snapshots)
    }

    // A file of several metrics is named after one of them; it is contradicted only where none is that one.
    private static func columns(of blocks: [Block], _ name: FileNameMetric) -> [BlockColumns] {
        var columns = blocks.map { BlockColumns($0, $0.format == .metaPage ? name : .init()) }
        let insights = blocks.indices.filter { blocks[$0].format == .metaPage }
        guard !insights.isEmpty, insights.allSatisfy({ columns[$0].contradictsName }) else {
            return columns
        }
        for index in insights { columns[index].askAboutName() }
        return columns
    }

    // MARK: - Days that another table of the archive states

    // A table of videos names no days; the daily totals beside it do.
    private static func archiveDays(
        _ blocks: [Block], _ columns: [BlockColumns], _ options: PlatformImport.Options
    ) -> Period? {
        var periods: [Period] = []
        for (block, columns) in zip(blocks, columns) where !block.format.layout.repeats.isEmpty {
            let days = BlockDays(block, columns, options, archive: nil)
            for row in block.rows.indices {
                if case .days(let period) = days.days(of: row) { periods.append(period) }
            }
        }
        return periods.hull
    }

    private static func secondCut(_ block: Block) -> ImportProblem {
        ImportProblem(
            part: block.part, line: block.header.number, column: "", value: "", code: "secondCut",
            detail:
                "\(RowCount.words(block.rows.count)) of this table give figures of another table again, by day: used for the days, and set aside.",
            effect: .setAside)
    }

    private static func remark(_ row: SourceRow, in block: Block) -> ImportProblem {
        ImportProblem(
            part: block.part, line: row.number, column: "",
            value: row.cells.first?.shown ?? "", code: "remarkSetAside",
            detail: "This line below the table is a text without a figure; it was left out.",
            effect: .setAside)
    }

    private static func totalNotes(_ rows: [ReadRow], _ kept: [KeptTotal]) -> [ImportProblem] {
        let keptOf = Dictionary(grouping: kept, by: \.row)
        return rows.indices.filter { rows[$0].isTotal && rows[$0].fate == .setAside }.map { index in
            let metrics = (keptOf[index] ?? []).map(\.figure.figure.metric.code)
            return ImportProblem(
                part: rows[index].part, line: rows[index].number, column: "", value: "",
                code: "totalSetAside",
                detail: metrics.isEmpty
                    ? "A total of other rows: checked against them and left out."
                    : "A total of other rows: checked against them; of its own it says \(metrics.joined(separator: ", ")), which is kept.",
                effect: .setAside)
        }
    }

    // Figures by age and nothing besides: complete for their days, so their parts are the whole, unless the same figures
    // are handed in without the cut too.
    private static func loneCuts(_ sets: [ImportedSet], _ blocks: [Block]) -> [ImportProblem] {
        sets.filter { $0.role == nil && $0.breakdown != .none && $0.breakdown != .content }.map {
            set in
            ImportProblem(
                part: blocks.first?.part, line: blocks.first?.header.number ?? 1, column: "",
                value: set.breakdown.rawValue, code: ImportProblem.cutTakenAsWhole,
                detail:
                    "The figures of \(set.channel.rawValue) are cut by \(set.breakdown.rawValue), and the file has none that are not: they count, and their parts are added. If you hand in the same figures without the cut too, send this file with role=breakdown, after the other.",
                effect: .noted)
        }
    }

    // MARK: - The account

    private static func report(
        _ blocks: [Block], _ columns: [BlockColumns], _ rows: [ReadRow], _ sets: [ImportedSet],
        _ problems: [ImportProblem], _ findings: [Finding], _ recognised: FileRecognition,
        _ snapshots: Set<Int>
    ) -> PlatformReport {
        var accounting = ImportAccounting()
        for row in rows {
            accounting.rowsRead += 1
            switch row.fate {
            case .open, .accepted: accounting.accepted += 1
            case .duplicate: accounting.duplicate += 1
            case .setAside: accounting.totalsSetAside += 1
            case .rejected: accounting.rejected += 1
            }
        }
        var problems = problems
        if sets.isEmpty, problems.allSatisfy({ $0.effect == .setAside || $0.effect == .noted }) {
            problems.append(
                ImportProblem(
                    part: blocks.first?.part, line: blocks.first?.header.number ?? 1, column: "",
                    value: "", code: "noFigures",
                    detail: "The header is understood, and no figure stands below it.",
                    effect: .unreadable))
        }
        problems += loneCuts(sets, blocks)
        let parts = blocks.map(\.part)
        let inOrder = problems.enumerated().sorted { left, right in
            let (a, b) = (
                parts.firstIndex(of: left.element.part) ?? 0,
                parts.firstIndex(of: right.element.part) ?? 0
            )
            return (a, left.element.line, left.offset) < (b, right.element.line, right.offset)
        }.map(\.element)
        let listed = Array(inOrder.prefix(ImportReport.problemsMax))
        let main = blocks.max { $0.rows.count < $1.rows.count && $1.format.layout.repeats.isEmpty }
        return PlatformReport(
            format: main?.format,
            report: ImportReport(
                sets: sets, accounting: accounting, problems: listed,
                problemsNotListed: inOrder.count - listed.count),
            columns: columns.flatMap(\.uses) + recognised.columns, findings: findings,
            snapshot: !snapshots.isEmpty)
    }
}

/// Days in a file's name, which are a hint and nothing more: people rename files.
enum FileNameDays {
    /// `Jan-14-2025_Apr-14-2025_123.csv`, `Content 2026-07-30_2026-08-27 Export.zip`, `…-Apr-1-2023-to-Mar-11-2024.xlsx`.
    static func read(_ name: String) -> Period? {
        guard name.utf8.count <= 255 else { return nil }
        var text = name.replacing("_", with: " ").replacing("-to-", with: " ")
        for mark in ["(", ")", "..."] { text = text.replacing(mark, with: " ") }
        var days: [Day] = []
        for word in text.split(separator: " ") {
            let stem = word.replacing(".csv", with: "").replacing(".xlsx", with: "").replacing(
                ".zip", with: "")
            // A word before the first date: `Untitled-report-Apr-1-2023`.
            let pieces = stem.split(separator: "-")
            let tail = pieces.suffix(3).joined(separator: "-")
            for candidate: String in [String(stem), tail] where candidate.utf8.count >= 8 {
                if case .day(let day) = PeriodText.read(candidate) {
                    days.append(day)
                    break
                }
            }
        }
        guard days.count >= 2 else { return nil }
        return Period(from: days[0], to: days[1])
    }
}
