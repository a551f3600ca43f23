// Users of an OpenID provider on their way into the database: the service says who it is, and proves that it was the
// service that said so.

import Crypto
import FoundationEssentials
import Postgres

/// A user of a provider, after the provider's token was verified.
public struct VerifiedIdentity: Sendable, Hashable {
    public var issuer: String
    public var subject: String
    /// Until when the provider's token is good, in microseconds since 1970.
    public var endsAt: Int64

    public init(issuer: String, subject: String, endsAt: Int64) {
        self.issuer = issuer
        self.subject = subject
        self.endsAt = endsAt
    }
}

/// The key that the service and the database share (schema/0007): a statement slipped into a session has it not.
public struct IdentityKey: Sendable {
    /// An assertion is made for one request, as it is sent: long enough to wait for a connection, and for clocks of two
    /// hosts that are a little apart.
    private static let assertionMicroseconds: Int64 = 60_000_000
    public static let byteCount = 32

    private let key: SymmetricKey

    /// Nil unless there are 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// The key as its file has it: 64 hexadecimal digits.
    public init?(hex text: some StringProtocol) {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count == 2 * Self.byteCount else {
            return nil
        }
        self.init(
            (0..<Self.byteCount).map { UInt8(digits[2 * $0] << 4 | digits[2 * $0 + 1]) })
    }

    /// What a kept answer of this user is sealed with: it stays when the provider's token changes.
    func sealingKey(for identity: VerifiedIdentity) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key,
            salt: Array(
                "\(identity.issuer.utf8.count)|\(identity.issuer)|\(identity.subject)".utf8),
            info: Array("counterpoint kept answer".utf8), outputByteCount: 32)
    }

    func query(
        for identity: VerifiedIdentity,
        decode: @escaping @Sendable (inout RowReader) throws -> SignedIn
    ) -> Query<SignedIn> {
        let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
        let end = min(identity.endsAt, now + Self.assertionMicroseconds)
        let message = [
            "identity", String(end), String(identity.endsAt), String(identity.issuer.utf8.count),
            identity.issuer, identity.subject,
        ].joined(separator: "|")
        let mac = HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: key)
        return Query(
            SignedIn.byIdentity, identity.issuer, identity.subject, end, identity.endsAt,
            Array(mac), decode: decode)
    }
}

extension IdentityKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "key of identities" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
