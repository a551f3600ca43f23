// What each row of a block is about: the content item, the cell of a breakdown, the channel.

import CounterpointModel

/// Reads what rows are about.
struct BlockContent {
    private let block: Block
    private let columns: BlockColumns
    private let isByAccount: Bool
    /// Ids that a spreadsheet destroyed: those found again in links, and those that were not.
    private(set) var recovered: [Int] = []
    private(set) var lost: [Int] = []

    init(_ block: Block, _ columns: BlockColumns) {
        self.block = block
        self.columns = columns
        let accounts = Set(
            (columns.dimensions[.account] ?? []).prefix(1).flatMap { column in
                block.rows.map { $0.cell(column.place).shown }
            }.filter { !Self.isFiller($0) && !TotalLabel.isTotal($0) })
        isByAccount = accounts.count > 1 && !columns.dimensions.keys.contains(where: \.isContent)
    }

    /// Whether the header has columns that tell content items apart.
    var isCutByContent: Bool {
        isByAccount || columns.dimensions.keys.contains { $0.isContent || $0 == .cut }
    }

    var isCutByCell: Bool { columns.dimensions.keys.contains { $0.breakdown != nil } }

    /// Fills in what the row is about.
    mutating func describe(_ row: inout ReadRow, at index: Int) {
        let source = block.rows[index]
        for (id, name) in Self.levels {
            if take(id, name, of: source, &row) { break }
        }
        if isByAccount, row.content == nil, let account = text(.account, source) {
            row.content = Self.label(account)
        }
        let cuts = (columns.dimensions[.cut] ?? []).compactMap { column -> String? in
            let text = source.cell(column.place).shown
            return Self.isFiller(text) ? nil : text
        }
        if !cuts.isEmpty {
            let parts = [row.content].compactMap { $0 } + cuts
            row.content = Self.label(parts.joined(separator: " / "))
        }
        row.surroundings = Dimension.contents.compactMap { dimension in
            guard let text = text(dimension, source) else { return nil }
            // What a spreadsheet has left of an id is the same for a hundred rows.
            if dimension.isId, let column = columns.column(dimension),
                case .destroyed = IdentifierCell(source.cell(column.place))
            {
                return nil
            }
            return text
        }
        if let account = text(.account, source) { row.surroundings.insert(account, at: 0) }
        describeCell(&row, source)
        row.campaignType = text(.campaignType, source).map(CellText.folded)
    }

    // From the most detailed level to the least.
    private static let levels: [(id: Dimension?, name: Dimension?)] = [
        (.adId, .ad), (.contentId, .permalink), (nil, .content), (nil, .permalink),
        (.adSetId, .adSet),
        (.campaignId, .campaign),
    ]

    private mutating func take(
        _ id: Dimension?, _ name: Dimension?, of source: SourceRow, _ row: inout ReadRow
    ) -> Bool {
        if id == .contentId, name == .permalink, text(.contentId, source) == nil {
            // The link has the id, if it has one at all.
            guard let column = columns.column(.permalink),
                let found = Self.idInLink(source.cell(column.place))
            else { return false }
            row.content = found
            row.isContentUnique = true
            return true
        }
        if let id, let column = columns.column(id) {
            switch IdentifierCell(source.cell(column.place)) {
            case .id(let text) where !Self.isFiller(text) && !TotalLabel.isTotal(text):
                row.content = Self.label(text)
                row.isContentUnique = true
                return row.content != nil
            case .destroyed:
                if let link = columns.column(.permalink),
                    let found = Self.idInLink(source.cell(link.place))
                {
                    recovered.append(source.number)
                    row.content = found
                    row.isContentUnique = true
                } else {
                    lost.append(source.number)
                    let own = (id == .contentId ? Dimension.content : name).flatMap {
                        text($0, source)
                    }
                    row.content = Self.label(own ?? "row \(source.number)")
                }
                return true
            case .id, .missing: break
            }
            if id == .contentId { return false }
        }
        guard let name, let text = text(name, source),
            !TotalLabel.isTotal(text) || hasOtherNames(source, name)
        else { return false }
        row.content = Self.label(text)
        return row.content != nil
    }

    // The post's id in its link: digits at the end of the path, or behind the word for a post. Others in it are the page's,
    // and all posts would share them.
    static func idInLink(_ cell: SourceCell) -> String? {
        guard case .text(let text) = cell else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(separator: "/").map { CellText.trimmed(String($0)) }
        for (place, part) in parts.enumerated().reversed() {
            let isNamed = place > 0 && postWords.contains(parts[place - 1])
            if part.utf8.count >= 8, part.utf8.allSatisfy(isDigit) {
                if place == parts.count - 1 || isNamed { return part }
            } else if isNamed, isCode(part) {
                return part
            }
        }
        return nil
    }

    // Instagram's `/p/CxyzAbc_1-/` and Facebook's `/posts/pfbid02…`: made by the platform, and the post's alone.
    private static func isCode(_ part: String) -> Bool {
        (3...120).contains(part.utf8.count)
            && part.utf8.allSatisfy { byte in
                isDigit(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
    }

    private static let postWords: Set<String> = [
        "status", "video", "videos", "posts", "photo", "photos", "reel", "permalink", "p", "tv",
    ]

    // A campaign may be called Total; then something else in the row says that it is one.
    private func hasOtherNames(_ source: SourceRow, _ name: Dimension) -> Bool {
        Dimension.contents.contains { $0 != name && text($0, source) != nil }
    }

    private func describeCell(_ row: inout ReadRow, _ source: SourceRow) {
        let order: [Dimension] = [.region, .country, .age, .gender, .language]
        var cells: [String] = []
        for dimension in order {
            guard let breakdown = dimension.breakdown, columns.has(dimension) else { continue }
            if row.breakdown == .none { row.breakdown = breakdown }
            if let text = text(dimension, source), !TotalLabel.isTotal(text) { cells.append(text) }
        }
        let wanted = order.filter { columns.has($0) }.count
        // A row that names one of two is a total of the other, not a cell of its own.
        if !cells.isEmpty, cells.count == wanted || wanted == 1 {
            row.cell = Self.label(cells.joined(separator: ", "), TextRule.cell)
        }
    }

    /// The text of the row's cell for that dimension; nil for blanks, dashes and fillers.
    func text(_ dimension: Dimension, _ source: SourceRow) -> String? {
        guard let column = columns.column(dimension) else { return nil }
        let text = source.cell(column.place).shown
        return Self.isFiller(text) ? nil : text
    }

    /// Whether the text stands for nothing: blank, a dash, or the `0` that Meta puts where a text is missing.
    static func isFiller(_ text: String) -> Bool {
        text.isEmpty || text == "0" || ["-", "--", "---"].contains(CellText.folded(text))
    }

    /// The text as a label that can be stored: one line, without what hides in it, not too long. Nil if nothing is left.
    static func label(_ text: String, _ rule: TextRule = .title) -> String? {
        var plain = String.UnicodeScalarView()
        var isAfterBlank = true
        for scalar in text.unicodeScalars {
            let isBlank = scalar.properties.isWhitespace || scalar.value < 0x20
            if isBlank, isAfterBlank { continue }
            isAfterBlank = isBlank
            plain.append(isBlank ? " " : scalar)
        }
        let line = String(plain)
        if let sound = try? rule.checked(line) { return sound }
        // Too long, or with scalars that are refused: what can be kept of it.
        let allowed = line.unicodeScalars.filter { scalar in
            (try? TextRule.note.checked("a" + String(scalar))) != nil
        }.prefix(rule.scalarsMax - 1)
        return try? rule.checked(String(String.UnicodeScalarView(allowed)))
    }
}
