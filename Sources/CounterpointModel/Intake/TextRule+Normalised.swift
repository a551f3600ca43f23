// Unicode Normalisation Form C, once, on the way in: "é" typed on a Mac and "é" typed on Windows
// must be the same name to Swift (which compares canonically) and to PostgreSQL (which compares
// bytes).
//
// The standard library holds the tables but offers them only under its `_Unicode` SPI, and
// FoundationEssentials has none (FoundationInternationalization would bring ICU, 30 MB, for this
// one function). The SPI is used in this file and nowhere else: should a toolchain take it away,
// the build stops here and `TextRuleTests` says what the replacement must do.

@_spi(_Unicode) import Swift

extension TextRule {
    /// The text in NFC.
    public static func normalised(_ text: String) -> String {
        // Below U+0300 every scalar is its own composed form and nothing combines.
        if text.unicodeScalars.allSatisfy({ $0.value < 0x300 }) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text._nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
