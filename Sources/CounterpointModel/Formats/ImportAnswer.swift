// What became of a file that was handed in.

/// An import's account: the sets that were made, every row, and every problem.
public struct ImportAnswer: Sendable {
    /// Drafts, one a channel; empty if nothing was stored.
    public var resultSets: [ResultSet.ID]
    public var accounting: ImportAccounting
    public var problems: [ImportProblem]
    /// How many more problems there are than are listed.
    public var problemsNotListed: Int
    /// The sets that the file makes or would make, without their readings: for what is odd about them.
    public var details: [ResultSetDetail]
    public var source: SourceFile

    /// `details` are the sets as they were logged; `isStored` is false for a dry run.
    public init(
        details: [ResultSetDetail], isStored: Bool, report: ImportReport, source: SourceFile
    ) {
        resultSets = isStored ? details.map(\.set.id) : []
        accounting = report.accounting
        problems = report.problems
        problemsNotListed = report.problemsNotListed
        // A file's readings are many, and the answer does not repeat them.
        self.details = details.map {
            ResultSetDetail(
                set: $0.set, readings: [], findings: $0.findings, findingSets: $0.findingSets)
        }
        self.source = source
    }

    /// Of a file whose bytes were taken before: the sets that stand, and every sound row one that is there already.
    public init(repeating standing: [ResultSet.ID], report: ImportReport, source: SourceFile) {
        resultSets = standing
        accounting = report.accounting
        accounting.duplicate += accounting.accepted
        accounting.accepted = 0
        problems = report.problems
        problemsNotListed = report.problemsNotListed
        details = []
        self.source = source
    }

    public var document: JSONValue {
        let findings = details.flatMap { detail in
            detail.findings.map { $0.document(sets: detail.findingSets) }
        }
        return [
            "resultSets": .texts(resultSets), "accounting": accounting.document,
            "problems": .array(problems.map(\.document)),
            "problemsNotListed": .integer(Int64(problemsNotListed)), "findings": .array(findings),
            "source": source.document,
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
    public var role: SetRole
    /// How the rows are cut, where the file does not say.
    public var breakdown: Breakdown?

    public init(
        dryRun: Bool = false, partial: Bool = false, role: SetRole = .primary,
        breakdown: Breakdown? = nil
    ) {
        self.dryRun = dryRun
        self.partial = partial
        self.role = role
        self.breakdown = breakdown
    }
}
