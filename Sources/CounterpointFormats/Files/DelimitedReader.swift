// Rows out of delimited text as people really have it: any separator, stray quotes, ragged rows.
//
// The model's `CSVReader` reads the canonical form, where a stray quote is a fault of the file. Here the file is somebody
// else's and was perhaps re-saved twice: a quote that nothing closes costs its row and no other, and everything else is
// read as spreadsheet programs read it.

/// Reads UTF-8 with one separator, from the first byte to the last.
struct DelimitedReader {
    /// One row with any separator or text; verbatim cells.
    struct Row {
        var line: Int
        var cells: [String]
        var fault: SourceRow.Fault?
        /// How many quotes stood where none should.
        var strayQuotes = 0
        /// Whether the row is one quoted cell and nothing else.
        var isWrapped = false

        var isBlank: Bool { fault == nil && cells.allSatisfy(CellText.isBlank) }
    }

    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8
    private var index: Int
    private var line = 1
    private var unclosedQuotes = 0
    private let limits: FileLimits

    init(_ bytes: ArraySlice<UInt8>, separator: UInt8, limits: FileLimits) {
        self.bytes = bytes
        self.separator = separator
        self.limits = limits
        index = bytes.startIndex
    }

    /// The next row, blank ones too; nil at the end.
    mutating func next() throws(FileRefusal) -> Row? {
        guard index < bytes.endIndex else { return nil }
        var row = Row(line: line, cells: [])
        if isLineEnd(bytes[index]) {
            takeLineEnd()
            return row
        }
        var quotedCells = 0
        while true {
            let start = index
            // Blanks before an opening quote belong to it.
            while index < bytes.endIndex, bytes[index] == 0x20 { index += 1 }
            let isQuoted: Bool
            if opensQuote(at: index) {
                isQuoted = try readQuoted(from: start, into: &row)
            } else {
                isQuoted = false
            }
            if isQuoted {
                quotedCells += 1
            } else {
                index = start
                try readPlain(into: &row)
            }
            guard row.cells.count <= limits.columns else {
                throw FileRefusal(
                    .tooManyColumns,
                    "A table has at most \(limits.columns) columns; hand in only those with results.",
                    at: "line \(row.line)")
            }
            if index < bytes.endIndex, bytes[index] == separator {
                index += 1
                continue
            }
            takeLineEnd()
            row.isWrapped = quotedCells == 1 && row.cells.count == 1
            return row
        }
    }

    // `"`, or `="` by which Excel is made to keep digits as text.
    private func opensQuote(at place: Int) -> Bool {
        guard place < bytes.endIndex else { return false }
        if bytes[place] == Self.quote { return true }
        return bytes[place] == UInt8(ascii: "=") && place + 1 < bytes.endIndex
            && bytes[place + 1] == Self.quote
    }

    private static let quote = UInt8(ascii: "\"")

    // Nothing is taken and false returned if the quote is never closed.
    private mutating func readQuoted(
        from start: Int, into row: inout Row
    ) throws(FileRefusal) -> Bool {
        var place = index + (bytes[index] == Self.quote ? 1 : 2)
        let first = place
        var text: [UInt8] = []
        var lines = 0
        var strays = 0
        while place < bytes.endIndex, place - first <= limits.cellBytes {
            let byte = bytes[place]
            if byte == Self.quote {
                let after = place + 1
                if after < bytes.endIndex, bytes[after] == Self.quote {
                    text.append(byte)
                    place += 2
                    continue
                }
                var end = after
                while end < bytes.endIndex, bytes[end] == 0x20 { end += 1 }
                if end == bytes.endIndex || bytes[end] == separator || isLineEnd(bytes[end]) {
                    row.cells.append(String(decoding: text, as: UTF8.self))
                    row.strayQuotes += strays
                    line += lines
                    index = end
                    return true
                }
                strays += 1
            }
            if byte == 0x0D {
                // Line ends inside a cell become one kind: the same text re-saved is the same text.
                text.append(0x0A)
                lines += 1
                place += place + 1 < bytes.endIndex && bytes[place + 1] == 0x0A ? 2 : 1
                continue
            }
            if byte == 0x0A { lines += 1 }
            text.append(byte)
            place += 1
        }
        row.fault = row.fault ?? .unclosedQuote
        row.strayQuotes += 1
        unclosedQuotes += 1
        guard unclosedQuotes <= limits.unclosedQuotes else {
            throw FileRefusal(
                .brokenQuotes,
                "Quotes are opened and never closed, so that rows cannot be told apart; export the file again.",
                at: "line \(row.line)")
        }
        return false
    }

    private mutating func readPlain(into row: inout Row) throws(FileRefusal) {
        let start = index
        while index < bytes.endIndex, bytes[index] != separator, !isLineEnd(bytes[index]) {
            if bytes[index] == Self.quote { row.strayQuotes += 1 }
            index += 1
        }
        guard index - start <= limits.cellBytes else {
            throw FileRefusal(
                .cellTooLong, "A cell has at most \(limits.cellBytes >> 10) KiB; is this a table?",
                at: "line \(line)")
        }
        row.cells.append(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func takeLineEnd() {
        guard index < bytes.endIndex else { return }
        let isPair =
            bytes[index] == 0x0D && index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A
        index += isPair ? 2 : 1
        line += 1
    }
}
