// A file that was read to its end, with its readings packed: what an import of any size is made of.

/// The figures of one channel in a file.
public struct PackedSet: Sendable {
    public var channel: Channel
    public var breakdown: Breakdown
    /// From the first to the last day of its readings.
    public var period: Period
    /// At least one; each with the line it came from.
    public var readings: PackedReadings
}

/// What `ImportReport` says, of packed readings.
public struct PackedReport: Sendable {
    /// One set a channel, in the order of their first rows.
    public var sets: [PackedSet]
    public var accounting: ImportAccounting
    /// In the order of the lines, at most `ImportReport.problemsMax`.
    public var problems: [ImportProblem]
    /// How many more problems there are.
    public var problemsNotListed: Int

    /// The same with every reading unpacked.
    public var unpacked: ImportReport {
        ImportReport(
            sets: sets.map { set in
                ImportedSet(
                    channel: set.channel, breakdown: set.breakdown, period: set.period,
                    readings: Array(set.readings))
            }, accounting: accounting, problems: problems, problemsNotListed: problemsNotListed)
    }
}
