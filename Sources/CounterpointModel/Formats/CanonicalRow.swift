// One row of the canonical CSV as a reading, or everything that is wrong with it.

/// Reads rows under one header; remembers texts, so that a million rows share their few labels.
struct CanonicalRowReader {
    let header: CanonicalHeader
    private var labels: [String: String] = [:]
    private static let metrics = [String: Metric](
        uniqueKeysWithValues: Metric.allCases.map { ($0.code, $0) })
    private static let channels = [String: Channel](
        uniqueKeysWithValues: Channel.allCases.map { ($0.rawValue, $0) })
    // Labels kept: breakdowns have hundreds, and the table must not grow with the file.
    private static let labelsMax = 10_000

    struct ChannelReading {
        var channel: Channel
        var breakdown: Breakdown?
        var reading: Reading
    }

    init(header: CanonicalHeader) { self.header = header }

    /// The row's reading; nil after adding at least one problem.
    mutating func read(_ row: CSVRow, _ problems: inout [ImportProblem]) -> ChannelReading? {
        if let (fault, cell) = row.fault {
            let column = header.name(of: cell)
            problems.append(
                ImportProblem(
                    line: row.line, column: column, value: "", code: fault.rawValue,
                    detail: fault.detail, effect: .rejected))
            return nil
        }
        var cells = RowCells(row: row, header: header)
        guard row.count == header.columnCount else {
            cells.reject(
                .value, "wrongCellCount",
                "The row has \(row.count) cells, the header \(header.columnCount).")
            problems += cells.problems
            return nil
        }
        let result = reading(&cells, line: row.line)
        problems += cells.problems
        return cells.problems.isEmpty ? result : nil
    }

    private mutating func reading(_ cells: inout RowCells, line: Int) -> ChannelReading? {
        let channel = cells.required(.channel, code: "unknownChannel") {
            Self.channels[$0]
        } unknown: {
            Spelling.unknown($0, among: Channel.allCases)
        }
        let metric = cells.required(.metric, code: "unknownMetric") {
            Self.metrics[$0]
        } unknown: {
            Spelling.unknown($0, among: Metric.allCases)
        }
        let from = cells.required(.from, code: "notADay") {
            Day(iso: $0)
        } unknown: { _ in
            "Write days as in 2017-03-30."
        }
        let to = cells.required(.to, code: "notADay") {
            Day(iso: $0)
        } unknown: { _ in
            "Write days as in 2017-03-30."
        }
        let breakdown: Breakdown? = cells.choice(.breakdown)
        let state: ReadingState? = cells.choice(.state)
        let qualifier: Qualifier? = cells.choice(.qualifier)
        let content = label(cells.text(.content, .title))
        let cell = label(cells.text(.cell, .cell))
        let note = label(cells.text(.note, .note))
        var currency: Currency?
        if let code = cells[.currency] {
            currency = Currency(code)
            if currency == nil {
                cells.reject(.currency, "unknownCurrency", "Write an ISO 4217 code as in EUR.")
            }
        }
        guard let metric else { return nil }
        let value = Self.value(&cells, metric, state ?? .value, &currency)
        guard let channel, let from, let to else { return nil }
        guard let period = Period(from: from, to: to) else {
            cells.reject(.to, "endsBeforeStart", "It ends before it starts (\(from)).")
            return nil
        }
        let reading = Reading(
            metric: metric, period: period, content: content, cell: cell, state: state ?? .value,
            qualifier: qualifier ?? .exact, value: value, currency: currency, note: note,
            line: line)
        return ChannelReading(channel: channel, breakdown: breakdown, reading: reading)
    }

    private static func value(
        _ cells: inout RowCells, _ metric: Metric, _ state: ReadingState,
        _ currency: inout Currency?
    ) -> ExactDecimal? {
        if metric.additivity != .money, cells[.currency] != nil {
            cells.reject(.currency, "currencyNotExpected", "\(metric.code) is no money.")
        }
        guard state == .value else {
            // A currency beside "missing" says nothing that is not known.
            currency = nil
            if cells[.value] != nil {
                cells.reject(
                    .value, "valueNotExpected", "A reading that is \(state.rawValue) has no value.")
            }
            return nil
        }
        if metric.additivity == .money, cells[.currency] == nil {
            cells.reject(.currency, "required", "Say in which currency.")
        }
        guard let text = cells[.value] else {
            cells.reject(
                .value, "required",
                "Give a value, or the state missing, masked or notApplicable: blank is not zero.")
            return nil
        }
        do {
            return try ReadingValue.parse(text, for: metric)
        } catch {
            cells.reject(.value, error.code, error.detail)
            return nil
        }
    }

    private mutating func label(_ text: String?) -> String? {
        guard let text else { return nil }
        if let known = labels[text] { return known }
        if labels.count < Self.labelsMax { labels[text] = text }
        return text
    }
}

// The cells of one row by column, with the problems found in them.
private struct RowCells {
    let row: CSVRow
    let header: CanonicalHeader
    var problems: [ImportProblem] = []

    init(row: CSVRow, header: CanonicalHeader) {
        self.row = row
        self.header = header
    }

    // The text of a cell without white space at its ends; nil if it is empty.
    subscript(column: CanonicalColumn) -> String? {
        guard let place = header.place(of: column), let text = row.cell(place) else { return nil }
        let trimmed = TextRule.trimmed(text)
        return trimmed.isEmpty ? nil : trimmed
    }

    mutating func reject(_ column: CanonicalColumn, _ code: String, _ detail: String) {
        problems.append(
            ImportProblem(
                line: row.line, column: column.rawValue, value: self[column] ?? "", code: code,
                detail: detail, effect: .rejected))
    }

    mutating func required<Value>(
        _ column: CanonicalColumn, code: String, _ parse: (String) -> Value?,
        unknown: (String) -> String
    ) -> Value? {
        guard let text = self[column] else {
            reject(column, "required", "This cell is needed.")
            return nil
        }
        let value = parse(text)
        if value == nil { reject(column, code, unknown(text)) }
        return value
    }

    mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ column: CanonicalColumn
    ) -> Value? {
        guard let text = self[column] else { return nil }
        let value = Value(rawValue: text)
        if value == nil {
            reject(column, "notAChoice", Spelling.unknown(text, among: Array(Value.allCases)))
        }
        return value
    }

    mutating func text(_ column: CanonicalColumn, _ rule: TextRule) -> String? {
        guard let text = self[column] else { return nil }
        do {
            return try rule.checked(CSVGuard.unguarded(text))
        } catch {
            switch error {
            case .blank: return nil
            case .tooLong: reject(column, "tooLong", "At most \(rule.scalarsMax) characters.")
            case .controlCharacter:
                reject(column, "controlCharacter", "Control characters have no place here.")
            }
            return nil
        }
    }
}
