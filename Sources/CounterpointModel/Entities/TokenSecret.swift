// The secret of a token: `cpt_`, 30 letters and digits of chance, 6 of checksum.
//
// The prefix lets scanners of source code find a leaked one. 30 × log2(62) = 178 bits of chance are
// beyond guessing, so a plain SHA-256 may be stored. The checksum (GitHub's shape) turns typing
// errors and made-up tokens away before the database is asked; it proves nothing.

/// A bearer token in full; printing it shows the prefix only.
public struct TokenSecret: Sendable, Hashable {
    /// All 40 characters.
    public let text: String

    private static let prefix = Array("cpt_".utf8)
    private static let randomCount = 30
    private static let checksumCount = 6
    private static let alphabet = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The secret written so; nil if form or checksum are not those of a token.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let count = Self.prefix.count + Self.randomCount + Self.checksumCount
        guard bytes.count == count, bytes.starts(with: Self.prefix),
            bytes.dropFirst(Self.prefix.count).allSatisfy({ Self.alphabet.contains($0) }),
            Array(bytes.suffix(Self.checksumCount)) == Self.checksum(bytes.dropLast(6))
        else { return nil }
        self.text = String(text)
    }

    /// A new secret from the system's random generator.
    public static func random() -> TokenSecret {
        var source = SystemRandomNumberGenerator()
        return random(using: &source)
    }

    static func random(using source: inout some RandomNumberGenerator) -> TokenSecret {
        var bytes = prefix
        while bytes.count < prefix.count + randomCount {
            // Six bits at a time; 62 and 63 are thrown away, so that no character comes more often.
            var bits = source.next()
            for _ in 0..<10 where bytes.count < prefix.count + randomCount {
                let six = Int(bits & 63)
                bits >>= 6
                if six < alphabet.count { bytes.append(alphabet[six]) }
            }
        }
        bytes += checksum(bytes[...])
        return TokenSecret(unchecked: String(decoding: bytes, as: UTF8.self))
    }

    private init(unchecked text: String) { self.text = text }

    // CRC-32 of all that precedes, in base 62 with leading zeros: 62^6 = 5.7 × 10^10 > 2^32.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var rest = Int(CRC32.of(bytes))
        var digits: [UInt8] = []
        for _ in 0..<checksumCount {
            digits.append(alphabet[rest % alphabet.count])
            rest /= alphabet.count
        }
        return digits.reversed()
    }
}

extension TokenSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "cpt_…" }
    public var debugDescription: String { "cpt_…" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The cyclic redundancy check of ISO 3309 (zip, PNG): polynomial 0x04C11DB7, reflected.
enum CRC32 {
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc: UInt32 = .max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
