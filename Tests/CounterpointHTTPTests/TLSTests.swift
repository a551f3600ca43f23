// TLS by the service itself: what it speaks, what it refuses to start with, and how it takes a
// renewed certificate.

import Glibc
import NIOCore
import NIOSSL
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("TLS")
struct TLSTests {
    private let closing = request(fields: ["Host: a", "Connection: close"])

    @Test("Whoever trusts the certificate is answered over TLS 1.2 and 1.3, and told to stay")
    func answers() async throws {
        let certificates = try Certificates()
        let keeper = try TLSKeeper(try certificates.make("own"), logger: .quiet)
        try await withPort(edge: EdgeParts(tls: keeper)) { port in
            for version in [TLSVersion.tlsv12, .tlsv13] {
                let client = try certificates.trusting("own", from: version, to: version)
                let answer = try await RawConnection.exchange(port, closing, tls: client)
                #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(version) \(answer.prefix(100))")
                #expect(answer.contains("strict-transport-security: max-age=31536000\r\n"))
            }
            let client = try certificates.trusting("own")
            let refused = try await RawConnection.exchange(
                port, request("GET /open HTTP/1.1", fields: []), tls: client)
            #expect(refused.hasPrefix("HTTP/1.1 400 "))
            #expect(refused.contains("strict-transport-security"))
            let large = try await RawConnection.exchange(
                port,
                request(
                    "POST /v1/things HTTP/1.1",
                    fields: [
                        "Host: a", "Authorization: Bearer \(Bench.known)",
                        "Content-Type: application/json", "Content-Length: 10000000000",
                    ]), tls: client)
            #expect(large.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("Older versions, strangers' trust and plain HTTP get nothing")
    func refusals() async throws {
        let certificates = try Certificates()
        let keeper = try TLSKeeper(try certificates.make("own"), logger: .quiet)
        try certificates.make("other")
        try await withPort(edge: EdgeParts(tls: keeper)) { port in
            let old = try certificates.trusting("own", from: .tlsv1, to: .tlsv11)
            #expect(try await answer(port, old) == "")
            #expect(try await answer(port, try certificates.trusting("other")) == "")
            #expect(try await !answer(port, nil).contains("HTTP/1.1 200"))
            let good = try await answer(port, try certificates.trusting("own"))
            #expect(good.hasPrefix("HTTP/1.1 200 "))
        }
        try await withPort { port in
            let plain = try await answer(port, nil)
            #expect(plain.hasPrefix("HTTP/1.1 200 "))
            #expect(!plain.contains("strict-transport-security"))
        }
    }

    private func answer(_ port: Int, _ tls: NIOSSLContext?) async throws -> String {
        do {
            return try await RawConnection.exchange(port, closing, tls: tls)
        } catch {
            return ""
        }
    }

    @Test("Everything that is wrong with a pair is named at once")
    func unusable() throws {
        let certificates = try Certificates()
        let own = try certificates.make("own")
        let ended = try certificates.make("ended", days: -1)
        try certificates.make("other")
        try certificates.write("no certificate", to: "empty.crt")
        try certificates.shell("openssl pkcs8 -topk8 -in own.key -passout pass:x -out locked.key")
        try certificates.shell("cp own.key open.key && chmod 644 open.key")

        func problems(_ certificate: String, _ key: String) -> [String] {
            do {
                _ = try TLSKeeper(
                    TLSFiles(
                        certificate: certificates.path(certificate), key: certificates.path(key)),
                    logger: .quiet)
                return []
            } catch {
                return error.problems
            }
        }
        #expect(problems("own.crt", "own.key") == [])
        #expect(problems("own.crt", "other.key").first?.contains("is not the key of") == true)
        let twice = problems("ended.crt", "open.key")
        #expect(twice.count == 2)
        #expect(twice.first?.contains("expired at") == true)
        #expect(twice.last?.contains("chmod o-r") == true)
        #expect(problems("empty.crt", "locked.key").count == 2)
        #expect(problems("empty.crt", "locked.key").last?.contains("encrypted") == true)
        #expect(problems("none.crt", "none.key").count == 2)
        #expect(problems("own.key", "own.crt").first?.contains("no certificate") == true)
        #expect(problems("own.key", "own.crt").last?.contains("no private key") == true)
        let before = #expect(throws: TLSIdentity.Unusable.self) {
            try TLSIdentity(own, now: time(nil) - 86_400)
        }
        #expect(before?.problems.first?.contains("valid only from") == true)
        #expect(throws: TLSIdentity.Unusable.self) { try TLSIdentity(ended) }
    }

    @Test("A renewed pair is taken while the service runs; half of one, or a bad one, is not")
    func renewal() async throws {
        let certificates = try Certificates()
        let keeper = try TLSKeeper(try certificates.make("own"), logger: .quiet)
        try certificates.make("next")
        try certificates.make("third")
        try await withPort(edge: EdgeParts(tls: keeper)) { port in
            let before = try certificates.trusting("own")
            let after = try certificates.trusting("next")
            #expect(try await answer(port, before).hasPrefix("HTTP/1.1 200 "))
            // Only the certificate has come so far: the old pair stays.
            try certificates.shell("cp own.crt first.crt && cp next.crt own.crt")
            keeper.look()
            #expect(try await answer(port, before).hasPrefix("HTTP/1.1 200 "))
            try certificates.shell("cp next.key own.key")
            keeper.look()
            #expect(try await answer(port, before) == "")
            #expect(try await answer(port, after).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("The real service: a bad pair stops the start with 78, a good one is renewed on SIGHUP")
    func realService() async throws {
        try await TestWorld.with { world in
            let certificates = try Certificates()
            try certificates.make("own")
            try certificates.make("next")
            try certificates.make("ended", days: -1)
            let common = [
                "DATABASE_URL=\(try world.test.database.url(user: "counterpoint_service"))",
                "COUNTERPOINT_PORT=0", "COUNTERPOINT_POOL_SIZE=2",
            ]
            func with(_ certificate: String, _ key: String) -> [String] {
                common + [
                    "COUNTERPOINT_TLS_CERTIFICATE=\(certificates.path(certificate))",
                    "COUNTERPOINT_TLS_KEY=\(certificates.path(key))",
                ]
            }
            let refused = try await ServiceProcess.refusal(with("ended.crt", "none.key"))
            #expect(refused.code == 78)
            #expect(refused.text.contains("expired at"))
            #expect(refused.text.contains("none.key does not exist"))
            let half = try await ServiceProcess.refusal(
                common + ["COUNTERPOINT_TLS_CERTIFICATE=x"])
            #expect(half.code == 78)
            #expect(half.text.contains("COUNTERPOINT_TLS_KEY"))

            let service = try await ServiceProcess.start(with("own.crt", "own.key"))
            let before = try certificates.trusting("own")
            let after = try certificates.trusting("next")
            #expect(try await answer(service.port, before).contains("HTTP/1.1 404"))
            try certificates.shell("cp own.crt first.crt; cp next.crt own.crt; cp next.key own.key")
            service.signal(SIGHUP)
            var taken = false
            for _ in 0..<100 where !taken {
                try await Task.sleep(for: .milliseconds(50))
                taken = try await answer(service.port, after).contains("HTTP/1.1 404")
            }
            #expect(taken)
            service.terminate()
            #expect(try await service.exitCode(within: .seconds(60)) == 0)
        }
    }
}
