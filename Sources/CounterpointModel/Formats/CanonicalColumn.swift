// The columns of the canonical results CSV, and which of them a file's header has where.

/// A column by its name in the header.
enum CanonicalColumn: String, CaseIterable {
    case channel, metric, from, to, content, breakdown, cell, value, state, qualifier, currency
    case note

    var number: Int {
        switch self {
        case .channel: 0
        case .metric: 1
        case .from: 2
        case .to: 3
        case .content: 4
        case .breakdown: 5
        case .cell: 6
        case .value: 7
        case .state: 8
        case .qualifier: 9
        case .currency: 10
        case .note: 11
        }
    }

    var isRequired: Bool {
        switch self {
        case .channel, .metric, .from, .to, .value: true
        case .content, .breakdown, .cell, .state, .qualifier, .currency, .note: false
        }
    }
}

/// Where each column stands in the rows of one file.
struct CanonicalHeader {
    // By the column's own number, because a million rows ask for each of twelve.
    private var places = [Int?](repeating: nil, count: CanonicalColumn.allCases.count)
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
            if places[column.number] != nil {
                add(name, "duplicateColumn", "The column stands there twice.")
            }
            places[column.number] = place
        }
        for column in CanonicalColumn.allCases
        where column.isRequired && places[column.number] == nil {
            add(column.rawValue, "missingColumn", Self.missingDetail(row))
        }
        if !problems.isEmpty { throw HeaderFaults(problems: problems) }
    }

    /// Where the column stands in a row, from 0; nil if the file does not have it.
    func place(of column: CanonicalColumn) -> Int? { places[column.number] }

    /// The name of the column at that place, or its number from 1.
    func name(of place: Int) -> String {
        CanonicalColumn.allCases.first { self.place(of: $0) == place }?.rawValue
            ?? String(place + 1)
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
