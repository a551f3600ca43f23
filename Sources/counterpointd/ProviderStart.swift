// The OpenID provider of the settings, with the key that is in a file.

import CounterpointHTTP
import CounterpointRecords
import CounterpointSettings
import FoundationEssentials
import Glibc
import Logging

extension IdentityProvider {
    /// Refuses a place of keys that is not safe, and a key file that others can read.
    init(_ said: SigningInSettings.Provider, logger: Logger) throws {
        guard let source = KeySource(said.keys, issuer: said.issuer) else {
            let name = said.keys == nil ? "COUNTERPOINT_OIDC_ISSUER" : "COUNTERPOINT_OIDC_KEYS"
            throw StartRefusal(
                EX_CONFIG, "The settings are not right:",
                ["\(name) must begin with https:// (http:// is for this host only)."])
        }
        self.init(
            ProviderRules(issuer: said.issuer, audience: said.audience, claim: said.claim),
            keys: source, key: try IdentityKeyFile.read(said.identityKeyFile), logger: logger)
    }
}

enum IdentityKeyFile {
    static func read(_ path: String) throws -> IdentityKey {
        func refusal(_ reason: String) -> StartRefusal {
            StartRefusal(
                EX_CONFIG, "The settings are not right:",
                ["COUNTERPOINT_IDENTITY_KEY_FILE: \(reason)"])
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal("\(path) cannot be read.") }
        defer { close(descriptor) }
        // By Foundation: in a build for release, `stat` belongs to a module that is nobody's to import.
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = (facts?[.posixPermissions] as? any BinaryInteger).map { Int($0) }
        guard let mode, mode & 0o077 == 0 else {
            throw refusal("others can read \(path). Make it the service's own: chmod 600.")
        }
        // A little more than a key with its line end, so that a longer file is seen to be one.
        var bytes = [UInt8](repeating: 0, count: 2 * IdentityKey.byteCount + 16)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        guard let key = IdentityKey(hex: text.filter { !$0.isWhitespace }) else {
            throw refusal(
                "\(path) does not hold what `counterpoint schema identity-key` prints.")
        }
        return key
    }
}
