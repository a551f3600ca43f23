// Random and damaged header fields and queries through everything of the door that reads them: an answer or a fault,
// never a crash, and what is taken keeps its promise.

import CounterpointModel
import HTTPTypes
import Testing

@testable import CounterpointHTTP

@Suite("The door's own readers")
struct DoorFuzzTests {
    private static let rounds = 20_000
    private static let seeds = [
        "status=draft&channel=x&limit=20", "a=%41%zz&b=+%2B", "\"12\", W/\"x\"", "*", "\"\"",
        "text/csv;q=0.5, */*;q=0.1",
        "application/json; charset=utf-8", "Bearer \(Bench.known)", "\"key-1\"", "k",
        "attachment; filename=\"a.csv\"",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "100-continue",
    ]

    private func damaged() -> String {
        var scalars = Array(Self.seeds.randomElement()!.unicodeScalars)
        let pool = Array("\"\\\\,;=%&+*/ \t0aZ~-._é\u{7F}".unicodeScalars)
        for _ in 0..<Int.random(in: 0...6) {
            let place = Int.random(in: 0...scalars.count)
            switch Int.random(in: 0..<3) {
            case 0: scalars.insert(pool.randomElement()!, at: place)
            case 1 where place < scalars.count: scalars.remove(at: place)
            case 2 where place < scalars.count: scalars[place] = pool.randomElement()!
            default: scalars += Self.seeds.randomElement()!.unicodeScalars
            }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    @Test("Twenty thousand damaged fields and queries")
    func fields() {
        var taken = 0
        for _ in 0..<Self.rounds {
            let text = damaged()
            if let decoded = QueryValues.decoded(text[...]) {
                #expect(!decoded.utf8.contains(0))
                taken += 1
            }
            _ = try? QueryValues(text[...], declared: Bench.list.query)
            guard HTTPField.isValidValue(text) else { continue }
            let fields: HTTPFields = [
                .accept: text, .authorization: text, .ifMatch: text, .ifNoneMatch: text,
                .contentType: text, .contentDisposition: text, .idempotencyKey: text,
                .requestId: text,
            ]
            if let key = try? IdempotencyKey.reading(fields) {
                #expect((1...IdempotencyKey.longest).contains(key.utf8.count), "\(text)")
            }
            _ = try? TagCondition.reading(.ifMatch, of: fields)
            _ = try? TagCondition.reading(.ifNoneMatch, of: fields)
            _ = Negotiation.choose([.json, .csv], for: fields)
            _ = CounterpointHTTP.MediaType(contentType: text)
            #expect(RequestId.isSane(RequestId.of(fields)))
            if let bearer = try? Authentication.bearer(in: fields) {
                #expect(bearer.text == Bench.known)
                taken += 1
            }
        }
        #expect(taken > Self.rounds / 4)
    }
}
