// What the pool tells the metrics system; set once a second by its keeper, so that a lease costs nothing.

internal import Metrics

struct PoolGauges: Sendable {
    private let leased = Gauge(label: "postgres_pool_leased")
    private let idle = Gauge(label: "postgres_pool_idle")
    private let waiting = Gauge(label: "postgres_pool_waiting")

    func record(_ statistics: PoolStatistics) {
        leased.record(statistics.leased)
        idle.record(statistics.idle)
        waiting.record(statistics.waiting)
    }
}
