import CounterpointRecords

enum Routes {
    static func all(registry: Registry, metrics: PrometheusMetrics) -> [Endpoint] {
        let service = HealthRoutes(metrics: metrics, checkReady: {})
        return [
            .get("/healthz", service.live),
            .get("/readyz", service.ready),
            .get("/metrics", service.figures),
        ].described
    }
}
