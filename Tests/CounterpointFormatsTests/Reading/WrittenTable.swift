// Random tables, written in a random dress: what must be read back the same.

import CounterpointFormats
import CounterpointModel
import TestDice

/// A table and the bytes that say it.
struct WrittenTable {
    enum Column: CaseIterable { case text, whole, decimal, percent, day }

    struct Dress: CustomStringConvertible {
        var encoding: TextEncoding
        var hasMark: Bool
        var separator: Character
        var quotesAll: Bool
        var lineEnd: String
        var hasLastLineEnd: Bool
        var isDeclared: Bool
        var decimalMark: Character
        var grouping: String

        var description: String {
            "\(encoding.rawValue)\(hasMark ? " with mark" : ""), separator \(separator.debugDescription), decimals \(decimalMark), groups \(grouping.debugDescription), \(quotesAll ? "all quoted" : "quoted where needed")\(isDeclared ? ", declared" : "")"
        }
    }

    var dress: Dress
    var columns: [Column]
    /// The header and the rows as a person reads them.
    var texts: [[String]]
    /// What stands in the columns of figures; nil where nothing does.
    var figures: [[ExactDecimal?]]
    var bytes: [UInt8]

    init(_ dice: inout Dice) {
        dress = Self.dress(&dice)
        columns = [.text] + (0..<(1 + dice.below(6))).map { _ in dice.pick(Column.allCases) }
        texts = [
            columns.indices.map {
                "\(dice.pick(Self.names)) \(Character(Unicode.Scalar(UInt8(65 + $0))))"
            }
        ]
        figures = []
        for _ in 0..<(2 + dice.below(12)) {
            var row: [String] = []
            var values: [ExactDecimal?] = []
            for (index, column) in columns.enumerated() {
                let (text, value) = Self.cell(column, dress, &dice)
                row.append(index > 0 && dice.oneIn(8) ? "" : text)
                values.append(row[index].isEmpty ? nil : value)
            }
            texts.append(row)
            figures.append(values)
        }
        bytes = []
        bytes = encoded(written())
    }

    // MARK: - What is in it

    private static let names = [
        "Reichweite", "Portée", "Impressões", "Amount spent", "Größe", "Día", "l’été",
        "crème brûlée", "Nom de la campagne", "Link clicks",
    ]

    private static let words = [
        "Kampagne", "été", "a, b", "x; y", "say \"hi\"", "two\nlines", "l’œuvre", "50% off",
        "Größe: 5", "a|b", "¿Qué?", "–", "Total Wine", "1st", "=SUM(A1)", "tab\there",
    ]

    private static func dress(_ dice: inout Dice) -> Dress {
        let encoding = dice.pick(TextEncoding.allCases)
        let isComma = dice.oneIn(2)
        let groups = isComma ? ["", ".", " ", "\u{A0}"] : ["", ",", "'", "\u{A0}"]
        return Dress(
            encoding: encoding, hasMark: encoding != .windows1252 && dice.oneIn(2),
            separator: dice.pick([",", ";", "\t", "|"]),
            quotesAll: dice.oneIn(3), lineEnd: dice.pick(["\n", "\r\n", "\r"]),
            hasLastLineEnd: dice.oneIn(2), isDeclared: dice.oneIn(4),
            decimalMark: isComma ? "," : ".", grouping: dice.pick(groups))
    }

    private static func cell(_ column: Column, _ dress: Dress, _ dice: inout Dice) -> (
        String, ExactDecimal?
    ) {
        switch column {
        case .text:
            return ((0...dice.below(3)).map { _ in dice.pick(words) }.joined(separator: " "), nil)
        case .whole:
            let count = dice.below([10, 5_000, 90_000_000][dice.below(3)])
            return (grouped(String(count), dress), ExactDecimal(Int64(count)))
        case .decimal, .percent:
            let decimals = 1 + dice.below(4)
            let count = Int64(dice.below([1_000, 50_000_000][dice.below(2)]))
            guard let value = ExactDecimal(count, fractionDigits: decimals) else {
                return ("", nil)
            }
            let parts = value.text(scale: decimals).split(separator: ".")
            let number = grouped(String(parts[0]), dress) + String(dress.decimalMark) + parts[1]
            return (column == .percent ? number + dice.pick(["%", " %"]) : number, value)
        case .day:
            return (Day(daysSince2000: Int32(9_000 + dice.below(500)))?.description ?? "", nil)
        }
    }

    private static func grouped(_ digits: String, _ dress: Dress) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += dress.grouping }
            result.append(digit)
        }
        return result
    }

    // MARK: - How it is written

    private func written() -> String {
        let lines = texts.map { row in
            row.map { cell in
                let needs = cell.unicodeScalars.contains {
                    "\"\n\r".unicodeScalars.contains($0)
                        || $0 == dress.separator.unicodeScalars.first
                }
                let isQuoted = dress.quotesAll || needs || cell.hasPrefix("=")
                let text = cell.replacing("\n", with: dress.lineEnd)
                return isQuoted ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
            }.joined(separator: String(dress.separator))
        }
        return (dress.isDeclared ? "sep=\(dress.separator)" + dress.lineEnd : "")
            + lines.joined(separator: dress.lineEnd)
            + (dress.hasLastLineEnd ? dress.lineEnd : "")
    }

    private func encoded(_ text: String) -> [UInt8] {
        let marked = dress.hasMark ? "\u{FEFF}" + text : text
        switch dress.encoding {
        case .utf8: return Array(marked.utf8)
        case .utf16LittleEndian: return marked.utf16LittleEndian
        case .utf16BigEndian: return marked.utf16BigEndian
        case .windows1252: return text.windows1252 ?? []
        }
    }
}
