// One sheet of a workbook as rows, read as a stream.

import CLibXML2
import CounterpointModel

/// Reads the rows of a sheet. Rows and cells without a value cost nothing, wherever they are; rows and cells out of order
/// are no workbook's.
struct SheetReader {
    private let parts: WorkbookParts
    private let sheet: String
    private var table: SourceTable
    private(set) var hiddenRows = 0

    private var row = 0
    private var cells: [SourceCell] = []
    private var column = -1
    private var cell = Cell()
    private var isInRow = false
    private var isInCell = false
    private var isInValue = false
    private var text = WorkbookText()
    private var value = WorkbookText()

    private struct Cell {
        enum Kind { case number, shared, text, inline, truth, error, date }
        var kind = Kind.number
        var style = 0
        var hasFormula = false
    }

    // A sheet ends here in every program.
    private static let rowsMax = 1_048_576
    private static let columnsMax = 16_384

    init(_ parts: WorkbookParts, _ sheet: WorkbookParts.Sheet) {
        self.parts = parts
        self.sheet = sheet.name
        table = SourceTable(part: sheet.name, rows: [], isHidden: sheet.isHidden)
    }

    /// Reads the sheet to its end.
    mutating func read(_ reader: XMLReader, _ budget: inout WorkBudget) throws(FileRefusal)
        -> SourceTable
    {
        while let node = try reader.next(&budget) {
            switch node {
            case .element: try begin(reader, &budget)
            case .end: try end(reader, &budget)
            case .text:
                if isInValue {
                    try value.append(reader, budget.limits)
                } else if isInCell {
                    try text.read(node, reader, budget.limits)
                }
            case .other: break
            }
        }
        return table
    }

    private func broken(_ column: Int? = nil) -> FileRefusal {
        XMLReader.broken(at: place(column))
    }

    // `Sheet1!B7`, `Sheet1, row 7`.
    private func place(_ column: Int? = nil) -> String {
        guard let column else { return "\(sheet), row \(row)" }
        var letters = ""
        var rest = column
        repeat {
            letters = String(Unicode.Scalar(UInt8(0x41 + rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return "\(sheet)!\(letters)\(row)"
    }

    // MARK: - Nodes

    private mutating func begin(_ reader: XMLReader, _ budget: inout WorkBudget) throws(FileRefusal)
    {
        let isEmpty = reader.isEmptyElement
        if isInCell {
            if reader.isNamed("v") {
                isInValue = !isEmpty
            } else if reader.isNamed("f") {
                cell.hasFormula = true
            } else {
                try text.read(.element, reader, budget.limits)
            }
        } else if isInRow, reader.isNamed("c") {
            try beginCell(reader)
            isInCell = !isEmpty
            if isEmpty { try endCell(&budget) }
        } else if reader.isNamed("row") {
            try beginRow(reader)
            isInRow = !isEmpty
        }
    }

    private mutating func end(_ reader: XMLReader, _ budget: inout WorkBudget) throws(FileRefusal) {
        if isInCell {
            if reader.isNamed("v") {
                isInValue = false
            } else if reader.isNamed("c") {
                isInCell = false
                try endCell(&budget)
            } else {
                try text.read(.end, reader, budget.limits)
            }
        } else if isInRow, reader.isNamed("row") {
            isInRow = false
            try endRow(&budget)
        }
    }

    private mutating func beginRow(_ reader: XMLReader) throws(FileRefusal) {
        var number = row + 1
        var isHidden = false
        reader.forEachAttribute { name, value in
            if XMLReader.isEqual(name, "r") { number = Int(String(cString: value)) ?? -1 }
            if XMLReader.isEqual(name, "hidden") {
                isHidden = XMLReader.isEqual(value, "1") || XMLReader.isEqual(value, "true")
            }
        }
        guard number > row, number <= Self.rowsMax else { throw broken() }
        row = number
        if isHidden { hiddenRows += 1 }
        column = -1
        cells.removeAll(keepingCapacity: true)
    }

    private mutating func beginCell(_ reader: XMLReader) throws(FileRefusal) {
        cell = Cell()
        var place = column + 1
        var kind: Cell.Kind? = .number
        var style = 0
        var namedRow = row
        reader.forEachAttribute { name, value in
            if XMLReader.isEqual(name, "r") {
                (place, namedRow) = Self.reference(value)
            } else if XMLReader.isEqual(name, "s") {
                style = Int(String(cString: value)) ?? 0
            } else if XMLReader.isEqual(name, "t") {
                kind = Self.kinds[String(cString: value)]
            }
        }
        guard let kind, namedRow == row, place > column, place < Self.columnsMax else {
            throw broken(column + 1)
        }
        cell.kind = kind
        cell.style = style
        column = place
    }

    private static let kinds: [String: Cell.Kind] = [
        "n": .number, "s": .shared, "str": .text, "inlineStr": .inline, "b": .truth, "e": .error,
        "d": .date,
    ]

    // `AB12` as column from 0 and row from 1; a column beyond every sheet for what is no reference.
    private static func reference(_ text: UnsafePointer<xmlChar>) -> (column: Int, row: Int) {
        var column = 0
        var row = 0
        var letter = text
        while (0x41...0x5A).contains(letter.pointee & 0xDF), column <= columnsMax {
            column = column * 26 + Int(letter.pointee & 0xDF) - 0x40
            letter += 1
        }
        while isDigit(letter.pointee), row <= rowsMax {
            row = row * 10 + Int(letter.pointee - 0x30)
            letter += 1
        }
        return letter.pointee == 0 && column > 0 ? (column - 1, row) : (columnsMax, row)
    }

    // MARK: - Values

    private mutating func endCell(_ budget: inout WorkBudget) throws(FileRefusal) {
        let stored = value.take()
        let inline = text.take()
        let read = try read(stored, inline)
        if case .empty = read { return }
        guard column < budget.limits.columns else {
            throw FileRefusal(
                .tooManyColumns,
                "A table has at most \(budget.limits.columns) columns; hand in only those with results.",
                at: place(column))
        }
        if case .text(let text) = read { try budget.keepText(text, at: place(column)) }
        while cells.count < column { cells.append(.empty) }
        cells.append(read)
    }

    private mutating func endRow(_ budget: inout WorkBudget) throws(FileRefusal) {
        guard !cells.isEmpty else { return }
        try budget.keepRow(cells: cells.count, at: place())
        let above = table.rows.last?.number ?? 0
        table.rows.append(
            SourceRow(number: row, cells: cells, followsBlank: row > above + 1))
    }

    private func read(_ stored: String, _ inline: String) throws(FileRefusal) -> SourceCell {
        switch cell.kind {
        case .inline:
            return Self.text(inline)
        case .text:
            return Self.text(stored)
        case .shared:
            guard let index = Int(CellText.trimmed(stored)), parts.texts.indices.contains(index)
            else {
                throw broken(column)
            }
            return Self.text(parts.texts[index])
        case .truth:
            return stored.isEmpty
                ? .empty : .text(stored == "1" || stored == "true" ? "TRUE" : "FALSE")
        case .error:
            return .text(stored.isEmpty ? "#N/A" : stored)
        case .date:
            if let day = Day(iso: stored.prefix(10)) { return .day(day) }
            return Self.text(stored)
        case .number:
            // A formula that no program has calculated yet: not nothing, and not zero.
            if CellText.isBlank(stored) { return cell.hasFormula ? .text("#VALUE!") : .empty }
            return number(stored)
        }
    }

    private static func text(_ text: String) -> SourceCell {
        CellText.isBlank(text) ? .empty : .text(text)
    }

    private func number(_ stored: String) -> SourceCell {
        guard let plain = WorkbookNumber.plain(stored) else { return .text(stored) }
        let format =
            parts.formats.indices.contains(cell.style) ? parts.formats[cell.style] : .number
        switch format {
        case .number:
            return .number(plain)
        case .percent:
            return WorkbookNumber.shifted(stored, by: 2).map(SourceCell.percent) ?? .number(plain)
        case .amount(let currency):
            return .amount(plain, currency: currency)
        case .day:
            let day = Double(stored).flatMap { WorkbookDay.day($0, is1904: parts.is1904) }
            return day.map(SourceCell.day) ?? .number(plain)
        case .duration:
            let duration = Double(stored).flatMap(WorkbookDay.duration)
            return duration.map(SourceCell.text) ?? .number(plain)
        }
    }
}
