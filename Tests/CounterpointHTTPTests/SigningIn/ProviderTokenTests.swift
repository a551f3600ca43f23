// What a provider's token must be, and every way of making one up that we know of.

import CounterpointModel
import CounterpointRecords
import JWTKit
import Logging
import Synchronization
import TestCluster
import Testing

@testable import CounterpointHTTP

@Suite("Tokens of an OpenID provider")
struct ProviderTokenTests {
    let own: OwnProvider

    init() throws { own = try OwnProvider() }

    private static let key = IdentityKey([UInt8](repeating: 7, count: 32))!

    private func provider(_ keySet: JSONValue? = nil) -> IdentityProvider {
        let bytes = Array((keySet ?? own.keySet).text.utf8)
        return IdentityProvider(
            own.rules, key: Self.key, logger: .quiet,
            fetch: {
                guard let keys = await ProviderKeys(bytes) else {
                    throw KeySource.Unavailable(reason: "none")
                }
                return keys
            }, clock: { OwnProvider.now })
    }

    private func fault(
        _ token: String, _ keySet: JSONValue? = nil
    ) async throws -> ProviderTokenFault? {
        do {
            _ = try await provider(keySet).identity(in: token)
            return nil
        } catch let fault as ProviderTokenFault {
            return fault
        }
    }

    @Test("A good one says who it is, by ES256 and by EdDSA")
    func good() async throws {
        let identity = try await provider().identity(in: own.token())
        #expect(identity.issuer == OwnProvider.issuer)
        #expect(identity.subject == "248289761001")
        #expect(
            identity.endsAt
                == (OwnProvider.now + 600 + ProviderRules.skewSeconds) * 1_000_000)
        let edwards = try await OwnProvider.token(
            OwnProvider.header(["alg": "EdDSA", "kid": "edwards"]), OwnProvider.claims()
        ) { try await OwnProvider.signed($0, with: own.edwards) }
        #expect(try await fault(edwards) == nil)
        let oneAudience = try await own.token(
            OwnProvider.header(), OwnProvider.claims(["aud": "counterpoint"]))
        #expect(try await fault(oneAudience) == nil)
    }

    @Test("The public key is no secret to sign with: HS256 over RSA and EC keys in every form")
    func algorithmConfusion() async throws {
        let modulus = try #require(Base64URL.bytes(OwnProvider.modulus.utf8))
        let secrets: [[UInt8]] = [
            modulus, Array(OwnProvider.modulus.utf8), Array(OwnProvider.rsaKey.text.utf8),
            Array(own.signing.publicKey.pemRepresentation.utf8),
            Array(OwnProvider.key(own.signing, id: "first").text.utf8),
            // To HMAC the same as no secret at all, which the library does not take.
            [UInt8](repeating: 0, count: 32),
        ]
        for secret in secrets {
            for kid in ["rsa", "first"] {
                for algorithm in ["HS256", "RS256", "ES256", "none", "hs256"] {
                    let token = try await OwnProvider.token(
                        OwnProvider.header(["alg": .string(algorithm), "kid": .string(kid)]),
                        OwnProvider.claims()
                    ) { try await OwnProvider.hashed($0, with: secret) }
                    #expect(try await fault(token) != nil, "\(algorithm) \(kid)")
                }
            }
        }
    }

    @Test(
        "No signature is no signature, however none is spelt",
        arguments: [
            "none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "RS1", "ES256K",
        ])
    func none(algorithm: String) async throws {
        let header = OwnProvider.header(["alg": .string(algorithm), "kid": .null])
        let unsigned = await OwnProvider.token(header, OwnProvider.claims()) { _ in [] }
        #expect(try await fault(unsigned) == .algorithmNotAllowed)
        let signed = try await own.token(header)
        #expect(try await fault(signed) == .algorithmNotAllowed)
    }

    @Test("A key that the token brings along is not looked at")
    func broughtKeys() async throws {
        let brought: [JSONObject] = [
            ["jwk": OwnProvider.key(own.second, id: "first")],
            ["jku": "https://attacker.example/keys"], ["x5u": "https://attacker.example/chain"],
            ["x5c": ["MIIB"]],
        ]
        for change in brought {
            let token = try await OwnProvider.token(
                OwnProvider.header(change), OwnProvider.claims()
            ) { try await OwnProvider.signed($0, with: own.second) }
            #expect(try await fault(token) == .keyInHeader)
        }
        for change: JSONObject in [["crit": ["exp"]], ["b64": false]] {
            #expect(try await fault(own.token(OwnProvider.header(change))) == .criticalHeader)
        }
    }

    @Test("A key id chooses among the provider's keys and does nothing else")
    func keyIds() async throws {
        for kid in [
            "unknown", "../../../dev/null", "first' or '1'='1", "https://attacker.example/keys", "",
        ] {
            let token = try await own.token(OwnProvider.header(["kid": .string(kid)]))
            #expect(try await fault(token) == .unknownKey, "\(kid)")
        }
        // The id of another key: its own kind of signature is wanted.
        #expect(
            try await fault(own.token(OwnProvider.header(["kid": "edwards"]))) == .unknownKey)
        #expect(
            try await fault(own.token(OwnProvider.header(["kid": 1]))) == .notAToken)
        // Signed with a key that is not the provider's.
        let other = try await OwnProvider.token(OwnProvider.header(), OwnProvider.claims()) {
            try await OwnProvider.signed($0, with: own.second)
        }
        #expect(try await fault(other) == .badSignature)
    }

    @Test("Without a key id there must be just one key that fits")
    func ambiguity() async throws {
        let unnamed = try await own.token(OwnProvider.header(["kid": .null]))
        #expect(try await fault(unnamed) == nil)
        let two: JSONValue = [
            "keys": [
                OwnProvider.key(own.signing, id: "first"),
                OwnProvider.key(own.second, id: "second"),
            ]
        ]
        #expect(try await fault(unnamed, two) == .ambiguousKey)
        let twins: JSONValue = [
            "keys": [
                OwnProvider.key(own.second, id: "first"), OwnProvider.key(own.signing, id: "first"),
            ]
        ]
        #expect(try await fault(own.token(), twins) == .ambiguousKey)
    }

    @Test("Keys that are private, weak, symmetric or for encryption are not used")
    func unfitKeys() async throws {
        guard case .object(let fit) = OwnProvider.key(own.signing, id: "first") else { return }
        for change: JSONObject in [
            ["d": "AAAA"], ["use": "enc"], ["key_ops": ["encrypt"]], ["alg": "ES384"],
            ["kty": "oct", "k": "c2VjcmV0"], ["crv": "P-384"], ["crv": "P-521"], ["x": "AA"],
        ] {
            var key = fit
            for member in change.members { key[member.name] = member.value }
            let keys = await ProviderKeys(
                Array(JSONValue.object(["keys": [.object(key)]]).text.utf8))
            #expect(keys == nil, "\(JSONValue.object(change).text)")
        }
        let weak: JSONValue = [
            "keys": [
                [
                    "kty": "RSA", "kid": "rsa", "e": "AQAB",
                    "n": .string(String(OwnProvider.modulus.prefix(171))),
                ]
            ]
        ]
        #expect(await ProviderKeys(Array(weak.text.utf8)) == nil)
        for text in ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]}"#, #"{"keys":[1]}"#] {
            #expect(await ProviderKeys(Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test("Claims: issuer, audience and time are held to, with a minute for clocks")
    func claims() async throws {
        let now = OwnProvider.now
        let skew = ProviderRules.skewSeconds
        let cases: [(JSONObject, ProviderTokenFault?)] = [
            (["iss": "https://login.example.org/"], .wrongIssuer),
            (["iss": .null], .wrongIssuer), (["iss": ["https://login.example.org"]], .wrongIssuer),
            (["aud": "another"], .wrongAudience), (["aud": .null], .wrongAudience),
            (["aud": []], .wrongAudience), (["aud": "Counterpoint"], .wrongAudience),
            (["aud": ["another", "counterpoint"]], nil),
            (["exp": .null], .noExpiry), (["exp": "1800000600"], .noExpiry),
            (["exp": 99_999_999_999], .noExpiry), (["exp": -1], .noExpiry),
            (["exp": .integer(now - skew)], .expired), (["exp": .integer(now - skew + 1)], nil),
            (["nbf": .integer(now + skew + 1)], .notYetValid), (["nbf": .integer(now + skew)], nil),
            (["nbf": "soon"], .notYetValid), (["iat": .integer(now + 3_600)], .notYetValid),
            (["sub": .null], .noSubject), (["sub": ""], .noSubject), (["sub": 7], .noSubject),
            (["sub": .string(String(repeating: "x", count: 501))], .noSubject),
        ]
        for (change, expected) in cases {
            let token = try await own.token(OwnProvider.header(), OwnProvider.claims(change))
            #expect(try await fault(token) == expected, "\(JSONValue.object(change).text)")
        }
    }

    @Test("What is changed, cut, doubled or too long is refused")
    func mangled() async throws {
        let good = try await own.token()
        let parts = good.split(separator: ".").map(String.init)
        let other = OwnProvider.url(
            OwnProvider.base64(OwnProvider.claims(["sub": "somebody else"]).text))
        #expect(try await fault("\(parts[0]).\(other).\(parts[2])") == .badSignature)
        let doubled = OwnProvider.url(
            OwnProvider.base64(#"{"alg":"none","alg":"ES256","kid":"first"}"#))
        for text in [
            "", ".", "..", "a.b", "a.b.c", "\(parts[0]).\(parts[1])", good + ".x", good + "=",
            " " + good, "\(doubled).\(parts[1]).\(parts[2])", parts[0] + ".e30." + parts[2] + "*",
        ] {
            #expect(try await fault(text) != nil, "\(text)")
        }
        #expect(try await fault(parts[0] + "." + parts[1] + ".") == .badSignature)
        #expect(
            try await fault(good + String(repeating: "A", count: ProviderToken.longest)) == .tooLong
        )
        // Any one byte of it.
        let bytes = Array(good.utf8)
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[place] =
                changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            if text != good { #expect(try await fault(text) != nil, "byte \(place)") }
        }
    }
}

@Suite("How long a provider's keys are kept")
struct KeySetAgeTests {
    @Test("Fetched at first, again after an hour beside the work, and never twice in half a minute")
    func life() {
        var age = KeySetAge()
        #expect(age.need(at: 0) == .fetch)
        age.began(at: 0)
        #expect(age.need(at: 1) == .waitForProvider)
        #expect(age.need(at: 30) == .fetch)
        age.began(at: 30)
        age.succeeded(at: 31)
        #expect(age.need(at: 31) == .none)
        #expect(age.need(at: 31 + KeySetAge.freshSeconds) == .none)
        #expect(age.need(at: 32 + KeySetAge.freshSeconds) == .refresh)
        // The provider is down: what is there is used for a day, then no longer.
        age.began(at: 40 + KeySetAge.freshSeconds)
        #expect(age.need(at: 41 + KeySetAge.freshSeconds) == .none)
        #expect(age.need(at: 31 + KeySetAge.usableSeconds) == .refresh)
        age.began(at: 31 + KeySetAge.usableSeconds)
        #expect(age.need(at: 32 + KeySetAge.usableSeconds) == .waitForProvider)
    }

    @Test("However tokens come, tries are half a minute apart, and old keys are not used")
    func never() {
        var source = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var age = KeySetAge()
            var now: Int64 = 0
            var tries: [Int64] = []
            var fetched: Int64?
            for _ in 0..<300 {
                now += Int64.random(in: 0...2_000, using: &source)
                let need = age.need(at: now)
                if need == .none || need == .refresh {
                    #expect(now - (fetched ?? .max) <= KeySetAge.usableSeconds)
                }
                guard need == .fetch || need == .refresh || (Bool.random() && age.mayTry(at: now))
                else { continue }
                #expect(now - (tries.last ?? -KeySetAge.retrySeconds) >= KeySetAge.retrySeconds)
                tries.append(now)
                age.began(at: now)
                if Int.random(in: 0..<3, using: &source) == 0 {
                    age.succeeded(at: now)
                    fetched = now
                }
            }
        }
    }

    @Test("Keys come by https, or from this very host")
    func safePlaces() {
        for text in [
            "https://login.example.org/keys", "http://127.0.0.1:9400/jwks", "http://localhost/x",
            "http://[::1]:80/",
        ] { #expect(KeySource.isSafe(text), "\(text)") }
        for text in [
            "http://login.example.org/keys", "ftp://127.0.0.1/",
            "http://127.0.0.1.attacker.example/",
            "http://127.0.0.1@attacker.example/", "http://localhost.attacker.example",
        ] { #expect(!KeySource.isSafe(text), "\(text)") }
        #expect(KeySource("keys.json", issuer: "https://a") == .file("keys.json"))
        #expect(KeySource(nil, issuer: "http://login.example.org") == nil)
    }
}
