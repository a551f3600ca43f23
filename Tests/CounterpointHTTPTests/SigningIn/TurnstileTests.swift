// The limits as a client meets them, and what is told of a caller.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("At the turnstile")
struct TurnstileTests {
    private static func application(
        _ signingIn: SigningIn, registry: Registry, use: TokenUse? = nil, logger: Logger = .quiet
    ) -> Application<FrontDoor> {
        HTTPService.application(
            endpoints: Routes.all(registry: registry, metrics: PrometheusMetrics()),
            address: .init(host: "127.0.0.1", port: 0), signingIn: signingIn, use: use,
            logger: logger, authenticate: { _ = try await registry.me(as: $0) })
    }

    @Test("Beyond the allowance it is 429 with the time to wait; another token is not touched")
    func tooMany() async throws {
        try await TestWorld.with { world in
            let signingIn = SigningIn(requestsPerSecond: 1, strangersPerSecond: 50)
            let application = Self.application(signingIn, registry: world.registry)
            try await application.test(.router) { client async throws -> Void in
                let editor = World.token(of: world.editor)
                var last = try await client.ask(.get, "/v1/me", token: editor)
                // The first request is a stranger's; from then on the token has its own ten.
                #expect(last.headers[.rateLimitPolicy] == "\"address\";q=500;w=10")
                var passed = 0
                for _ in 0..<40 {
                    last = try await client.ask(.get, "/v1/me", token: editor)
                    if last.status == 429 { break }
                    #expect(last.headers[.rateLimitPolicy] == "\"token\";q=10;w=10")
                    passed += 1
                }
                #expect(passed >= 10)
                #expect(last.status == 429)
                #expect(last.code == "tooManyRequests")
                #expect(last.headers[.retryAfter] == "1")
                #expect(last.headers[.rateLimit]?.hasPrefix("\"token\";r=0;t=") == true)
                let other = try await client.ask(
                    .get, "/v1/me", token: World.token(of: world.rival))
                #expect(other.status == 200)
                #expect(try await client.ask(.get, "/healthz", token: nil).status == 200)
            }
        }
    }

    @Test("Failures are answered later and later, and what opens the door is not kept waiting")
    func failures() async throws {
        try await TestWorld.with { world in
            let signingIn = SigningIn(requestsPerSecond: 100, strangersPerSecond: 100)
            let application = Self.application(signingIn, registry: world.registry)
            try await application.test(.router) { client async throws -> Void in
                let clock = ContinuousClock()
                for number in 0..<7 {
                    let took = try await clock.measure {
                        let seen = try await client.ask(
                            .get, "/v1/me", token: TokenSecret.random().text)
                        #expect(seen.status == 401)
                    }
                    if number == 6 { #expect(took >= .milliseconds(500)) }
                }
                // Two seconds more would be the bad token's; the good one of the same address, never seen before, is let in.
                async let bad = client.ask(.get, "/v1/me", token: TokenSecret.random().text)
                let seen = try await client.ask(
                    .get, "/v1/me", token: World.token(of: world.editor))
                #expect(seen.status == 200)
                #expect(try await bad.status == 401)
            }
        }
    }

    @Test("A token whose checksum does not hold is no question to the database")
    func malformed() async throws {
        let asked = Mutex(0)
        let application = HTTPService.application(
            endpoints: Bench.endpoints, address: .init(host: "127.0.0.1", port: 0),
            logger: .quiet,
            authenticate: { _ in
                asked.withLock { $0 += 1 }
                throw RegistryError.unauthenticated
            })
        try await application.test(.router) { client async throws -> Void in
            var bytes = Array(TokenSecret.random().text.utf8)
            bytes[10] = bytes[10] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            let mangled = String(decoding: bytes, as: UTF8.self)
            let bad = try await client.ask(.get, "/v1/things?limit=0", token: mangled)
            #expect(bad.status == 401)
            #expect(asked.withLock { $0 } == 0)
            let unknown = try await client.ask(.get, "/v1/things?limit=0", token: Bench.unknown)
            #expect(unknown.status == 401)
            #expect(unknown.text == bad.text)
            #expect(asked.withLock { $0 } == 1)
        }
    }

    @Test("The use of a token is noted in one write, after the request")
    func use() async throws {
        try await TestWorld.with { world in
            let writes = Mutex<[[Token.ID]]>([])
            let use = TokenUse(logger: .quiet) { tokens in
                writes.withLock { $0.append(tokens) }
                try await world.registry.noteUse(of: tokens)
            }
            let application = Self.application(.unlimited, registry: world.registry, use: use)
            try await application.test(.router) { client async throws -> Void in
                let editor = World.token(of: world.editor)
                for _ in 0..<20 { _ = try await client.ask(.get, "/v1/me", token: editor) }
                // The fast path of summaries counts as well.
                let funder = World.token(of: world.funder)
                _ = try await client.ask(.get, "/v1/summaries/results", token: funder)
            }
            #expect(writes.withLock { $0.isEmpty })
            await use.flush()
            await use.flush()
            let noted = writes.withLock { $0 }
            #expect(noted.count == 1)
            #expect(noted.first?.count == 2)
            let me = try await world.registry.me(as: world.editor)
            let token = try await world.registry.token(me.tokenId!, as: world.editor)
            #expect(token.lastUsedAt != nil)
        }
    }
}
