// The canonical results CSV as result sets, one a channel, with every row accounted for.

/// Takes a canonical CSV in pieces and answers, at its end, the sets and the account of its rows.
///
/// What it holds meanwhile is 48 bytes a row and each text once, so that a million rows fit into some
/// 60 MB, and the rules for a whole set can be looked at before anything is stored.
public struct CanonicalResults: Sendable {
    /// Rows of one file: 96 MB packed, twice the longest that was asked for. A longer file goes in parts.
    public static let rowsMax = 2_000_000
    /// UTF-8 of its titles, cells and notes, each counted once: 48 MB with what holds them.
    public static let textBytesMax = 32 << 20

    private var csv = CSVReader()
    private var rows: CanonicalRowReader?
    private var memory: CanonicalMemory?
    private var labels = LabelTable()
    private var isUnreadable = false
    private var accounting = ImportAccounting()
    private var problems = ProblemList()
    // By the channel's number.
    private var channels = [ChannelRows?](repeating: nil, count: Channel.allCases.count)
    private var channelOrder: [Int] = []

    private struct ChannelRows {
        var breakdown: Breakdown?
        var readings = PackedReadings()
    }

    public init() {}

    /// A whole file at once.
    public static func read(_ bytes: [UInt8]) -> ImportReport {
        var results = CanonicalResults()
        results.read(bytes)
        return results.finish().unpacked
    }

    /// Whether a file that begins like this is meant as canonical: its first line has the required names.
    public static func isMeant(by beginning: [UInt8]) -> Bool {
        var reader = CSVReader()
        var names: Set<String>?
        reader.read(beginning) { row in
            if names == nil { names = Set(row.cells.map(TextRule.trimmed)) }
        }
        reader.finish { row in
            if names == nil { names = Set(row.cells.map(TextRule.trimmed)) }
        }
        return CanonicalColumn.allCases.filter(\.isRequired).allSatisfy {
            names?.contains($0.rawValue) == true
        }
    }

    /// Rows read so far, the header not counted.
    public var rowsRead: Int { accounting.rowsRead }
    /// The file is longer than can be taken; nothing more of it is looked at.
    public private(set) var isTooLarge = false

    /// Reads the next piece of the file.
    public mutating func read(_ bytes: [UInt8]) {
        guard !isTooLarge else { return }
        // The reader is taken out and put back, because its rows change the rest of `self`.
        var csv = csv
        self.csv = CSVReader()
        csv.read(bytes) { take($0) }
        self.csv = csv
    }

    /// The sets, once the last piece has been read.
    public mutating func finish() -> PackedReport {
        var csv = csv
        self.csv = CSVReader()
        csv.finish { take($0) }
        if rows == nil, !isUnreadable {
            problems.add(
                ImportProblem(
                    line: 1, column: "", value: "", code: "emptyFile",
                    detail: "There is no header in the file.", effect: .unreadable))
        }
        memory = nil
        let sets = channelOrder.compactMap { finishedSet(of: $0) }
        let listed = problems.inOrder()
        return PackedReport(
            sets: sets, accounting: accounting, problems: listed,
            problemsNotListed: problems.count - listed.count)
    }

    private mutating func take(_ row: CSVRow) {
        guard !isUnreadable, !isTooLarge else { return }
        guard rows != nil else { return takeHeader(row) }
        guard accounting.rowsRead < Self.rowsMax, labels.bytes < Self.textBytesMax else {
            return refuse(at: row.line)
        }
        accounting.rowsRead += 1
        if let known = memory?.known(row) {
            add(
                known.reading, to: known.channel,
                breakdown: Self.breakdown(numbered: known.breakdown))
            return
        }
        var found: [ImportProblem] = []
        guard let read = rows?.read(row, &found) else {
            accounting.rejected += 1
            problems.add(contentsOf: found)
            return
        }
        let packed = PackedReading(read.reading, &labels)
        let channel = Channel.numbers[read.channel]!
        memory?.remember(
            row, channel: channel, breakdown: Self.number(of: read.breakdown), packed)
        add(packed, to: channel, breakdown: read.breakdown)
    }

    private mutating func takeHeader(_ row: CSVRow) {
        do {
            let header = try CanonicalHeader(row)
            rows = CanonicalRowReader(header: header)
            memory = CanonicalMemory(header: header)
        } catch {
            isUnreadable = true
            problems.add(contentsOf: error.problems)
        }
    }

    // Half a file is no file: nothing of it is kept.
    private mutating func refuse(at line: Int) {
        isTooLarge = true
        channels = channels.map { _ in nil }
        channelOrder = []
        accounting.rejected = accounting.rowsRead
        problems.add(
            ImportProblem(
                line: line, column: "", value: "", code: "tooManyRows",
                detail:
                    "A file has at most \(Self.rowsMax) rows and \(Self.textBytesMax >> 20) MiB of "
                    + "titles, cells and notes. Send it in parts, a year or a channel each.",
                effect: .unreadable))
    }

    private mutating func add(_ reading: PackedReading, to channel: Int, breakdown: Breakdown?) {
        if channels[channel] == nil {
            channels[channel] = ChannelRows()
            channelOrder.append(channel)
        }
        if let breakdown {
            let named = channels[channel]?.breakdown ?? breakdown
            guard named == breakdown else {
                accounting.rejected += 1
                problems.add(
                    ImportProblem(
                        line: Int(reading.line), column: CanonicalColumn.breakdown.rawValue,
                        value: breakdown.rawValue, code: "mixedBreakdowns",
                        detail: "Rows of this channel are cut by \(named.rawValue) so far; send "
                            + "one file for each cut.", effect: .rejected))
                return
            }
            channels[channel]?.breakdown = breakdown
        }
        channels[channel]?.readings.append(reading)
    }

    // MARK: At the end

    private mutating func finishedSet(of channel: Int) -> PackedSet? {
        guard let rows = channels[channel], let days = rows.readings.days else { return nil }
        channels[channel] = nil
        var readings = rows.readings
        readings.labels = labels
        let rules = ReadingRules(period: days, breakdown: rows.breakdown ?? .none)
        let breaches = rules.breaches(in: readings)
        var dropped: [Int] = []
        var start = 0
        while start < breaches.count {
            var end = start + 1
            while end < breaches.count, breaches[end].index == breaches[start].index { end += 1 }
            dropped.append(Int(breaches[start].index))
            setAside(breaches[start..<end], readings, rules)
            start = end
        }
        readings.remove(at: dropped)
        accounting.accepted += readings.count
        guard let days = readings.days else { return nil }
        return PackedSet(
            channel: Channel.allCases[channel],
            breakdown: rows.breakdown ?? (readings.isCutByContent ? .content : .none),
            period: days, readings: readings)
    }

    // All that is wrong with one reading.
    private mutating func setAside(
        _ breaches: ArraySlice<ReadingBreach>, _ readings: PackedReadings, _ rules: ReadingRules
    ) {
        let index = Int(breaches.first!.index)
        let reading = readings.packed(at: index)
        let isRepeat = breaches.contains {
            $0.code == .duplicateReading && readings.packed(at: Int($0.other)).says(as: reading)
        }
        if isRepeat {
            accounting.duplicate += 1
            return
        }
        let isTotal = breaches.count == 1 && breaches.first!.code == .totalBesideParts
        if isTotal { accounting.totalsSetAside += 1 } else { accounting.rejected += 1 }
        for breach in breaches {
            problems.add(
                ImportProblem(
                    line: Int(reading.line), column: breach.column.rawValue,
                    value: readings[index].text(of: breach.column), code: breach.code.rawValue,
                    detail: rules.detail(of: breach, in: readings),
                    effect: isTotal ? .setAside : .rejected))
        }
    }

    private static func breakdown(numbered number: Int) -> Breakdown? {
        number == 0 ? nil : Breakdown.allCases[number - 1]
    }
    private static func number(of breakdown: Breakdown?) -> Int {
        breakdown.flatMap { Breakdown.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    }
}

extension Channel {
    fileprivate static let numbers = [Channel: Int](
        uniqueKeysWithValues: Channel.allCases.enumerated().map { ($1, $0) })
}

extension Reading {
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

extension ReadingBreach {
    fileprivate var column: CanonicalColumn {
        switch code {
        case .outsidePeriod, .duplicateReading, .overlappingReadings: .from
        case .totalBesideParts: .metric
        case .mixedCuts, .contentMissing: .content
        case .cellWithoutBreakdown: .cell
        }
    }
}
