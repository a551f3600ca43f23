// Alive without the database, ready only with it.

import CounterpointRecords
import HTTPTypes
import HummingbirdTesting
import Logging
import Postgres
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Health")
struct ReadinessTests {
    @Test("Without a database the service is alive, not ready, and says when to ask again")
    func away() async throws {
        let opened = try Registry.open(
            databaseURL: "postgresql://nobody@127.0.0.1:1/none", logger: .quiet)
        let endpoints = Routes.all(registry: opened.registry, metrics: PrometheusMetrics())
        let registry = opened.registry
        let application = HTTPService.application(
            endpoints: endpoints, address: .init(host: "127.0.0.1", port: 0), logger: .quiet,
            authenticate: { _ = try await registry.me(as: $0) })
        try await application.test(.router) { client async throws -> Void in
            #expect(try await client.ask(.get, "/healthz", token: nil).status == 200)
            let ready = try await client.ask(.get, "/readyz", token: nil)
            #expect(ready.status == 503)
            #expect(ready.headers[.retryAfter] != nil)
            #expect(ready.headers[.contentType] == "application/problem+json")
            let read = try await client.ask(.get, "/v1/programmes")
            #expect(read.status == 503)
            #expect(read.headers[.retryAfter] != nil)
            #expect(!read.text.contains("127.0.0.1"))
        }
    }

    @Test(
        "Ready again by itself after the database was stopped and started",
        arguments: ["fast", "immediate"])
    func again(_ mode: String) async throws {
        try await OwnCluster.with { cluster async throws in
            try await TestRegistry.migrate(cluster.settings)
            let database = Database(
                cluster.settings.setting("user", to: "counterpoint_service"),
                pool: PoolLimits(maxConnections: 2, minConnections: 0), logger: .quiet)
            let registry = Registry(database: database, logger: .quiet)
            let route = HealthRoutes(registry: registry, metrics: PrometheusMetrics()).ready
            let application = Bench.application([.get("/readyz", route)])
            try await application.test(.router) { client async throws -> Void in
                func ready() async throws -> Int {
                    try await client.ask(.get, "/readyz", token: nil).status
                }
                #expect(try await ready() == 200)
                try await cluster.stop(mode)
                #expect(try await ready() == 503)
                try await cluster.start()
                // Nobody touches the service; it finds back by itself, on a busy machine within a minute.
                let deadline = ContinuousClock.now + .seconds(60)
                var status = try await ready()
                while status != 200, ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(100))
                    status = try await ready()
                }
                #expect(status == 200)
            }
            await database.shutDown()
        }
    }

    @Test("A database without the schema of this build is not ready either")
    func withoutSchema() async throws {
        let database = try await TestCluster.shared().database()
        let url = try database.url(user: "postgres")
        let opened = try Registry.open(databaseURL: url, logger: .quiet)
        // No schema: reachable, and still not ready.
        let route = HealthRoutes(registry: opened.registry, metrics: PrometheusMetrics()).ready
        let application = Bench.application([.get("/readyz", route)])
        try await application.test(.router) { client async throws -> Void in
            #expect(try await client.ask(.get, "/readyz", token: nil).status == 503)
        }
        for database in opened.databases { await database.shutDown() }
        try await database.drop()
    }
}
