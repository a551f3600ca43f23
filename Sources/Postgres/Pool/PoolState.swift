// What a pool decides. A struct: events in, actions out, no clock, no socket, no lock, so that every decision is tested
// without a server. Whoever holds the lock around it performs what it says after letting go.

typealias ConnectionID = Int
typealias WaiterID = UInt64

struct PoolState {
    enum Phase: Equatable {
        case connecting
        case idle(since: Moment)
        case leased
    }

    struct Slot {
        var phase: Phase
        /// When a connection is too old to be used again.
        var expiresAt: Moment
    }

    enum LeaseDecision: Equatable {
        case serve(ConnectionID)
        /// Wait; `connect` is to be opened meanwhile.
        case park(connect: ConnectionID?)
        case refuse(Refusal)
    }

    enum Refusal: Equatable { case tooManyWaiters, waitedTooLong, cannotConnect, shuttingDown }

    /// What becomes of a connection whose work is done.
    enum ReturnDecision: Equatable {
        case serve(WaiterID)
        case idle
        /// Close it; `connect` takes its place because somebody waits or the minimum asks for it.
        case close(connect: ConnectionID?)
    }

    struct Chores: Equatable {
        var refuse: [WaiterID] = []
        var close: [ConnectionID] = []
        var connect: [ConnectionID] = []
    }

    let limits: PoolLimits
    private(set) var slots: [ConnectionID: Slot] = [:]
    /// Last in, first out: the warmest connection works, the others may grow idle enough to be closed.
    private var idle: [ConnectionID] = []
    private var waiters = WaiterQueue()
    private var connecting = 0
    private var nextID: ConnectionID = 1
    private(set) var isShuttingDown = false
    private var failuresInARow = 0
    private var noConnectBefore = Moment(nanoseconds: .min)
    /// Before the first success a failure is probably a wrong setting, and is told at once; later it is an outage, and
    /// callers wait it out as long as they said they would.
    private var hasEverConnected = false

    init(limits: PoolLimits) {
        self.limits = limits
    }

    var statistics: PoolStatistics {
        PoolStatistics(
            connections: slots.count, leased: slots.count - idle.count - connecting,
            idle: idle.count, connecting: connecting, waiting: waiters.count)
    }

    // MARK: Callers

    mutating func lease(_ waiter: WaiterID, deadline: Moment, now: Moment) -> LeaseDecision {
        guard !isShuttingDown else { return .refuse(.shuttingDown) }
        if let id = idle.popLast() {
            slots[id]!.phase = .leased
            return .serve(id)
        }
        guard waiters.count < limits.maxWaiters else { return .refuse(.tooManyWaiters) }
        waiters.append(waiter, deadline: deadline)
        return .park(connect: openIfWanted(now: now))
    }

    /// True if the waiter was still waiting, and now is not.
    mutating func abandon(_ waiter: WaiterID) -> Bool { waiters.remove(waiter) }

    // MARK: Connections

    mutating func returned(_ id: ConnectionID, keep: Bool, now: Moment) -> ReturnDecision {
        guard var slot = slots[id] else { return .close(connect: nil) }
        guard keep, slot.expiresAt > now else { return close(id, now: now) }
        if let waiter = waiters.popFirst() {
            slot.phase = .leased
            slots[id] = slot
            return .serve(waiter)
        }
        guard !isShuttingDown else { return close(id, now: now) }
        slot.phase = .idle(since: now)
        slots[id] = slot
        idle.append(id)
        return .idle
    }

    /// A lease ended before anything was sent: the waiter is first again, the connection is gone.
    mutating func returnedUnserved(
        _ id: ConnectionID, waiter: WaiterID, deadline: Moment, now: Moment
    ) -> ReturnDecision {
        waiters.putBack(waiter, deadline: deadline)
        return close(id, now: now)
    }

    /// `jitter` is between 0 and 1: how much of a tenth of its lifetime a connection loses.
    mutating func connected(_ id: ConnectionID, now: Moment, jitter: Double) -> ReturnDecision {
        connecting -= 1
        failuresInARow = 0
        hasEverConnected = true
        noConnectBefore = now
        let lifetime = limits.maxLifetime - limits.maxLifetime * (jitter / 10)
        slots[id] = Slot(phase: .leased, expiresAt: now + lifetime)
        return returned(id, keep: true, now: now)
    }

    /// The waiters that are told at once. `jitter` is between 0 and 1.
    mutating func connectFailed(_ id: ConnectionID, now: Moment, jitter: Double) -> [WaiterID] {
        connecting -= 1
        slots[id] = nil
        failuresInARow += 1
        let doublings = min(failuresInARow - 1, 20)
        let pause = min(
            limits.backOff.upperBound, limits.backOff.lowerBound * (1 << doublings))
        // At least a tenth, so that a fast refusal cannot spin.
        noConnectBefore = now + pause * (0.1 + 0.9 * jitter)
        return !hasEverConnected && slots.isEmpty ? waiters.removeAll() : []
    }

    /// An idle connection was found dead. False if it is leased or gone: then its user will find out.
    mutating func died(_ id: ConnectionID, now: Moment) -> ReturnDecision? {
        guard case .idle = slots[id]?.phase else { return nil }
        idle.removeAll { $0 == id }
        return close(id, now: now)
    }

    // MARK: Time

    /// What is due: waiters out of time, idle and aged connections, connections to open.
    mutating func tick(now: Moment) -> Chores {
        var chores = Chores()
        chores.refuse = waiters.removeExpired(at: now)
        for id in idle {
            guard let slot = slots[id], case .idle(let since) = slot.phase else { continue }
            let isSpare = slots.count - chores.close.count > limits.minConnections
            if slot.expiresAt <= now || (isSpare && since + limits.maxIdle <= now) {
                chores.close.append(id)
            }
        }
        for id in chores.close { slots[id] = nil }
        idle.removeAll { chores.close.contains($0) }
        while let id = openIfWanted(now: now) { chores.connect.append(id) }
        return chores
    }

    /// When `tick` has something to do next, if nothing else happens.
    func nextDue(now: Moment) -> Moment {
        var due = waiters.earliestDeadline ?? .distantFuture
        for id in idle {
            guard let slot = slots[id], case .idle(let since) = slot.phase else { continue }
            due = min(due, slot.expiresAt)
            if slots.count > limits.minConnections { due = min(due, since + limits.maxIdle) }
        }
        let isShort = !isShuttingDown && slots.count < limits.minConnections
        if isShort || waiters.count > connecting, slots.count < limits.maxConnections {
            due = min(due, max(now, noConnectBefore))
        }
        return due
    }

    /// No further callers. Those who wait are still served; idle connections are to be closed.
    mutating func shutDown(now: Moment) -> [ConnectionID] {
        isShuttingDown = true
        guard waiters.isEmpty else { return [] }
        let closing = idle
        for id in closing { slots[id] = nil }
        idle = []
        return closing
    }

    /// The time for a graceful end is over.
    mutating func giveUpWaiters() -> [WaiterID] { waiters.removeAll() }

    // MARK: Deciding

    private mutating func close(_ id: ConnectionID, now: Moment) -> ReturnDecision {
        slots[id] = nil
        return .close(connect: openIfWanted(now: now))
    }

    /// One connection more if fewer are on their way than callers wait, and there is room.
    private mutating func openIfWanted(now: Moment) -> ConnectionID? {
        let isShort = !isShuttingDown && slots.count < limits.minConnections
        guard isShort || waiters.count > connecting, slots.count < limits.maxConnections,
            now >= noConnectBefore
        else { return nil }
        let id = nextID
        nextID += 1
        connecting += 1
        slots[id] = Slot(phase: .connecting, expiresAt: .distantFuture)
        return id
    }
}
