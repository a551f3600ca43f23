// Rows out of bytes, however the file is written, damaged or cut into pieces.

import CounterpointModel
import TestDice
import Testing

/// The rows of a file, read in pieces of that many bytes.
func csvRows(_ bytes: [UInt8], piece: Int = .max) -> [CSVRow] {
    var reader = CSVReader()
    var rows: [CSVRow] = []
    var start = 0
    while start < bytes.count {
        let end = start + min(piece, bytes.count - start)
        reader.read(Array(bytes[start..<end])) { rows.append($0) }
        start = end
    }
    reader.finish { rows.append($0) }
    return rows
}

@Suite struct CSVReaderTests {
    private func cells(_ text: String) -> [[String]] { csvRows(Array(text.utf8)).map(\.cells) }

    private func faults(_ text: String) -> [CSVRow.Fault?] {
        csvRows(Array(text.utf8)).map { $0.fault?.fault }
    }

    @Test(arguments: [
        "a,b\r\nc,d\r\n", "a,b\nc,d\n", "a,b\rc,d\r", "a,b\nc,d", "\u{FEFF}a,b\r\nc,d",
    ])
    func readsEveryLineEnd(_ text: String) {
        #expect(cells(text) == [["a", "b"], ["c", "d"]])
        #expect(csvRows(Array(text.utf8)).map(\.line) == [1, 2])
    }

    @Test func readsQuotedCells() {
        #expect(cells("\"a,b\",\"c\"\"d\",\"\"\r\n") == [["a,b", "c\"d", ""]])
        #expect(cells("\u{FEFF}\"a\",b") == [["a", "b"]])
        let rows = csvRows(Array("x,\"1\r\n2\n3\"\r\ny,z".utf8))
        #expect(rows.map(\.cells) == [["x", "1\r\n2\n3"], ["y", "z"]])
        #expect(rows.map(\.line) == [1, 4])
    }

    @Test func passesOverRowsWithoutText() {
        #expect(cells("a\r\n\r\n,,\r\n\n\nb,\n") == [["a"], ["b", ""]])
        #expect(csvRows(Array("a\n\n\n,\nb".utf8)).map(\.line) == [1, 5])
        #expect(cells("") == [] && cells("\u{FEFF}") == [] && cells("\r\n") == [])
    }

    @Test func aBrokenRowSaysSoAndTheNextIsRead() {
        #expect(faults("a,\"b\"c,d\r\ne") == [.textAfterQuote, nil])
        #expect(faults("a\"b\ne") == [.quoteInsideText, nil])
        #expect(faults("a\n\"b,c\nd,e\n") == [nil, .unclosedQuote])
        let wide = String(repeating: ",", count: CSVReader.cellsMax)
        #expect(faults("a\(wide)\nb") == [.tooManyCells, nil])
        #expect(faults("a\(wide.dropLast())\nb") == [nil, nil])
        let long = String(repeating: "x", count: CSVReader.cellBytesMax)
        #expect(faults("\(long)\nb") == [nil, nil])
        #expect(faults("\(long)x,y\nb") == [.cellTooLong, nil])
        #expect(faults("\"\(long)\nx\",y\nb") == [.cellTooLong, nil])
    }

    @Test func bytesThatAreNotUTF8AreNamedByCell() {
        let rows = csvRows(Array("a,".utf8) + [0xE9] + Array(",c\nd\n".utf8) + [0xC3, 0x2C, 0xA9])
        #expect(rows.map { $0.fault?.fault } == [.notUTF8, nil, .notUTF8])
        #expect(rows[0].fault?.cell == 1)
        #expect(rows[0].cell(1) == nil)
        let utf16 = csvRows([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00])
        #expect(utf16.first?.fault?.fault == .notUTF8)
    }

    @Test func piecesMakeNoDifference() {
        let text = "\u{FEFF}channel,\"no\"\"te\"\r\n\"é\r\n😀\",b\r\rc\"x,d\n\"open"
        let bytes = Array(text.utf8)
        let whole = csvRows(bytes)
        for piece in 1...bytes.count {
            let pieces = csvRows(bytes, piece: piece)
            #expect(pieces.map(\.cells) == whole.map(\.cells))
            #expect(pieces.map(\.line) == whole.map(\.line))
            #expect(pieces.map { $0.fault?.fault } == whole.map { $0.fault?.fault })
        }
        #expect(whole.count == 4)
    }

    @Test func holdsOneRowHoweverLongTheFile() {
        // An opening quote swallows what follows; what is kept of it is bounded all the same.
        var reader = CSVReader()
        var rows: [CSVRow] = []
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 64 * 1024)
        reader.read([UInt8(ascii: "\"")]) { rows.append($0) }
        for _ in 0..<100 { reader.read(piece) { rows.append($0) } }
        reader.finish { rows.append($0) }
        #expect(rows.count == 1)
        #expect(rows[0].cells.allSatisfy { $0.utf8.count <= CSVReader.cellBytesMax })
    }
}

@Suite struct CSVWriterTests {
    private func text(_ cells: [CSVCell]) -> String {
        var writer = CSVWriter()
        writer.row(cells)
        return String(decoding: writer.take(), as: UTF8.self)
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''-1", " =1", "\u{A0}'=1",
        "\u{FEFF}+1", "＝1", "＋1", "－1",
        "＠x",
    ])
    func textThatBeginsLikeAFormulaIsGuarded(_ dangerous: String) {
        #expect(CSVGuard.guarded(dangerous) == "'" + dangerous)
        #expect(CSVGuard.unguarded("'" + dangerous) == dangerous)
    }

    @Test(arguments: ["", "a=b", "'tis", "'", "1-2", "é", "Kyiv, @home", "a 'quoted' word", " a"])
    func otherTextIsLeftAlone(_ harmless: String) {
        #expect(CSVGuard.guarded(harmless) == harmless)
        #expect(CSVGuard.unguarded(harmless) == harmless)
    }

    /// Whoever splits lines at another sign, or does not know our quotes, finds no formula either.
    @Test(arguments: [
        ("a;=1+1;b", "a;'=1+1;b"), ("a\t-1", "a\t'-1"), ("a\n@x\r\n+y", "a\n'@x\r\n'+y"),
        ("x\"=1", "x\"'=1"),
        ("a,'=1", "a,''=1"), ("a|＝1", "a|'＝1"),
    ])
    func whatCouldBeginACellInsideIsGuarded(_ text: String, _ guarded: String) {
        #expect(CSVGuard.guarded(text) == guarded)
        #expect(CSVGuard.unguarded(guarded) == text)
    }

    @Test func numbersStayNumbers() {
        #expect(text([.number("-10"), .text("-10"), .empty]) == "-10,'-10,\r\n")
    }

    @Test func quotesOnlyWhereNeeded() {
        #expect(
            text([.text("a b"), .text("a,b"), .text("\"q\""), .text("1\n2")])
                == "a b,\"a,b\",\"\"\"q\"\"\",\"1\n2\"\r\n")
    }

    @Test func whatIsWrittenIsReadBack() {
        forWorlds(500) { dice, hint in
            let scalars = Array("a,\"'=-+@＝\t\r\n ;\u{A0}é😀".unicodeScalars)
            let rows = (0..<dice.within(1...4)).map { _ in
                (0..<dice.within(1...4)).map { index in
                    var text = String.UnicodeScalarView()
                    for _ in 0..<dice.upTo(5) { text.append(scalars[dice.upTo(scalars.count - 1)]) }
                    return (index == 0 ? "x" : "") + String(text)
                }
            }
            var writer = CSVWriter()
            for row in rows { writer.row(row.map { .text($0) }) }
            let back = csvRows(writer.take())
            #expect(back.map { $0.cells.map { CSVGuard.unguarded($0) } } == rows, "\(hint)")
            #expect(back.allSatisfy { $0.fault == nil }, "\(hint)")
        }
    }
}
