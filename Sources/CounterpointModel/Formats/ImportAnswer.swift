// What became of a file that was handed in.

/// An import's account: the sets that were made, every row, and every problem.
public struct ImportAnswer: Sendable {
    /// What a set of the file does to one that stands.
    public struct Replacement: Sendable, Hashable {
        public var set: ResultSet.ID
        public var status: ResultSetStatus
        /// Figures and days that the old set has and the new one does not: they go with it.
        public var leavesOut: [LeftOut]

        public struct LeftOut: Sendable, Hashable {
            public var metric: String
            public var period: Period

            public init(metric: String, period: Period) {
                self.metric = metric
                self.period = period
            }
        }

        public init(set: ResultSet.ID, status: ResultSetStatus, leavesOut: [LeftOut]) {
            self.set = set
            self.status = status
            self.leavesOut = leavesOut
        }

        /// `{"id","status","then","leavesOut":[{"metric","from","to"}]}`.
        public var document: JSONValue {
            [
                "id": .string(set.text), "status": .string(status.rawValue),
                "then": .string(
                    status == .accepted ? "supersededWhenAccepted" : "withdrawn"),
                "leavesOut": .array(
                    leavesOut.map {
                        [
                            "metric": .string($0.metric), "from": .text($0.period.from),
                            "to": .text($0.period.to),
                        ]
                    }),
            ]
        }
    }

    /// Drafts, one a channel; empty if nothing was stored.
    public var resultSets: [ResultSet.ID]
    public var accounting: ImportAccounting
    /// Those that ask about what the file leaves open stand under `questions` in the document once more.
    public var problems: [ImportProblem]
    /// How many more problems there are than are listed.
    public var problemsNotListed: Int
    /// The sets that the file makes or would make, without their readings: for what is odd about them.
    public var details: [ResultSetDetail]
    /// What the rows that can be taken come to, whether they were stored or not.
    public var figures: [ImportedFigures] = []
    public var source: SourceFile
    public var about: FileAccount
    /// Whether figures are those since the beginning, which replace and never add.
    public var isSnapshot: Bool
    /// Sets that stand, and make room for those of the file.
    public var replaces: [Replacement] = []
    /// The same bytes were taken before, and what they made stands: nothing was changed.
    public var isUnchanged = false
    /// Nothing was to be stored, whatever came out.
    public var isDryRun: Bool
    /// Under which the import can be looked up, if it can.
    public var id: ImportRun.ID?

    public init(
        accounting: ImportAccounting, problems: [ImportProblem], problemsNotListed: Int,
        source: SourceFile, about: FileAccount, isSnapshot: Bool, isDryRun: Bool,
        details: [ResultSetDetail] = []
    ) {
        self.accounting = accounting
        self.problems = problems
        self.problemsNotListed = problemsNotListed
        self.source = source
        self.about = about
        self.isSnapshot = isSnapshot
        self.isDryRun = isDryRun
        // A file's readings are many, and the answer does not repeat them.
        self.details = details.map {
            ResultSetDetail(
                set: $0.set, readings: [], findings: $0.findings, findingSets: $0.findingSets)
        }
        resultSets = []
    }

    public var document: JSONValue {
        let findings =
            about.findings.map { $0.document(sets: []) }
            + details.flatMap { detail in
                detail.findings.map { $0.document(sets: detail.findingSets) }
            }
        return [
            "id": .text(id), "sets": .array(figures.map(\.document)),
            "resultSets": .texts(resultSets), "unchanged": .bool(isUnchanged),
            "dryRun": .bool(isDryRun), "accounting": accounting.document,
            "problems": .array(problems.map(\.document)),
            "problemsNotListed": .integer(Int64(problemsNotListed)),
            "questions": .array(problems.filter { $0.effect == .asked }.map(\.document)),
            "findings": .array(findings), "replaces": .array(replaces.map(\.document)),
            "snapshot": .bool(isSnapshot), "format": about.format ?? .null,
            "columns": .array(about.columns), "source": source.document,
        ]
    }
}

/// How a file is taken.
public struct ImportOptions: Sendable, Hashable {
    public enum OnOverlap: String, CaseIterable, Hashable, Sendable {
        /// They are in the way, and named.
        case refuse
        /// They are corrected by the file.
        case supersede
    }

    /// Do everything and store nothing.
    public var dryRun: Bool
    /// Take the sound rows of a file that has faulty ones; else a faulty row keeps the whole file out.
    public var partial: Bool
    /// What becomes of sets that stand for the same days.
    public var onOverlap = OnOverlap.refuse
    /// Whether the figures count; nil leaves it to the file, and to primary where it does not say.
    public var role: SetRole?
    /// How the rows are cut, where the file does not say.
    public var breakdown: Breakdown?

    public init(
        dryRun: Bool = false, partial: Bool = false, role: SetRole? = nil,
        breakdown: Breakdown? = nil
    ) {
        self.dryRun = dryRun
        self.partial = partial
        self.role = role
        self.breakdown = breakdown
    }
}
