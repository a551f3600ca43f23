// What a workbook says of itself: its sheets in order, shared texts, number formats.

import CLibXML2

/// The parts that every sheet needs.
struct WorkbookParts {
    struct Sheet {
        var name: String
        var isHidden: Bool
        /// The entry of the sheet; nil for a chart or a dialogue.
        var entry: Int?
    }

    var sheets: [Sheet] = []
    var is1904 = false
    var texts: [String] = []
    /// By the index that a cell's `s` gives.
    var formats: [NumberFormat] = []

    init(_ file: ZipFile, _ budget: inout WorkBudget) throws(FileRefusal) {
        let package = PackageNames(file)
        let root = try Relationships(file, package["_rels/.rels"], folder: "", &budget)
        let workbook = root.first(ofType: "/officeDocument")?.target ?? "xl/workbook.xml"
        guard let entry = package[workbook] else { throw XMLReader.broken(at: "xl/workbook.xml") }
        let folder = workbook.split(separator: "/").dropLast().joined(separator: "/")
        let name = workbook.split(separator: "/").last ?? ""
        let links = try Relationships(
            file, package[(folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels"],
            folder: folder, &budget)
        try readWorkbook(file, entry, links, package, &budget)
        if let part = links.first(ofType: "/sharedStrings"), let entry = package[part.target] {
            texts = try SharedTexts.read(XMLReader(file.stream(entry)), &budget)
        }
        if let part = links.first(ofType: "/styles"), let entry = package[part.target] {
            formats = try StyleFormats.read(XMLReader(file.stream(entry)), &budget)
        }
    }

    private mutating func readWorkbook(
        _ file: ZipFile, _ entry: Int, _ links: Relationships, _ package: PackageNames,
        _ budget: inout WorkBudget
    ) throws(FileRefusal) {
        let reader = try XMLReader(file.stream(entry))
        var isRoot = true
        while let node = try reader.next(&budget) {
            guard node == .element else { continue }
            if isRoot, !reader.isNamed("workbook") || !Self.namespaces.contains(reader.namespace) {
                throw XMLReader.broken(at: "xl/workbook.xml")
            }
            isRoot = false
            if reader.isNamed("workbookPr") {
                is1904 = reader.attribute("date1904").map { $0 == "1" || $0 == "true" } ?? false
            }
            guard reader.isNamed("sheet") else { continue }
            guard sheets.count < budget.limits.tables else {
                throw FileRefusal(
                    .tooManyTables,
                    "A workbook has at most \(budget.limits.tables) sheets; hand in only those with results."
                )
            }
            let link = reader.attribute("id").flatMap { links.byID[$0] }
            let isTable = link?.type.hasSuffix("/worksheet") ?? false
            let target = isTable ? link.flatMap { package[$0.target] } : nil
            if isTable, target == nil { throw XMLReader.broken(at: "xl/workbook.xml") }
            let name = reader.attribute("name").map(ZipFile.display)
            sheets.append(
                Sheet(
                    name: name ?? "Sheet\(sheets.count + 1)",
                    isHidden: (reader.attribute("state") ?? "visible") != "visible", entry: target))
        }
    }

    // Transitional, as Excel writes by default, and strict.
    private static let namespaces: Set<String> = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ]
}

/// The entries by name; names in packages do not differ by case alone.
private struct PackageNames {
    private var entries: [String: Int] = [:]

    init(_ file: ZipFile) {
        for (index, entry) in file.entries.enumerated() where entry.isFile {
            entries[Self.normal(entry.name)] = index
        }
    }

    subscript(name: String) -> Int? { entries[Self.normal(name)] }

    private static func normal(_ name: String) -> String {
        var parts: [Substring] = []
        for part in name.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
        return parts.joined(separator: "/").lowercased()
    }
}

/// Which part of the package is what to another one.
private struct Relationships {
    struct Link {
        var type: String
        /// The entry's name from the root of the package.
        var target: String
    }

    var byID: [String: Link] = [:]
    private var inOrder: [Link] = []

    init(_ file: ZipFile, _ entry: Int?, folder: String, _ budget: inout WorkBudget)
        throws(FileRefusal)
    {
        guard let entry else { return }
        let reader = try XMLReader(file.stream(entry))
        while let node = try reader.next(&budget) {
            guard node == .element, reader.isNamed("Relationship"),
                reader.attribute("TargetMode") != "External",
                let id = reader.attribute("Id"), let type = reader.attribute("Type"),
                let target = reader.attribute("Target")
            else { continue }
            let isAbsolute = target.hasPrefix("/") || folder.isEmpty
            let link = Link(type: type, target: isAbsolute ? target : folder + "/" + target)
            byID[id] = link
            inOrder.append(link)
        }
    }

    /// By the end of the type, which is the same in both namespaces.
    func first(ofType suffix: String) -> Link? { inOrder.first { $0.type.hasSuffix(suffix) } }
}

/// `sharedStrings.xml`: each text once, rich text as its plain letters.
private enum SharedTexts {
    static func read(_ reader: XMLReader, _ budget: inout WorkBudget) throws(FileRefusal)
        -> [String]
    {
        var texts: [String] = []
        var bytes = 0
        var text = WorkbookText()
        while let node = try reader.next(&budget) {
            let isText = reader.isNamed("si")
            if isText, node == .end || (node == .element && reader.isEmptyElement) {
                texts.append(text.take())
                bytes += texts.last?.utf8.count ?? 0
                guard texts.count <= budget.limits.sharedStrings, bytes <= budget.limits.sharedBytes
                else {
                    throw FileRefusal(
                        .tooManyCells,
                        "The workbook has more texts than are taken; export a shorter period, or fewer columns."
                    )
                }
            } else {
                try text.read(node, reader, budget.limits)
            }
        }
        return texts
    }
}

/// `styles.xml`: the number format of each cell style.
private enum StyleFormats {
    static func read(_ reader: XMLReader, _ budget: inout WorkBudget) throws(FileRefusal)
        -> [NumberFormat]
    {
        var codes: [Int: NumberFormat] = [:]
        var formats: [NumberFormat] = []
        var isInCellFormats = false
        while let node = try reader.next(&budget) {
            if reader.isNamed("cellXfs") {
                isInCellFormats = node == .element && !reader.isEmptyElement
            }
            guard node == .element else { continue }
            if reader.isNamed("numFmt"), let id = reader.attribute("numFmtId").flatMap({ Int($0) })
            {
                codes[id] = NumberFormat(code: reader.attribute("formatCode") ?? "")
            } else if isInCellFormats, reader.isNamed("xf") {
                let id = reader.attribute("numFmtId").flatMap { Int($0) } ?? 0
                formats.append(codes[id] ?? NumberFormat(builtIn: id))
            }
        }
        return formats
    }
}
