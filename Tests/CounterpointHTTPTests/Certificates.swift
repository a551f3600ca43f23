// Certificates as an operator has them, made by openssl in a folder of one test's own.

import Glibc
import NIOSSL
import Testing

@testable import CounterpointHTTP

/// A folder with what was made in it; gone when the test is.
final class Certificates: Sendable {
    let folder: String

    init() throws {
        folder = "/tmp/counterpoint-tls-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        try #require(mkdir(folder, 0o700) == 0)
    }

    deinit { _ = system("rm -rf '\(folder)'") }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Makes `name.crt` and `name.key`, valid from today for `days` (negative: ended already).
    @discardableResult
    func make(_ name: String, days: Int = 30) throws -> TLSFiles {
        try shell(
            """
            openssl ecparam -name prime256v1 -genkey -noout -out '\(name).key' &&
            chmod 600 '\(name).key' &&
            openssl req -new -key '\(name).key' -subj '/CN=localhost' -out '\(name).csr' &&
            printf 'subjectAltName=DNS:localhost\\nbasicConstraints=critical,CA:TRUE\\n' > '\(name).ext' &&
            openssl x509 -req -in '\(name).csr' -signkey '\(name).key' -days \(days) \
                -extfile '\(name).ext' -out '\(name).crt'
            """)
        return files(name)
    }

    func files(_ name: String) -> TLSFiles {
        TLSFiles(certificate: path("\(name).crt"), key: path("\(name).key"))
    }

    func write(_ text: String, to name: String) throws {
        let file = try #require(fopen(path(name), "w"))
        fputs(text, file)
        fclose(file)
        chmod(path(name), 0o600)
    }

    func shell(_ script: String) throws {
        try #require(system("cd '\(folder)' && { \(script); } > openssl.log 2>&1") == 0)
    }

    /// A client that trusts only `name`'s certificate.
    func trusting(
        _ name: String, from least: TLSVersion = .tlsv12, to most: TLSVersion = .tlsv13
    ) throws -> NIOSSLContext {
        var client = TLSConfiguration.makeClientConfiguration()
        client.trustRoots = .file(path("\(name).crt"))
        client.minimumTLSVersion = least
        client.maximumTLSVersion = most
        client.applicationProtocols = ["h2", "http/1.1"]
        return try NIOSSLContext(configuration: client)
    }
}
