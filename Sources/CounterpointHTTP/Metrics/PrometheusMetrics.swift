// swift-metrics kept in memory and shown in the Prometheus text format.
//
// Our own because it is small: three kinds of series, no push, no exemplars. Labels are for few,
// known values; what would make more series than `seriesMax` a metric is gathered in one that
// says so.

public import CoreMetrics
import Synchronization

/// Gathers what swift-metrics reports. Bootstrap the metrics system with one, once.
public final class PrometheusMetrics: MetricsFactory {
    /// Route templates (about 60) times methods times statuses stay under this.
    static let seriesMax = 1_000

    struct Name: Hashable, Comparable {
        let metric: String
        let labels: String

        static func < (left: Name, right: Name) -> Bool {
            (left.metric, left.labels) < (right.metric, right.labels)
        }
    }

    enum Series {
        case counter(CountSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
    }

    private let series = Mutex<[Name: Series]>([:])

    /// An empty set of metrics.
    public init() {}

    var all: [(Name, Series)] {
        series.withLock { $0.sorted { $0.key < $1.key } }.map { ($0.key, $0.value) }
    }

    // MARK: Making series

    private func find<Handler>(
        _ metric: String, _ dimensions: [(String, String)], make: () -> Series,
        cast: (Series) -> Handler?
    ) -> Handler? {
        series.withLock { series in
            var name = Name(metric: metric, labels: Exposition.labels(dimensions))
            if let found = series[name] { return cast(found) }
            let siblings = series.keys.count { $0.metric == metric }
            if siblings >= Self.seriesMax {
                name = Name(metric: metric, labels: Exposition.labels([("overflow", "true")]))
                if let found = series[name] { return cast(found) }
            }
            let made = make()
            // A name that already means another kind of metric stays what it was.
            if let sibling = series.first(where: { $0.key.metric == metric }),
                cast(sibling.value) == nil
            {
                return nil
            }
            series[name] = made
            return cast(made)
        }
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        find(Exposition.name(label), dimensions, make: { .gauge(GaugeSeries()) }) {
            if case .gauge(let found) = $0 { found } else { nil }
        } ?? GaugeSeries()
    }

    private func histogram(
        _ metric: String, _ dimensions: [(String, String)], _ bounds: [Double], _ scale: Double
    ) -> HistogramSeries {
        find(
            metric, dimensions,
            make: { .histogram(HistogramSeries(bounds: bounds, scale: scale)) }
        ) {
            if case .histogram(let found) = $0 { found } else { nil }
        } ?? HistogramSeries(bounds: bounds, scale: scale)
    }

    // MARK: MetricsFactory

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let metric = Exposition.name(label, suffix: "_total")
        return find(metric, dimensions, make: { .counter(CountSeries()) }) {
            if case .counter(let found) = $0 { found } else { nil }
        } ?? CountSeries()
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool)
        -> any RecorderHandler
    {
        aggregate
            ? histogram(Exposition.name(label), dimensions, HistogramSeries.sizes, 1)
            : gauge(label, dimensions)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(
            Exposition.name(label, suffix: "_seconds"), dimensions, HistogramSeries.seconds, 1e-9)
    }

    // Series live as long as the process: a scrape between two users of a series must not miss it.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
