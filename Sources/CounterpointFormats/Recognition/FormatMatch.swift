// How well a row of a table fits as the header of a format.

import CounterpointModel

/// One row seen as the header of one format.
struct FormatMatch {
    var format: FileFormat
    /// One for each cell of the row.
    var columns: [TableColumn]
    /// Keys of the cells that the format knows.
    var known: Set<String>
    /// Names that few formats know weigh most, so that `Amount spent` tells more than `Campaign name`.
    var score: Double
    /// What the format needs and the row lacks, in words.
    var missing: [String]

    /// Whether the row can be the header of such a file.
    var isComplete: Bool { missing.isEmpty && known.count >= 2 }

    init(_ row: SourceRow, as format: FileFormat) {
        self.format = format
        columns = row.cells.enumerated().map { place, cell in
            let heading = Heading(cell.shown)
            let found = heading.key.isEmpty ? nil : format.names.meaning(of: heading)
            return TableColumn(
                place: place, heading: heading, meaning: found?.meaning, currency: found?.currency)
        }
        known = Set(columns.filter { $0.meaning != nil }.map(\.key))
        score = known.reduce(0) { $0 + FormatWeights.weight(of: $1) }
        missing = []
        for group in format.layout.needs where !group.contains(where: { has($0) }) {
            missing.append(group.map(\.words).joined(separator: " or "))
        }
        for dimension in format.layout.forbids where has(.dimension(dimension)) {
            missing.append("no column that says \(dimension.words)")
        }
    }

    func has(_ need: FormatLayout.Need) -> Bool {
        columns.contains { column in
            switch (need, column.meaning) {
            case (.dimension(let wanted), .dimension(let found)?): wanted == found
            case (.content, .dimension(let found)?): found.isContent
            case (.figure, .figure?), (.figure, .results?), (.figure, .combined?): true
            case (.titled, .titled?): true
            default: false
            }
        }
    }

    /// Whether this fits so much better than `other` that nobody has to be asked.
    func isClearly(better other: FormatMatch) -> Bool {
        // Less than the weight of a name that three formats share.
        let margin = 0.3
        return known.isStrictSuperset(of: other.known) || score >= other.score + margin
    }
}

extension FormatLayout.Need {
    var words: String {
        switch self {
        case .dimension(let dimension): "a column for \(dimension.words)"
        case .content: "a column for the content"
        case .figure: "a column of figures"
        case .titled: "a figure named in a title"
        }
    }
}

/// A column of a table that was recognised.
struct TableColumn: Hashable, Sendable {
    var place: Int
    var heading: Heading
    /// Nil: not understood.
    var meaning: ColumnMeaning?
    /// From the header.
    var currency: CurrencyMark?

    /// What the dictionary knows it by.
    var key: String { currency == nil ? heading.key : heading.bareKey }

    var dimension: Dimension? {
        if case .dimension(let dimension)? = meaning { dimension } else { nil }
    }
}

/// How much a name tells: one over the number of platforms that use it.
enum FormatWeights {
    static func weight(of key: String) -> Double {
        guard let count = platforms[key]?.count, count > 0 else { return 0 }
        return 1 / Double(count)
    }

    private static let platforms: [String: Set<String>] = {
        var table: [String: Set<String>] = [:]
        for format in FormatCatalogue.all {
            // Products of one platform that share no files count as platforms of their own.
            for key in format.names.meanings.keys {
                table[key, default: []].insert(
                    format.platform + (format.id.hasSuffix("Ads") ? " Ads" : ""))
            }
        }
        return table
    }()
}
