// The columns of the canonical results CSV, and which of them a file's header has where.

/// A column by its name in the header.
enum CanonicalColumn: String, CaseIterable {
    case channel, metric, from, to, content, breakdown, cell, value, state, qualifier, currency
    case note

    var isRequired: Bool {
        switch self {
        case .channel, .metric, .from, .to, .value: true
        case .content, .breakdown, .cell, .state, .qualifier, .currency, .note: false
        }
    }
}

/// Where each column stands in the rows of one file.
struct CanonicalHeader {
    private(set) var places: [CanonicalColumn: Int] = [:]
    let columnCount: Int

    /// The header in the first row of a file, or everything that is wrong with it.
    init(_ row: CSVRow) throws(HeaderFaults) {
        columnCount = row.count
        var problems: [ImportProblem] = []
        func add(_ column: String, _ code: String, _ detail: String) {
            problems.append(
                ImportProblem(
                    line: row.line, column: column, value: column, code: code, detail: detail,
                    effect: .unreadable))
        }
        if let (fault, cell) = row.fault { add(String(cell + 1), fault.rawValue, fault.detail) }
        for (place, name) in row.cells.enumerated() {
            let name = TextRule.trimmed(name)
            guard let column = CanonicalColumn(rawValue: name) else {
                add(name, "unknownColumn", Spelling.unknown(name, among: CanonicalColumn.allCases))
                continue
            }
            if places.updateValue(place, forKey: column) != nil {
                add(name, "duplicateColumn", "The column stands there twice.")
            }
        }
        for column in CanonicalColumn.allCases where column.isRequired && places[column] == nil {
            add(column.rawValue, "missingColumn", Self.missingDetail(row))
        }
        if !problems.isEmpty { throw HeaderFaults(problems: problems) }
    }

    private static func missingDetail(_ row: CSVRow) -> String {
        let first = row.cells.first ?? ""
        let isOtherwiseSeparated = row.count == 1 && (first.contains(";") || first.contains("\t"))
        return isOtherwiseSeparated
            ? "The file is not separated by commas; save it as CSV UTF-8 with commas."
            : "The header needs channel, metric, from, to and value."
    }
}

/// Every fault of a header.
struct HeaderFaults: Error {
    var problems: [ImportProblem]
}
