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

        public init(
            format: String = FormatCatalogue.automatic, period: Period? = nil,
            channel: Channel? = nil, currency: Currency? = nil, dayOrder: DayOrder? = nil,
            numberStyle: NumberStyle? = nil
        ) {
            self.format = format
            self.period = period
            self.channel = channel
            self.currency = currency
            self.dayOrder = dayOrder
            self.numberStyle = numberStyle
        }
    }

    /// Reads a file. `name` is never more than a hint: files are told apart by what is in them. Throws only where the
    /// bytes are no tables at all; whatever is wrong with tables is in the report.
    public static func read(
        _ bytes: [UInt8], name: String? = nil, options: Options = Options()
    ) throws(FileRefusal) -> PlatformReport {
        let file = try ReadFile.read(bytes, name: name)
        if let canonical = CanonicalTable(file, bytes, options) { return canonical.report() }
        return read(file.tables, name: name, options: options)
    }

    /// Reads the tables of a file.
    public static func read(
        _ tables: [SourceTable], name: String? = nil, options: Options = Options()
    ) -> PlatformReport {
        guard let candidates = candidates(options.format) else {
            return unknownFormat(options.format)
        }
        let recognised = FileRecognition(tables, TableRecognition(candidates: candidates))
        guard !recognised.blocks.isEmpty else {
            return PlatformReport(
                format: nil,
                report: ImportReport(
                    sets: [], accounting: ImportAccounting(), problems: recognised.problems),
                columns: recognised.columns)
        }
        return FileReading(recognised, name: name, options: options).report
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
