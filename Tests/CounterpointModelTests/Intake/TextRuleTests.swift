// Which text is stored, and as what.

import CounterpointModel
import Testing

@Suite struct TextRuleTests {
    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    @Test func storesNFCWhateverWasTyped() throws {
        // Unicode's own samples: composed, decomposed, reordered marks, Hangul, a singleton.
        let samples: [(String, [Unicode.Scalar])] = [
            ("e\u{301}", ["\u{E9}"]), ("\u{E9}", ["\u{E9}"]),
            ("e\u{301}\u{327}", ["\u{229}", "\u{301}"]),
            ("\u{1100}\u{1161}\u{11A8}", ["\u{AC01}"]), ("\u{212A}", ["K"]),
            ("\u{05D9}\u{05B4}", ["\u{05D9}", "\u{05B4}"]),
        ]
        for (typed, stored) in samples {
            #expect(scalars(try TextRule.name.checked(typed)) == stored)
        }
    }

    @Test func trimsWhiteSpaceAtTheEndsOnly() throws {
        #expect(try TextRule.name.checked("\u{A0} a  b \u{3000}") == "a  b")
        #expect(throws: TextRule.Violation.blank) { try TextRule.name.checked(" \u{2003} ") }
    }

    @Test(
        arguments: [
            "\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{85}", "\u{202A}", "\u{202E}", "\u{2066}",
            "\u{2069}", "\u{2028}", "\u{FEFF}",
        ] as [Unicode.Scalar])
    func refusesWhatHidesOrReorders(_ scalar: Unicode.Scalar) {
        for rule in [TextRule.name, .section] {
            #expect(throws: TextRule.Violation.controlCharacter(scalar)) {
                try rule.checked("a\(scalar)b")
            }
        }
    }

    @Test func takesLineBreaksInProseOnly() throws {
        #expect(try TextRule.note.checked("a\r\n\tb") == "a\r\n\tb")
        #expect(throws: TextRule.Violation.controlCharacter("\n")) {
            try TextRule.name.checked("a\nb")
        }
    }

    @Test func keepsWhatWritingSystemsNeed() throws {
        for text in ["می\u{200C}خواهم", "\u{200F}שלום", "👩\u{200D}👩\u{200D}👧", "ไทย"] {
            #expect(scalars(try TextRule.name.checked(text)) == scalars(text))
        }
    }

    @Test func countsScalarsNotCharacters() throws {
        #expect(try TextRule.name.checked(String(repeating: "é", count: 200)).count == 200)
        #expect(throws: TextRule.Violation.tooLong) {
            try TextRule.name.checked(String(repeating: "é", count: 201))
        }
        // One character, ten thousand marks.
        #expect(throws: TextRule.Violation.tooLong) {
            try TextRule.name.checked("a" + String(repeating: "\u{301}", count: 10_000))
        }
    }
}
