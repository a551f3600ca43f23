// The only thing of a connection that other threads may touch: an eventfd that ends its owner's `poll(2)`.

internal import CLibPQ
internal import Glibc

/// Owns an eventfd. Raising it is safe from any thread; clearing it is the owner's business.
final class WakeDescriptor: Sendable {
    let descriptor: Int32

    init() {
        descriptor = cpq_eventfd()
        precondition(descriptor >= 0, "eventfd failed: the process is out of descriptors")
    }

    deinit { close(descriptor) }

    func raise() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    func clear() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }

    /// Waits until raised or until `due`.
    func sleep(until due: Moment) {
        var raised = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&raised, 1, due.pollTimeoutMilliseconds(from: .now))
        if raised.revents != 0 { clear() }
    }
}
