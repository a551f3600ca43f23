// Tables, numbers and ranges as people read them.

import CounterpointModel
import Testing

@testable import counterpoint

@Suite struct OutputTests {
    @Test(arguments: [
        ("0", "0"), ("999", "999"), ("1000", "1,000"), ("3159843", "3,159,843"),
        ("-1234567.5", "-1,234,567.5"),
        ("77818.01000004", "77,818.01000004"), ("", ""), ("2024-03-01", "2024-03-01"),
        ("12,500", "12,500"),
    ])
    func numbersAreGrouped(_ plain: String, _ grouped: String) {
        #expect(NumberText.grouped(plain) == grouped)
    }

    @Test func rangesSayWhatIsKnown() {
        #expect(ValueText.range(263_001, 320_906) == "263,001 – 320,906")
        #expect(ValueText.range(1_211_188, 1_211_188) == "1,211,188")
        #expect(ValueText.range(5, nil) == "at least 5")
        #expect(ValueText.range(nil, 5000) == "at most 5,000")
        #expect(ValueText.range(nil, nil) == "unknown")
    }

    @Test func columnsAlignWhateverTheScript() {
        let table = Table(
            [Column("NAME", "name"), Column("READINGS", "count", .number), Column("ON", "on")],
            [
                ["name": "Голоси", "count": 1200, "on": "2024-03-01"],
                ["name": "声の会", "count": 7, "on": .null],
                ["name": "Voix", "count": .null, "on": "2024-03-02"],
            ])
        #expect(
            table.text(emphasised: false) == """
                NAME    READINGS  ON
                Голоси     1,200  2024-03-01
                声の会         7
                Voix              2024-03-02
                """)
        #expect(table.text(emphasised: true).hasPrefix("\u{1B}[1mNAME"))
    }

    @Test func longTextsAreCutAndLinesJoined() {
        let long = String(repeating: "long ", count: 20)
        let text = Table(
            [Column("NOTE", "note")], [["note": .string(long)], ["note": "two\nlines"]]
        )
        .text(emphasised: false)
        let lines = text.split(separator: "\n")
        #expect(lines[1].count == 48)
        #expect(lines[1].hasSuffix("…"))
        #expect(lines[2] == "two lines")
    }

    @Test func aRecordIsShownMemberByMember() {
        let text = RecordText([
            "id": "x", "budget": ["amount": "250000.00", "currency": "EUR"],
            "brief": ["goal": "peace", "media": .null],
            "aliases": ["a", "b"], "instalments": [["dueOn": "2024-02-15"]],
        ]).text
        #expect(
            text == """
                id                    x
                budget                250,000.00 EUR
                brief.goal            peace
                brief.media           –
                aliases               a, b
                instalments[1].dueOn  2024-02-15
                """)
    }
}
