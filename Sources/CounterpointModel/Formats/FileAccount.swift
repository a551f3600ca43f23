// What is told of a file beside the account of its rows: its kind, its columns, and what its own totals say.

/// A file's kind and columns, as answers show them.
public struct FileAccount: Sendable {
    /// `{"id","title","platform"}`; nil: not recognised.
    public var format: JSONValue?
    /// Every column that was found, and what it was taken for.
    public var columns: [JSONValue]
    /// Figures of the file that cannot both be true, such as a total and its rows.
    public var findings: [Finding]

    public init(format: JSONValue?, columns: [JSONValue] = [], findings: [Finding] = []) {
        self.format = format
        self.columns = columns
        self.findings = findings
    }

    /// Of the canonical CSV, whose columns are its own names.
    public static let canonical = FileAccount(
        format: [
            "id": "canonical", "title": "Canonical results CSV", "platform": "Counterpoint",
        ])
}

extension ImportProblem.Effect {
    /// Whether a file with such a problem stays out unless what is sound is asked for.
    public var keepsOut: Bool { self == .unreadable || self == .asked }
}
