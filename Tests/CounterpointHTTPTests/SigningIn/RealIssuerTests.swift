// Signing in with the tokens of a real OpenID provider, which `.make/oidc-issuer` starts: discovery, keys, tokens by the
// authorization code flow, rotation of its key, and its absence.

import AsyncHTTPClient
import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("A real OpenID provider", .serialized)
struct RealIssuerTests {
    private static let keyBytes = (0..<32).map { UInt8($0 * 7 + 1) }

    @Test(
        "Its users sign in once they are linked; its key may change, and it may be away for a while"
    )
    func signingIn() async throws {
        guard let issuer = try await Issuer.start() else { return }
        defer { issuer.end() }
        try await TestWorld.with { world in
            try await Self.prepare(world, issuer)
            // The service's clock, which can be put forward.
            let ahead = Mutex<Int64>(0)
            let source = try #require(KeySource(nil, issuer: issuer.address))
            let provider = IdentityProvider(
                ProviderRules(issuer: issuer.address, audience: "counterpoint"),
                key: IdentityKey(Self.keyBytes)!, logger: .quiet,
                fetch: { try await source.fetch() },
                clock: {
                    Int64(Date().timeIntervalSince1970) + ahead.withLock { $0 }
                })
            let signingIn = SigningIn(
                requestsPerSecond: nil, strangersPerSecond: nil, provider: provider)
            let registry = world.registry
            let application = HTTPService.application(
                endpoints: Routes.all(registry: registry, metrics: PrometheusMetrics()),
                address: .init(host: "127.0.0.1", port: 0), signingIn: signingIn, logger: .quiet,
                authenticate: { _ = try await registry.me(as: $0) })
            try await application.test(.router) { client async throws -> Void in
                func status(_ token: String) async throws -> Int {
                    try await client.ask(.get, "/v1/me", token: token).status
                }
                let good = try await issuer.token(of: "mina", for: "counterpoint")
                let me = try await client.ask(.get, "/v1/me", token: good)
                #expect(me.status == 200, "\(me.text)")
                #expect(me.json["principal"]?["name"] == "Mina Manager")
                #expect(me.json["tokenId"] == .null)
                #expect(me.json["scopes"]?.array?.count == 4)
                let list = try await client.ask(.get, "/v1/campaigns", token: good)
                #expect(list.status == 200)

                // Somebody the provider knows and nobody linked.
                let stranger = try await issuer.token(of: "stranger", for: "counterpoint")
                let refused = try await client.ask(.get, "/v1/me", token: stranger)
                #expect(refused.status == 401)
                #expect(refused.code == "identityNotLinked")
                // A token that the provider made for another service, and one with a changed signature.
                #expect(try await status(issuer.token(of: "mina", for: "another")) == 401)
                #expect(try await status(String(good.dropLast(8)) + "AAAAAAAA") == 401)
                // Our own tokens go on working beside it.
                #expect(try await status(World.token(of: world.editor)) == 200)
                // A token made with it ends with it.
                let principal = try #require(me.json["principal"]?["id"])
                let issued = try await client.ask(
                    .post, "/v1/tokens", token: good,
                    body: JSONValue.object(["principalId": principal, "label": "From OIDC"]).text)
                #expect(issued.status == 201, "\(issued.text)")
                let end = issued.json["expiresAt"]?.string.flatMap { Instant(rfc3339: $0) }
                let hours =
                    try #require(end).microsecondsSince2000
                    - (try await world.now())
                    .microsecondsSince2000
                #expect(hours <= 2 * 3_600_000_000)

                // The provider comes back with a new key. Keys are not asked for again at once …
                try await issuer.restart()
                let fresh = try await issuer.token(of: "mina", for: "counterpoint")
                ahead.withLock { $0 += KeySetAge.retrySeconds }
                #expect(try await status(fresh) == 200)
                #expect(try await status(good) == 401)
                // … and it may be away for a while.
                issuer.end()
                ahead.withLock { $0 += KeySetAge.retrySeconds }
                #expect(try await status(fresh) == 200)
                ahead.withLock { $0 += KeySetAge.usableSeconds }
                #expect(try await status(fresh) == 401)
            }
            // Keys too old to be used, a token that is still good: not now, rather than no.
            let late = IdentityProvider(
                provider.rules, key: provider.key, logger: .quiet,
                fetch: { try await source.fetch() },
                clock: { Int64(Date().timeIntervalSince1970) })
            let answer = Self.application(late, registry)
            try await answer.test(.router) { client async throws -> Void in
                let header = try await client.ask(.get, "/v1/me", token: issuer.last)
                #expect(header.status == 503)
                #expect(header.headers[.retryAfter] == "30")
            }
        }
    }

    @Test("The service itself, told of the provider by its settings")
    func process() async throws {
        guard let issuer = try await Issuer.start() else { return }
        defer { issuer.end() }
        try await TestWorld.with { world in
            try await Self.prepare(world, issuer)
            let file = "/tmp/counterpoint-identity-\(getpid()).key"
            let hex = Self.keyBytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let handle = try #require(fopen(file, "w"))
            fputs(hex + "\n", handle)
            fclose(handle)
            defer { unlink(file) }
            let environment = [
                "DATABASE_URL=\(try world.test.database.url(user: "counterpoint_service"))",
                "COUNTERPOINT_PORT=0", "COUNTERPOINT_POOL_SIZE=3",
                "COUNTERPOINT_OIDC_ISSUER=\(issuer.address)",
                "COUNTERPOINT_OIDC_AUDIENCE=counterpoint", "COUNTERPOINT_IDENTITY_KEY_FILE=\(file)",
            ]
            chmod(file, 0o644)
            let refused = try await ServiceProcess.refusal(environment)
            #expect(refused.code == 78)
            #expect(refused.text.contains("chmod 600"))
            #expect(!refused.text.contains(hex))
            chmod(file, 0o600)
            let service = try await ServiceProcess.start(environment)
            let token = try await issuer.token(of: "mina", for: "counterpoint")
            let answer = try await RawConnection.exchange(
                service.port,
                "GET /v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                    + "Connection: close\r\n\r\n")
            #expect(answer.contains("Mina Manager"), "\(answer)")
            service.terminate()
            #expect(try await service.exitCode(within: .seconds(20)) == 0)
            #expect(!service.log().contains(token))
        }
    }

    private static func application(
        _ provider: IdentityProvider, _ registry: Registry
    ) -> Application<FrontDoor> {
        HTTPService.application(
            endpoints: Routes.all(registry: registry, metrics: PrometheusMetrics()),
            address: .init(host: "127.0.0.1", port: 0),
            signingIn: SigningIn(
                requestsPerSecond: nil, strangersPerSecond: nil, provider: provider),
            logger: .quiet, authenticate: { _ = try await registry.me(as: $0) })
    }

    /// The key of identities in the database, and the manager linked to the provider's user `mina`.
    private static func prepare(_ world: TestWorld, _ issuer: Issuer) async throws {
        let hex = keyBytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        try await world.test.database.run(
            "select sec.install_identity_key(decode('\(hex)', 'hex'))")
        let manager = try await world.registry.me(as: world.manager).principal.id
        _ = try await world.test.host.linkIdentity(
            issuer: issuer.address, subject: "mina", to: manager, as: world.test.administrator)
    }
}

/// The provider as a process.
final class Issuer: @unchecked Sendable {
    struct NotStarted: Error {
        let status: Int32
    }

    private let port: Int
    private var pid: pid_t?
    private(set) var last = ""
    var address: String { "http://127.0.0.1:\(port)" }

    /// Nil where none can be had, after saying so; in CI it must be there.
    static func start() async throws -> Issuer? {
        let issuer = Issuer(port: Int.random(in: 20_000..<32_000))
        do {
            try await issuer.restart()
            return issuer
        } catch let error as NotStarted where error.status == 3 {
            let isCI = getenv("CI").map { String(cString: $0) } == "true"
            print(
                "No OpenID provider can be had here (see .make/oidc-issuer): signing in with a real one was not tested"
            )
            #expect(!isCI, "in CI the provider must be there")
            return nil
        }
    }

    private init(port: Int) { self.port = port }

    /// Starts it, with a key of its own each time; the first start on a machine fetches it from PyPI.
    func restart() async throws {
        end()
        let script =
            #filePath.split(separator: "/", omittingEmptySubsequences: false)
            .dropLast(4).joined(separator: "/") + "/.make/oidc-issuer"
        let line: [String] = ["bash", script, String(port)]
        var words = line.map { strdup($0) } + [nil]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var child: pid_t = 0
        posix_spawnp(&child, "bash", &actions, nil, &words, environ)
        posix_spawn_file_actions_destroy(&actions)
        for word in words { free(word) }
        pid = child
        for _ in 0..<1_200 {
            var status: Int32 = 0
            if waitpid(child, &status, WNOHANG) == child {
                pid = nil
                throw NotStarted(status: (status >> 8) & 0xFF)
            }
            if (try? await get("/jwks")) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        end()
        throw NotStarted(status: -1)
    }

    func end() {
        guard let pid else { return }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        self.pid = nil
    }

    deinit { end() }

    /// The ID token that the authorization code flow gives this user for this client.
    func token(of user: String, for client: String) async throws -> String {
        let back = "http%3A%2F%2F127.0.0.1%2Fback"
        let asked = try await post(
            "/oauth2/authorize?response_type=code&client_id=\(client)&redirect_uri=\(back)&scope=openid",
            "sub=\(user)")
        let location = asked.headers.first(name: "Location") ?? ""
        let code = location.split(separator: "code=").last?.prefix { $0 != "&" } ?? ""
        let given = try await post(
            "/oauth2/token",
            "grant_type=authorization_code&code=\(code)&redirect_uri=\(back)&client_id=\(client)&client_secret=x"
        )
        let body = try await given.body.collect(upTo: 100_000)
        let document = try JSONParser.parse(Array(body.readableBytesView))
        last = try #require(document["id_token"]?.string)
        return last
    }

    private func get(_ path: String) async throws -> [UInt8] {
        let response = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: address + path), timeout: .seconds(5))
        guard response.status == .ok else { throw NotStarted(status: -2) }
        return Array(try await response.body.collect(upTo: 100_000).readableBytesView)
    }

    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private func post(_ path: String, _ form: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: address + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: form))
        return try await Self.client.execute(request, timeout: .seconds(10))
    }
}
