// A cancel request on its way. It is a connection of its own, and libpq 15 makes it blocking: behind a dead line it
// would hang, so a short-lived thread carries it while the connection's thread goes on reading.

internal import CLibPQ
internal import Synchronization

final class CancelRequest: Sendable {
    enum Reason: Sendable { case cancelled, deadline, limitExceeded, shuttingDown }

    /// PQcancel needs a socket and a small buffer.
    private static let stackBytes = 128 << 10
    /// Requests that may hang at once, in a line that swallows them; beyond, connections are closed without asking.
    /// As many as the largest sensible pool has connections.
    private static let maxUnderWay = 64
    private static let underWay = Atomic<Int>(0)

    let reason: Reason
    /// When the connection is closed if the server has not answered.
    let givesUpAt: Moment
    private let finished = Atomic<Bool>(false)

    /// Whether the request has been delivered (or has failed): only then can it no longer hit a later statement.
    var isFinished: Bool { finished.load(ordering: .acquiring) }

    private init(reason: Reason, givesUpAt: Moment) {
        self.reason = reason
        self.givesUpAt = givesUpAt
    }

    /// Sends a request for `connection` and raises `wake` when it has been delivered.
    static func send(
        for connection: OpaquePointer, reason: Reason, givesUpAt: Moment, wake: WakeDescriptor
    ) -> CancelRequest {
        guard let cancel = PQgetCancel(connection) else {
            return CancelRequest(reason: reason, givesUpAt: .now)
        }
        guard underWay.add(1, ordering: .relaxed).newValue <= maxUnderWay else {
            underWay.subtract(1, ordering: .relaxed)
            PQfreeCancel(cancel)
            return CancelRequest(reason: reason, givesUpAt: .now)
        }
        let request = CancelRequest(reason: reason, givesUpAt: givesUpAt)
        let carried = UInt(bitPattern: cancel)
        startThread(named: "pg-cancel", stackBytes: stackBytes) {
            var complaint = [CChar](repeating: 0, count: 256)
            _ = PQcancel(OpaquePointer(bitPattern: carried), &complaint, 256)
            PQfreeCancel(OpaquePointer(bitPattern: carried))
            underWay.subtract(1, ordering: .relaxed)
            request.finished.store(true, ordering: .releasing)
            wake.raise()
        }
        return request
    }
}
