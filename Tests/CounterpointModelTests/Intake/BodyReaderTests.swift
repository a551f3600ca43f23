// A body with many faults gets all of them, each with its pointer, and in one answer.

import CounterpointModel
import Testing

// A body of about the shapes that the real ones have.
private struct SampleBody: BodyReadable {
    enum Colour: String, CaseIterable { case red, green }

    var name: String
    var startsOn: Day
    var endsOn: Day?
    var budget: Money
    var colour: Colour
    var countries: [Country]
    var parts: [Int64]

    static func read(from reader: inout BodyReader) -> SampleBody? {
        let name = reader.required("name", .text(.name))
        let startsOn = reader.required("startsOn", .day)
        let endsOn = reader.optional("endsOn", .day)
        let budget = reader.required("budget", .money())
        let colour = reader.required("colour", Shape<Colour>.choice())
        let countries = reader.optional("countries", .uniqueList(of: .country, atMost: 3)) ?? []
        let parts = reader.optional(
            "parts",
            .list(
                of: .object { part in part.required("n", .integer(in: 0...9)) }, atMost: 5))
        guard let name, let startsOn, let budget, let colour else { return nil }
        return SampleBody(
            name: name, startsOn: startsOn, endsOn: endsOn, budget: budget, colour: colour,
            countries: countries, parts: parts ?? [])
    }
}

private func faults(_ text: String) -> [Fault] {
    do {
        _ = try SampleBody(bytes: Array(text.utf8))
        return []
    } catch {
        return error.faults
    }
}

@Suite struct BodyReaderTests {
    private let sound =
        #"{"name":" Cafe\u0301 ","startsOn":"2017-03-30","budget":{"amount":"1.50","currency":"EUR"},"colour":"red","endsOn":null}"#

    @Test func readsASoundBody() throws {
        let sample = try SampleBody(bytes: Array(sound.utf8))
        #expect(Array(sample.name.unicodeScalars) == ["C", "a", "f", "\u{E9}"])
        #expect(sample.startsOn == Day(iso: "2017-03-30"))
        #expect(sample.budget.amountMinor == 150)
        #expect(sample.endsOn == nil)
    }

    @Test func collectsEveryFaultWithItsPointer() {
        let found = faults(
            #"""
            {"name":"a\u202Eb","startsOn":"30.03.2017","endsOn":7,"colour":"blue","colours":[],
             "budget":{"amount":"12,50","currency":"EUR","vat":1},"countries":["KE","XX","KE"],
             "parts":[{"n":3},{"n":12},{"n":1.5},{},4],"x/y":null}
            """#)
        #expect(
            found.map { "\($0.pointer) \($0.code) \($0.kind.rawValue)" } == [
                "/name controlCharacter refused", "/startsOn notADay malformed",
                "/endsOn wrongType malformed", "/budget/amount notMoney malformed",
                "/budget/vat unknownMember malformed", "/colour notAChoice malformed",
                "/countries/1 unknownCountry malformed", "/parts/1/n outOfRange refused",
                "/parts/2/n notAWholeNumber refused", "/parts/3/n required malformed",
                "/parts/4 wrongType malformed", "/colours unknownMember malformed",
                "/x~1y unknownMember malformed",
            ])
        #expect(found.first { $0.pointer == "/colours" }?.detail.contains("colour?") == true)
        #expect(InvalidInput(faults: found).isMalformed)
    }

    @Test func refusedIsNotMalformed() {
        let found = faults(sound.replacing("red", with: "red").replacing("1.50", with: "-1.50"))
        #expect(found.map(\.code) == ["outOfRange"])
        #expect(!InvalidInput(faults: found).isMalformed)
    }

    @Test(arguments: ["[]", "7", "null", "\"x\""])
    func aBodyThatIsNoObjectHasOneFaultAtTheTop(_ body: String) {
        #expect(faults(body).map(\.pointer) == [""])
        #expect(faults(body).map(\.code) == ["wrongType"])
    }

    @Test func aBodyThatIsNoJSONSaysWhere() throws {
        let found = faults("{\"name\":\n nope}")
        #expect(found.map(\.code) == ["unexpectedCharacter"])
        #expect(found.map(\.pointer) == ["/name"])
        #expect(found[0].detail.contains("Line 2, column 2"))
    }

    @Test func listsAThousandFaultsAndCountsTheRest() {
        let items = Array(repeating: JSONValue.integer(7), count: 1_500)
        do {
            _ = try BodyReader.read(["m": .array(items)]) { reader in
                reader.required("m", .list(of: .day, atMost: 2_000))
            }
            Issue.record("1,500 faults were taken")
        } catch {
            #expect(error.faults.count == 1_001)
            #expect(error.faults.last?.code == "moreFaults")
            #expect(error.faults.last?.detail.contains("500") == true)
        }
    }

    @Test func duplicatesInListsAreRefusedWhereTheyStand() {
        let found = faults(sound.dropLast() + #","countries":["KE","UA","KE"]}"#)
        #expect(found.map(\.pointer) == ["/countries/2"])
        #expect(found.map(\.code) == ["duplicate"])
    }

    private func faults(_ text: some StringProtocol) -> [Fault] {
        CounterpointModelTests.faults(String(text))
    }

    @Test func mergePatchesTellAbsentFromNull() throws {
        func read(_ body: JSONValue) throws -> (Change<Day>, Change<[Country]>) {
            try BodyReader.read(body) { reader in
                (reader.change("on", .day), reader.change("in", .list(of: .country, atMost: 9)))
            }
        }
        let day = try #require(Day(iso: "2020-02-29"))
        let kenya = try #require(Country("KE"))
        let kept = try read([:])
        #expect(kept.0.over(day) == day && kept.1.overList([kenya]) == [kenya])
        let cleared = try read(["on": nil, "in": nil])
        #expect(cleared.0.over(day) == nil && cleared.1.overList([kenya]) == [])
        let set = try read(["on": "2021-01-01", "in": ["UA"]])
        #expect(set.0.replacing(day) == Day(iso: "2021-01-01"))
        #expect(set.1.overList([kenya]) == [Country("UA")])
    }

    @Test func whatCannotBeClearedSaysSo() {
        do {
            _ = try BodyReader.read(["on": nil]) { $0.replacement("on", .day) }
            Issue.record("null was taken")
        } catch {
            #expect(error.faults.map(\.pointer) == ["/on"])
            #expect(!error.isMalformed)
        }
    }
}
