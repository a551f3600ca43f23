// What kind of file the first bytes say it is. Names lie: HTML is saved as .xls, CSV as .txt, workbooks as .zip.

enum FileContent {
    /// A text, to be read as a table.
    case text
    /// A zip: a workbook, or an archive of text files.
    case zip

    /// What the bytes are, or a refusal that says what to do instead.
    static func recognise(_ bytes: ArraySlice<UInt8>) throws(FileRefusal) -> FileContent {
        let head = bytes.prefix(512)
        if head.isEmpty { throw FileRefusal.empty }
        // A first entry, or an archive without any.
        if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            return .zip
        }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            throw oleRefusal(bytes)
        }
        if let sign = signs.first(where: { head.starts(with: $0.bytes) }) {
            throw FileRefusal(sign.code, sign.detail)
        }
        if let refusal = markupRefusal(head) { throw refusal }
        return .text
    }

    private struct Sign {
        var bytes: [UInt8]
        var code: FileRefusal.Code
        var detail: String

        init(_ bytes: [UInt8], _ code: FileRefusal.Code, _ detail: String) {
            self.bytes = bytes
            self.code = code
            self.detail = detail
        }

        init(_ text: String, _ code: FileRefusal.Code, _ detail: String) {
            self.init(Array(text.utf8), code, detail)
        }
    }

    private static let asEvidence =
        "Hand in the figures as CSV or XLSX as the platform exports them, and this file as evidence beside them."
    private static let unpack = "Unpack it first, and hand in what is inside."

    private static let signs: [Sign] = [
        Sign("%PDF-", .notATable, "This is a PDF. " + asEvidence),
        Sign([0x89, 0x50, 0x4E, 0x47], .notATable, "This is a picture (PNG). " + asEvidence),
        Sign([0xFF, 0xD8, 0xFF], .notATable, "This is a picture (JPEG). " + asEvidence),
        Sign("GIF8", .notATable, "This is a picture (GIF). " + asEvidence),
        Sign("RIFF", .notATable, "This is a picture, a sound or a film. " + asEvidence),
        Sign("II*\0", .notATable, "This is a picture (TIFF). " + asEvidence),
        Sign("MM\0*", .notATable, "This is a picture (TIFF). " + asEvidence),
        Sign("{\\rtf", .notATable, "This is a text document (RTF). " + asEvidence),
        Sign([0x1F, 0x8B], .unsupportedCompression, "This is packed with gzip. " + unpack),
        Sign("BZh", .unsupportedCompression, "This is packed with bzip2. " + unpack),
        Sign(
            [0xFD, 0x37, 0x7A, 0x58, 0x5A], .unsupportedCompression,
            "This is packed with xz. " + unpack),
        Sign(
            [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .unsupportedCompression,
            "This is a 7-Zip archive. " + unpack),
        Sign("Rar!", .unsupportedCompression, "This is a RAR archive. " + unpack),
        Sign(
            [0x28, 0xB5, 0x2F, 0xFD], .unsupportedCompression,
            "This is packed with Zstandard. " + unpack),
        Sign([0x7F, 0x45, 0x4C, 0x46], .notATable, "This is a program. " + asEvidence),
        Sign(
            "SQLite format 3\0", .notATable,
            "This is a database. Export its table as CSV, and hand in that."),
        Sign(
            [0xFF, 0xFE, 0, 0], .undecodableText,
            "The text is UTF-32; save it as CSV UTF-8, and hand in that."),
    ]

    // Excel keeps both its old format and its encrypted new one in the same container; the parts' names are UTF-16.
    private static func oleRefusal(_ bytes: ArraySlice<UInt8>) -> FileRefusal {
        let name = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
        if bytes.contains(sequence: name) {
            return FileRefusal(
                .encryptedWorkbook,
                "The workbook is protected with a password. Open it, take the password off (File, Info, Protect Workbook), save it as .xlsx, and hand in that."
            )
        }
        return FileRefusal(
            .unsupportedSpreadsheet,
            "This is an Office file of the old kind (.xls, .doc). Open it, choose Save As and Excel Workbook (.xlsx) or CSV UTF-8, and hand in that."
        )
    }

    // What begins like a document of tags or braces, behind blanks and a byte order mark.
    private static func markupRefusal(_ head: ArraySlice<UInt8>) -> FileRefusal? {
        // A UTF-16 text is looked at without its zero bytes: only the ASCII of it matters here.
        let ascii = head.filter { $0 != 0 && $0 < 0x80 }
            .drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            .map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        func begins(_ text: String) -> Bool { ascii.starts(with: text.utf8) }
        if ["<html", "<!doctype", "<table", "<head", "<body", "<meta", "<style", "<div", "<script"]
            .contains(where: begins)
        {
            return FileRefusal(
                .unsupportedSpreadsheet,
                "This is a web page, perhaps under the name of a spreadsheet. Open it in Excel, choose Save As and Excel Workbook (.xlsx), and hand in that; or export from the platform as CSV."
            )
        }
        if begins("<?xml") || begins("<workbook") {
            return FileRefusal(
                .unsupportedSpreadsheet,
                "This is XML, perhaps a spreadsheet of 2003. Open it in Excel, choose Save As and Excel Workbook (.xlsx), and hand in that."
            )
        }
        if begins("{\"") || begins("[{") || begins("{}") || begins("[[") {
            return FileRefusal(
                .notATable, "This is JSON. Export as CSV or XLSX, and hand in that.")
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes stand somewhere in this, in one pass.
    func contains(sequence: [UInt8]) -> Bool {
        withUnsafeBytes { $0.occurrences(of: sequence, atMost: 1) } > 0
    }
}

extension UnsafeRawBufferPointer {
    /// How often the bytes stand in this, counted up to `most`; one pass.
    func occurrences(of sequence: [UInt8], atMost most: Int) -> Int {
        guard let first = sequence.first, count >= sequence.count else { return 0 }
        var found = 0
        for index in 0...(count - sequence.count) where self[index] == first {
            guard self[index..<(index + sequence.count)].elementsEqual(sequence) else { continue }
            found += 1
            if found == most { break }
        }
        return found
    }
}
