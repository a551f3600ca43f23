// Rows as result sets: one a channel and cut, each of which the record can take.

import CounterpointModel

/// The sets of a file's rows.
struct SetAssembly {
    private(set) var sets: [ImportedSet] = []
    private(set) var problems: [ImportProblem] = []

    private struct Key: Hashable {
        var channel: Channel
        var breakdown: Breakdown
        var isSnapshot: Bool
        /// Totals that add and have no parts stand in a set of their own.
        var isAlone = false

        var text: String { "\(channel.rawValue) \(breakdown.rawValue) \(isSnapshot)" }

        // The order in which sets win: what is cut by content, then by nothing, then by cells.
        var rank: Int {
            switch breakdown {
            case .content: 0
            case .none: isAlone ? 3 : 1
            default: 2
            }
        }
    }

    private struct Draft {
        var readings: [Reading] = []
        /// For each reading, the row that it came from; nil for a total's.
        var rows: [Int] = []
        var role: SetRole?
    }

    /// Passes over the rules: each takes out the rows that break one, and what is left breaks fewer.
    private static let passesMax = 4

    init(_ rows: inout [ReadRow], _ kept: [KeptTotal], snapshotBlocks: Set<Int>) {
        var drafts: [Key: Draft] = [:]
        for _ in 0..<Self.passesMax {
            drafts = Self.drafts(rows, kept, snapshotBlocks)
            if !settle(&drafts, &rows) { break }
        }
        for key in drafts.keys.sorted(by: { ($0.rank, $0.text) < ($1.rank, $1.text) }) {
            guard let draft = drafts[key], let days = draft.readings.map(\.period).hull else {
                continue
            }
            sets.append(
                ImportedSet(
                    channel: key.channel, breakdown: key.breakdown, period: days,
                    readings: draft.readings, role: draft.role, isSnapshot: key.isSnapshot))
        }
    }

    // MARK: - Rows into sets

    private static func drafts(
        _ rows: [ReadRow], _ kept: [KeptTotal], _ snapshotBlocks: Set<Int>
    ) -> [Key: Draft] {
        var drafts: [Key: Draft] = [:]
        for (index, row) in rows.enumerated() where row.fate == .open && !row.isTotal {
            for (channel, reading) in row.readings {
                let key = Key(
                    channel: channel, breakdown: cut(of: row),
                    isSnapshot: snapshotBlocks.contains(row.block))
                drafts[key, default: Draft()].readings.append(reading)
                drafts[key, default: Draft()].rows.append(index)
            }
        }
        for total in kept {
            var row = rows[total.row]
            row.figures = [total.figure]
            guard let (channel, reading) = row.readings.first else { continue }
            let isSnapshot = snapshotBlocks.contains(row.block)
            let home = drafts.keys.filter {
                $0.channel == channel && $0.isSnapshot == isSnapshot && !$0.isAlone
            }
            .min { $0.rank < $1.rank }
            let key =
                total.standsAlone || home == nil
                ? Key(channel: channel, breakdown: .none, isSnapshot: isSnapshot, isAlone: true)
                : home ?? Key(channel: channel, breakdown: .none, isSnapshot: isSnapshot)
            // Two sources may state the same reading.
            let known = drafts[key]?.readings ?? []
            guard !known.contains(where: { $0.isSamePlace(as: reading) }) else { continue }
            drafts[key, default: Draft()].readings.append(reading)
            drafts[key, default: Draft()].rows.append(total.row)
        }
        return drafts
    }

    private static func cut(of row: ReadRow) -> Breakdown {
        if row.breakdown != .none { return row.breakdown }
        return row.content == nil ? .none : .content
    }

    // MARK: - What sets must be

    // Takes rows out that break a rule; true if there were any.
    private mutating func settle(_ drafts: inout [Key: Draft], _ rows: inout [ReadRow]) -> Bool {
        var isChanged = false
        for key in drafts.keys.sorted(by: { ($0.rank, $0.text) < ($1.rank, $1.text) }) {
            guard let draft = drafts[key], let days = draft.readings.map(\.period).hull else {
                continue
            }
            let rules = ReadingRules(period: days, breakdown: key.breakdown)
            for violation in rules.violations(in: draft.readings) {
                let index = draft.rows[violation.index]
                guard rows[index].fate == .open else { continue }
                isChanged = true
                let isTotal = violation.code == .totalBesideParts
                rows[index].fate = isTotal ? .setAside : .rejected
                problems.append(
                    ImportProblem(
                        part: rows[index].part, line: rows[index].number,
                        column: rows[index].figures.first {
                            $0.figure.metric == draft.readings[violation.index].metric
                        }?.figure.column ?? "", value: "", code: violation.code.rawValue,
                        detail: violation.detail, effect: isTotal ? .setAside : .rejected))
            }
        }
        return isChanged || rejectSecondCuts(&drafts, &rows)
    }

    // Two sets of one upload that count the same days twice: a cut by cells is a breakdown of the other; of anything else
    // somebody has to say which counts.
    private mutating func rejectSecondCuts(
        _ drafts: inout [Key: Draft], _ rows: inout [ReadRow]
    ) -> Bool {
        var isChanged = false
        let keys = drafts.keys.sorted { ($0.rank, $0.text) < ($1.rank, $1.text) }
        for (place, key) in keys.enumerated() {
            for earlier in keys[..<place]
            where earlier.channel.sharesFigures(with: key.channel)
                && drafts[earlier]?.role != .breakdown
            {
                guard let first = drafts[earlier], let second = drafts[key],
                    let metric = Self.countedTwice(first.readings, second.readings)
                else { continue }
                if key.rank == 2, key.channel == earlier.channel {
                    drafts[key]?.role = .breakdown
                    continue
                }
                let concerned = Set(second.rows).filter { rows[$0].fate == .open }.sorted()
                guard let line = concerned.first else { continue }
                isChanged = true
                for index in concerned { rows[index].fate = .rejected }
                problems.append(
                    ImportProblem(
                        part: rows[line].part, line: rows[line].number, column: "", value: "",
                        code: "countedTwice",
                        detail:
                            "These \(concerned.count) rows give \(metric.code) for days that other rows of the upload give it for too, cut otherwise: hand in one of the two, or name its kind with format=.",
                        effect: .asked))
            }
        }
        return isChanged
    }

    private static func countedTwice(_ first: [Reading], _ second: [Reading]) -> Metric? {
        var days: [Metric: [Period]] = [:]
        for reading in first where reading.metric.additivity.isAdditive {
            days[reading.metric, default: []].append(reading.period)
        }
        let hulls = days.compactMapValues {
            Set($0).count > 366 ? [$0.hull].compactMap { $0 } : Array(Set($0))
        }
        for reading in second where reading.metric.additivity.isAdditive {
            if hulls[reading.metric]?.contains(where: { $0.overlaps(reading.period) }) == true {
                return reading.metric
            }
        }
        return nil
    }
}

extension Reading {
    /// Whether both are the same metric over the same content, cell and days.
    fileprivate func isSamePlace(as other: Reading) -> Bool {
        metric == other.metric && content == other.content && cell == other.cell
            && period == other.period
    }
}
