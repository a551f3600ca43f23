// How much work one reading may still do. The room has no clock, and a hostile file costs work, not only bytes.

/// Counts steps down; throws when they are used up, or when the caller wants to stop.
struct WorkBudget {
    let limits: FileLimits
    private let shouldStop: (@Sendable () -> Bool)?
    private var stepsLeft: Int
    private var untilAsked = Self.stepsBetweenQuestions
    private var rowsLeft: Int
    private var cellsLeft: Int
    private var textBytesLeft: Int

    // Some milliseconds of work.
    private static let stepsBetweenQuestions = 16_384

    init(_ limits: FileLimits, shouldStop: (@Sendable () -> Bool)? = nil) {
        self.limits = limits
        self.shouldStop = shouldStop
        stepsLeft = limits.steps
        rowsLeft = limits.rows
        cellsLeft = limits.cells
        textBytesLeft = limits.textBytes
    }

    mutating func spend(_ steps: Int = 1) throws(FileRefusal) {
        stepsLeft -= steps
        guard stepsLeft >= 0 else {
            throw FileRefusal(
                .tooMuchWork, "Reading the file takes too long; hand it in as several files.")
        }
        untilAsked -= steps
        guard untilAsked <= 0 else { return }
        untilAsked = Self.stepsBetweenQuestions
        if let shouldStop, shouldStop() {
            throw FileRefusal(.stopped, "The reading was stopped.")
        }
    }

    /// For bytes that are looked at once.
    mutating func spend(bytes: Int) throws(FileRefusal) { try spend(bytes / 64 + 1) }

    /// A text that stands in one more cell.
    mutating func keepText(_ text: String, at place: @autoclosure () -> String) throws(FileRefusal)
    {
        textBytesLeft -= text.utf8.count
        guard textBytesLeft >= 0 else {
            throw FileRefusal(
                .tooManyCells,
                "The cells of a workbook have at most \(limits.textBytes >> 20) MiB of text; export a shorter period.",
                at: place())
        }
        try spend(bytes: text.utf8.count)
    }

    /// A row that is kept, with all its cells.
    mutating func keepRow(cells: Int, at place: @autoclosure () -> String) throws(FileRefusal) {
        guard cells <= limits.columns else {
            throw FileRefusal(
                .tooManyColumns,
                "A table has at most \(limits.columns) columns; hand in only those with results.",
                at: place())
        }
        rowsLeft -= 1
        guard rowsLeft >= 0 else {
            throw FileRefusal(
                .tooManyRows,
                "A file has at most \(limits.rows) rows; export a shorter period, or fewer breakdowns.",
                at: place())
        }
        cellsLeft -= cells
        guard cellsLeft >= 0 else {
            throw FileRefusal(
                .tooManyCells,
                "A file has at most \(limits.cells) cells; export a shorter period, or fewer columns.",
                at: place())
        }
        try spend(cells + 1)
    }
}
