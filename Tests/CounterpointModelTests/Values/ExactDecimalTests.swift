import CounterpointModel
import TestDice
import Testing

@Suite struct ExactDecimalTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.00000000", "0"), ("007.50", "7.5"),
        ("71.46028505", "71.46028505"),
        ("-0.5", "-0.5"), ("500070", "500070"), ("0.00000001", "0.00000001"),
        ("99999999999999999999999999.99999999", "99999999999999999999999999.99999999"),
    ])
    func textsAreReadExactly(text: String, plain: String) throws {
        let value = try #require(ExactDecimal(text))
        #expect(value.plainText == plain)
        #expect(ExactDecimal(plain) == value)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "+1", "1e3", "1,000", " 1", "1 ", "--1", "0.123456789", "١",
        "1.5.5", "NaN",
        "inf", "0x10", "100000000000000000000000000", "1٫5",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: [
        ("77818.01000004", 2, "77818.01"), ("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"),
        ("0.00499999", 2, "0.00"),
        ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("1.23456789", 8, "1.23456789"), ("3", 2, "3.00"),
        ("-0.001", 2, "0.00"), ("9.995", 2, "10.00"),
    ])
    func halvesRoundAwayFromZero(text: String, scale: Int, rounded: String) throws {
        let value = try #require(ExactDecimal(text))
        #expect(value.text(scale: scale) == rounded)
        #expect(value.rounded(toScale: scale) == ExactDecimal(rounded))
    }

    @Test func theBoundsThrowAndNeverTrap() throws {
        let large = try #require(ExactDecimal(String(repeating: "9", count: 26)))
        var sum = large
        #expect(throws: ExactDecimal.Overflow.self) {
            for _ in 0..<200 { sum = try sum + sum }
        }
        #expect(try sum - sum == .zero)
        #expect(ExactDecimal.quotient(sum, by: .zero) == nil)
        #expect(ExactDecimal.quotient(sum, by: ExactDecimal("0.00000001")!) == nil)
        #expect(ExactDecimal.quotient(sum, by: sum) == ExactDecimal(1))
        _ = sum.rounded(toScale: 0)
        #expect(ExactDecimal(Int64.min).plainText == "-9223372036854775808")
        #expect(ExactDecimal(Int64.min).wholeNumber == Int64.min)
        #expect(ExactDecimal("0.5")?.wholeNumber == nil)
        #expect(large.wholeNumber == nil)
    }

    @Test func quotientsHaveEightRoundedDigits() {
        let frequency = ExactDecimal.quotient(ExactDecimal(3_159_843), by: ExactDecimal(1_211_188))
        #expect(frequency?.text(scale: 8) == "2.60887905")
        #expect(
            ExactDecimal.quotient(ExactDecimal(2), by: ExactDecimal(3))?.plainText == "0.66666667")
        #expect(
            ExactDecimal.quotient(ExactDecimal(-2), by: ExactDecimal(3))?.plainText == "-0.66666667"
        )
        #expect(ExactDecimal.quotient(ExactDecimal(0), by: ExactDecimal(-3))?.plainText == "0")
    }

    @Test func sumsAreExactInAnyOrder() throws {
        try forWorlds(300) { dice, hint in
            let values = (0..<dice.within(1...40)).map { _ in
                ExactDecimal(
                    Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &dice),
                    fractionDigits: dice.upTo(8))!
            }
            let sum = try values.total()
            #expect(try values.shuffled(using: &dice).total() == sum, "\(hint)")
            #expect(try values.map { -$0 }.total() == -sum, "\(hint)")
            #expect(ExactDecimal(sum.plainText) == sum, "\(hint)")
            #expect(ExactDecimal(sum.text(scale: 8)) == sum, "\(hint)")
            #expect((-sum).rounded(toScale: 2) == -(sum.rounded(toScale: 2)), "\(hint)")
        }
    }
}
