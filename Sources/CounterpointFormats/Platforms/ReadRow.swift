// One row of a platform's table on its way to a set: what it is about, its figures, and what became of it.

import CounterpointModel

/// What became of a row. Each has exactly one fate in the end, so that the account of rows adds up by itself.
enum RowFate: Equatable {
    case open, accepted, duplicate, setAside, rejected
}

/// A figure of a row with whose it is.
struct OwnedFigure {
    /// Nil for a total over several channels, which only checks.
    var channel: Channel?
    var figure: RowFigure
}

/// One row.
struct ReadRow {
    var block: Int
    var part: String?
    var number: Int
    var fate = RowFate.open

    /// What the figures are about; nil: all content.
    var content: String?
    /// Whether `content` is the platform's own id, which tells items apart by itself.
    var isContentUnique = false
    /// Names around the content's own, for telling two of one name apart.
    var surroundings: [String] = []
    var cell: String?
    var breakdown = Breakdown.none
    var days: Period?
    var figures: [OwnedFigure] = []

    /// A total of other rows of its block.
    var isTotal = false
    /// What a labelled total is the total of (`search`), nil: of all rows that fit it.
    var totalOf: String?
    /// The type of campaign, folded, as a total's label names it.
    var campaignType: String?
}

/// How many rows, in words.
enum RowCount {
    static func words(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}

extension ReadRow {
    /// The row's figures as readings, once its days are known.
    var readings: [(channel: Channel, reading: Reading)] {
        guard let days else { return [] }
        return figures.compactMap { owned in
            guard let channel = owned.channel else { return nil }
            let figure = owned.figure
            return (
                channel,
                Reading(
                    metric: figure.metric, period: days, content: content, cell: cell,
                    state: figure.state, qualifier: figure.qualifier, value: figure.value,
                    currency: figure.currency, line: number)
            )
        }
    }

    /// Rows of which this one states the same figures, if it is a total.
    func contains(_ part: ReadRow) -> Bool {
        guard part.block == block, !part.isTotal else { return false }
        if let content, content != part.content { return false }
        if let cell, cell != part.cell { return false }
        if let totalOf, part.campaignType != totalOf { return false }
        guard let days, let other = part.days else { return true }
        return days.contains(other)
    }
}

/// What rows say of content and cells, to find those that say less and so speak for several.
struct RowDetails {
    private var contents: Set<String> = []
    private var cells: Set<String> = []
    private var hasBoth = false
    private var hasContent = false
    private var hasCell = false

    init(_ rows: [ReadRow]) {
        for row in rows {
            hasContent = hasContent || row.content != nil
            hasCell = hasCell || row.cell != nil
            guard let content = row.content, let cell = row.cell else { continue }
            hasBoth = true
            contents.insert(content)
            cells.insert(cell)
        }
    }

    /// Whether rows name what this one lacks, and the same as it where it speaks.
    func contain(_ row: ReadRow, lacksContent: Bool, lacksCell: Bool) -> Bool {
        switch (lacksContent, lacksCell) {
        case (true, true): hasBoth
        case (true, false): row.cell.map { cells.contains($0) } ?? hasContent
        case (false, true): row.content.map { contents.contains($0) } ?? hasCell
        case (false, false): false
        }
    }
}
