// The door of the room: the bytes of a file as result sets, with every row and every column accounted for.

public import CounterpointModel

/// Reads what platforms export.
public enum PlatformImport {
    /// What whoever hands a file in says about it. Everything but the format answers a question that a file may leave open.
    public struct Options: Sendable, Hashable {
        /// `auto`, or the id of a format of the catalogue.
        public var format: String
        /// The days of the figures, for files that state none or leave the year out.
        public var period: Period?
        /// Whose figures they are, for files that do not say.
        public var channel: Channel?
        /// What amounts are in, for files that name no currency or one by a sign that several share.
        public var currency: Currency?
        /// How 03/04/2026 is to be read.
        public var dayOrder: DayOrder?
        /// How 1.234 is to be read.
        public var numberStyle: NumberStyle?
        /// Which metric the figures are, for a file of one metric that does not name it.
        public var metric: Metric?

        public init(
            format: String = FormatCatalogue.automatic, period: Period? = nil,
            channel: Channel? = nil, currency: Currency? = nil, dayOrder: DayOrder? = nil,
            numberStyle: NumberStyle? = nil, metric: Metric? = nil
        ) {
            self.format = format
            self.period = period
            self.channel = channel
            self.currency = currency
            self.dayOrder = dayOrder
            self.numberStyle = numberStyle
            self.metric = metric
        }
    }

    /// Reads a file. `name` is never more than a hint: files are told apart by what is in them. Throws only where the
    /// bytes are no tables at all; whatever is wrong with tables is in the report.
    public static func read(
        _ bytes: [UInt8], name: String? = nil, options: Options = Options()
    ) throws(FileRefusal) -> PlatformReport {
        let file = try ReadFile.read(bytes, name: name)
        if let canonical = CanonicalTable(file, bytes, options) {
            return canonical.report().noting(FileNotes.problems(of: file))
        }
        return read(file.tables, name: name, options: options)
            .noting(FileNotes.problems(of: file))
    }

    /// Reads the tables of a file.
    public static func read(
        _ tables: [SourceTable], name: String? = nil, options: Options = Options()
    ) -> PlatformReport {
        guard let candidates = candidates(options.format) else {
            return unknownFormat(options.format)
        }
        let recognition = TableRecognition(candidates: candidates)
        // What a workbook hides nobody has seen who hands it in: it is read only where nothing else is there.
        let shown = tables.filter { !$0.isHidden }
        var recognised = FileRecognition(shown, recognition)
        var hidden = FileNotes.hiddenSheets(tables, areTaken: false)
        if recognised.blocks.isEmpty, shown.count < tables.count {
            recognised = FileRecognition(tables, recognition)
            hidden = FileNotes.hiddenSheets(tables, areTaken: !recognised.blocks.isEmpty)
        }
        guard !recognised.blocks.isEmpty else {
            return PlatformReport(
                format: nil,
                report: ImportReport(
                    sets: [], accounting: ImportAccounting(),
                    problems: otherFormat(tables, options)
                        + recognised.problems.map { hinting($0, name) } + hidden),
                columns: recognised.columns)
        }
        return FileReading(recognised, name: name, options: options).report.noting(hidden)
    }

    // Where the content fits several kinds, the file's name may say which to try: asked for all the same, since people
    // rename files.
    private static func hinting(_ problem: ImportProblem, _ name: String?) -> ImportProblem {
        guard problem.code == "formatAmbiguous", let name, name.utf8.count <= 255 else {
            return problem
        }
        let folded = CellText.folded(name)
        let named = FormatCatalogue.all.filter { format in
            format.layout.marks.contains { folded.contains($0) }
                && problem.detail.contains("format=\(format.id))")
        }
        guard named.count == 1 else { return problem }
        var hinted = problem
        hinted.detail += " The file's name looks like \(named[0].title): format=\(named[0].id)."
        return hinted
    }

    // A format was named, and the file is plainly of another.
    private static func otherFormat(_ tables: [SourceTable], _ options: Options) -> [ImportProblem]
    {
        guard let named = FormatCatalogue.format(options.format),
            let all = candidates(FormatCatalogue.automatic),
            let found = FileRecognition(tables, TableRecognition(candidates: all)).blocks.first
        else { return [] }
        return [
            ImportProblem(
                part: found.part, line: found.header.number, column: "",
                value: found.header.cells.map(\.shown).joined(separator: ", "),
                code: "otherFormat",
                detail:
                    "This is no file of \(named.title), but of \(found.format.title): send format=\(found.format.id), or leave format out.",
                effect: .unreadable)
        ]
    }

    // The formats that are looked for: all of them, or the one that was named with those that come in one archive with it.
    private static func candidates(_ id: String) -> [FileFormat]? {
        if id == FormatCatalogue.automatic {
            return FormatCatalogue.all.filter { $0 != .canonical && $0 != .metaAudience }
        }
        guard let named = FormatCatalogue.format(id) else { return nil }
        return [named] + FormatCatalogue.all.filter { $0.layout.repeats.contains(id) }
    }

    private static func unknownFormat(_ id: String) -> PlatformReport {
        let known = FormatCatalogue.all.map(\.id).joined(separator: ", ")
        let problem = ImportProblem(
            line: 1, column: "", value: id, code: "unknownFormat",
            detail: "There is no format of that name; send auto, or one of \(known).",
            effect: .unreadable)
        return PlatformReport(
            format: nil,
            report: ImportReport(sets: [], accounting: ImportAccounting(), problems: [problem]))
    }
}
