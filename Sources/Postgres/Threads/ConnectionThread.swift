// One thread a connection, and the executor of that connection's actor. Everything libpq does for a connection happens
// on it, so a blocking name look-up holds up nobody else, and no exchange with the server contains a suspension.

internal import CLibPQ
internal import Glibc
internal import Synchronization

/// A thread that runs what it is handed, in order, and otherwise sleeps in `poll(2)`.
final class ConnectionThread: SerialExecutor, @unchecked Sendable {
    /// Address space, not memory: pages count when touched. TLS handshakes and the bodies of transactions in debug
    /// builds stay below 300 KiB; 64 connections reserve 64 MiB.
    private static let stackBytes = 1 << 20

    private enum Item {
        case job(UnownedJob)
        case work(@Sendable () -> Void)
    }

    private struct Inbox {
        var items: [Item] = []
        var isEnding = false
    }

    let wake = WakeDescriptor()
    private let name: String
    private let inbox = Mutex(Inbox())
    /// Written once by the thread itself before it runs anything, and read for identity only.
    private let identity = Atomic<UInt>(0)
    /// Touched on this thread only: what to look at while there is nothing to do.
    private var idleWatch: (descriptor: Int32, onReadable: () -> Void)?

    init(name: String) {
        self.name = name
    }

    /// Starts the thread; `onEnd` is the last thing that it does.
    func start(onEnd: @escaping @Sendable () -> Void = {}) {
        startThread(named: name, stackBytes: Self.stackBytes) {
            self.identity.store(UInt(pthread_self()), ordering: .releasing)
            self.run()
            onEnd()
        }
    }

    /// Hands over work; it runs after everything handed over before.
    func submit(_ work: @escaping @Sendable () -> Void) {
        inbox.withLock { $0.items.append(.work(work)) }
        wake.raise()
    }

    /// Ends the thread once what was handed over has run.
    func end() {
        inbox.withLock { $0.isEnding = true }
        wake.raise()
    }

    /// On this thread only: watches a descriptor while idle; `nil` stops watching.
    func watchWhileIdle(_ descriptor: Int32?, onReadable: @escaping () -> Void = {}) {
        idleWatch = descriptor.map { ($0, onReadable) }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        inbox.withLock { $0.items.append(.job(unowned)) }
        wake.raise()
    }

    var isCurrent: Bool { identity.load(ordering: .acquiring) == UInt(pthread_self()) }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    // Without this, `assumeIsolated` from plain thread code crashes (swiftlang/swift #74626).
    func checkIsolated() {
        precondition(isCurrent, "a connection was touched from outside its thread")
    }

    private func run() {
        while true {
            let (items, isEnding) = inbox.withLock { inbox in
                let items = inbox.items
                inbox.items.removeAll(keepingCapacity: true)
                return (items, inbox.isEnding)
            }
            for item in items {
                switch item {
                case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
                case .work(let work): work()
                }
            }
            if items.isEmpty {
                if isEnding { return }
                sleepUntilWoken()
            }
        }
    }

    private func sleepUntilWoken() {
        var descriptors = [
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: idleWatch?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, -1) > 0 else { return }
        if descriptors[0].revents != 0 { wake.clear() }
        // Before the next piece of work is looked at, so that a line found dead is not given any.
        if descriptors[1].revents != 0 { idleWatch?.onReadable() }
    }
}

/// Runs `body` on a new detached thread. Nobody joins it: whoever waits for the end is told by the body itself, so
/// that no thread of the shared pool ever blocks in `pthread_join`.
func startThread(named name: String, stackBytes: Int, _ body: @escaping @Sendable () -> Void) {
    final class Start {
        let body: @Sendable () -> Void
        let name: String
        init(_ body: @escaping @Sendable () -> Void, _ name: String) {
            self.body = body
            self.name = name
        }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start(body, name))
    let code = pthread_create(
        &thread, &attributes,
        { raw in
            let start = Unmanaged<Start>.fromOpaque(raw!).takeRetainedValue()
            cpq_name_thread(start.name)
            start.body()
            return nil
        }, start.toOpaque())
    precondition(code == 0, "no thread could be started: the process is at its limit")
}
