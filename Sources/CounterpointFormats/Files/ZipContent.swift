// What a zip holds: a workbook, a spreadsheet of another kind, or files that were packed together.

enum ZipContent {
    static func read(_ bytes: [UInt8], _ budget: inout WorkBudget) throws(FileRefusal) -> ReadFile {
        // The memory must stay where it is while libarchive reads it.
        var kept = budget
        let result = bytes.withUnsafeBytes { memory -> Result<ReadFile, FileRefusal> in
            do throws(FileRefusal) {
                return .success(try read(memory, &kept))
            } catch {
                return .failure(error)
            }
        }
        budget = kept
        return try result.get()
    }

    private static func read(
        _ memory: UnsafeRawBufferPointer, _ budget: inout WorkBudget
    ) throws(FileRefusal) -> ReadFile {
        let file = try ZipFile(memory, &budget)
        let names = Set(file.entries.map { $0.name.lowercased() })
        if let refusal = otherKind(names) { throw refusal }
        let isPackage = names.contains("[content_types].xml")
        if isPackage, names.contains(where: { $0.hasPrefix("xl/") }) {
            return try Workbook.read(file, &budget)
        }
        if isPackage {
            throw FileRefusal(
                .notATable,
                "This is an Office document without sheets. Hand in the figures as CSV or XLSX, and this file as evidence beside them."
            )
        }
        return try PackedTables.read(file, &budget)
    }

    private static func otherKind(_ names: Set<String>) -> FileRefusal? {
        func has(_ name: String) -> Bool { names.contains(name) }
        let saveAs =
            "Open it, save it as Excel Workbook (.xlsx) or as CSV UTF-8, and hand in that."
        if has("xl/workbook.bin") {
            return FileRefusal(
                .unsupportedSpreadsheet, "This is a binary workbook (.xlsb). " + saveAs)
        }
        if has("mimetype"), has("content.xml") {
            return FileRefusal(
                .unsupportedSpreadsheet, "This is an OpenDocument file (.ods, .odt). " + saveAs)
        }
        if has("index/document.iwa") || has("index.zip") {
            return FileRefusal(
                .unsupportedSpreadsheet,
                "This is an Apple Numbers or Pages file. Open it, choose File, Export To, Excel or CSV, and hand in that."
            )
        }
        if has("word/document.xml") || has("ppt/presentation.xml") {
            return FileRefusal(
                .notATable,
                "This is a document or a presentation. Hand in the figures as CSV or XLSX, and this file as evidence beside them."
            )
        }
        return nil
    }
}

/// A workbook: each sheet is a table.
private enum Workbook {
    static func read(_ file: ZipFile, _ budget: inout WorkBudget) throws(FileRefusal) -> ReadFile {
        let parts = try WorkbookParts(file, &budget)
        var tables: [SourceTable] = []
        var notes: [ReadFile.Note] = []
        for sheet in parts.sheets {
            guard let entry = sheet.entry else {
                notes.append(
                    ReadFile.Note(.partPassedOver, "This sheet holds no cells.", at: sheet.name))
                continue
            }
            var reader = SheetReader(parts, sheet)
            let table = try reader.read(XMLReader(file.stream(entry)), &budget)
            if reader.hiddenRows > 0 {
                notes.append(
                    ReadFile.Note(
                        .hiddenRows,
                        "\(reader.hiddenRows) row(s) are hidden in the workbook, perhaps by a filter; they were read too.",
                        at: sheet.name))
            }
            if !table.rows.isEmpty { tables.append(table) }
        }
        guard !tables.isEmpty else { throw FileRefusal.empty }
        return ReadFile(tables: tables, kind: .workbook, notes: notes)
    }
}

/// Text files that were packed together: each is a table.
private enum PackedTables {
    static func read(_ file: ZipFile, _ budget: inout WorkBudget) throws(FileRefusal) -> ReadFile {
        var tables: [SourceTable] = []
        var notes: [ReadFile.Note] = []
        let parts = names(file)
        for (index, entry) in file.entries.enumerated() where entry.isFile {
            let part = parts[index]
            if isOfTheSystem(entry.name) { continue }
            let bytes = try file.bytes(index, &budget)
            do throws(FileRefusal) {
                let table = try read(bytes, part, &budget, &notes)
                if table.rows.isEmpty { throw FileRefusal.empty }
                tables.append(table)
            } catch {
                guard mayBePassedOver(error, entry.name) else { throw error.inside(part) }
                notes.append(ReadFile.Note(.partPassedOver, error.detail, at: part))
            }
            guard tables.count <= budget.limits.tables else {
                throw FileRefusal(
                    .tooManyTables,
                    "An archive has at most \(budget.limits.tables) tables; hand in several archives."
                )
            }
        }
        guard !tables.isEmpty else {
            throw FileRefusal(
                .notATable,
                "No table is in the archive; pack the CSV files as the platform exports them.")
        }
        return ReadFile(tables: tables, kind: .archive, notes: notes)
    }

    private static func read(
        _ bytes: [UInt8], _ part: String, _ budget: inout WorkBudget,
        _ notes: inout [ReadFile.Note]
    ) throws(FileRefusal) -> SourceTable {
        switch try FileContent.recognise(bytes[...]) {
        case .text:
            return try DelimitedText.read(bytes[...], part: part, &budget, &notes)
        case .zip:
            throw FileRefusal(
                .nestedArchive,
                "A workbook or another archive is inside the archive; unpack it, and hand in each file by itself."
            )
        }
    }

    /// The last part of each path, or the whole where two end alike.
    private static func names(_ file: ZipFile) -> [String] {
        let paths = file.entries.map { ZipFile.display($0.name) }
        let ends = paths.map { path in
            path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? path
        }
        var times: [String: Int] = [:]
        for end in ends { times[end, default: 0] += 1 }
        return zip(paths, ends).map { path, end in times[end] == 1 ? end : path }
    }

    // What macOS and Windows put beside files unasked.
    private static func isOfTheSystem(_ path: String) -> Bool {
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" })
        guard let last = parts.last?.lowercased() else { return true }
        return parts.contains("__MACOSX") || last.hasPrefix(".") || last == "thumbs.db"
            || last == "desktop.ini"
    }

    // Pictures and empty files beside tables are passed over with a note; a table that cannot be read is not.
    private static func mayBePassedOver(_ refusal: FileRefusal, _ path: String) -> Bool {
        switch refusal.code {
        case .notATable, .emptyFile:
            return true
        case .undecodableText, .controlCharacters, .cellTooLong, .tooManyColumns, .brokenQuotes:
            let name = path.lowercased()
            return !["csv", "tsv", "txt", "tab"].contains { name.hasSuffix("." + $0) }
        default:
            return false
        }
    }
}
