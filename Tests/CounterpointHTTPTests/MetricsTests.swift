// The Prometheus text: what is gathered, how it is written, and that nobody can make it grow.

import CoreMetrics
import CounterpointModel
import HTTPTypes
import HummingbirdTesting
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Metrics")
struct MetricsTests {
    @Test("Counters, gauges and timers are written as Prometheus reads them")
    func exposition() {
        let metrics = PrometheusMetrics()
        metrics.makeCounter(label: "things.made", dimensions: [("kind", "a\"b\\c\nd")])
            .increment(by: 3)
        metrics.makeRecorder(label: "level", dimensions: [], aggregate: false).record(1.5)
        let timer = metrics.makeTimer(label: "took", dimensions: [("route", "/v1/x")])
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(20_000_000_000)
        let text = Exposition.text(metrics)
        #expect(text.contains("# TYPE things_made_total counter\n"))
        #expect(text.contains("things_made_total{kind=\"a\\\"b\\\\c\\nd\"} 3\n"))
        #expect(text.contains("# TYPE level gauge\nlevel 1.5\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/v1/x\",le=\"0.001\"} 0\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/v1/x\",le=\"0.0025\"} 1\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/v1/x\",le=\"10\"} 1\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/v1/x\",le=\"+Inf\"} 2\n"))
        #expect(text.contains("took_seconds_sum{route=\"/v1/x\"} 20.002\n"))
        #expect(text.contains("took_seconds_count{route=\"/v1/x\"} 2\n"))
        #expect(text.hasSuffix("\n"))
    }

    @Test("A metric has at most so many series; the rest goes into one")
    func cardinality() {
        let metrics = PrometheusMetrics()
        for number in 0..<PrometheusMetrics.seriesMax + 50 {
            metrics.makeCounter(label: "c", dimensions: [("id", "\(number)")]).increment(by: 1)
        }
        #expect(metrics.all.count == PrometheusMetrics.seriesMax + 1)
        #expect(Exposition.text(metrics).contains("c_total{overflow=\"true\"} 50\n"))
    }

    @Test("A name keeps the kind that it had first")
    func kinds() {
        let metrics = PrometheusMetrics()
        metrics.makeRecorder(label: "a_total", dimensions: [], aggregate: false).record(1.0)
        metrics.makeCounter(label: "a", dimensions: []).increment(by: 5)
        #expect(Exposition.text(metrics) == "# TYPE a_total gauge\na_total 1\n")
    }

    @Test("Requests are counted by route, never by path; /metrics names nobody")
    func requests() async throws {
        try await TestWorld.with { world in
            let service = try await ServiceProcess.start([
                "DATABASE_URL=\(try world.test.database.url(user: "counterpoint_service"))",
                "COUNTERPOINT_PORT=0", "COUNTERPOINT_LOG_LEVEL=notice",
            ])
            let paths = [
                "/v1/organisations/\(world.organisation.id)", "/nothing/\(world.organisation.id)",
                "/healthz", "/readyz", "/metrics",
            ]
            var text = ""
            for path in paths {
                text = try await RawConnection.exchange(
                    service.port,
                    request(
                        "GET \(path) HTTP/1.1",
                        fields: [
                            "Host: a", "Authorization: Bearer \(World.token(of: world.manager))",
                            "Connection: close",
                        ]))
            }
            #expect(
                text.contains(
                    "counterpoint_http_requests_total{method=\"GET\","
                        + "route=\"/v1/organisations/{organisationId}\",status=\"200\"} 1"))
            #expect(text.contains("route=\"none\",status=\"404\"} 1"))
            #expect(text.contains("process_resident_memory_bytes "))
            #expect(!text.contains("\(world.organisation.id)"))
            #expect(!text.contains("Voices"))
            service.terminate()
            #expect(try await service.exitCode(within: .seconds(60)) == 0)
        }
    }
}
