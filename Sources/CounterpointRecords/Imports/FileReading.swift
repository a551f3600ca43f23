// A file that was read to its end, with all that can be worked out before the database is asked.

import CounterpointFormats
public import CounterpointModel

/// What a file came to: its sets, and the account of its rows.
public struct FileReading: Sendable {
    public var source: SourceFile
    public var method: ResultMethod
    public var sets: [SetOfFile]
    public var accounting: ImportAccounting
    public var problems: [ImportProblem]
    public var problemsNotListed: Int
    /// What kind of file it is, which columns it has, and what its own totals say.
    public var about: FileAccount
    /// The file itself, where it is short enough to be kept as evidence.
    var original: [UInt8]?

    /// Whether the file can be taken whole.
    public var isClean: Bool {
        accounting.rejected == 0 && !problems.contains { $0.effect.keepsOut }
    }

    /// Files up to this are kept: what a piece of evidence may have.
    static let originalBytesMax = Evidence.bytesMax
}

/// One set of a file, with its digest and its figures.
public struct SetOfFile: Sendable {
    public var channel: Channel
    public var breakdown: Breakdown
    public var period: Period
    public var readings: PackedReadings
    /// Where the file itself says whether its figures count.
    public var role: SetRole?
    public var isSnapshot: Bool
    var digest: String
    var figures: [DerivedFigure]

    init(
        channel: Channel, breakdown: Breakdown, period: Period, readings: PackedReadings,
        role: SetRole? = nil, isSnapshot: Bool = false
    ) throws {
        self.channel = channel
        self.breakdown = breakdown
        self.period = period
        self.readings = readings
        self.role = role
        self.isSnapshot = isSnapshot
        digest = ReadingDigest.hex(of: readings)
        do {
            figures = try FigureTally.figures(of: readings)
        } catch {
            throw RegistryError.refused(
                Refusal(
                    "sumTooLarge", "The figures of \(channel.rawValue) add to more than 10^30."))
        }
    }
}
