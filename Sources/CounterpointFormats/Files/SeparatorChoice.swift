// Which character parts the cells of a text: told from all rows of a sample, never from the first line alone.
//
// The separator is the one that gives rows of one width, a header row without figures, and no quotes in odd places. So a
// German file of `;` and `12,50` is not taken for commas: those give widths that differ, or a "header" that starts with
// a figure.

enum SeparatorChoice {
    /// In the order of preference when two fit equally well: tabs stand in texts least, commas most.
    static let candidates: [Character] = ["\t", ";", "|", ","]

    // Enough for preambles and several blocks; little enough to be read five times.
    private static let sampleBytes = 256 << 10
    private static let sampleRows = 1_000

    // What a `sep=` line is worth: as much as a header. A file re-saved with another separator may still have the line.
    private static let declaredBonus = 0.5

    /// The separator of the text, nil if none gives more than one column. `declared` is what a `sep=` line says.
    static func choose(
        _ bytes: ArraySlice<UInt8>, declared: Character?, _ budget: inout WorkBudget
    ) throws(FileRefusal) -> Character? {
        let sample = wholeLines(bytes)
        var best: (separator: Character, score: Double)?
        var unreadable: FileRefusal?
        var all = candidates
        if let declared, !all.contains(declared) { all.append(declared) }
        for candidate in all {
            try budget.spend(bytes: sample.count)
            do throws(FileRefusal) {
                guard var score = try score(sample, candidate, budget.limits) else { continue }
                if candidate == declared { score += declaredBonus }
                if score > (best?.score ?? -.infinity) { best = (candidate, score) }
            } catch {
                // Too wide, or too long a cell, under this separator: another one may fit.
                unreadable = error
            }
        }
        if best == nil, let unreadable { throw unreadable }
        return best?.separator
    }

    // The beginning of the text, cut where a line ends.
    private static func wholeLines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.count > sampleBytes else { return bytes }
        let sample = bytes.prefix(sampleBytes)
        let end = sample.lastIndex { $0 == 0x0A || $0 == 0x0D } ?? sample.endIndex - 1
        return sample[...end]
    }

    // Nil if the separator gives a single column.
    private static func score(
        _ sample: ArraySlice<UInt8>, _ separator: Character, _ limits: FileLimits
    ) throws(FileRefusal) -> Double? {
        guard let byte = separator.asciiValue else { return nil }
        var reader = DelimitedReader(sample, separator: byte, limits: limits)
        var rows = 0
        var strays = 0
        var rowsByWidth: [Int: Int] = [:]
        var headerByWidth: [Int: Bool] = [:]
        while rows < sampleRows, let row = try reader.next() {
            guard !row.isBlank else { continue }
            rows += 1
            strays += row.strayQuotes
            let width = row.cells.count
            rowsByWidth[width, default: 0] += 1
            if headerByWidth[width] == nil { headerByWidth[width] = isHeader(row.cells) }
        }
        // The width that most rows have; of two as frequent, the wider.
        let wide = rowsByWidth.filter { $0.key > 1 }
        guard let (width, count) = wide.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })
        else { return nil }
        let share = Double(count) / Double(rows)
        let columns = 1 - 1 / Double(width)
        let header = headerByWidth[width] == true ? 0.5 : 0
        return share * columns + header - min(1, Double(strays) / Double(rows))
    }

    // Names of columns are not figures, and most are given.
    private static func isHeader(_ cells: [String]) -> Bool {
        var named = 0
        for cell in cells where !CellText.isBlank(cell) {
            if isFigure(cell) { return false }
            named += 1
        }
        return named * 2 >= cells.count
    }

    // Figures and dates begin with a digit and have few letters; `2-second video views` has many.
    private static func isFigure(_ cell: String) -> Bool {
        var digits = 0
        var letters = 0
        var first: Unicode.Scalar?
        for scalar in cell.unicodeScalars.prefix(64) where scalar != " " && scalar != "\"" {
            if first == nil { first = scalar }
            if scalar.properties.numericType == .decimal {
                digits += 1
            } else if scalar.properties.isAlphabetic {
                letters += 1
            }
        }
        guard let first else { return false }
        let begins = first.properties.numericType == .decimal || first == "-" || first == "−"
        return begins && letters <= 3 * digits
    }
}
