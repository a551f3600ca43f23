// Whose figures the rows of a block are.

import CounterpointModel

/// Finds the channel of each figure, and asks once where a block does not say.
struct BlockChannel {
    private(set) var problems: [ImportProblem] = []
    private let block: Block
    private let columns: BlockColumns
    private let options: PlatformImport.Options
    private let ofHeader: Channel?
    private var asked: Set<String> = []

    var isAsking: Bool { !asked.isEmpty }

    init(_ block: Block, _ columns: BlockColumns, _ options: PlatformImport.Options) {
        self.block = block
        self.columns = columns
        self.options = options
        ofHeader =
            columns.has(.page) && !columns.has(.profile)
            ? .facebook
            : columns.has(.profile) && !columns.has(.page) ? .instagram : nil
    }

    mutating func channel(of source: SourceRow, _ row: ReadRow, _ figure: RowFigure) -> Channel? {
        switch block.format.layout.channel {
        case .fixed(let channel): return channel
        case .metaPlatform: return metaChannel(source, row)
        case .campaignType: return googleChannel(source, row)
        case .named:
            if let named = figure.channel ?? ofHeader ?? linked(source) { return named }
            if let given = options.channel { return given }
            ask(
                source.number, figure.column, figure.column, "channelNeeded",
                "It is not said whose figures these are: send channel=facebook or channel=instagram."
            )
            return nil
        }
    }

    // Without a column for it, Meta's ads are Meta's: Facebook, Instagram and the rest together.
    private mutating func metaChannel(_ source: SourceRow, _ row: ReadRow) -> Channel? {
        guard let column = columns.column(.channel), !row.isTotal else { return .meta }
        let text = source.cell(column.place).shown
        switch CellText.folded(text) {
        case "facebook": return .facebook
        case "instagram": return .instagram
        case "messenger", "whatsapp": return .messaging
        case "audience_network", "audience network", "threads", "oculus", "unknown", "unbekannt",
            "inconnu", "desconocido", "sconosciuto", "desconhecido":
            return .other
        case "": return .meta
        default:
            ask(
                source.number, column.heading.text, text, "platformUnknown",
                "“\(text)” is none of Meta's platforms that are known here.")
            return nil
        }
    }

    private mutating func googleChannel(_ source: SourceRow, _ row: ReadRow) -> Channel? {
        let type = row.isTotal ? row.totalOf : row.campaignType
        if let type, let channel = Self.googleTypes[type] { return channel }
        if let given = options.channel { return given }
        // A total over several types is nobody's own reading; its sums are only checks.
        if row.isTotal { return only }
        ask(
            source.number, columns.column(.campaignType)?.heading.text ?? "",
            columns.column(.campaignType).map { source.cell($0.place).shown } ?? "",
            "channelNeeded",
            type == nil
                ? "The file does not say on which of Google's networks the campaigns ran: add the column Campaign type to the export, or send channel=googleSearch, channel=googleDisplay or channel=youtube."
                : "Campaigns of this type run on several of Google's networks: send channel=googleSearch, channel=googleDisplay or channel=youtube."
        )
        return nil
    }

    // Where all campaigns of a file are on one channel, its totals are too.
    private var only: Channel? {
        guard let column = columns.column(.campaignType) else { return nil }
        let types = Set(block.rows.map { CellText.folded($0.cell(column.place).shown) })
        let channels = Set(types.compactMap { Self.googleTypes[$0] })
        let others = types.filter { !BlockContent.isFiller($0) && Self.googleTypes[$0] == nil }
        return channels.count == 1 && others.isEmpty ? channels.first : nil
    }

    static let googleTypes: [String: Channel] = [
        "search": .googleSearch, "suchnetzwerk": .googleSearch, "suche": .googleSearch,
        "reseau de recherche": .googleSearch, "recherche": .googleSearch, "busqueda": .googleSearch,
        "ricerca": .googleSearch, "rete di ricerca": .googleSearch, "pesquisa": .googleSearch,
        "rede de pesquisa": .googleSearch, "search only": .googleSearch,
        "display": .googleDisplay, "displaynetzwerk": .googleDisplay,
        "reseau display": .googleDisplay,
        "rete display": .googleDisplay, "rede de display": .googleDisplay,
        "video": .youtube,
    ]

    // A post's link says whose it is.
    private func linked(_ source: SourceRow) -> Channel? {
        guard let column = columns.column(.permalink) else { return nil }
        let link = source.cell(column.place).shown
        if link.contains("instagram.com/") { return .instagram }
        return link.contains("facebook.com/") || link.contains("fb.watch/") ? .facebook : nil
    }

    private mutating func ask(
        _ line: Int, _ column: String, _ value: String, _ code: String, _ detail: String
    ) {
        guard asked.insert(code + value).inserted else { return }
        problems.append(
            ImportProblem(
                part: block.part, line: line, column: column, value: value, code: code,
                detail: detail, effect: .asked))
    }
}
