// What a file of a platform turned out to be, and everything that became of it.

public import CounterpointModel

/// A file that was read to its end, whatever kind it is.
public struct PlatformReport: Sendable {
    /// Nil: the kind was not recognised; the problems say which columns were found and what came nearest.
    public var format: FileFormat?
    /// The sets, one a channel and cut, and the account of every row.
    public var report: ImportReport
    /// Every column of every table that was read, and what it was taken for.
    public var columns: [ColumnUse]
    /// Totals that disagree with their rows, and combined columns with their parts. What the sets themselves contradict
    /// in is found when they are stored or tried.
    public var findings: [Finding]
    /// Whether figures are those since the beginning: they replace what an earlier export said, and never add.
    public var snapshot: Bool

    public init(
        format: FileFormat?, report: ImportReport, columns: [ColumnUse] = [],
        findings: [Finding] = [], snapshot: Bool = false
    ) {
        self.format = format
        self.report = report
        self.columns = columns
        self.findings = findings
        self.snapshot = snapshot
    }
}

/// A column of a file, and what it was taken for.
public struct ColumnUse: Sendable, Hashable {
    /// What is done with a column. The raw value is what answers carry.
    public enum Use: String, Sendable, Hashable, CaseIterable {
        /// Its figures are taken.
        case figures
        /// It says what the figures are about: the content, the days, the channel, the currency.
        case describes
        /// Its figures check others of the row.
        case checks
        /// Understood, and for the reason given not taken.
        case notUsed
        /// Nobody taught this program the name. Nothing in it is taken.
        case notUnderstood
    }

    /// The sheet or the archive's entry.
    public var part: String?
    /// From 1, as a spreadsheet counts columns.
    public var number: Int
    /// As the file has it.
    public var header: String
    public var use: Use
    /// The metric of its figures; nil if it has none, or several row by row.
    public var metric: Metric?
    /// In words, for a person.
    public var detail: String

    public init(
        part: String?, number: Int, header: String, use: Use, metric: Metric? = nil,
        detail: String
    ) {
        self.part = part
        self.number = number
        self.header = header
        self.use = use
        self.metric = metric
        self.detail = detail
    }

    /// `{"part","number","header","use","metric","detail"}`.
    public var document: JSONValue {
        [
            "part": .string(orNull: part), "number": .integer(Int64(number)),
            "header": .string(header), "use": .string(use.rawValue),
            "metric": .string(orNull: metric?.code), "detail": .string(detail),
        ]
    }
}
