// What a file that somebody handed in says, whatever it was: rows of cells, each with its place in the file.

public import CounterpointModel

/// One table of a file: a text file is one, each sheet of a workbook and each entry of an archive is one.
public struct SourceTable: Sendable, Hashable {
    /// The sheet or the archive's entry; nil for a file that is one table.
    public var part: String?
    public var rows: [SourceRow]

    public init(part: String? = nil, rows: [SourceRow]) {
        self.part = part
        self.rows = rows
    }
}

/// One row that holds anything.
public struct SourceRow: Sendable, Hashable {
    /// The line that it begins on in a text file, the row's number in a sheet; both from 1.
    public var number: Int
    public var cells: [SourceCell]

    public init(number: Int, cells: [SourceCell]) {
        self.number = number
        self.cells = cells
    }
}

/// One cell, as the file has it. A text file has text only; a workbook knows numbers and days from text.
public enum SourceCell: Sendable, Hashable {
    /// Nothing stands there.
    case empty
    case text(String)
    /// A number as the workbook stores it, with a decimal point, never rounded.
    case number(String)
    case day(Day)
}
