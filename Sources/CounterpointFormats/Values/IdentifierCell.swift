// Ids of posts, ads and accounts, and how to tell those that a spreadsheet has destroyed.

/// What a cell in a column of ids says.
///
/// Spreadsheets keep fifteen digits of a number. An id of eighteen, opened and saved, comes back as `6.54E+17` or with zeros
/// at its end, and a hundred posts then share one id. Such an id names nothing and must not be used as a key.
public enum IdentifierCell: Sendable, Hashable {
    case missing
    case id(String)
    /// What is left of it; take the id from the post's link where the file has one.
    case destroyed(String)

    /// How many digits a number of a spreadsheet keeps.
    private static let digitsKept = 15

    public init(_ cell: SourceCell) {
        switch cell {
        case .empty:
            self = .missing
        case .number(let text):
            self = Self.number(text, isStoredAsNumber: true)
        case .text(let text):
            self = Self.text(text)
        case .percent, .amount, .day:
            self = .destroyed(cell.shown)
        }
    }

    private static func text(_ text: String) -> IdentifierCell {
        var trimmed = CellText.trimmed(text)
        // `'123` keeps digits as text in Excel, and `id:123`, `f:123`, `x_123` are left as they are.
        if trimmed.hasPrefix("'") { trimmed.removeFirst() }
        switch CellWord.meaning(of: trimmed) {
        case .missing, .notApplicable: return .missing
        case .unreadable: return .destroyed(trimmed)
        case .masked, .value, nil: break
        }
        // With a plus, as spreadsheets write it: `12345e12345` may be the id of a video.
        if trimmed.utf8.contains(UInt8(ascii: "+")), NumberForm(trimmed)?.exponent != nil {
            return .destroyed(trimmed)
        }
        return number(trimmed, isStoredAsNumber: false)
    }

    private static func number(_ text: String, isStoredAsNumber: Bool) -> IdentifierCell {
        // `123.0` of programs that take ids for fractions.
        let id =
            text.hasSuffix(".0") && text.dropLast(2).utf8.allSatisfy(isDigit)
            ? String(text.dropLast(2)) : text
        guard id.utf8.allSatisfy(isDigit), id.utf8.count > digitsKept + 1 else { return .id(id) }
        // Of a whole id only one in a hundred ends in two zeros, and only one of ten in one.
        return id.utf8.dropFirst(digitsKept).allSatisfy { $0 == 0x30 } ? .destroyed(id) : .id(id)
    }

    /// The id at the end of a post's link: the last run of at least eight digits in its path,
    /// `https://x.com/name/status/654321987654321987?s=20`. Nil if there is none.
    public static func inLink(_ cell: SourceCell) -> String? {
        guard case .text(let text) = cell else { return nil }
        let path = text.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let runs = path.split(whereSeparator: { !isDigit($0) })
        guard let run = runs.last(where: { $0.count >= 8 }) else { return nil }
        return String(decoding: run, as: UTF8.self)
    }
}
