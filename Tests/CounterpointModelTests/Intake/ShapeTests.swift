// The shapes of the field's values: what each takes, and the code of what it refuses.

import CounterpointModel
import Testing

@Suite struct ShapeTests {
    private func codes<Value>(_ shape: Shape<Value>, _ value: JSONValue) -> [String] {
        do {
            _ = try BodyReader.read(["m": value]) { $0.required("m", shape) }
            return []
        } catch {
            return error.faults.map { "\($0.pointer) \($0.code)" }
        }
    }

    private func money(_ amount: JSONValue, _ currency: JSONValue = "EUR") -> JSONValue {
        ["amount": amount, "currency": currency]
    }

    @Test(arguments: [
        "12,50", "1e3", "+1", "1.", ".5", "", " 1", "1 000", "١٢", "0x10", "1.123456789", "NaN",
    ])
    func moneyIsNeverGuessed(_ amount: String) {
        #expect(codes(.money(), money(.string(amount))) == ["/m/amount notMoney"])
    }

    @Test func moneyFitsItsCurrency() {
        #expect(codes(.money(), money("12.50")) == [])
        #expect(codes(.money(), money("12.505")) == ["/m/amount notMoney"])
        #expect(codes(.money(), money("12.5", "JPY")) == ["/m/amount notMoney"])
        #expect(codes(.money(), money("12.505", "KWD")) == [])
        #expect(codes(.money(), money("10000000000000.01")) == ["/m/amount notMoney"])
        #expect(codes(.money(), money("0")) == [])
        #expect(codes(.money(.moreThanZero), money("0.00")) == ["/m/amount outOfRange"])
        #expect(codes(.money(), money("-0.01")) == ["/m/amount outOfRange"])
        #expect(codes(.money(), money(12)) == ["/m/amount wrongType"])
        #expect(codes(.money(), money("1", "EURO")) == ["/m/currency unknownCurrency"])
        #expect(codes(.money(), ["amount": "1"]) == ["/m/currency required"])
        #expect(codes(.money(), "12.50 EUR") == ["/m wrongType"])
    }

    @Test func identifiersOfOrganisationsNameARegister() {
        func id(_ scheme: JSONValue, _ id: JSONValue) -> [String] {
            codes(.organisationIdentifier, ["scheme": scheme, "id": id])
        }
        #expect(id("GB-CHC", "1090095") == [])
        #expect(id("gb-chc", "1090095") == ["/m/scheme unknownScheme"])
        #expect(id("GB-CHC", "") == ["/m/id blank"])
        #expect(id("GB-CHC", "10 90") == ["/m/id controlCharacter"])
        #expect(id("GB-CHC", 1_090_095) == ["/m/id wrongType"])
    }

    @Test func idsAreUUIDs() {
        let shape: Shape<Identifier<Day>> = .identifier()
        #expect(codes(shape, "0E3F2A6C-0000-4000-8000-00000000ABCD") == [])
        #expect(codes(shape, "{0e3f2a6c-0000-4000-8000-00000000abcd}") == ["/m notAnIdentifier"])
        #expect(codes(shape, "17") == ["/m notAnIdentifier"])
    }

    @Test func integersAreExact() {
        let shape: Shape<Int64> = .integer(in: 0...10)
        #expect(codes(shape, 10) == [])
        #expect(codes(shape, 11) == ["/m outOfRange"])
        #expect(codes(shape, .number(JSONNumber("1.0")!)) == ["/m notAWholeNumber"])
        #expect(
            codes(shape, .number(JSONNumber("92233720368547758080")!)) == ["/m notAWholeNumber"])
        #expect(codes(shape, "5") == ["/m wrongType"])
    }
}
