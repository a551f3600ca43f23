// Figures as platforms, languages and spreadsheets write them.

import CounterpointFormats
import CounterpointModel
import Testing

@Suite struct FigureColumnTests {
    private func read(
        _ texts: [String], as kind: FigureColumn.Kind = .decimal, style: NumberStyle? = nil
    ) -> FigureColumn {
        FigureColumn.read(texts.map { .text($0) }, as: kind, style: style)
    }

    private func numbers(_ texts: [String], as kind: FigureColumn.Kind = .decimal) -> [String?] {
        read(texts, as: kind).cells.map { $0.value?.number.plainText }
    }

    private func only(_ text: String, as kind: FigureColumn.Kind = .decimal) -> FigureCell {
        read([text], as: kind).cells[0]
    }

    @Test(arguments: [
        ("25881", "25881"), ("25,881", "25881"), ("2637278.05", "2637278.05"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"), ("1 020,50", "1020.5"), ("1\u{A0}020,50", "1020.5"),
        ("1\u{202F}020\u{202F}300", "1020300"), ("1'234.5", "1234.5"), ("1’234,5", "1234.5"),
        ("12,34,567", "1234567"), ("1.234.567", "1234567"), ("-10", "-10"), ("−10", "-10"),
        ("(10)", "-10"),
        ("10-", "-10"), ("+5", "5"), (" 7 ", "7"), ("0.007", "0.007"), ("0,123", "0.123"),
        (".5", "0.5"),
        ("٢٥٫٥", "25.5"), ("۱۲۳", "123"), ("１２", "12"), ("\u{200E}42", "42"),
        ("1384.3735", "1384.3735"),
        ("0.30000000000000004", "0.3"), ("2.123456789", "2.12345679"), ("-0.999999999", "-1"),
        ("1e+05", "100000"), ("1.5E3", "1500"), ("5E-3", "0.005"),
    ])
    func readsOneNumber(_ text: String, _ expected: String) {
        #expect(only(text, as: .whole).value?.number.plainText == expected)
        #expect(only(text, as: .whole).value?.qualifier == .exact)
    }

    @Test(
        arguments: [
            ("", .missing), ("  \u{A0}", .missing), ("--", .notApplicable), (" --", .notApplicable),
            ("-", .notApplicable),
            ("—", .notApplicable), ("N/A", .notApplicable), ("k. A.", .notApplicable),
            ("<5", .masked), ("< 5", .masked),
            ("<\u{A0}5", .masked), ("#DIV/0!", .unreadable(.spreadsheetError)),
            ("#NV", .unreadable(.spreadsheetError)),
            ("####", .unreadable(.spreadsheetError)), ("Total", .unreadable(.notANumber)),
            ("1,2,3", .unreadable(.notANumber)),
            ("12abc", .unreadable(.notANumber)), ("2024-01-01", .unreadable(.notANumber)),
            ("1.2.3", .unreadable(.notANumber)),
            ("5.", .unreadable(.notANumber)), ("18–24", .unreadable(.notANumber)),
            ("123456789012345678901234567", .unreadable(.tooManyDigits)),
        ] as [(String, FigureCell)])
    func readsWhatIsNoNumberAsWhatItMeans(_ text: String, _ expected: FigureCell) {
        #expect(only(text, as: .whole) == expected)
    }

    @Test func readsBoundsAndRoundedFigures() {
        func value(_ text: String) -> (String?, Qualifier?, Bool?) {
            let value = only(text).value
            return (value?.number.plainText, value?.qualifier, value?.isPercent)
        }
        #expect(value("< 10%") == ("10", .atMost, true))
        #expect(value(">90%") == ("90", .atLeast, true))
        #expect(value("<10") == ("10", .atMost, false))
        #expect(value("≥ 100") == ("100", .atLeast, false))
        #expect(value("1.2K") == ("1200", .about, false))
        #expect(value("1,2 Mio.") == ("1200000", .about, false))
        #expect(value("10K+") == ("10000", .atLeast, false))
        #expect(value("~50") == ("50", .about, false))
        #expect(value("6.54E+17") == ("654000000000000000", .about, false))
        #expect(value("2.81%") == ("2.81", .exact, true))
        #expect(value("2,81 %") == ("2.81", .exact, true))
        #expect(value("2,81\u{A0}%") == ("2.81", .exact, true))
        // Three decimals of a percentage are decimals.
        #expect(value("1.234%") == ("1.234", .exact, true))
        #expect(value("5m") == (nil, nil, nil))
    }

    @Test func theColumnDecidesWhatOneCellCannot() {
        #expect(numbers(["1.234", "12,50"]) == ["1234", "12.5"])
        #expect(numbers(["1.234", "12.50"]) == ["1.234", "12.5"])
        #expect(numbers(["1,234", "1,234,567"]) == ["1234", "1234567"])
        #expect(numbers(["1.234", "0.5"]) == ["1.234", "0.5"])
        #expect(numbers(["1.234", "999"], as: .whole) == ["1234", "999"])
        #expect(numbers(["1.234", "999"], as: .rate) == ["1.234", "999"])
        let asked = read(["1.234", "999", "2.500"])
        #expect(asked.cells.map { $0.value == nil } == [true, false, true])
        #expect(asked.cells[0] == .unreadable(.ambiguousNumber))
        #expect(asked.undecided == "1.234")
        #expect(read(["1.234"], style: .decimalComma).cells[0].value?.number.plainText == "1234")
        let mixed = read(["1.234,5", "1,234.5", "7"])
        #expect(mixed.cells[0] == .unreadable(.mixedNumberStyles))
        #expect(mixed.cells[2].value?.number.plainText == "7")
    }

    @Test func anotherColumnOfTheFileMayDecide() {
        var evidence = NumberEvidence()
        evidence.add([.text("12,50"), .text("Kampagne 1.5")])
        #expect(evidence.style == .decimalComma)
        let column = FigureColumn.read([.text("1.234")], as: .decimal, evidence: evidence)
        #expect(column.cells[0].value?.number.plainText == "1234")
    }

    @Test func currenciesStandInCellsAndHeaders() {
        func money(_ text: String) -> (String?, CurrencyMark?) {
            let value = only(text).value
            return (value?.number.plainText, value?.currency)
        }
        #expect(money("US$50.00") == ("50", .currency(Currency("USD")!)))
        #expect(money("€ 12,50") == ("12.5", .currency(Currency("EUR")!)))
        #expect(money("1 020,50 €") == ("1020.5", .currency(Currency("EUR")!)))
        #expect(money("-€5.50") == ("-5.5", .currency(Currency("EUR")!)))
        #expect(money("UAH 77,818.01") == ("77818.01", .currency(Currency("UAH")!)))
        #expect(money("R$ 1.234,56") == ("1234.56", .currency(Currency("BRL")!)))
        guard case .ambiguous("$", let candidates)? = money("$5.00").1 else {
            Issue.record("a dollar is not one currency")
            return
        }
        #expect(candidates.first?.code == "USD")
        #expect(HeaderCurrency("Amount spent (EUR)")?.name == "Amount spent")
        #expect(HeaderCurrency("Amount spent (EUR)")?.mark.currency?.code == "EUR")
        #expect(HeaderCurrency("Cost （US$）")?.mark.currency?.code == "USD")
        for header in [
            "Start Date (in UTC)", "CTR (all)", "Video plays (3s)", "Cost", "(EUR)",
            "Website URL (Ad level）",
        ] {
            #expect(HeaderCurrency(header) == nil)
        }
        #expect(read(["€ 1,50", "$2.50"]).currencies.count == 0)
        #expect(read(["€ 1.50", "$2.50"]).currencies.count == 2)
    }

    @Test func workbookCellsNeedNoStyle() {
        let column = FigureColumn.read(
            [.number("1.234"), .percent("2.81"), .amount("5.5", currency: "€"), .empty],
            as: .decimal)
        #expect(column.cells[0].value?.number.plainText == "1.234")
        #expect(column.cells[1].value?.isPercent == true)
        #expect(column.cells[2].value?.currency?.currency?.code == "EUR")
        #expect(column.cells[3] == .missing)
    }

    @Test func durationsAreSeconds() {
        func seconds(_ texts: [String], _ unit: DurationUnit) -> [String?] {
            FigureColumn.readSeconds(texts.map { .text($0) }, unit: unit).cells.map {
                $0.value?.number.plainText
            }
        }
        #expect(
            seconds(["0:05:12", "05:12", "105:00:00", "0:00:01.5"], .seconds) == [
                "312", "312", "378000", "1.5",
            ])
        #expect(
            seconds(["1h 5m 12s", "12s", "5 min", "PT5M12S"], .seconds) == [
                "3912", "12", "300", "312",
            ])
        #expect(seconds(["292", "1,5", "--", ""], .minutes) == ["17520", "90", nil, nil])
        #expect(seconds(["1500"], .milliseconds) == ["1.5"])
        #expect(seconds(["1321.6783"], .hours) == ["4758041.88"])
        #expect(seconds(["0:75:00", "1:2:3:4", "5%", "12s 5m"], .seconds) == [nil, nil, nil, nil])
    }

    @Test func destroyedIdsAreRecognised() {
        #expect(IdentifierCell(.text("6.54E+17")) == .destroyed("6.54E+17"))
        #expect(IdentifierCell(.text("6,54E+17")) == .destroyed("6,54E+17"))
        #expect(IdentifierCell(.text("654321987654321000")) == .destroyed("654321987654321000"))
        #expect(IdentifierCell(.number("120330000000123000")) == .destroyed("120330000000123000"))
        #expect(IdentifierCell(.text("654321987654321987")) == .id("654321987654321987"))
        #expect(IdentifierCell(.text("oEDe6JMwL7Q")) == .id("oEDe6JMwL7Q"))
        #expect(IdentifierCell(.text("'0012")) == .id("0012"))
        #expect(IdentifierCell(.text("12345678.0")) == .id("12345678"))
        #expect(IdentifierCell(.text("12345678e12")) == .id("12345678e12"))
        #expect(IdentifierCell(.text("--")) == .missing)
        #expect(IdentifierCell(.text("#N/A")) == .destroyed("#N/A"))
        #expect(
            IdentifierCell.inLink(.text("https://x.com/n1/status/654321987654321987?s=20"))
                == "654321987654321987")
        #expect(IdentifierCell.inLink(.text("https://x.com/n1")) == nil)
    }
}
