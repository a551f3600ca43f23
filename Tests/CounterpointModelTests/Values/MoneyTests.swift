import CounterpointModel
import TestDice
import Testing

@Suite struct MoneyTests {
    private func currency(_ code: String) throws -> Currency { try #require(Currency(code)) }

    @Test(arguments: [
        ("EUR", "12500.00", 1_250_000), ("EUR", "12500", 1_250_000), ("EUR", "-0.5", -50),
        ("JPY", "12500", 12_500),
        ("TND", "1.234", 1234), ("EUR", "10000000000000.00", 1_000_000_000_000_000),
    ])
    func textsAreAmounts(code: String, text: String, minor: Int64) throws {
        let money = try #require(Money(text: text, currency(code)))
        #expect(money.amountMinor == minor)
        #expect(try Money(text: money.text, currency(code)) == money)
    }

    @Test(arguments: [
        ("EUR", "12500.001"), ("EUR", "12500.000"), ("JPY", "1.0"), ("EUR", "1,5"), ("EUR", ""),
        ("EUR", "1e3"),
        ("EUR", "10000000000000.01"), ("EUR", "-10000000000000.01"),
        ("EUR", "99999999999999999999999999"),
        ("TND", "1.2345"),
    ])
    func otherTextsAreRefused(code: String, text: String) throws {
        #expect(try Money(text: text, currency(code)) == nil)
    }

    @Test func onlyOneCurrencyAdds() throws {
        let euro = try #require(Money(text: "1.00", currency("EUR")))
        let dollar = try #require(Money(text: "1.00", currency("USD")))
        #expect(throws: Money.Fault.currencyMismatch) { try euro + dollar }
        #expect(try (euro + euro).text == "2.00")
        let most = try #require(Money(minor: Money.maximumAmountMinor, currency("EUR")))
        #expect(throws: Money.Fault.tooLarge) { try most + euro }
        #expect(try (most - most).amountMinor == 0)
        #expect(Money(minor: Int64.min, euro.currency) == nil)
    }

    @Test func aSumIsRoundedOnce() throws {
        let hryvnia = try currency("UAH")
        let sum = try #require(ExactDecimal("77818.01000004"))
        #expect(try Money(rounding: sum, hryvnia).text == "77818.01")
        let huge = try #require(ExactDecimal(String(repeating: "9", count: 26)))
        #expect(throws: Money.Fault.tooLarge) { try Money(rounding: huge, hryvnia) }
    }

    @Test func instalmentsRoundUpFirstAndLeaveTheRestToTheLast() throws {
        let euro = try currency("EUR")
        #expect(Money(minor: 100, euro)?.split(into: 3)?.map(\.amountMinor) == [34, 34, 32])
        #expect(Money(minor: -100, euro)?.split(into: 3)?.map(\.amountMinor) == [-34, -34, -32])
        #expect(Money(minor: 2, euro)?.split(into: 4)?.map(\.amountMinor) == [1, 1, 0, 0])
        #expect(Money(minor: 100, euro)?.split(into: 0) == nil)
        #expect(Money(minor: 100, euro)?.split(into: 1201) == nil)
        forWorlds(500) { dice, hint in
            let minor = Int64.random(
                in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &dice)
            let amount = Money(minor: dice.oneIn(2) ? minor : minor % 50, euro)!
            let count = dice.within(1...Money.maximumParts)
            let parts = amount.split(into: count)!
            #expect(parts.count == count, "\(hint)")
            #expect(parts.map(\.amountMinor).reduce(0, +) == amount.amountMinor, "\(hint)")
            let magnitudes = parts.map(\.amountMinor.magnitude)
            #expect(zip(magnitudes, magnitudes.dropFirst()).allSatisfy { $0 >= $1 }, "\(hint)")
        }
    }
}
