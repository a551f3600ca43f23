// Deadlines and cancellations. The order is always the same: ask the server to stop, go on reading until it has
// answered, and close the line if it does not.
//
// A cancellation is a flag on the caller's turn, not on the connection; the wake descriptor only says "look". So a
// wake-up that comes late finds another turn, whose flag is down, and does nothing.

internal import CLibPQ
internal import Glibc

extension Session {
    /// How long the server has to answer a cancel request after a deadline. Measured locally: 5 ms; a caller's
    /// deadline may be exceeded by half a second.
    static let deadlineGrace = Duration.milliseconds(350)
    /// The same after a task was cancelled: nobody waits for an instant, and a connection is worth keeping.
    static let cancellationGrace = Duration.seconds(2)

    func attendToBounds(at now: Moment) throws {
        if let cancel {
            guard now < cancel.givesUpAt else {
                mustRetire = true
                throw interruption(cancel.reason, "the server did not answer a cancel request")
            }
        } else if bounds.isCancelled {
            requestCancel(
                bounds.turn?.isShutDown == true ? .shuttingDown : .cancelled,
                grace: Self.cancellationGrace, now: now)
        } else if now >= bounds.deadline {
            requestCancel(.deadline, grace: Self.deadlineGrace, now: now)
        }
    }

    func requestCancel(_ reason: CancelRequest.Reason, grace: Duration, now: Moment) {
        guard cancel == nil else { return }
        wasCancelSent = true
        cancel = CancelRequest.send(
            for: connection, reason: reason, givesUpAt: now + grace, wake: wake)
    }

    /// After the last answer of an exchange: the connection may only go on if the request has hit what it was meant
    /// for. One that arrives later would hit the next statement, so a connection whose statement succeeded all the
    /// same is closed.
    func settleCancel(wasHit: Bool) {
        guard let cancel else { return }
        while !cancel.isFinished {
            let now = Moment.now
            guard now < cancel.givesUpAt else { break }
            var waking = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
            _ = Glibc.poll(&waking, 1, cancel.givesUpAt.pollTimeoutMilliseconds(from: now))
            if waking.revents != 0 { wake.clear() }
        }
        if !wasHit || !cancel.isFinished { mustRetire = true }
        self.cancel = nil
    }

    func interruption(_ reason: CancelRequest.Reason, _ detail: String) -> PostgresError {
        switch reason {
        case .cancelled: PostgresError(.cancelled, detail)
        case .deadline: PostgresError(.deadline, detail)
        case .limitExceeded: PostgresError(.limitExceeded, detail)
        case .shuttingDown: PostgresError(.shuttingDown, detail)
        }
    }

    /// Before the first byte of an exchange: nothing needs cancelling yet.
    func refuseIfInterrupted() throws {
        if bounds.isCancelled {
            throw PostgresError(
                bounds.turn?.isShutDown == true ? .shuttingDown : .cancelled,
                "before the statement was sent")
        }
        if Moment.now >= bounds.deadline {
            throw PostgresError(.deadline, "before the statement was sent")
        }
    }
}
