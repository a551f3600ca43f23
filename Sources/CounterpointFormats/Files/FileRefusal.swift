// Why a file cannot be read at all, and what its owner can do.

/// A file that is not read. A sound file with faulty rows is read; its rows say what is wrong with them.
public struct FileRefusal: Error, Sendable, Hashable {
    /// Stable; the raw value is what answers carry.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Nothing is in it.
        case emptyFile
        /// Beyond `FileLimits.fileBytes`.
        case fileTooLarge
        /// Not text, a workbook or an archive of text: a picture, a PDF, a program.
        case notATable
        /// A kind of spreadsheet that is not read: old .xls, .xlsb, .ods, .numbers, HTML or XML under another name.
        case unsupportedSpreadsheet
        /// Protected with a password.
        case encryptedWorkbook, encryptedArchive
        /// Cannot be unpacked: cut off, damaged, or written to be read in two ways.
        case brokenArchive
        /// Unpacks to more, or into more entries, than is taken.
        case archiveTooLarge, tooManyEntries
        /// An archive inside an archive, or packed otherwise than by deflate.
        case nestedArchive, unsupportedCompression
        /// The parts of a workbook do not fit together, or are not XML.
        case brokenWorkbook
        /// An XML part declares a document type, as no spreadsheet program writes.
        case documentType
        /// Bytes that are no text in any encoding that is read.
        case undecodableText
        /// NUL or other control characters in a text.
        case controlCharacters
        /// So many quotes do not close that rows cannot be told apart.
        case brokenQuotes
        /// Beyond `FileLimits` in rows, columns, cells, tables, or a cell's length.
        case tooManyRows, tooManyColumns, tooManyCells, tooManyTables, cellTooLong
        /// Beyond `FileLimits.steps`, or the caller asked to stop.
        case tooMuchWork, stopped
    }

    public var code: Code
    /// What is wrong and what to do, for a person who has the file before them.
    public var detail: String
    /// Where: `line 12`, `Sheet1!B7`, `Totals.csv`; several parts are joined by `, `. Nil: the file as a whole.
    public var place: String?

    public init(_ code: Code, _ detail: String, at place: String? = nil) {
        self.code = code
        self.detail = detail
        self.place = place
    }

    /// The refusal with the part of the file that it is in put before its place.
    func inside(_ part: String) -> FileRefusal {
        var refusal = self
        refusal.place = place.map { "\(part), \($0)" } ?? part
        return refusal
    }
}

extension FileRefusal: CustomStringConvertible {
    public var description: String {
        code.rawValue + ": " + detail + (place.map { " (\($0))" } ?? "")
    }
}
