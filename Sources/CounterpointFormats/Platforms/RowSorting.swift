// Rows against each other: the same one twice, two items of one name, and one figure with two values.

import CounterpointModel

/// Tells rows apart before they become sets.
struct RowSorting {
    private(set) var problems: [ImportProblem] = []

    /// `distinctIn` are blocks whose total counts rows that look alike, each for itself.
    init(_ rows: inout [ReadRow], distinctIn blocks: Set<Int>) {
        setDuplicatesAside(&rows, blocks)
        qualifyNames(&rows)
        refuseContradictions(&rows)
    }

    // MARK: - The same row twice

    private func setDuplicatesAside(_ rows: inout [ReadRow], _ blocks: Set<Int>) {
        var seen: [RowSignature: Int] = [:]
        for index in rows.indices where rows[index].fate == .open && !rows[index].isTotal {
            guard !rows[index].figures.isEmpty else { continue }
            let signature = RowSignature(rows[index])
            let block = rows[index].block
            guard let first = seen[signature] else {
                seen[signature] = block
                continue
            }
            // Two ads of one name may have the same few figures.
            if first == block, blocks.contains(block), rows[index].hasBorrowedName { continue }
            rows[index].fate = .duplicate
        }
    }

    // MARK: - Two of one name

    // Ads are named alike in several ad sets; then the names around them tell them apart, and where those are alike too, a
    // number does, given by what the rows say and not by their order.
    private func qualifyNames(_ rows: inout [ReadRow]) {
        let repeated = Set(
            collisions(rows).filter { rows[$0[0]].hasBorrowedName }.joined().compactMap {
                rows[$0].content
            })
        for index in rows.indices where rows[index].hasBorrowedName {
            guard let name = rows[index].content, repeated.contains(name) else { continue }
            let path = rows[index].surroundings.joined(separator: " / ")
            rows[index].content = BlockContent.label(path) ?? name
        }
        for group in collisions(rows) where rows[group[0]].hasBorrowedName {
            let inOrder = group.sorted { RowSignature(rows[$0]).text < RowSignature(rows[$1]).text }
            for (number, index) in inOrder.enumerated().dropFirst() {
                let name = rows[index].content ?? ""
                rows[index].content =
                    BlockContent.label("\(name.prefix(380)) (\(number + 1))") ?? name
            }
        }
    }

    // MARK: - One figure with two values

    private mutating func refuseContradictions(_ rows: inout [ReadRow]) {
        for group in collisions(rows) {
            let lines = group.map { String(rows[$0].number) }.joined(separator: ", ")
            for index in group {
                let figure = clash(index, group, rows)
                rows[index].fate = .rejected
                problems.append(
                    ImportProblem(
                        part: rows[index].part, line: rows[index].number,
                        column: figure?.column ?? "", value: figure?.value?.plainText ?? "",
                        code: "differentFigures",
                        detail:
                            "Rows \(lines) give different figures for the same \(rows[index].content == nil ? "days" : "content and days") (\(rows[index].days?.description ?? "")): take out all but one, or export without the further breakdown that tells them apart.",
                        effect: .rejected))
            }
        }
    }

    private func clash(_ index: Int, _ group: [Int], _ rows: [ReadRow]) -> RowFigure? {
        let others = group.filter { $0 != index }.flatMap { rows[$0].figures }
        return rows[index].figures.first { own in
            others.contains {
                $0.channel == own.channel && $0.figure.metric == own.figure.metric
                    && $0.figure.value != own.figure.value
            }
        }?.figure
    }

    // Open rows that give one metric for the same content, cell, channel and days, in groups of at least two.
    private func collisions(_ rows: [ReadRow]) -> [[Int]] {
        struct Place: Hashable {
            var content: String?
            var cell: String?
            var days: Period?
            var channel: Channel?
            var metric: Metric
        }
        var places: [Place: [Int]] = [:]
        for (index, row) in rows.enumerated() where row.fate == .open && !row.isTotal {
            for owned in row.figures {
                let place = Place(
                    content: row.content, cell: row.cell, days: row.days, channel: owned.channel,
                    metric: owned.figure.metric)
                if places[place]?.last != index { places[place, default: []].append(index) }
            }
        }
        let groups = Set(places.values.filter { $0.count > 1 })
        // Groups of several metrics overlap; the largest says it all.
        var taken: Set<Int> = []
        return groups.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }.filter { group in
            defer { taken.formUnion(group) }
            return !group.contains { taken.contains($0) }
        }.sorted { $0[0] < $1[0] }
    }
}

extension ReadRow {
    /// Whether the content is told by a name, which several items may have.
    var hasBorrowedName: Bool { content != nil && !isContentUnique }
}

/// Everything that a row says, from whatever line.
struct RowSignature: Hashable {
    let text: String

    init(_ row: ReadRow) {
        var parts = [
            row.content ?? "", row.cell ?? "", row.days?.description ?? "",
            row.surroundings.joined(separator: "\u{1}"),
        ]
        parts += row.figures.map { owned in
            let figure = owned.figure
            return [
                owned.channel?.rawValue ?? "", figure.metric.code, figure.state.rawValue,
                figure.qualifier.rawValue, figure.value?.plainText ?? "",
                figure.currency?.code ?? "",
            ].joined(separator: "\u{2}")
        }.sorted()
        text = parts.joined(separator: "\u{3}")
    }
}
