// The certificate and key that the service shows, read from files and checked before anybody is
// served with them: a pair that browsers would refuse is refused at the start, with every reason.

import CounterpointModel
import FoundationEssentials
import Glibc
import NIOSSL

/// Where the certificate and its key are; both PEM.
public struct TLSFiles: Sendable, Hashable {
    /// The chain: the service's own certificate first, then those that vouch for it.
    public var certificate: String
    /// The private key of the first certificate, not encrypted.
    public var key: String

    /// Two paths.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// A certificate and its key, checked.
struct TLSIdentity: Sendable {
    /// What new connections are made from.
    let context: NIOSSLContext
    /// When the first certificate of the chain to end does so.
    let expires: Instant

    /// Why the files cannot be used: every reason, one a line.
    struct Unusable: Error {
        var problems: [String]
    }

    /// Forward secrecy and authenticated encryption only; TLS 1.3 has nothing else by itself.
    private static let cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"

    /// Reads both files; `now` in seconds since 1970.
    init(_ files: TLSFiles, now: time_t = time(nil)) throws(Unusable) {
        var problems: [String] = []
        let chain = Self.chain(files.certificate, now, &problems)
        let key = Self.key(files.key, &problems)
        guard problems.isEmpty, let first = chain.first, let key else {
            throw Unusable(problems: problems)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = Self.cipherSuites
        configuration.applicationProtocols = ["http/1.1"]
        // A client that goes without its farewell is not waited for longer than in plain HTTP.
        configuration.shutdownTimeout = Limits.lingering
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Unusable(problems: [
                "\(files.key) is not the key of the first certificate in \(files.certificate) (\(first))."
            ])
        }
        expires = Self.instant(chain.map(\.notValidAfter).min() ?? now)
    }

    // MARK: Reading

    private static func chain(
        _ path: String, _ now: time_t, _ problems: inout [String]
    ) -> [NIOSSLCertificate] {
        guard let bytes = read(path, &problems) else { return [] }
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            problems.append(
                "\(path) holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).")
            return []
        }
        for (index, certificate) in chain.enumerated() {
            let name = chain.count == 1 ? "The certificate" : "Certificate \(index + 1)"
            if certificate.notValidAfter <= now {
                problems.append(
                    "\(name) in \(path) expired at \(instant(certificate.notValidAfter)).")
            } else if certificate.notValidBefore > now {
                problems.append(
                    "\(name) in \(path) is valid only from \(instant(certificate.notValidBefore)).")
            }
        }
        return chain
    }

    private static func key(_ path: String, _ problems: inout [String]) -> NIOSSLPrivateKey? {
        guard let bytes = read(path, &problems) else { return nil }
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        if let mode = facts?[.posixPermissions] as? Int, mode & 0o4 != 0 {
            problems.append("\(path) can be read by every user of this machine: chmod o-r \(path)")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("ENCRYPTED") {
            problems.append(
                "\(path) is encrypted; the service cannot ask for its passphrase. Decrypt it (openssl pkey)."
            )
            return nil
        }
        guard text.contains("PRIVATE KEY-----"),
            let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem)
        else {
            problems.append("\(path) holds no private key in PEM form.")
            return nil
        }
        return key
    }

    private static func read(_ path: String, _ problems: inout [String]) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else {
            problems.append("\(path) does not exist.")
            return nil
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            problems.append("\(path) cannot be read by the user that the service runs as.")
            return nil
        }
        return Array(data)
    }

    private static func instant(_ seconds: time_t) -> Instant {
        let secondsTo2000 = 946_684_800
        return Instant(microsecondsSince2000: Int64(seconds - secondsTo2000) * 1_000_000)
            ?? Instant(microsecondsSince2000: 0)!
    }
}
