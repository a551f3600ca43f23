// A provider's token taken apart: header, claims, what was signed. Strict and pure; nothing in it is believed yet.

import CounterpointModel
import FoundationEssentials

/// Why a provider's token is not good. For the log at debug level; the caller learns only that it is not.
enum ProviderTokenFault: String, Error, Sendable {
    case notAToken, tooLong, algorithmNotAllowed, keyInHeader, criticalHeader
    case unknownKey, ambiguousKey, badSignature
    case wrongIssuer, wrongAudience, expired, notYetValid, noExpiry, noSubject
}

/// A JWT in its compact form (RFC 7519, RFC 7515).
struct ProviderToken: Sendable {
    /// Providers' tokens with groups in them reach 4 KB; a header block here has 16 KB at most.
    static let longest = 8 * 1024

    let algorithm: String
    let keyId: String?
    let claims: JSONValue
    /// Header and claims as they were sent.
    let signed: [UInt8]
    let signature: [UInt8]

    /// Members of a header that bring a key along or say where one is (RFC 7515, 4.1): whoever makes up a token would
    /// make up those too. And those that change what the signature is over.
    private static let refused = ["jwk", "jku", "x5u", "x5c"]
    private static let limits = JSONLimits(
        bytesMax: longest, depthMax: 8, membersMax: 200, elementsMax: 1_000)

    /// Whether a bearer token has this form; ours have no dots.
    static func looksLikeOne(_ text: some StringProtocol) -> Bool {
        text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2
    }

    init(_ text: String) throws(ProviderTokenFault) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest else { throw .tooLong }
        let parts = bytes.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.document(parts[0]),
            let claims = Self.document(parts[1]),
            let signature = Base64URL.bytes(parts[2]), let algorithm = header["alg"]?.string
        else { throw .notAToken }
        guard !Self.refused.contains(where: { header[$0] != nil }) else { throw .keyInHeader }
        guard header["crit"] == nil, header["b64"] == nil else { throw .criticalHeader }
        switch header["kid"] {
        case nil: keyId = nil
        case .string(let id)?: keyId = id
        default: throw .notAToken
        }
        self.algorithm = algorithm
        self.claims = claims
        self.signature = signature
        signed = Array(bytes[..<(parts[2].startIndex - 1)])
    }

    private static func document(_ part: ArraySlice<UInt8>) -> JSONValue? {
        guard let bytes = Base64URL.bytes(part),
            let value = try? JSONParser.parse(bytes, limits: limits), value.object != nil
        else { return nil }
        return value
    }
}

/// Base 64 for addresses (RFC 4648, 5), without padding and without leniency: one text stands for one value.
enum Base64URL {
    static func bytes(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest: UInt32 = 0
        var bits = 0
        for character in text {
            guard let six = value(of: character) else { return nil }
            rest = rest << 6 | UInt32(six)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: rest >> UInt32(bits)))
                rest &= (1 << UInt32(bits)) - 1
            }
        }
        // Six bits left over are no byte; others must be zero.
        return bits < 6 && rest == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
