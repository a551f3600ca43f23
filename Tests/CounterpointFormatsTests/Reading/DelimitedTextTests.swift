// Delimited text in every dress that the field notes show.

import CounterpointFormats
import Testing

@Suite struct DelimitedTextTests {
    private let german = "Tag;Betrag (EUR);Reichweite\n2024-05-01;12,50;1.234\n2024-05-02;3,00;99\n"

    @Test func readsEveryEncoding() throws {
        let text = "Día;Größe;Portée\n1;ä;é\n2;ö;è\n"
        let expected = [["Día", "Größe", "Portée"], ["1", "ä", "é"], ["2", "ö", "è"]]
        let forms: [([UInt8], TextEncoding)] = [
            (Array(text.utf8), .utf8), ([0xEF, 0xBB, 0xBF] + text.utf8, .utf8),
            ([0xFF, 0xFE] + text.utf16LittleEndian, .utf16LittleEndian),
            ([0xFE, 0xFF] + text.utf16BigEndian, .utf16BigEndian),
            (text.utf16LittleEndian, .utf16LittleEndian), (text.utf16BigEndian, .utf16BigEndian),
            (try #require(text.windows1252), .windows1252),
        ]
        for (bytes, encoding) in forms {
            let file = try ReadFile.read(bytes)
            #expect(file.tables.map(\.shown) == [expected])
            #expect(file.encoding == encoding)
            #expect(file.separator == ";")
            #expect(
                file.notes.map(\.code) == (encoding == .windows1252 ? [.windows1252Taken] : []))
        }
    }

    @Test func refusesWhatIsNoTextWithItsPlace() {
        // Ukrainian in Windows-1251, French from an old Mac, UTF-8 cut and mixed, UTF-16 cut in half a character.
        let cyrillic: [UInt8] = [0xD0, 0xE5, 0xEA, 0xEB, 0xE0, 0xEC, 0xE0]
        #expect(refusal(cyrillic + Array(";1\n".utf8))?.code == .undecodableText)
        #expect(
            refusal(
                Array("Montant d".utf8) + [0x8E] + Array("pens".utf8) + [0x8E] + Array("\n1".utf8))?
                .code == .undecodableText)
        let damaged = Array("a;é;ü;ö\nb;ä;à;ß\nc;".utf8) + [0xC3] + Array(";d\n".utf8)
        #expect(refusal(damaged)?.code == .undecodableText)
        #expect(refusal(damaged)?.place == "line 3")
        #expect(
            refusal([0xFF, 0xFE] + "a\nb".utf16LittleEndian + [0x3D, 0xD8])?.place == "line 2")
        #expect(refusal(Array("a,b\nc,\u{1}d\n".utf8))?.code == .controlCharacters)
        #expect(refusal(Array("a,b\nc,\u{1}d\n".utf8))?.place == "line 2")
    }

    @Test(
        arguments: [
            [], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], Array("\r\n \n,,,\n".utf8), [0, 0, 0, 0],
        ] as [[UInt8]])
    func anEmptyFileIsRefused(_ bytes: [UInt8]) {
        #expect(refusal(bytes)?.code == .emptyFile)
    }

    @Test func zeroBytesAtTheEndAreDropped() throws {
        #expect(try table(Array("a,b\n1,2".utf8) + [0]).shown == [["a", "b"], ["1", "2"]])
        #expect(
            try table(Array("a,b\n1,2\n".utf8) + [0, 0, 0]).shown == [["a", "b"], ["1", "2"]])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func readsEveryLineEnd(_ end: String) throws {
        let read = try table(["a,b", "\"x" + end + "y\",2", "", "3,4"].joined(separator: end))
        #expect(read.shown == [["a", "b"], ["x\ny", "2"], ["3", "4"]])
        #expect(read.rows.map(\.number) == [1, 2, 5])
        #expect(read.rows.map(\.followsBlank) == [false, false, true])
    }

    @Test func theSeparatorIsToldByAllRows() throws {
        #expect(try table(german).shown[1] == ["2024-05-01", "12,50", "1.234"])
        #expect(try table(german).form?.separator == ";")
        // More decimal commas than separators.
        let commas = "A;B;C\n1,5;2,5;3,5\n4,5;5,5;6,5\n"
        #expect(try table(commas).shown[1] == ["1,5", "2,5", "3,5"])
        // Texts with semicolons, quoted and not.
        let texts = "Name,Text,Clicks\nA,\"a; b; c\",1\nB,d; e,2\nC,f,3\n"
        #expect(try table(texts).shown.map(\.count) == [3, 3, 3, 3])
        // Headers that begin with a digit; decimal commas as many as separators.
        let seconds =
            "2 Second Video Views;15 Second Video Views;95% x\n1,5;2,5;3,5\n1,5;2,5;3,5\n"
        #expect(try table(seconds).shown[1] == ["1,5", "2,5", "3,5"])
        #expect(try table("a\tb\n1,5\t2\n").shown == [["a", "b"], ["1,5", "2"]])
        #expect(
            try table("a|b\n1,5|2\n3,2|4").shown == [["a", "b"], ["1,5", "2"], ["3,2", "4"]])
        #expect(
            try table("Datum;Betrag\n2024-01-01;12,50\n2024-01-02;13,10\n").shown[2] == [
                "2024-01-02", "13,10",
            ])
        #expect(try table("Title only\n").shown == [["Title only"]])
    }

    @Test func preamblesAndBlocksKeepTheirPlaces() throws {
        let google = """
            Campaign report
            "July 8, 2025 - July 31, 2025"
            Campaign status,Campaign,Impr.,Cost
            Enabled,"A, B","25,881",2637278.05
            Total: Campaigns, --, --,2637278.05
            """
        let read = try table(google)
        #expect(read.shown[1] == ["July 8, 2025 - July 31, 2025"])
        #expect(read.shown[3] == ["Enabled", "A, B", "25,881", "2637278.05"])
        #expect(read.rows[4].cells[1] == .text(" --"))
        let meta =
            "sep=,\r\n\"Facebook reach\"\r\n\"Date\",\"Primary\"\r\n\"2025-01-01T01:00:00\",\"5\"\r\n\r\n\"Instagram reach\"\r\n\"Date\",\"Primary\"\r\n\"2025-01-01T01:00:00\",\"7\"\r\n"
        let file = try ReadFile.read([0xFF, 0xFE] + meta.utf16LittleEndian)
        #expect(file.encoding == .utf16LittleEndian)
        #expect(file.separator == ",")
        #expect(file.tables[0].rows.map(\.number) == [2, 3, 4, 6, 7, 8])
        #expect(
            file.tables[0].rows.map(\.followsBlank) == [false, false, false, true, false, false])
        #expect(file.tables[0].shown[0] == ["Facebook reach"])
    }

    @Test(arguments: ["sep=\t", "\"sep=\t\"", "SEP=\t", "sep=,", "sep="])
    func aSeparatorLineIsNoRow(_ line: String) throws {
        let read = try table("\(line)\r\nDate\tPrimary\r\n2025-01-01\t1,5\r\n")
        // A declared comma that gives other columns than the text has is left behind by a second save.
        #expect(read.shown == [["Date", "Primary"], ["2025-01-01", "1,5"]])
        #expect(read.rows[0].number == 2)
    }

    @Test func quotesAreReadAsSpreadsheetsReadThem() throws {
        #expect(try table("a,b\n\"say \"\"hi\"\"\",2\n").shown[1] == ["say \"hi\"", "2"])
        #expect(try table("a,b\n\"say \"hi\" now\",2\n").shown[1] == ["say \"hi\" now", "2"])
        #expect(try table("a,b\n5\" pipe,2\n").shown[1] == ["5\" pipe", "2"])
        #expect(try table("a,b\n1, \"25,881\" \n").shown[1] == ["1", "25,881"])
        #expect(
            try table("id,b\n=\"00123\",2\n\"=\"\"0045\"\"\",3\n").shown == [
                ["id", "b"], ["00123", "2"], ["0045", "3"],
            ])
    }

    @Test func aQuoteThatNeverClosesCostsItsOwnRow() throws {
        let read = try table("a,b\n1,\"open\n2,x\n3,y\n")
        #expect(read.rows.map(\.fault) == [nil, .unclosedQuote, nil, nil])
        #expect(read.shown[3] == ["3", "y"])
        let many = "a,b\n" + String(repeating: "1,\"x\n", count: 40)
        #expect(refusal(Array(many.utf8))?.code == .brokenQuotes)
    }

    @Test func raggedRowsStayRaggedAndEmptyColumnsGo() throws {
        let read = try table("a,b,c,,\n1,2,3,,\n1,2\n1,2,3,4,\n,,,,\n")
        #expect(
            read.shown == [
                ["a", "b", "c", ""], ["1", "2", "3", ""], ["1", "2"], ["1", "2", "3", "4"],
            ])
    }

    @Test func wrappedLinesAreUnwrapped() throws {
        // As a German Excel saves a comma file that it did not part: lines with quotes are wrapped, others are not.
        let mixed =
            "Date,Name,Clicks\n\"2024-01-01,\"\"A, B\"\",5\"\n2024-01-02,C,6\n\"2024-01-03,\"\"D, E\"\",7\"\n"
        let expected = [
            ["Date", "Name", "Clicks"], ["2024-01-01", "A, B", "5"], ["2024-01-02", "C", "6"],
            ["2024-01-03", "D, E", "7"],
        ]
        let file = try ReadFile.read(Array(mixed.utf8))
        #expect(file.tables[0].shown == expected)
        #expect(file.notes.map(\.code) == [.wrappedLines])
        let all =
            "\"Date,Name,Clicks\";;\n\"2024-01-01,\"\"A, B\"\",5\";;\n\"2024-01-02,C,6\";;\n\n\"2024-01-03,\"\"D, E\"\",7\";;\n"
        let read = try table(all)
        #expect(read.shown == expected)
        #expect(read.rows.map(\.number) == [1, 2, 3, 5])
        #expect(read.form?.separator == ",")
        // A sentence with commas in a table is a cell.
        #expect(try table("a,b\n\"x,y\",1\n\"p,q\",2\n").shown[1] == ["x,y", "1"])
    }

    @Test func limitsAreKept() {
        var limits = FileLimits()
        limits.rows = 3
        #expect(refusal(Array("a,b\n1,2\n1,2\n1,2\n".utf8), limits: limits)?.code == .tooManyRows)
        #expect(refusal(Array("a,b\n1,2\n1,2\n1,2\n".utf8), limits: limits)?.place == "line 4")
        limits = FileLimits()
        limits.cells = 6
        #expect(refusal(Array("a,b\n1,2\n1,2\n1,2\n".utf8), limits: limits)?.code == .tooManyCells)
        limits = FileLimits()
        limits.steps = 5
        #expect(refusal(Array("a,b\n1,2\n1,2\n1,2\n".utf8), limits: limits)?.code == .tooMuchWork)
        limits = FileLimits()
        limits.fileBytes = 4
        #expect(refusal(Array("a,b\n1".utf8), limits: limits)?.code == .fileTooLarge)
        let wide = String(repeating: "a,", count: 2_000) + "\n"
        #expect(refusal(Array(wide.utf8))?.code == .tooManyColumns)
        let long = "a,b\n" + String(repeating: "x", count: 200_000) + ",1\n"
        #expect(refusal(Array(long.utf8))?.code == .cellTooLong)
    }

    @Test func theCallerCanStopIt() {
        let text = Array(String(repeating: "a,b,c\n", count: 100_000).utf8)
        do throws(FileRefusal) {
            _ = try ReadFile.read(text, shouldStop: { true })
            Issue.record("read to its end")
        } catch {
            #expect(error.code == .stopped)
        }
    }
}
