// Random values come back as they went out; random damage is answered, never a crash.
// A failure comes back with the SEED that Dice prints.

import CounterpointModel
import TestDice
import Testing

@Suite struct JSONFuzzTests {
    private func randomValue(_ source: inout Dice, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &source) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &source))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &source))
        case 3: return .number(JSONNumber("-\(Int.random(in: 0...99, using: &source)).50e-3")!)
        case 4: return .string(randomText(&source))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<5, using: &source)).map { _ in
                    randomValue(&source, depth: depth + 1)
                })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<24, using: &source) {
                object[randomText(&source)] = randomValue(&source, depth: depth + 1)
            }
            return .object(object)
        }
    }

    private func randomText(_ source: inout Dice) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "\"", "\\", "/", "\n", "\t", "\u{1}", "é", "\u{301}", "ب", "😀", "\u{2028}",
            "~",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0..<8, using: &source) {
            text.unicodeScalars.append(scalars.randomElement(using: &source)!)
        }
        return text
    }

    @Test func whatIsWrittenIsReadBack() throws {
        var source = Dice(seed: runSeed &+ 1)
        for _ in 0..<2_000 {
            let value = randomValue(&source, depth: 0)
            var bytes: [UInt8] = []
            value.write(into: &bytes)
            let back = try JSONParser.parse(bytes)
            #expect(back == value, "SEED=\(runSeed)")
            #expect(back.text == value.text)
        }
    }

    @Test func damagedTextsAreAnsweredNotCrashedOn() {
        var source = Dice(seed: runSeed &+ 2)
        var refused = 0
        for _ in 0..<5_000 {
            var bytes: [UInt8] = []
            randomValue(&source, depth: 0).write(into: &bytes)
            for _ in 0..<Int.random(in: 1...4, using: &source) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &source)
                switch Int.random(in: 0..<4, using: &source) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &source)
                case 1: bytes.remove(at: place)
                case 2:
                    bytes.insert(
                        Array("{}[]\",:\\u0".utf8).randomElement(using: &source)!, at: place)
                default: bytes.removeSubrange(place...)
                }
            }
            do {
                let value = try JSONParser.parse(bytes)
                #expect(throws: Never.self) { try JSONParser.parse(value.text) }
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.byteOffset), "SEED=\(runSeed)")
                #expect(error.line >= 1 && error.column >= 1)
            }
        }
        #expect(refused > 1_000)
    }
}
