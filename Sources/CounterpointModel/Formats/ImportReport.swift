// What an import answers: every row accounted for, and every one that was not taken with its reason.

/// Rows by what became of them; what was read is always the sum of the other four.
public struct ImportAccounting: Sendable, Hashable {
    /// Rows below the header that hold anything.
    public var rowsRead = 0
    public var accepted = 0
    /// Rows that repeat an earlier one exactly.
    public var duplicate = 0
    /// Totals that stand beside their own parts.
    public var totalsSetAside = 0
    public var rejected = 0

    public init() {}

    /// rowsRead = accepted + duplicate + totalsSetAside + rejected.
    public var isBalanced: Bool { rowsRead == accepted + duplicate + totalsSetAside + rejected }

    public var document: JSONValue {
        [
            "rowsRead": .integer(Int64(rowsRead)), "accepted": .integer(Int64(accepted)),
            "duplicate": .integer(Int64(duplicate)),
            "totalsSetAside": .integer(Int64(totalsSetAside)),
            "rejected": .integer(Int64(rejected)),
        ]
    }
}

/// One thing that is wrong with a row (a row may have several), or why it was set aside.
public struct ImportProblem: Sendable, Hashable {
    /// What it means for the row.
    public enum Effect: String, Sendable, Hashable {
        /// The file's header cannot be read, so no row was.
        case unreadable
        case rejected
        /// The file leaves something open that must not be guessed: it is taken once that is answered, or
        /// in part without the figures concerned.
        case asked
        /// A total beside its parts: left out, and nothing is wrong with the file.
        case setAside
        /// Nothing was left out; something to know.
        case noted
    }

    /// The sheet of a workbook or the entry of an archive; nil for a file that is one table.
    public var part: String?

    /// Line of the file, from 1.
    public var line: Int
    /// Name of the column, or its number where the header gives no name.
    public var column: String
    /// What stands there, cut to what a person needs to find it.
    public var value: String
    public var code: String
    public var detail: String
    public var effect: Effect

    /// What is shown of a cell: enough to recognise it, too little to flood an answer.
    private static let valueScalarsMax = 80

    public init(
        part: String? = nil, line: Int, column: String, value: String, code: String,
        detail: String, effect: Effect
    ) {
        self.part = part
        self.line = line
        self.column = column
        self.value = String(
            String.UnicodeScalarView(value.unicodeScalars.prefix(Self.valueScalarsMax)))
        self.code = code
        self.detail = detail
        self.effect = effect
    }

    /// The code of the note that a file has figures of a cut alone, which only its role settles.
    public static let cutTakenAsWhole = "cutTakenAsWhole"

    /// `{"line","column","value","code","detail","effect"}`, and `"part"` for a file of several tables.
    public var document: JSONValue {
        var object: JSONObject = [
            "line": .integer(Int64(line)), "column": .string(column), "value": .string(value),
            "code": .string(code), "detail": .string(detail),
            "effect": .string(effect.rawValue),
        ]
        if let part { object["part"] = .string(part) }
        return .object(object)
    }
}

/// The figures of one channel in a file.
public struct ImportedSet: Sendable, Hashable {
    public var channel: Channel
    public var breakdown: Breakdown
    /// From the first to the last day of its readings.
    public var period: Period
    /// At least one; each with the line it came from.
    public var readings: [Reading]
    /// Set where the file itself says whether these figures count or cut those of another set again;
    /// nil where only who hands it in can say.
    public var role: SetRole?
    /// Figures since the beginning, as a newer export states them again: they replace, and never add.
    public var isSnapshot: Bool

    public init(
        channel: Channel, breakdown: Breakdown, period: Period, readings: [Reading],
        role: SetRole? = nil, isSnapshot: Bool = false
    ) {
        self.channel = channel
        self.breakdown = breakdown
        self.period = period
        self.readings = readings
        self.role = role
        self.isSnapshot = isSnapshot
    }

    /// The set as it is logged.
    public func newResultSet(
        role: SetRole, method: ResultMethod, source: SourceFile?, supersedes: ResultSet.ID? = nil
    ) -> NewResultSet {
        NewResultSet(
            channel: channel, period: period, method: method, role: role, breakdown: breakdown,
            readings: readings, supersedes: supersedes, source: source)
    }
}

/// A file that was read to its end.
public struct ImportReport: Sendable {
    /// One set a channel, in the order of their first rows.
    public var sets: [ImportedSet]
    public var accounting: ImportAccounting
    /// In the order of the lines, at most `problemsMax`.
    public var problems: [ImportProblem]
    /// How many more problems there are.
    public var problemsNotListed: Int

    public init(
        sets: [ImportedSet], accounting: ImportAccounting, problems: [ImportProblem],
        problemsNotListed: Int = 0
    ) {
        self.sets = sets
        self.accounting = accounting
        self.problems = problems
        self.problemsNotListed = problemsNotListed
    }

    /// Problems listed: a thousand are some 200 kB of answer; a file with more is wrong in one way
    /// a thousand times.
    public static let problemsMax = 1_000

    /// Whether the header could be read, no row was rejected, and nothing has to be asked.
    public var isClean: Bool {
        accounting.rejected == 0
            && !problems.contains { $0.effect == .unreadable || $0.effect == .asked }
    }
}
