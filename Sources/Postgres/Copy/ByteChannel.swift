// Between a task and a connection's thread: chunks one way, and a limit on how many may lie in between, so that the
// slower side sets the pace.

internal import Synchronization

/// One task on one end, one connection's thread on the other.
final class ByteChannel: Sendable {
    /// What may lie in between. Sixteen slices: enough that neither side sleeps at every chunk.
    static let capacityBytes = 1 << 20

    enum Sent { case sent, full, abandoned }
    enum Received { case chunk([UInt8]), empty, end((any Error)?) }

    private struct State {
        var chunks: [[UInt8]] = []
        var head = 0
        var bytes = 0
        var isEnded = false
        var failure: (any Error)?
        var isAbandoned = false
        /// The task's end, when it waits.
        var task: CheckedContinuation<Void, Never>?
        /// The thread's end, when it waits.
        var thread: WakeDescriptor?

        mutating func take() -> [UInt8]? {
            guard head < chunks.count else { return nil }
            let chunk = chunks[head]
            chunks[head] = []
            head += 1
            bytes -= chunk.count
            if head == chunks.count {
                chunks.removeAll(keepingCapacity: true)
                head = 0
            }
            return chunk
        }

        mutating func wakeTask() -> CheckedContinuation<Void, Never>? {
            defer { task = nil }
            return task
        }
    }

    private let state = Mutex(State())

    // MARK: The thread's end

    /// On `.full` the wake descriptor is raised when there is room again.
    func trySend(_ chunk: [UInt8], waking wake: WakeDescriptor) -> Sent {
        let (sent, task) = state.withLock { state -> (Sent, CheckedContinuation<Void, Never>?) in
            guard !state.isAbandoned else { return (.abandoned, nil) }
            guard state.bytes == 0 || state.bytes + chunk.count <= Self.capacityBytes else {
                state.thread = wake
                return (.full, nil)
            }
            state.chunks.append(chunk)
            state.bytes += chunk.count
            return (.sent, state.wakeTask())
        }
        task?.resume()
        return sent
    }

    /// On `.empty` the wake descriptor is raised when there is something.
    func tryReceive(waking wake: WakeDescriptor) -> Received {
        let (received, task) = state.withLock {
            state -> (Received, CheckedContinuation<Void, Never>?) in
            if let chunk = state.take() { return (.chunk(chunk), state.wakeTask()) }
            if state.isEnded { return (.end(state.failure), nil) }
            state.thread = wake
            return (.empty, nil)
        }
        task?.resume()
        return received
    }

    // MARK: The task's end

    /// Waits while the channel is full; false if nobody receives any more.
    func send(_ chunk: [UInt8]) async -> Bool {
        while true {
            let (isOver, isSent) = state.withLock { state -> (Bool, Bool) in
                guard !state.isAbandoned else { return (true, false) }
                guard state.bytes == 0 || state.bytes + chunk.count <= Self.capacityBytes else {
                    return (false, false)
                }
                state.chunks.append(chunk)
                state.bytes += chunk.count
                state.thread?.raise()
                state.thread = nil
                return (true, true)
            }
            if isOver { return isSent }
            await pause { $0.bytes == 0 || $0.bytes + chunk.count <= Self.capacityBytes }
        }
    }

    /// The next chunk, or `nil` at the end; throws what the other end failed with.
    func receive() async throws -> [UInt8]? {
        while true {
            let (chunk, isEnded, failure) = state.withLock {
                state -> ([UInt8]?, Bool, (any Error)?) in
                let chunk = state.take()
                if chunk != nil {
                    state.thread?.raise()
                    state.thread = nil
                }
                return (chunk, state.isEnded, state.failure)
            }
            if let chunk { return chunk }
            if isEnded {
                if let failure { throw failure }
                return nil
            }
            await pause { $0.head < $0.chunks.count }
        }
    }

    /// Suspends the task until the thread has done something, unless `isReady` already.
    private func pause(unless isReady: (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.isEnded || state.isAbandoned || isReady(state) { return true }
                state.task = continuation
                return false
            }
            if goesOn { continuation.resume() }
        }
    }

    // MARK: Either end

    /// Nothing more will come.
    func finish(_ failure: (any Error)? = nil) {
        end { state in
            guard !state.isEnded else { return }
            state.isEnded = true
            state.failure = failure
        }
    }

    /// Nothing more will be taken.
    func abandon() {
        end { $0.isAbandoned = true }
    }

    private func end(_ change: (inout State) -> Void) {
        let task = state.withLock { state in
            change(&state)
            state.thread?.raise()
            state.thread = nil
            return state.wakeTask()
        }
        task?.resume()
    }
}
