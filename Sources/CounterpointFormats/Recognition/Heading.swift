// A header cell as names are compared: without what spreadsheets, languages and currencies do to it.

import CounterpointModel

/// One cell of a header.
struct Heading: Hashable, Sendable {
    /// As the file has it, without white space at its ends.
    var text: String
    /// What is looked up: see `key(of:)`.
    var key: String
    /// The key without a currency at its end, where there is one.
    var bareKey: String
    /// The currency that stands in brackets, or as the last word, at the end of the name.
    var currency: CurrencyMark?

    init(_ text: String) {
        self.text = CellText.trimmed(text)
        key = Self.key(of: text)
        bareKey = key
        if let named = HeaderCurrency(text) {
            bareKey = Self.key(of: named.name)
            currency = named.mark
        } else if let blank = self.text.lastIndex(of: " "),
            let mark = CurrencyMark(self.text[self.text.index(after: blank)...])
        {
            bareKey = Self.key(of: String(self.text[..<blank]))
            currency = mark
        }
    }

    /// The text folded, with hyphens and underscores as spaces; points, commas and quotation marks are dropped, and so
    /// are time zones, which translators leave in or out.
    static func key(of text: String) -> String {
        var key: [UInt8] = []
        for byte in CellText.folded(text).utf8 {
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"),
                UInt8(ascii: "\""), UInt8(ascii: "*"):
                continue
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"):
                // "( EUR )" and "(EUR)" are one name.
                if key.isEmpty || key.last == space || key.last == UInt8(ascii: "(") { continue }
                key.append(space)
            case UInt8(ascii: ")"):
                if key.last == space { key.removeLast() }
                key.append(byte)
            default: key.append(byte)
            }
        }
        var plain = String(decoding: key, as: UTF8.self)
        for zone in ["(in utc)", "(utc)"] where plain.hasSuffix(zone) {
            plain = String(plain.dropLast(zone.count))
        }
        return CellText.trimmed(plain)
    }

    private static let space = UInt8(ascii: " ")
}
