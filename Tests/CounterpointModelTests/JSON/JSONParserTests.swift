// What the strict JSON reader takes, what it refuses, and where it says the fault is.

import CounterpointModel
import Testing

@Suite struct JSONParserTests {
    private func refusal(_ text: String) -> JSONSyntaxError? { refusal(Array(text.utf8)) }

    private func refusal(_ bytes: [UInt8], limits: JSONLimits = .body) -> JSONSyntaxError? {
        do {
            _ = try JSONParser.parse(bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test func readsEveryKindOfValue() throws {
        let text = #" {"a":[1,-2.50,1e3,true,false,null,"x"],"b":{},"c":[],"d":"\u00e9\n\/\"\\"} "#
        let value = try JSONParser.parse(text)
        let expected: JSONValue = [
            "a": [
                1, .number(JSONNumber("-2.50")!), .number(JSONNumber("1e3")!), true, false, nil,
                "x",
            ],
            "b": [:], "c": [], "d": "é\n/\"\\",
        ]
        #expect(value == expected)
        #expect(value.object?.names == ["a", "b", "c", "d"])
    }

    @Test(arguments: ["0", "-0", "9007199254740993", "0.1", "-12.50", "1E+05", "1e-7"])
    func keepsNumbersAsWritten(_ text: String) throws {
        #expect(try JSONParser.parse(text) == .number(JSONNumber(text)!))
        #expect(try JSONParser.parse(text).text == text)
    }

    @Test(arguments: ["1.0", "1e2", "9223372036854775808", "-9223372036854775809"])
    func doesNotTakeOtherNumbersForWholeOnes(_ text: String) throws {
        #expect(try JSONParser.parse(text).number?.int64 == nil)
    }

    @Test func takesWholeNumbersToTheEdge() throws {
        #expect(try JSONParser.parse("9223372036854775807").number?.int64 == .max)
        #expect(try JSONParser.parse("-9223372036854775808").number?.int64 == .min)
    }

    @Test(
        arguments: [
            ("", .emptyBody), ("  \n", .emptyBody), ("{", .unexpectedEnd), ("[1", .unexpectedEnd),
            ("\"abc", .unexpectedEnd), ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd),
            ("{\"a\":1,}", .unexpectedCharacter), ("[1,]", .unexpectedCharacter),
            ("{a:1}", .unexpectedCharacter), ("'a'", .unexpectedCharacter),
            ("nul", .unexpectedCharacter), ("NaN", .unexpectedCharacter),
            ("+1", .unexpectedCharacter),
            ("{\"a\" 1}", .unexpectedCharacter), ("[1 2]", .unexpectedCharacter),
            ("// x\n1", .unexpectedCharacter), ("1 2", .trailingCharacters),
            ("{} x", .trailingCharacters),
            ("01", .badNumber), ("-", .badNumber), ("1.", .badNumber), (".5", .unexpectedCharacter),
            ("1e", .badNumber), ("-Infinity", .badNumber), ("\"\\x\"", .badEscape),
            ("\"\\u12g4\"", .badEscape), ("\"\\u0000\"", .controlCharacter),
            ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate),
            ("\"\\ud800\\u0041\"", .loneSurrogate), ("\"a\nb\"", .controlCharacter),
            ("\"\u{0}\"", .controlCharacter), ("\u{FEFF}{}", .byteOrderMark),
            ("{\"a\":1,\"a\":2}", .duplicateMember), ("{\"a\":1,\"\\u0061\":2}", .duplicateMember),
        ] as [(String, JSONSyntaxError.Code)])
    func refuses(_ text: String, _ code: JSONSyntaxError.Code) {
        #expect(refusal(text)?.code == code, "\(text)")
    }

    @Test func joinsSurrogatePairs() throws {
        #expect(try JSONParser.parse(#""\ud83d\ude00""#) == "😀")
    }

    @Test func saysWhereTheFaultIs() throws {
        let fault = try #require(refusal("{\"é\": [1,\r\n  {\"x/~\": [true, nope]}]}"))
        #expect(fault.pointer == "/é/1/x~1~0/1")
        #expect(fault.line == 2)
        #expect(fault.column == 18)
        #expect(fault.byteOffset == 29)
    }

    @Test func namesTheMemberThatComesTwice() throws {
        let fault = try #require(refusal(#"{"a":{"b":1,"c":2,"b":3}}"#))
        #expect(fault.pointer == "/a/b")
        #expect(fault.byteOffset == 18)
    }

    @Test func findsDuplicatesAmongManyMembers() throws {
        let members = (0..<200).map { "\"m\($0)\":0" }
        #expect(refusal("{" + members.joined(separator: ",") + "}") == nil)
        let twice = (members + ["\"m7\":1"]).joined(separator: ",")
        #expect(refusal("{\(twice)}")?.pointer == "/m7")
    }

    @Test func refusesBytesThatAreNotUTF8() throws {
        let sound = Array("{\"a\":\"é\\n".utf8)
        for bad: [UInt8] in [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3],
        ] {
            let fault = try #require(refusal(sound + bad + Array("\"}".utf8)))
            #expect(fault.code == .notUTF8)
            #expect(fault.byteOffset == sound.count)
        }
        #expect(refusal([0x7B, 0x00])?.code == .unexpectedCharacter)
        #expect(refusal([0xFF, 0xFE, 0x7B, 0x00])?.code == .unexpectedCharacter)
    }

    @Test func stopsAtEachLimit() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(refusal(nested(32)) == nil)
        #expect(refusal(nested(33))?.code == .tooDeep)
        #expect(refusal(String(repeating: "[", count: 1_000_000))?.code == .tooDeep)
        #expect(refusal(String(repeating: "{\"a\":", count: 100_000))?.code == .tooDeep)

        let small = JSONLimits(bytesMax: 40, depthMax: 2, membersMax: 2, elementsMax: 3)
        #expect(refusal(Array("[1,2,3]".utf8), limits: small) == nil)
        #expect(refusal(Array("[1,2,3,4]".utf8), limits: small)?.code == .tooManyElements)
        #expect(
            refusal(Array(#"{"a":1,"b":2,"c":3}"#.utf8), limits: small)?.code == .tooManyMembers)
        #expect(refusal([UInt8](repeating: 0x20, count: 41), limits: small)?.code == .tooLarge)
        let digits = [UInt8](repeating: 0x31, count: 65)
        #expect(refusal(digits)?.code == .numberTooLong)
        #expect(refusal(Array(digits.dropLast())) == nil)
    }

    @Test func writesDeterministicallyAndCompactly() {
        let value: JSONValue = ["b": [1, nil, true], "a": "q\"\\\n\u{1}é😀\u{7F}/"]
        #expect(value.text == "{\"b\":[1,null,true],\"a\":\"q\\\"\\\\\\n\\u0001é😀\u{7F}/\"}")
    }
}
