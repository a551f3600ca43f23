// One subscription: a thread that keeps a connection listening, and a bounded buffer to its subscriber.

internal import CLibPQ
internal import Glibc
internal import Logging
internal import Synchronization

final class Listening: Sendable {
    /// A subscriber that is so far behind reads again instead.
    private static let maxBuffered = 1_024
    /// How long LISTEN and heartbeats may take.
    private static let answerDeadline = Duration.seconds(5)
    private static let stackBytes = 512 << 10

    private struct State {
        var events: [Listener.Event] = []
        var isStopped = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let listener: Listener
    private let wake = WakeDescriptor()
    private let state = Mutex(State())

    init(_ listener: Listener) {
        self.listener = listener
    }

    func start() {
        startThread(named: "pg-listener", stackBytes: Self.stackBytes) { self.listen() }
    }

    func stop() {
        let waiter = state.withLock { state in
            state.isStopped = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
        wake.raise()
    }

    // MARK: The subscriber

    func next() async -> Listener.Event? {
        await withTaskCancellationHandler {
            while true {
                let (event, isStopped) = state.withLock { state -> (Listener.Event?, Bool) in
                    guard !state.isStopped else { return (nil, true) }
                    return (state.events.isEmpty ? nil : state.events.removeFirst(), false)
                }
                if isStopped { return nil }
                if let event { return event }
                await pause()
            }
        } onCancel: {
            stop()
        }
    }

    private func pause() async {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.isStopped || !state.events.isEmpty { return true }
                state.waiter = continuation
                return false
            }
            if goesOn { continuation.resume() }
        }
    }

    // MARK: The thread

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func listen() {
        var failures = 0
        while !isStopped {
            do {
                let session = try Session.connect(
                    listener.settings, wake: wake, logger: listener.logger
                ) { isStopped }
                for channel in listener.channels {
                    try ask(session, "LISTEN \(channel)")
                }
                failures = 0
                deliver([.reread])
                try attend(to: session)
            } catch {
                listener.logger.warning(
                    "listener lost its connection", metadata: ["error": "\(error)"])
            }
            guard !isStopped else { return }
            failures += 1
            let pause = min(
                listener.backOff.upperBound,
                listener.backOff.lowerBound * (1 << min(failures - 1, 20)))
            // At least a tenth, so that a fast refusal cannot spin.
            wake.sleep(until: .now + pause / 10 + (pause * 9 / 10).jittered)
        }
    }

    private func attend(to session: Session) throws {
        var quietUntil = Moment.now + listener.heartbeat
        while !isStopped {
            let now = Moment.now
            if now >= quietUntil {
                try ask(session, "SELECT")
                quietUntil = .now + listener.heartbeat
            }
            if session.poll(for: POLLIN, until: quietUntil, now: now) {
                guard session.consume() else { throw session.lost() }
            }
            session.bytesReceived = 0
            // Parses what has been read.
            guard PQisBusy(session.connection) == 0 else { throw session.lost() }
            let events = session.takeNotifications()
            if !events.isEmpty { deliver(events) }
        }
    }

    private func ask(_ session: Session, _ text: String) throws {
        session.bounds = Bounds(deadline: .now + Self.answerDeadline)
        defer { session.bounds = Bounds() }
        try session.simple(text, name: "listener")
    }

    private func deliver(_ events: [Listener.Event]) {
        let waiter = state.withLock { state in
            state.events += events
            if state.events.count > Self.maxBuffered { state.events = [.reread] }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

extension Session {
    /// Until there are none: libpq keeps them in a list.
    func takeNotifications() -> [Listener.Event] {
        var events: [Listener.Event] = []
        while let notification = PQnotifies(connection) {
            defer { PQfreemem(notification) }
            events.append(
                .notification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra)))
        }
        return events
    }
}
