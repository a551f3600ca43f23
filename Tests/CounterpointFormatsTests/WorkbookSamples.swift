// Workbooks part by part, the smallest that a program would still open.

import CounterpointFormats

struct SampleWorkbook {
    /// Name, state and the rows inside `sheetData`, or the whole part if it begins with `<?`.
    var sheets: [(name: String, state: String, rows: String)] = []
    var sharedStrings = ""
    /// `numFmts` and `cellXfs`.
    var styles = ""
    var properties = ""
    var isStrict = false
    var extra: [(name: String, bytes: [UInt8])] = []

    init(_ rows: String, shared: [String] = [], formats: [(id: Int, code: String?)] = []) {
        sheets = [("Data", "visible", rows)]
        sharedStrings = shared.map {
            $0.hasPrefix("<") ? "<si>\($0)</si>" : "<si><t xml:space=\"preserve\">\($0)</t></si>"
        }.joined()
        styles =
            "<numFmts>"
            + formats.compactMap { format in
                format.code.map { "<numFmt numFmtId=\"\(format.id)\" formatCode=\"\($0)\"/>" }
            }.joined()
            + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
            + formats.map { "<xf numFmtId=\"\($0.id)\"/>" }.joined() + "</cellXfs>"
    }

    private var main: String {
        isStrict
            ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
            : "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    }

    private var links: String {
        isStrict
            ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
            : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    }

    var entries: [(name: String, bytes: [UInt8])] {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        var parts: [(String, String)] = [
            (
                "[Content_Types].xml",
                head
                    + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
            ),
            (
                "_rels/.rels",
                head
                    + "<Relationships xmlns=\"\(package)\"><Relationship Id=\"r1\" Type=\"\(links)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ]
        var list = ""
        var related =
            "<Relationship Id=\"s1\" Type=\"\(links)/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"s2\" Type=\"\(links)/styles\" Target=\"/xl/styles.xml\"/>"
        for (index, sheet) in sheets.enumerated() {
            let number = index + 1
            list +=
                "<sheet name=\"\(sheet.name)\" sheetId=\"\(number)\" state=\"\(sheet.state)\" r:id=\"rId\(number)\"/>"
            related +=
                "<Relationship Id=\"rId\(number)\" Type=\"\(links)/worksheet\" Target=\"worksheets/sheet\(number).xml\"/>"
            let body =
                sheet.rows.hasPrefix("<?")
                ? sheet.rows
                : head
                    + "<worksheet xmlns=\"\(main)\"><sheetData>\(sheet.rows)</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>"
            parts.append(("xl/worksheets/sheet\(number).xml", body))
        }
        parts.append(
            (
                "xl/workbook.xml",
                head
                    + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(links)\">\(properties)<sheets>\(list)</sheets></workbook>"
            ))
        parts.append(
            (
                "xl/_rels/workbook.xml.rels",
                head + "<Relationships xmlns=\"\(package)\">\(related)</Relationships>"
            ))
        parts.append(
            ("xl/sharedStrings.xml", head + "<sst xmlns=\"\(main)\">\(sharedStrings)</sst>"))
        parts.append(
            ("xl/styles.xml", head + "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"))
        return parts.map { ($0, Array($1.utf8)) } + extra
    }

    var bytes: [UInt8] { zip(entries) }

    /// The sheet's cells as they were read, empty cells before them left out.
    func cells() throws -> [SourceCell] {
        try ReadFile.read(bytes).tables.flatMap(\.rows).flatMap(\.cells).filter { $0 != .empty }
    }
}
