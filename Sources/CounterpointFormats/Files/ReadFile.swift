// The door of the folder: the bytes that somebody handed in, as tables.

/// The tables of one file, and what was noticed on the way.
public struct ReadFile: Sendable, Hashable {
    /// At least one; of a workbook and an archive in their own order. Tables without a row are left out.
    public var tables: [SourceTable]
    public var kind: Kind
    /// What was assumed, repaired or passed over; nothing of it changes a figure.
    public var notes: [Note]

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case delimitedText, workbook, archive
    }

    /// Something that was noticed, with a stable code.
    public struct Note: Sendable, Hashable {
        public enum Code: String, Sendable, Hashable, CaseIterable {
            /// The text is no UTF-8 and was taken as Windows-1252.
            case windows1252Taken
            /// Whole lines stood in quotes, as after a careless save by Excel, and were read as what they hold.
            case wrappedLines
            /// An entry of an archive or a sheet without a table: a picture, a chart, a note of the system.
            case partPassedOver
            /// Rows that the workbook hides, by a filter perhaps; they are read.
            case hiddenRows
        }

        public var code: Code
        public var detail: String
        public var place: String?

        public init(_ code: Code, _ detail: String, at place: String? = nil) {
            self.code = code
            self.detail = detail
            self.place = place
        }
    }

    public init(tables: [SourceTable], kind: Kind, notes: [Note] = []) {
        self.tables = tables
        self.kind = kind
        self.notes = notes
    }

    /// Of the first table that is text.
    public var encoding: TextEncoding? { tables.lazy.compactMap(\.form).first?.encoding }
    /// Of the first table that is text and has more than one column.
    public var separator: Character? { tables.lazy.compactMap { $0.form?.separator }.first }
}

extension ReadFile {
    /// Reads a text file, an .xlsx workbook or a zip of text files, told apart by what is in them and never by name.
    ///
    /// Whatever the bytes are, this ends, within the limits in time and memory, with tables or a refusal. `name` is the
    /// file's own and only used to say what to do; `shouldStop` is asked every few milliseconds of work.
    public static func read(
        _ bytes: [UInt8], name: String? = nil, limits: FileLimits = .standard,
        shouldStop: (@Sendable () -> Bool)? = nil
    ) throws(FileRefusal) -> ReadFile {
        guard bytes.count <= limits.fileBytes else {
            throw FileRefusal(
                .fileTooLarge,
                "A file has at most \(limits.fileBytes >> 20) MiB; export a shorter period, or fewer breakdowns."
            )
        }
        var budget = WorkBudget(limits, shouldStop: shouldStop)
        switch try FileContent.recognise(bytes[...]) {
        case .text:
            var notes: [Note] = []
            let table = try DelimitedText.read(bytes[...], part: nil, &budget, &notes)
            guard !table.rows.isEmpty else { throw FileRefusal.empty }
            return ReadFile(tables: [table], kind: .delimitedText, notes: notes)
        case .zip:
            return try ZipContent.read(bytes, &budget)
        }
    }
}

extension FileRefusal {
    static let empty = FileRefusal(
        .emptyFile, "Nothing is in the file; export it again, and see that it opens.")
}
