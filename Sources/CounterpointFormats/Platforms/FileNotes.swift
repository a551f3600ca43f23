// What was noticed while a file was opened, for whoever handed it in: the encoding that was assumed, rows and sheets that
// a workbook hides, parts without a table. Nothing of it keeps a file out.

import CounterpointModel

enum FileNotes {
    /// What the reading of the bytes noticed.
    static func problems(of file: ReadFile) -> [ImportProblem] {
        file.notes.map { note in
            ImportProblem(
                part: note.place, line: 1, column: "", value: "", code: note.code.rawValue,
                detail: note.detail, effect: .noted)
        }
    }

    /// Sheets that the workbook hides, and whether they were taken.
    static func hiddenSheets(_ tables: [SourceTable], areTaken: Bool) -> [ImportProblem] {
        tables.filter(\.isHidden).map { table in
            ImportProblem(
                part: table.part, line: table.rows.first?.number ?? 1, column: "", value: "",
                code: areTaken ? "hiddenSheetTaken" : "hiddenSheetNotTaken",
                detail: areTaken
                    ? "This sheet is hidden in the workbook, and its figures were read, because no other sheet has any."
                    : "This sheet is hidden in the workbook, and nothing of its \(table.rows.count) rows was read. If they belong to the results, show the sheet in Excel (right-click on a sheet's name, Unhide) and hand the file in again.",
                effect: .noted)
        }
    }
}

extension PlatformReport {
    /// The report with further notes, before what is said of single rows. A list that is full stays as long as it is.
    func noting(_ notes: [ImportProblem]) -> PlatformReport {
        guard !notes.isEmpty else { return self }
        var noted = self
        let room = max(0, ImportReport.problemsMax - notes.count)
        noted.report.problemsNotListed += max(0, report.problems.count - room)
        noted.report.problems = notes + report.problems.prefix(room)
        // What keeps a file out stands first.
        let open = noted.report.problems.filter { $0.effect == .unreadable }
        if !open.isEmpty {
            noted.report.problems =
                open + noted.report.problems.filter { $0.effect != .unreadable }
        }
        return noted
    }
}
