// A password as the server keeps it (RFC 5803), computed here: the password itself then never travels in a statement,
// where the server's log would keep it.

import Crypto
import FoundationEssentials

/// What PostgreSQL stores of a password for SCRAM-SHA-256.
struct ScramVerifier {
    /// PostgreSQL's own count, and the least that RFC 7677 allows; our passwords are random and gain nothing by more.
    static let iterations = 4096

    /// `SCRAM-SHA-256$iterations:salt$storedKey:serverKey`. `password` is ASCII, so that no SASLprep is needed.
    static func text(of password: String, salt: [UInt8]) -> String {
        let key = SymmetricKey(data: Array(password.utf8))
        func code(_ message: [UInt8], _ key: SymmetricKey) -> [UInt8] {
            Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        }
        // PBKDF2 with one block: its index follows the salt.
        var round = code(salt + [0, 0, 0, 1], key)
        var salted = round
        for _ in 1..<iterations {
            round = code(round, key)
            for index in salted.indices { salted[index] ^= round[index] }
        }
        let saltedKey = SymmetricKey(data: salted)
        let storedKey = Array(SHA256.hash(data: code(Array("Client Key".utf8), saltedKey)))
        let serverKey = code(Array("Server Key".utf8), saltedKey)
        return
            "SCRAM-SHA-256$\(iterations):\(base64(salt))$\(base64(storedKey)):\(base64(serverKey))"
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

/// Random text for passwords and keys.
public enum RandomText {
    private static let alphabet = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    /// Letters and digits, 5.95 bits each, from the system's random generator.
    public static func letters(_ count: Int) -> String {
        var source = SystemRandomNumberGenerator()
        return String((0..<count).map { _ in alphabet.randomElement(using: &source)! })
    }

    static func bytes(_ count: Int) -> [UInt8] {
        var source = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
    }
}
