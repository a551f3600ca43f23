// The canonical results CSV as result sets, one a channel, with every row accounted for.

/// Takes a canonical CSV in pieces and answers, at its end, the sets and the account of its rows.
public struct CanonicalResults {
    private var csv = CSVReader()
    private var rows: CanonicalRowReader?
    private var isUnreadable = false
    private var accounting = ImportAccounting()
    private var problems = ProblemList()
    private var channels: [Channel: ChannelRows] = [:]
    private var channelOrder: [Channel] = []

    private struct ChannelRows {
        var breakdown: Breakdown?
        var readings: [Reading] = []
    }

    public init() {}

    /// A whole file at once.
    public static func read(_ bytes: [UInt8]) -> ImportReport {
        var results = CanonicalResults()
        results.read(bytes)
        return results.finish()
    }

    /// Reads the next piece of the file.
    public mutating func read(_ bytes: [UInt8]) {
        // The reader is taken out and put back, because its rows change the rest of `self`.
        var csv = csv
        csv.read(bytes) { take($0) }
        self.csv = csv
    }

    /// The sets, once the last piece has been read.
    public mutating func finish() -> ImportReport {
        var csv = csv
        csv.finish { take($0) }
        self.csv = csv
        if rows == nil, !isUnreadable {
            problems.add(
                ImportProblem(
                    line: 1, column: "", value: "", code: "emptyFile",
                    detail: "There is no header in the file.", effect: .unreadable))
        }
        let sets = channelOrder.compactMap { finishedSet(of: $0) }
        let listed = problems.inOrder()
        return ImportReport(
            sets: sets, accounting: accounting, problems: listed,
            problemsNotListed: problems.count - listed.count)
    }

    private mutating func take(_ row: CSVRow) {
        guard !isUnreadable else { return }
        guard rows != nil else {
            do {
                rows = CanonicalRowReader(header: try CanonicalHeader(row))
            } catch {
                isUnreadable = true
                problems.add(contentsOf: error.problems)
            }
            return
        }
        accounting.rowsRead += 1
        var found: [ImportProblem] = []
        guard let read = rows?.read(row, &found) else {
            accounting.rejected += 1
            problems.add(contentsOf: found)
            return
        }
        add(read, line: row.line)
    }

    private mutating func add(_ row: CanonicalRowReader.ChannelReading, line: Int) {
        if channels[row.channel] == nil {
            channels[row.channel] = ChannelRows()
            channelOrder.append(row.channel)
        }
        if let breakdown = row.breakdown {
            let named = channels[row.channel]?.breakdown ?? breakdown
            guard named == breakdown else {
                accounting.rejected += 1
                problems.add(
                    ImportProblem(
                        line: line, column: CanonicalColumn.breakdown.rawValue,
                        value: breakdown.rawValue, code: "mixedBreakdowns",
                        detail: "Rows of this channel are cut by \(named.rawValue) so far; send "
                            + "one file for each cut.", effect: .rejected))
                return
            }
            channels[row.channel]?.breakdown = breakdown
        }
        channels[row.channel]?.readings.append(row.reading)
    }

    private mutating func finishedSet(of channel: Channel) -> ImportedSet? {
        guard let rows = channels.removeValue(forKey: channel), let first = rows.readings.first
        else { return nil }
        let days = rows.readings.reduce(first.period) { $0.spanning($1.period) }
        let rules = ReadingRules(period: days, breakdown: rows.breakdown ?? .none)
        let broken = Dictionary(grouping: rules.violations(in: rows.readings), by: \.index)
        var readings: [Reading] = []
        readings.reserveCapacity(rows.readings.count)
        for (index, reading) in rows.readings.enumerated() {
            guard let violations = broken[index] else {
                readings.append(reading)
                continue
            }
            setAside(reading, violations, rows.readings)
        }
        accounting.accepted += readings.count
        guard let first = readings.first else { return nil }
        return ImportedSet(
            channel: channel, breakdown: rows.breakdown ?? Self.breakdown(of: readings),
            period: readings.reduce(first.period) { $0.spanning($1.period) }, readings: readings)
    }

    private mutating func setAside(
        _ reading: Reading, _ violations: [ReadingViolation], _ all: [Reading]
    ) {
        if violations.contains(where: { $0.repeats.map { all[$0].says(as: reading) } ?? false }) {
            accounting.duplicate += 1
            return
        }
        let total = violations.first { $0.code == .totalBesideParts }
        let isTotal = total != nil && violations.count == 1
        if isTotal { accounting.totalsSetAside += 1 } else { accounting.rejected += 1 }
        for violation in violations {
            problems.add(
                ImportProblem(
                    line: reading.line ?? 0, column: violation.column.rawValue,
                    value: reading.text(of: violation.column), code: violation.code.rawValue,
                    detail: violation.detail, effect: isTotal ? .setAside : .rejected))
        }
    }

    // A file that names no breakdown but a content item in each additive row is cut by content.
    private static func breakdown(of readings: [Reading]) -> Breakdown {
        let additive = readings.filter { $0.metric.additivity.isAdditive }
        let isCut = !additive.isEmpty && additive.allSatisfy { $0.content != nil }
        return isCut ? .content : .none
    }
}

extension Reading {
    // The same figure with all that is said of it, from whatever line.
    fileprivate func says(as other: Reading) -> Bool {
        var unplaced = other
        unplaced.line = line
        return self == unplaced
    }

    fileprivate func text(of column: CanonicalColumn) -> String {
        switch column {
        case .metric: metric.code
        case .from: period.from.description
        case .content: content ?? ""
        case .cell: cell ?? ""
        default: ""
        }
    }
}

extension ReadingViolation {
    fileprivate var column: CanonicalColumn {
        switch code {
        case .outsidePeriod, .duplicateReading, .overlappingReadings: .from
        case .totalBesideParts: .metric
        case .mixedCuts, .contentMissing: .content
        case .cellWithoutBreakdown: .cell
        }
    }
}

// Problems by line, the first thousand of them; rules are checked channel by channel at the end, so
// those kept are the first that were found.
private struct ProblemList {
    private(set) var count = 0
    private var listed: [ImportProblem] = []

    mutating func add(_ problem: ImportProblem) {
        count += 1
        if listed.count < ImportReport.problemsMax { listed.append(problem) }
    }

    mutating func add(contentsOf problems: [ImportProblem]) {
        for problem in problems { add(problem) }
    }

    func inOrder() -> [ImportProblem] {
        listed.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map(\.element)
    }
}
