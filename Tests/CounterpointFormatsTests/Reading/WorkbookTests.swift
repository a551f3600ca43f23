// Sheets of workbooks: values exactly as stored, dates by their formats, and nothing that is not there.

import CounterpointFormats
import CounterpointModel
import Testing

@Suite struct WorkbookTests {
    private func day(_ text: String) -> SourceCell { .day(Day(iso: text)!) }

    @Test func readsEveryKindOfCell() throws {
        let sample = SampleWorkbook(
            """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>
            <row r="3"><c r="B3" t="str"><f>A1</f><v>cached</v></c><c r="D3"><f>1+1</f><v>2</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="e"><v>#N/A</v></c><c r="G3"><f>1+1</f></c><c r="H3"/><c r="I3" t="d"><v>2026-02-05T00:00:00</v></c></row>
            <row r="9"><c><v>7</v></c><c><v>8</v></c></row><row r="10"/><row><c t="s"><v>2</v></c></row>
            """,
            shared: [
                "Ad name",
                "<r><rPr><b/></rPr><t>Rich </t></r><r><t>text</t></r><rPh><t>aid</t></rPh>",
                " a &amp; b_x000D_&#10;c_x005F_ ",
            ])
        let table = try #require(try ReadFile.read(sample.bytes).tables.first)
        #expect(table.part == "Data")
        #expect(table.rows.map(\.number) == [1, 3, 9, 11])
        #expect(table.rows.map(\.followsBlank) == [false, true, true, true])
        #expect(table.rows[0].cells == [.text("Ad name"), .text("Rich text"), .text("inline")])
        #expect(
            table.rows[1].cells == [
                .empty, .text("cached"), .empty, .number("2"), .text("TRUE"), .text("#N/A"),
                .text("#VALUE!"), .empty, day("2026-02-05"),
            ])
        #expect(table.rows[2].cells == [.number("7"), .number("8")])
        #expect(table.rows[3].cells == [.text(" a & b\nc_ ")])
    }

    @Test(arguments: [
        ("5", "5"), ("0.30000000000000004", "0.3"), ("1234.5700000000001", "1234.57"),
        ("2.5", "2.5"), ("-0.0", "0"), ("1E3", "1000"),
        ("6.54E+17", "654000000000000000"), ("1.5e-3", "0.0015"),
        ("120330000000123456", "120330000000123456"), ("0.1234567890123456", "0.123456789012346"),
        ("99999999999999.995", "100000000000000"), ("12.50", "12.5"),
        ("9.9999999999999995E-2", "0.1"),
    ])
    func numbersAreExactToFifteenDigits(_ stored: String, _ expected: String) throws {
        #expect(
            try SampleWorkbook("<row><c><v>\(stored)</v></c></row>").cells() == [.number(expected)])
    }

    @Test(
        arguments: [
            (14, nil, "45352", "2024-03-01"), (22, nil, "45352.75", "2024-03-01"),
            (165, "yyyy\\-mm\\-dd", "45352", "2024-03-01"),
            (165, "[$-407]d/\\ mmm/\\ yyyy;@", "59", "1900-02-28"),
            (165, "mmm yy", "61", "1900-03-01"),
            (165, "dd.mm.yyyy hh:mm", "45351.9999999", "2024-03-01"),
            (165, "yyyy&quot; year&quot;", "2958465", "9999-12-31"), (14, nil, "1", "1900-01-01"),
        ] as [(Int, String?, String, String)])
    func datesAreToldByTheirFormat(_ id: Int, _ code: String?, _ stored: String, _ expected: String)
        throws
    {
        let sample = SampleWorkbook(
            "<row><c s=\"1\"><v>\(stored)</v></c></row>", formats: [(id, code)])
        #expect(try sample.cells() == [day(expected)])
    }

    @Test func theOtherCalendarOfOldMacs() throws {
        var sample = SampleWorkbook(
            "<row><c s=\"1\"><v>43890</v></c><c s=\"1\"><v>0</v></c></row>", formats: [(14, nil)])
        sample.properties = "<workbookPr date1904=\"1\"/>"
        #expect(try sample.cells() == [day("2024-03-01"), day("1904-01-01")])
    }

    @Test(
        arguments: [
            (0, nil, "45352", .number("45352")), (14, nil, "60", .number("60")),
            (14, nil, "-5", .number("-5")), (14, nil, "3000000", .number("3000000")),
            (21, nil, "0.0036111111111111109", .text("0:05:12")),
            (46, nil, "1.5", .text("36:00:00")), (165, "[h]:mm:ss", "0.5", .text("12:00:00")),
            (165, "h:mm AM/PM", "0.25", .text("6:00:00")),
            (47, nil, "0.00001736111", .text("0:00:01.500")),
            (10, nil, "0.028100000000000003", .percent("2.81")),
            (165, "0.0%;[Red]-0.0%", "1.234", .percent("123.4")),
            (165, "#,##0.00\\ \"€\"", "12.5", .amount("12.5", currency: "€")),
            (165, "[$€-407] #,##0.00", "1234.567", .amount("1234.567", currency: "€")),
            (165, "[$USD] #,##0.00", "3", .amount("3", currency: "USD")),
            (165, "\"Day\" 0", "3", .number("3")), (165, "General", "3", .number("3")),
            (165, "0.00E+00", "3", .number("3")), (165, "[Red][&gt;5]0;0", "3", .number("3")),
            (165, "_-* #,##0_-;-* #,##0_-", "3", .number("3")),
        ] as [(Int, String?, String, SourceCell)])
    func formatsSayWhatANumberIs(
        _ id: Int, _ code: String?, _ stored: String, _ expected: SourceCell
    ) throws {
        let escaped = code.map { $0.replacing("\"", with: "&quot;") }
        let sample = SampleWorkbook(
            "<row><c s=\"1\"><v>\(stored)</v></c></row>", formats: [(id, escaped)])
        #expect(try sample.cells() == [expected])
    }

    @Test func sheetsStandInTheWorkbooksOrderAndHiddenOnesSaySo() throws {
        var sample = SampleWorkbook("<row><c><v>1</v></c></row>")
        sample.sheets = [
            ("B &amp; C", "visible", "<row hidden=\"1\"><c><v>1</v></c></row>"),
            ("A", "hidden", "<row><c><v>2</v></c></row>"), ("Empty", "visible", ""),
            ("Z", "veryHidden", "<row><c><v>3</v></c></row>"),
        ]
        sample.isStrict = true
        let file = try ReadFile.read(sample.bytes)
        #expect(file.kind == .workbook)
        #expect(file.tables.map(\.part) == ["B & C", "A", "Z"])
        #expect(file.tables.map(\.isHidden) == [false, true, true])
        #expect(file.notes.map(\.code) == [.hiddenRows])
        #expect(file.encoding == nil && file.separator == nil)
    }

    @Test func aLoneCellAtTheEdgeCostsNothingButARefusal() {
        let wide = SampleWorkbook("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")
        #expect(refusal(wide.bytes)?.code == .tooManyColumns)
        #expect(refusal(wide.bytes)?.place == "Data!XFD1048576")
        let deep = SampleWorkbook(
            "<row r=\"1048576\"><c r=\"B1048576\"><v>1</v></c><c r=\"XFD1048576\" s=\"3\"/></row>")
        #expect((try? ReadFile.read(deep.bytes))?.tables[0].rows[0].number == 1_048_576)
        var limits = FileLimits()
        limits.cells = 10_000
        let rows = (1...100).map { "<row r=\"\($0)\"><c r=\"ALA\($0)\"><v>1</v></c></row>" }
            .joined()
        #expect(refusal(SampleWorkbook(rows).bytes, limits: limits)?.code == .tooManyCells)
    }

    @Test(arguments: [
        "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"0\"/>", "<row r=\"1048577\"/>",
        "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "<row r=\"1\"><c r=\"A2\"/></row>",
        "<row r=\"1\"><c r=\"1A\"/></row>",
        "<row><c r=\"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF1\"/></row>",
        "<row><c t=\"s\"><v>9</v></c></row>", "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c t=\"?\"/></row>", "<row><c><v>1</c></row>", "<row><c><v>&unknown;</v></c></row>",
        "<row",
    ])
    func whatNoProgramWritesIsRefused(_ rows: String) {
        #expect(refusal(SampleWorkbook(rows).bytes)?.code == .brokenWorkbook)
    }

    @Test func entitiesThatMultiplyAreRefusedBeforeTheyDo() {
        var laughs = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY l0 \"lol\">"
        for level in 1...20 {
            laughs +=
                "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
        }
        laughs +=
            "]><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row><c t=\"str\"><v>&l20;</v></c></row></sheetData></worksheet>"
        #expect(refusal(SampleWorkbook(laughs).bytes)?.code == .documentType)
        let outside =
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><worksheet><sheetData><row><c t=\"str\"><v>&x;</v></c></row></sheetData></worksheet>"
        #expect(refusal(SampleWorkbook(outside).bytes)?.code == .documentType)
        var wide = SampleWorkbook("")
        let at = wide.entries.firstIndex { $0.name == "xl/worksheets/sheet1.xml" }!
        var entries = wide.entries
        entries[at].bytes = [0xFF, 0xFE] + laughs.utf16LittleEndian
        #expect(refusal(zip(entries))?.code == .brokenWorkbook)
        wide.sharedStrings = "<si><t>a</t></si>"
        entries = wide.entries
        let texts = entries.firstIndex { $0.name == "xl/sharedStrings.xml" }!
        entries[texts].bytes = Array(laughs.utf8)
        #expect(refusal(zip(entries))?.code == .documentType)
    }

    @Test func elementsOfAMillionAttributesAreRefusedBeforeTheyAreCompared() {
        let attributes = (0..<200_000).map { " a\($0)=\">\"" }.joined()
        #expect(refusal(SampleWorkbook("<row\(attributes)/>").bytes)?.code == .brokenWorkbook)
        let namespaces = (0..<600).map { "<row xmlns:n\($0)='u'/>" }.joined()
        #expect(refusal(SampleWorkbook(namespaces).bytes)?.code == .brokenWorkbook)
        let texts = String(repeating: "a=b ", count: 2_000)
        let row = "<row><c t=\"str\"><v>\(texts)</v></c></row>"
        #expect(refusal(SampleWorkbook(row).bytes) == nil)
        let deep = String(repeating: "<row>", count: 5_000)
        #expect(refusal(SampleWorkbook(deep).bytes)?.code == .brokenWorkbook)
    }

    @Test func aTextThatStandsInEveryCellIsCountedInEach() {
        var limits = FileLimits()
        limits.textBytes = 1 << 20
        let text = String(repeating: "x", count: 100_000)
        let rows = String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 100)
        #expect(
            refusal(SampleWorkbook(rows, shared: [text]).bytes, limits: limits)?.code
                == .tooManyCells)
        limits = FileLimits()
        limits.sharedBytes = 50_000
        #expect(
            refusal(SampleWorkbook(rows, shared: [text]).bytes, limits: limits)?.code
                == .tooManyCells)
        limits = FileLimits()
        limits.steps = 150
        #expect(
            refusal(SampleWorkbook(rows, shared: ["a"]).bytes, limits: limits)?.code == .tooMuchWork
        )
        #expect(
            refusal(
                SampleWorkbook(
                    "<row><c t=\"s\"><v>0</v></c></row>",
                    shared: [String(repeating: "x", count: 200_000)]
                ).bytes)?.code == .cellTooLong)
    }

    @Test func missingPartsAreNamed() {
        let whole = SampleWorkbook("<row><c><v>1</v></c></row>").entries
        for part in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            #expect(refusal(zip(whole.filter { $0.name != part }))?.code == .brokenWorkbook)
        }
        #expect(refusal(SampleWorkbook("").bytes)?.code == .emptyFile)
        // Without styles and shared texts a workbook is whole.
        let bare = whole.filter { !["xl/styles.xml", "xl/sharedStrings.xml"].contains($0.name) }
        #expect((try? ReadFile.read(zip(bare)))?.tables[0].rows[0].cells == [.number("1")])
    }
}
