// Tokens and principals.

import Testing

@testable import CounterpointModel

@Suite struct TokenTests {
    @Test func aSecretIsReadBackAndNothingElseIs() {
        var seen: Set<String> = []
        for _ in 0..<500 {
            let secret = TokenSecret.random()
            #expect(secret.text.utf8.count == 40 && secret.text.hasPrefix("cpt_"))
            #expect(TokenSecret(secret.text) == secret)
            #expect(seen.insert(secret.text).inserted)
        }
        let text = TokenSecret.random().text
        for place in 4..<40 {
            var bytes = Array(text.utf8)
            bytes[place] = bytes[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            #expect(TokenSecret(String(decoding: bytes, as: UTF8.self)) == nil)
        }
        #expect(TokenSecret("") == nil)
        #expect(TokenSecret(text + "a") == nil)
        #expect(TokenSecret(text.replacing("cpt_", with: "cpx_")) == nil)
        #expect(TokenSecret(String(text.dropLast()) + "é") == nil)
    }

    // Fixed for ever: a token issued by one release must be taken by the next.
    @Test func theChecksumIsCRC32() {
        struct Zeros: RandomNumberGenerator { mutating func next() -> UInt64 { 0 } }
        var zeros = Zeros()
        let secret = TokenSecret.random(using: &zeros)
        #expect(secret.text.hasPrefix("cpt_" + String(repeating: "0", count: 30)))
        #expect(secret.text.hasSuffix("2GPTwG"))
    }

    @Test func charactersAreEvenlyLikely() {
        var counts: [UInt8: Int] = [:]
        for _ in 0..<2_000 {
            for byte in TokenSecret.random().text.utf8.dropFirst(4).prefix(30) {
                counts[byte, default: 0] += 1
            }
        }
        // 60,000 draws of 62: about 968 each, standard deviation 31; six of them are 186.
        #expect(counts.count == 62)
        #expect(counts.values.allSatisfy { abs($0 - 968) < 190 })
    }

    @Test func aSecretIsNotPrinted() {
        let secret = TokenSecret.random()
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains(secret.text.dropFirst(4)))
        }
    }

    @Test func tokensEnd() throws {
        func expiry(_ at: String?) throws -> Instant {
            try NewToken(
                principalId: .random(), label: "x", expiresAt: at.flatMap { Instant(rfc3339: $0) }
            ).end(issuedAt: Sample.now, credentialEnd: nil)
        }
        #expect(try expiry(nil).description == "2017-09-13T10:00:00.000000Z")
        #expect(try expiry("2018-06-15T10:00:00Z").day == Sample.day("2018-06-15"))
        #expect(throws: InvalidInput.self) { try expiry("2017-06-15T10:00:00Z") }
        #expect(throws: InvalidInput.self) { try expiry("2027-06-15T10:00:00Z") }
    }

    @Test func membersOfAnOrganisationNameIt() {
        func codes(_ role: String, _ id: JSONValue?) -> [String] {
            let body: JSONValue = ["name": "A", "role": .string(role)]
            return faultCodes(NewPrincipal.self, Sample.with(body, "organisationId", id))
        }
        let id = JSONValue.string(Sample.organisationId)
        #expect(codes("ngoEditor", id) == [])
        #expect(codes("ngoEditor", nil) == ["/organisationId required"])
        #expect(codes("auditor", id) == ["/organisationId notExpected"])
        #expect(codes("auditor", nil) == [])
    }
}
