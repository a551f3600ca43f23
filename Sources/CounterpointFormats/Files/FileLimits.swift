// How much of a file is read before it is refused. Every number has its reason; a file within them is read in
// time and memory that grow with its size alone.

/// The bounds of one reading. Everything beyond them is a `FileRefusal`.
public struct FileLimits: Sendable, Hashable {
    /// The file as it was handed in. 64 MiB: the largest real export that was seen has 9 MB, and what is larger goes in as
    /// canonical CSV, which is read as a stream.
    public var fileBytes = 64 << 20
    /// Entries of an archive, a workbook's parts included. A workbook has some twenty, a YouTube export three; ASVS 5.2.3
    /// asks for a number, and 1,000 is beyond every real one.
    public var entries = 1_000
    /// All entries together after unpacking, by what really comes out: 100 MiB, the same as uploads that need no unpacking
    /// and half again.
    public var unpackedBytes = 100 << 20
    /// Unpacked size by packed size. Sheets of repeated values reach 30; deflate ends at 1,032, which only bombs come near.
    public var ratio = 100
    /// Below this the ratio is not looked at: a small file of blanks is harmless.
    public var ratioFloor = 4 << 20
    /// Rows of all tables. A year of days for 500 ads are 182,500; Excel ends at 1,048,576 a sheet.
    public var rows = 500_000
    /// Columns of a table. Ads Manager with every column switched on has about 400.
    public var columns = 1_024
    /// Cells of all tables, empty ones within a row included: 3 million are some 100 to 200 MB when they are read.
    public var cells = 3_000_000
    /// Bytes of one cell. Ad texts of platforms end at 8 KiB; Excel ends at 32,767 characters a cell.
    public var cellBytes = 128 << 10
    /// Different texts of a workbook, in number.
    public var sharedStrings = 1_000_000
    /// Bytes of a workbook's shared texts and styles, which stay in memory while the sheets are read.
    public var sharedBytes = 32 << 20
    /// Bytes of all texts of a workbook's cells, each counted where it stands: a shared text of 100 KiB in a million cells is
    /// one text in memory, and a hundred gigabytes for whoever reads the cells.
    public var textBytes = 256 << 20
    /// Sheets of a workbook, entries with a table in an archive.
    public var tables = 100
    /// Quotes that were opened and never closed, each of which is read twice: more is not a table.
    public var unclosedQuotes = 16
    /// Steps of work, where a step is a cell, an XML node or 64 bytes. The room has no clock; a step is well below
    /// a microsecond, so that this ends within seconds on the slowest machine.
    public var steps = 30_000_000

    public init() {}

    /// What the service and the command line use.
    public static let standard = FileLimits()
}
