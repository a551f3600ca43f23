// What became of a file, as its sender is told.

/// The account of an import, and the sets it made.
public struct ImportAnswer: Sendable {
    /// The sets that were made; of a file that was imported before, those made then; none of a dry run.
    public var resultSets: [ResultSet.ID]
    public var accounting: ImportAccounting
    public var problems: [ImportProblem]
    /// How many more problems there are than are listed.
    public var problemsNotListed: Int
    public var findings: [Finding]
    public var source: SourceFile

    public init(
        resultSets: [ResultSet.ID], accounting: ImportAccounting, problems: [ImportProblem],
        problemsNotListed: Int, findings: [Finding] = [], source: SourceFile
    ) {
        self.resultSets = resultSets
        self.accounting = accounting
        self.problems = problems
        self.problemsNotListed = problemsNotListed
        self.findings = findings
        self.source = source
    }

    public var document: JSONValue {
        [
            "resultSets": .array(resultSets.map { .string($0.text) }),
            "accounting": accounting.document, "problems": .array(problems.map(\.document)),
            "problemsNotListed": .integer(Int64(problemsNotListed)),
            "findings": .array(findings.map { $0.document(sets: resultSets) }),
            "source": source.document,
        ]
    }
}

/// How a file is to be taken.
public struct ImportOptions: Sendable, Hashable {
    public enum OnOverlap: String, CaseIterable, Sendable {
        /// What stands for the same days is a conflict.
        case refuse
        /// What stands for the same days is corrected by the file.
        case supersede
    }

    /// Say what would happen and store nothing.
    public var dryRun = false
    /// Take the sound rows of a file that has faulty ones.
    public var partial = false
    public var onOverlap = OnOverlap.refuse
    public var role = SetRole.primary
    /// How the rows are cut, where the file does not say.
    public var breakdown: Breakdown?

    public init() {}
}
