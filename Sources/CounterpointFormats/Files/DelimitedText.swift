// A text file as a table: encoding, `sep=` line, separator, rows; and what Excel does to files undone.

enum DelimitedText {
    static func read(
        _ bytes: ArraySlice<UInt8>, part: String?, _ budget: inout WorkBudget,
        _ notes: inout [ReadFile.Note]
    ) throws(FileRefusal) -> SourceTable {
        try budget.spend(bytes: bytes.count)
        var (text, encoding) = try TextEncoding.decode(bytes)
        if encoding == .windows1252 {
            notes.append(
                ReadFile.Note(
                    .windows1252Taken,
                    "The text is not UTF-8; it was read as Windows-1252. See that names with accents are right.",
                    at: part))
        }
        text = withoutPadding(text)
        try refuseControls(text)
        let declaration = SeparatorLine.take(text)
        var rows: [SourceRow] = []
        var separator = try SeparatorChoice.choose(
            text[declaration.end...], declared: declaration.separator, &budget)
        var hasWrapped = false
        rows = try self.rows(
            text[declaration.end...], separator, firstLine: declaration.lines + 1, &budget,
            &hasWrapped)
        if let lines = wrappedLines(rows) {
            let inner = try SeparatorChoice.choose(lines.text[...], declared: nil, &budget)
            if let inner {
                separator = inner
                hasWrapped = true
                var ignored = false
                let unwrapped = try self.rows(
                    lines.text[...], inner, firstLine: 1, &budget, &ignored)
                rows = unwrapped.map { row in
                    var placed = row
                    placed.number = lines.numbers[min(row.number, lines.numbers.count) - 1]
                    return placed
                }
            }
        }
        if hasWrapped {
            notes.append(
                ReadFile.Note(
                    .wrappedLines,
                    "Whole lines stand in quotes, as Excel saves them when it did not part the columns; they were read as what is inside.",
                    at: part))
        }
        dropEmptyColumns(&rows)
        return SourceTable(
            part: part, rows: rows, form: TextForm(encoding: encoding, separator: separator))
    }

    // MARK: - Rows

    private static func rows(
        _ text: ArraySlice<UInt8>, _ separator: Character?, firstLine: Int,
        _ budget: inout WorkBudget, _ hasWrapped: inout Bool
    ) throws(FileRefusal) -> [SourceRow] {
        // A text of one column is read with a separator that cannot occur in it.
        let byte = separator?.asciiValue ?? 0
        var reader = DelimitedReader(text, separator: byte, limits: budget.limits)
        var rows: [SourceRow] = []
        var isAfterBlank = false
        // The width of the last row of several cells: what a wrapped line must unwrap to.
        var width = 0
        while let row = try reader.next() {
            let number = row.line + firstLine - 1
            if row.isBlank || (separator == nil && row.cells.allSatisfy(isSeparatorsOnly)) {
                isAfterBlank = true
                try budget.spend(row.cells.count)
                continue
            }
            var texts = row.cells
            if row.isWrapped, width > 1, let text = texts.first, text.utf8.contains(byte) {
                var inner = DelimitedReader(
                    ArraySlice(text.utf8), separator: byte, limits: budget.limits)
                if let unwrapped = try inner.next(), unwrapped.cells.count == width {
                    texts = unwrapped.cells
                    hasWrapped = true
                }
            }
            if texts.count > 1 { width = texts.count }
            try budget.keepRow(cells: texts.count, at: "line \(number)")
            rows.append(
                SourceRow(
                    number: number, cells: texts.map(cell), followsBlank: isAfterBlank,
                    fault: row.fault))
            isAfterBlank = false
        }
        return rows
    }

    private static func isSeparatorsOnly(_ text: String) -> Bool {
        text.allSatisfy { SeparatorChoice.candidates.contains($0) || $0 == " " }
    }

    private static func cell(_ text: String) -> SourceCell {
        if CellText.isBlank(text) { return .empty }
        // `="0012"` behind a second pair of quotes.
        if text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count >= 3 {
            return .text(String(text.dropFirst(2).dropLast()))
        }
        return .text(text)
    }

    // MARK: - What Excel does

    /// The text inside, if every row is a line in its first cell that was not parted, and nothing in the others.
    private static func wrappedLines(_ rows: [SourceRow]) -> (text: [UInt8], numbers: [Int])? {
        guard rows.count > 1 else { return nil }
        var text: [UInt8] = []
        var numbers: [Int] = []
        var separators = 0
        for row in rows {
            guard case .text(let line)? = row.cells.first, !line.utf8.contains(0x0A),
                row.cells.dropFirst().allSatisfy({ $0 == .empty })
            else { return nil }
            if row.followsBlank {
                text.append(0x0A)
                numbers.append(row.number)
            }
            if line.utf8.contains(where: { $0 == 0x2C || $0 == 0x3B || $0 == 0x09 }) {
                separators += 1
            }
            text += line.utf8
            text.append(0x0A)
            numbers.append(row.number)
        }
        return separators * 2 >= rows.count ? (text, numbers) : nil
    }

    // Separators at the ends of all rows: columns that nobody named and nobody filled.
    private static func dropEmptyColumns(_ rows: inout [SourceRow]) {
        var width = 0
        for row in rows {
            if let last = row.cells.lastIndex(where: { $0 != .empty }) {
                width = max(width, last + 1)
            }
        }
        for index in rows.indices where rows[index].cells.count > width {
            rows[index].cells.removeLast(rows[index].cells.count - width)
        }
    }

    // MARK: - Bytes that are no text

    // Zero bytes at the end, as a full disk or a crash leaves them.
    private static func withoutPadding(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = text.lastIndex { $0 != 0 && $0 != 0x1A } ?? text.startIndex - 1
        return text[...end]
    }

    private static func refuseControls(_ text: ArraySlice<UInt8>) throws(FileRefusal) {
        func isControl(_ byte: UInt8) -> Bool {
            byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0B && byte != 0x0C
                && byte != 0x0D
        }
        guard let place = text.firstIndex(where: isControl) else { return }
        let line = 1 + text[..<place].count { $0 == 0x0A }
        throw FileRefusal(
            .controlCharacters,
            "This is not a text, or it is damaged here (byte \(text[place]) stands in it). Export the file again as CSV UTF-8.",
            at: "line \(line)")
    }
}

/// The first line `sep=;` by which Excel is told the separator.
enum SeparatorLine {
    /// The declared separator, and where the text below begins; nil and the beginning if there is no such line.
    static func take(
        _ text: ArraySlice<UInt8>
    ) -> (separator: Character?, end: Int, lines: Int) {
        let line = text.prefix(32).prefix { $0 != 0x0A && $0 != 0x0D }
        var rest = line.drop { $0 == UInt8(ascii: "\"") || $0 == 0x20 }
        guard rest.prefix(4).elementsEqual("sep=".utf8, by: { $0 | 0x20 == $1 | 0x20 }) else {
            return (nil, text.startIndex, 0)
        }
        rest = rest.dropFirst(4)
        var end = line.endIndex
        if end < text.endIndex {
            let isPair = text[end] == 0x0D && end + 1 < text.endIndex && text[end + 1] == 0x0A
            end += isPair ? 2 : 1
        }
        let declared = rest.first.map { Character(Unicode.Scalar($0)) }
        let isSign = declared.map { ",;|\t:^~".contains($0) } ?? false
        return (isSign ? declared : nil, end, 1)
    }
}
