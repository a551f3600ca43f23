// Log lines leave the process on a thread of their own. Written where they arise, a reader of the
// log that stalls (a full pipe, a terminal with Ctrl-S) would stop the threads that answer requests:
// seen in a test, where 64 KiB of unread log wedged the whole service. Now it costs lines, which are
// counted, and nothing else.

import Glibc
import Synchronization

final class LogWriter: Sendable {
    /// Lines that wait to be written: at 250 bytes a line some 4,000 requests, a second of load.
    private static let waitingBytesMax = 1024 * 1024
    /// How long the end of the process waits for the last lines.
    private static let farewell = Duration.milliseconds(500)

    private struct Waiting {
        var bytes: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    static let standardError = LogWriter(STDERR_FILENO)

    private let descriptor: Int32
    private let waiting = Mutex(Waiting())
    private let bell: Bell

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        bell = Bell()
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        pthread_create(
            &thread, nil,
            { context in
                Unmanaged<LogWriter>.fromOpaque(context!).takeRetainedValue().writeForEver()
                return nil
            }, context)
        pthread_detach(thread)
    }

    /// Hands a whole line over; never waits.
    func add(_ line: [UInt8]) {
        let isFirst = waiting.withLock { waiting in
            guard waiting.bytes.count + line.count <= Self.waitingBytesMax else {
                waiting.dropped += 1
                return false
            }
            let wasEmpty = waiting.bytes.isEmpty
            waiting.bytes.append(contentsOf: line)
            return wasEmpty
        }
        if isFirst { bell.ring() }
    }

    /// Waits a moment for what is not yet written.
    func flush() {
        let clock = ContinuousClock()
        let deadline = clock.now + Self.farewell
        while clock.now < deadline, waiting.withLock({ !$0.bytes.isEmpty || $0.isWriting }) {
            usleep(1_000)
        }
    }

    private func writeForEver() {
        while true {
            bell.wait()
            let (bytes, dropped) = waiting.withLock { waiting in
                defer {
                    waiting.bytes = []
                    waiting.dropped = 0
                    waiting.isWriting = true
                }
                return (waiting.bytes, waiting.dropped)
            }
            write(bytes)
            if dropped > 0 {
                write(
                    Array(
                        "{\"level\":\"warning\",\"message\":\"log lines dropped\",\"count\":\(dropped)}\n"
                            .utf8))
            }
            waiting.withLock { $0.isWriting = false }
        }
    }

    private func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { raw in
            var rest = raw[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno != EINTR { return }
                rest = rest.dropFirst(max(0, count))
            }
        }
    }
}

/// Wakes the writer. A semaphore of the system's, since waiting on it is waiting on nothing else.
private final class Bell: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    func ring() { sem_post(semaphore) }

    func wait() {
        while sem_wait(semaphore) != 0, errno == EINTR {}
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate var baseAddress: UnsafeRawPointer? { base.baseAddress?.advanced(by: startIndex) }
}
