// The provider's public keys, and which of them a token's signature is held against.

import CounterpointModel
import JWTKit

/// One key of the set, ready for every algorithm that it may be used with.
struct ProviderKey: Sendable {
    let id: String?
    fileprivate let algorithms: [String: any JWTAlgorithm]

    /// Signatures that a provider alone can make. `none` and the HMAC family are not among them: with those whoever
    /// knows the public key could sign.
    static let allowed = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA",
    ]
    /// Below 2048 bits RSA is no longer held to be safe (NIST SP 800-131A).
    private static let modulusBytesMin = 256

    /// Nil for a key that is not for signatures, of a kind not taken, too weak, or published with its private part.
    init?(_ document: JSONValue) async {
        id = document["kid"]?.string
        guard document["d"] == nil, document["k"] == nil,
            document["use"].map({ $0 == "sig" }) ?? true,
            document["key_ops"].map({ $0.array?.contains("verify") == true }) ?? true
        else { return nil }
        let fitting = Self.algorithms(for: document).filter { name in
            document["alg"].map { $0.string == name } ?? true
        }
        var algorithms: [String: any JWTAlgorithm] = [:]
        for name in fitting {
            guard var key = try? JWK(json: document.text) else { return nil }
            key.algorithm = JWK.Algorithm(rawValue: name)
            key.keyIdentifier = "only"
            let collection = JWTKeyCollection()
            guard (try? await collection.add(jwk: key)) != nil,
                let algorithm = try? await collection.getKey(for: "only", alg: name)
            else { continue }
            algorithms[name] = algorithm
        }
        guard !algorithms.isEmpty else { return nil }
        self.algorithms = algorithms
    }

    private static func algorithms(for key: JSONValue) -> [String] {
        switch (key["kty"]?.string, key["crv"]?.string) {
        case ("RSA", _):
            let modulus = key["n"]?.string.flatMap { Base64URL.bytes($0.utf8) } ?? []
            guard modulus.drop(while: { $0 == 0 }).count >= modulusBytesMin else { return [] }
            return allowed.filter { $0.hasPrefix("RS") || $0.hasPrefix("PS") }
        case ("EC", "P-256"): return ["ES256"]
        case ("EC", "P-384"): return ["ES384"]
        case ("OKP", "Ed25519"): return ["EdDSA"]
        default: return []
        }
    }
}

/// A key set (RFC 7517) as far as it can be used.
struct ProviderKeys: Sendable {
    /// A provider publishes two or three; more than this is no provider's.
    private static let countMax = 50
    private static let limits = JSONLimits(
        bytesMax: bytesMax, depthMax: 8, membersMax: 1_000, elementsMax: 1_000)
    /// Fifty keys with certificates of 4 KB.
    static let bytesMax = 256 * 1024

    private let keys: [ProviderKey]

    /// Nil when it is no key set, or has no key that can be used.
    init?(_ bytes: [UInt8]) async {
        guard let document = try? JSONParser.parse(bytes, limits: Self.limits),
            let list = document["keys"]?.array, list.count <= Self.countMax
        else { return nil }
        var keys: [ProviderKey] = []
        for item in list {
            if let key = await ProviderKey(item) { keys.append(key) }
        }
        guard !keys.isEmpty else { return nil }
        self.keys = keys
    }

    /// Throws unless exactly one key fits the token, and made its signature.
    func check(_ token: ProviderToken) throws(ProviderTokenFault) {
        guard ProviderKey.allowed.contains(token.algorithm) else { throw .algorithmNotAllowed }
        let named = keys.filter { token.keyId == nil || $0.id == token.keyId }
        guard !named.isEmpty else { throw .unknownKey }
        // A key is used with the algorithms of its own kind only, whatever the header says.
        let fitting = named.compactMap { $0.algorithms[token.algorithm] }
        guard let algorithm = fitting.first else { throw .unknownKey }
        // A token that names no key is no reason to try them all.
        guard fitting.count == 1 else { throw .ambiguousKey }
        guard (try? algorithm.verify(token.signature, signs: token.signed)) == true else {
            throw .badSignature
        }
    }
}
