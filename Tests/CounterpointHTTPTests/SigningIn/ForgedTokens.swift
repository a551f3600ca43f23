// Providers' tokens as an attacker would put them together, and the key sets they are held against.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import JWTKit

@testable import CounterpointHTTP

/// A provider of the test's own: its keys are made here, so that anything can be signed with them.
struct OwnProvider: Sendable {
    static let issuer = "https://login.example.org"
    static let audience = "counterpoint"
    static let now: Int64 = 1_800_000_000

    let signing = ES256PrivateKey()
    let second = ES256PrivateKey()
    let edwards: EdDSA.PrivateKey

    init() throws { edwards = try EdDSA.PrivateKey() }

    var rules: ProviderRules { ProviderRules(issuer: Self.issuer, audience: Self.audience) }

    /// The public half of an RSA key that nobody here has the private half of (the modulus of RFC 7517, A.1).
    static let modulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W"
        + "-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08q"
        + "NLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"

    static func key(_ private_: ES256PrivateKey, id: String?) -> JSONValue {
        let parameters = private_.parameters!
        var key: JSONObject = [
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig",
            "x": .string(url(parameters.x)), "y": .string(url(parameters.y)),
        ]
        if let id { key["kid"] = .string(id) }
        return .object(key)
    }

    var edwardsKey: JSONValue {
        [
            "kty": "OKP", "crv": "Ed25519", "kid": "edwards",
            "x": .string(
                Self.url(edwards.publicKey.rawRepresentation.base64EncodedString())),
        ]
    }

    static let rsaKey: JSONValue = [
        "kty": "RSA", "kid": "rsa", "n": .string(modulus), "e": "AQAB",
    ]

    var keySet: JSONValue {
        ["keys": [Self.key(signing, id: "first"), edwardsKey, Self.rsaKey]]
    }

    /// Claims that are right, but for the changes; null takes one away.
    static func claims(_ changes: JSONObject = [:]) -> JSONValue {
        var claims: JSONObject = [
            "iss": .string(issuer), "aud": .array([.string(audience)]), "sub": "248289761001",
            "iat": .integer(now - 10), "exp": .integer(now + 600),
        ]
        for change in changes.members { claims[change.name] = change.value }
        return .object(
            JSONObject(claims.members.filter { $0.value != .null }.map { ($0.name, $0.value) }))
    }

    static func header(_ changes: JSONObject = [:]) -> JSONValue {
        var header: JSONObject = ["typ": "JWT", "alg": "ES256", "kid": "first"]
        for change in changes.members { header[change.name] = change.value }
        return .object(
            JSONObject(header.members.filter { $0.value != .null }.map { ($0.name, $0.value) }))
    }

    /// A token with this header and these claims, signed with whatever is at hand.
    static func token(
        _ header: JSONValue, _ claims: JSONValue, _ sign: ([UInt8]) async throws -> [UInt8]
    ) async rethrows -> String {
        let signed = [header, claims].map { url(Data($0.text.utf8).base64EncodedString()) }
            .joined(separator: ".")
        let signature = try await sign(Array(signed.utf8))
        return signed + "." + url(Data(signature).base64EncodedString())
    }

    func token(_ header: JSONValue = Self.header(), _ claims: JSONValue = Self.claims())
        async throws
        -> String
    {
        try await Self.token(header, claims) { try await Self.signed($0, with: signing) }
    }

    static func signed(_ bytes: [UInt8], with key: ES256PrivateKey) async throws -> [UInt8] {
        let collection = await JWTKeyCollection().add(ecdsa: key, kid: "k")
        return try await collection.getKey(for: "k").sign(bytes)
    }

    static func signed(_ bytes: [UInt8], with key: EdDSA.PrivateKey) async throws -> [UInt8] {
        let collection = await JWTKeyCollection().add(eddsa: key, kid: "k")
        return try await collection.getKey(for: "k").sign(bytes)
    }

    static func hashed(_ bytes: [UInt8], with secret: [UInt8]) async throws -> [UInt8] {
        let collection = await JWTKeyCollection().add(
            hmac: HMACKey(from: secret), digestAlgorithm: .sha256, kid: "k")
        return try await collection.getKey(for: "k").sign(bytes)
    }

    static func url(_ base64: String) -> String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension OwnProvider {
    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
