// Tables that a person can read: aligned columns, numbers to the right and in groups of three.

import CounterpointModel

/// A column over records in their JSON form.
struct Column: Sendable {
    enum Kind: Sendable {
        case text
        /// Digits to the right, grouped.
        case number
        /// An `{"amount","currency"}`.
        case money
        /// An instant, of which the minute is shown.
        case instant
    }

    var title: String
    /// Members from the outside in, joined by points: `amount.currency`. It also heads the column in CSV.
    var path: String
    var kind: Kind
    /// Longer texts are cut in tables; JSON and CSV have them whole.
    var cut: Int

    init(_ title: String, _ path: String, _ kind: Kind = .text, cut: Int = 48) {
        self.title = title
        self.path = path
        self.kind = kind
        self.cut = cut
    }

    var isRightAligned: Bool { kind == .number || kind == .money }

    func value(in record: JSONValue) -> JSONValue {
        var value = record
        for name in path.split(separator: ".") {
            guard let inner = value[String(name)] else { return .null }
            value = inner
        }
        return value
    }

    /// As a person reads it.
    func text(of record: JSONValue) -> String {
        let value = value(in: record)
        return switch kind {
        case .text: ValueText.plain(value)
        case .number: NumberText.grouped(ValueText.plain(value))
        case .money: ValueText.money(value)
        case .instant: ValueText.minute(value)
        }
    }

    /// As a program reads it: whole and ungrouped.
    func cell(of record: JSONValue) -> CSVCell {
        let value = value(in: record)
        switch value {
        case .null: return .empty
        case .number(let number): return .number(number.text)
        case .object where kind == .money:
            return .text("\(value["amount"]?.string ?? "") \(value["currency"]?.string ?? "")")
        default: return .text(ValueText.plain(value))
        }
    }
}

/// Rows under a heading.
struct Table {
    private let columns: [Column]
    private let rows: [[String]]

    init(_ columns: [Column], _ records: [JSONValue]) {
        self.columns = columns
        rows = records.map { record in columns.map { Self.cut($0.text(of: record), to: $0.cut) } }
    }

    func text(emphasised: Bool) -> String {
        let widths = columns.indices.map { index in
            ([columns[index].title] + rows.map { $0[index] }).map(DisplayWidth.of).max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            var line = ""
            for (index, cell) in cells.enumerated() {
                let gap = String(repeating: " ", count: widths[index] - DisplayWidth.of(cell))
                line += columns[index].isRightAligned ? gap + cell : cell + gap
                if index < cells.count - 1 { line += "  " }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
        let heading = line(columns.map(\.title))
        return ([emphasised ? "\u{1B}[1m\(heading)\u{1B}[0m" : heading] + rows.map(line))
            .joined(separator: "\n")
    }

    private static func cut(_ text: String, to maximum: Int) -> String {
        let flat = text.contains("\n") ? text.split(separator: "\n").joined(separator: " ") : text
        guard flat.count > maximum else { return flat }
        return flat.prefix(maximum - 1) + "…"
    }
}

/// One record, a member a line.
struct RecordText {
    let text: String

    init(_ record: JSONValue) {
        var lines: [(name: String, value: String)] = []
        Self.add(record, under: "", to: &lines)
        let width = lines.map { DisplayWidth.of($0.name) }.max() ?? 0
        text = lines.map { line in
            line.name + String(repeating: " ", count: width - DisplayWidth.of(line.name) + 2)
                + line.value
        }.joined(separator: "\n")
    }

    private static func add(
        _ value: JSONValue, under name: String, to lines: inout [(name: String, value: String)]
    ) {
        switch value {
        case .object(let object) where object["amount"] != nil && object["currency"] != nil:
            lines.append((name, ValueText.money(value)))
        case .object(let object):
            for member in object.members {
                add(
                    member.value, under: name.isEmpty ? member.name : "\(name).\(member.name)",
                    to: &lines)
            }
        case .array(let elements) where elements.contains { $0.object != nil }:
            for (index, element) in elements.enumerated() {
                add(element, under: "\(name)[\(index + 1)]", to: &lines)
            }
        case .number(let number): lines.append((name, NumberText.grouped(number.text)))
        default:
            let plain = ValueText.plain(value)
            lines.append((name, plain.isEmpty ? "–" : plain))
        }
    }
}
