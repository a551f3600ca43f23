// How many requests were answered, how, and how fast; by route template, never by path.

import HTTPTypes
import Metrics
import Synchronization

/// Counts requests. Handles are made once and kept, so that a request looks nothing up by name.
final class Traffic: Sendable {
    /// The route of a request that met none.
    static let noRoute = "none"

    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private let requests = Mutex<[Key: Counter]>([:])
    private let durations = Mutex<[String: Metrics.Timer]>([:])

    /// Methods are labels, so that a client may not invent any.
    static func name(of method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .post, .patch, .put, .delete, .options: method.rawValue
        default: "OTHER"
        }
    }

    func count(method: String, route: String, status: Int, took duration: Duration) {
        let key = Key(method: method, route: route, status: status)
        let counter = requests.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(
                label: "counterpoint_http_requests",
                dimensions: [
                    ("method", method), ("route", route), ("status", String(status)),
                ])
            counters[key] = counter
            return counter
        }
        counter.increment()
        let timer = durations.withLock { timers in
            if let timer = timers[route] { return timer }
            let timer = Metrics.Timer(
                label: "counterpoint_http_request_duration", dimensions: [("route", route)])
            timers[route] = timer
            return timer
        }
        timer.recordNanoseconds(duration.inMicroseconds * 1_000)
    }
}
