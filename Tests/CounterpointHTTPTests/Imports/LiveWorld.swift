// The routes behind a real socket, for clients that a library would not let be so rude.

import CounterpointRecords
import Hummingbird
import HummingbirdTesting
import Logging
import TestCluster
import TestRegistry

@testable import CounterpointHTTP

enum LiveWorld {
    static func with(
        _ body: @Sendable @escaping (TestWorld, _ port: Int) async throws -> Void
    ) async throws {
        try await TestWorld.with { test in
            let registry = test.registry
            let application = HTTPService.application(
                endpoints: Routes.all(registry: registry, metrics: PrometheusMetrics()),
                address: .init(host: "127.0.0.1", port: 0), logger: .quiet,
                authenticate: { _ = try await registry.me(as: $0) })
            try await application.test(.live) { client async throws -> Void in
                try await body(test, client.port ?? 0)
            }
        }
    }
}
