// What a file that somebody handed in says, whatever it was: rows of cells, each with its place in the file.

public import CounterpointModel

/// One table of a file: a text file is one, each sheet of a workbook and each entry of an archive is one.
public struct SourceTable: Sendable, Hashable {
    /// The sheet or the archive's entry; nil for a file that is one table.
    public var part: String?
    /// Rows that hold anything, in the file's order.
    public var rows: [SourceRow]
    /// How the text was written; nil for a sheet.
    public var form: TextForm?
    /// A sheet that its workbook does not show.
    public var isHidden: Bool

    public init(
        part: String? = nil, rows: [SourceRow], form: TextForm? = nil, isHidden: Bool = false
    ) {
        self.part = part
        self.rows = rows
        self.form = form
        self.isHidden = isHidden
    }
}

/// One row that holds anything.
public struct SourceRow: Sendable, Hashable {
    /// What keeps a row's cells from being trusted.
    public enum Fault: String, Sendable, Hashable, CaseIterable {
        /// A quote was opened in the row and never closed; the cells are what stands between separators.
        case unclosedQuote

        /// What is wrong and what to do, for a person.
        public var detail: String {
            switch self {
            case .unclosedQuote:
                "A cell of this row begins with a quote that is never closed; export the file again, or double the quotes inside the cell."
            }
        }
    }

    /// The line that it begins on in a text file, the row's number in a sheet; both from 1.
    public var number: Int
    /// As many as the row has; a row may be shorter or longer than the header.
    public var cells: [SourceCell]
    /// Whether at least one row without any text stands directly above: files with several blocks part them so.
    public var followsBlank: Bool
    public var fault: Fault?

    public init(
        number: Int, cells: [SourceCell], followsBlank: Bool = false, fault: Fault? = nil
    ) {
        self.number = number
        self.cells = cells
        self.followsBlank = followsBlank
        self.fault = fault
    }
}

/// One cell, as the file has it. A text file has text only; a workbook knows numbers and days from text.
///
/// What a workbook says in another way is given as a text file would have it: durations `0:05:12`, truth values
/// `TRUE` and `FALSE`, errors `#N/A` and `#DIV/0!`, a formula that was never calculated `#VALUE!`.
public enum SourceCell: Sendable, Hashable {
    /// Nothing stands there, or blanks only.
    case empty
    /// Verbatim, with the blanks around it; line ends inside it are `\n`.
    case text(String)
    /// A number as the workbook stores it, with a decimal point, without exponent, never rounded (see `WorkbookNumber`).
    case number(String)
    /// A number that the workbook shows as a percentage, in percent: `2.81` for 2.81 %.
    case percent(String)
    /// A number that the workbook shows with a currency: its sign or code as the format has it, `€`, `USD`.
    indirect case amount(String, currency: String)
    /// A date; a time of day is cut off.
    case day(Day)

    /// What a person would read in the cell, without blanks around it; empty for `.empty`.
    public var shown: String {
        switch self {
        case .empty: ""
        case .text(let text): CellText.trimmed(text)
        case .number(let number): number
        case .percent(let number): number + "%"
        case .amount(let number, let currency): number + " " + currency
        case .day(let day): day.description
        }
    }
}

/// How a delimited text was written.
public struct TextForm: Sendable, Hashable {
    public var encoding: TextEncoding
    /// `,` `;` tab or `|`; nil if the text has a single column.
    public var separator: Character?

    public init(encoding: TextEncoding, separator: Character?) {
        self.encoding = encoding
        self.separator = separator
    }
}
