// Those who wait for a connection, first come first served.

/// A queue by arrival from whose middle waiters may leave (cancelled, out of time).
struct WaiterQueue {
    private var order: [UInt64] = []
    private var head = 0
    private var deadlines: [UInt64: Moment] = [:]

    var count: Int { deadlines.count }
    var isEmpty: Bool { deadlines.isEmpty }

    mutating func append(_ waiter: UInt64, deadline: Moment) {
        order.append(waiter)
        deadlines[waiter] = deadline
    }

    /// For one whose connection turned out dead before anything was sent: it has waited already.
    mutating func putBack(_ waiter: UInt64, deadline: Moment) {
        if head > 0 {
            head -= 1
            order[head] = waiter
        } else {
            order.insert(waiter, at: 0)
        }
        deadlines[waiter] = deadline
    }

    mutating func popFirst() -> UInt64? {
        while head < order.count {
            let waiter = order[head]
            head += 1
            if deadlines.removeValue(forKey: waiter) != nil {
                compact()
                return waiter
            }
        }
        compact()
        return nil
    }

    mutating func remove(_ waiter: UInt64) -> Bool {
        deadlines.removeValue(forKey: waiter) != nil
    }

    mutating func removeAll() -> [UInt64] {
        let all = order[head...].filter { deadlines[$0] != nil }
        self = WaiterQueue()
        return all
    }

    /// Those whose time is over, in order of arrival.
    mutating func removeExpired(at now: Moment) -> [UInt64] {
        guard deadlines.values.contains(where: { $0 <= now }) else { return [] }
        let expired = order[head...].filter { deadlines[$0].map { $0 <= now } ?? false }
        for waiter in expired { deadlines[waiter] = nil }
        return expired
    }

    var earliestDeadline: Moment? { deadlines.values.min() }

    private mutating func compact() {
        if head == order.count {
            order.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head * 2 > order.count {
            order.removeFirst(head)
            head = 0
        }
    }
}
