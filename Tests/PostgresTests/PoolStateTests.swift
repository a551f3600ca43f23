// The pool's decisions, with time and connections made up: no server, no thread, no clock.

import Testing

@testable import Postgres

@Suite struct PoolStateTests {
    static func at(_ milliseconds: Int) -> Moment {
        Moment(nanoseconds: Int64(milliseconds) * 1_000_000)
    }

    static func limits(
        most: Int = 2, least: Int = 0, waiters: Int = 3, lifetime: Duration = .seconds(3_600)
    ) -> PoolLimits {
        PoolLimits(
            maxConnections: most, minConnections: least, maxWaiters: waiters,
            waitDeadline: .seconds(5), maxLifetime: lifetime, maxIdle: .seconds(60),
            backOff: .milliseconds(100)...(.milliseconds(1_000)))
    }

    /// A pool with `count` idle connections.
    static func warm(_ count: Int, _ limits: PoolLimits) -> PoolState {
        var state = PoolState(limits: limits)
        for waiter in 0..<WaiterID(count) {
            _ = state.lease(1_000 + waiter, deadline: .distantFuture, now: at(0))
        }
        for id in 1...count { _ = state.connected(id, now: at(0), jitter: 0) }
        for id in 1...count { _ = state.returned(id, keep: true, now: at(0)) }
        return state
    }

    @Test func aFirstCallerWaitsForTheConnectionMadeForIt() {
        var state = PoolState(limits: Self.limits())
        #expect(state.lease(7, deadline: Self.at(100), now: Self.at(0)) == .park(connect: 1))
        #expect(state.statistics.connecting == 1)
        #expect(state.connected(1, now: Self.at(5), jitter: 0) == .serve(7))
        #expect(state.statistics.leased == 1)
        #expect(state.returned(1, keep: true, now: Self.at(9)) == .idle)
        #expect(state.lease(8, deadline: Self.at(100), now: Self.at(10)) == .serve(1))
    }

    @Test func aReturnedConnectionGoesToWhoWaitedLongest() {
        var state = Self.warm(2, Self.limits())
        #expect(state.lease(1, deadline: Self.at(900), now: Self.at(1)) == .serve(2))
        #expect(state.lease(2, deadline: Self.at(900), now: Self.at(1)) == .serve(1))
        for waiter in 3...5 as ClosedRange<WaiterID> {
            #expect(
                state.lease(waiter, deadline: Self.at(900), now: Self.at(1)) == .park(connect: nil))
        }
        #expect(state.lease(6, deadline: Self.at(900), now: Self.at(1)) == .refuse(.tooManyWaiters))
        let (first, second) = (state.abandon(4), state.abandon(4))
        #expect(first && !second)
        #expect(state.returned(2, keep: true, now: Self.at(2)) == .serve(3))
        #expect(state.returned(1, keep: true, now: Self.at(2)) == .serve(5))
        #expect(state.returned(1, keep: true, now: Self.at(3)) == .idle)
    }

    @Test func aRetiredConnectionIsReplacedOnlyIfSomebodyWaits() {
        var state = Self.warm(1, Self.limits(most: 1))
        _ = state.lease(1, deadline: Self.at(900), now: Self.at(1))
        #expect(state.returned(1, keep: false, now: Self.at(2)) == .close(connect: nil))
        #expect(state.statistics.connections == 0)
        #expect(state.lease(2, deadline: Self.at(900), now: Self.at(3)) == .park(connect: 2))
        #expect(state.lease(3, deadline: Self.at(900), now: Self.at(3)) == .park(connect: nil))
        #expect(state.connected(2, now: Self.at(4), jitter: 0) == .serve(2))
        #expect(state.returned(2, keep: false, now: Self.at(5)) == .close(connect: 3))
        #expect(state.connected(3, now: Self.at(6), jitter: 0) == .serve(3))
    }

    @Test func whoWasNotServedIsFirstAgain() {
        var state = Self.warm(1, Self.limits(most: 1))
        _ = state.lease(1, deadline: Self.at(900), now: Self.at(1))
        _ = state.lease(2, deadline: Self.at(900), now: Self.at(1))
        #expect(
            state.returnedUnserved(1, waiter: 1, deadline: Self.at(900), now: Self.at(2))
                == .close(connect: 2))
        #expect(state.connected(2, now: Self.at(3), jitter: 0) == .serve(1))
        #expect(state.returned(2, keep: true, now: Self.at(4)) == .serve(2))
    }

    @Test func waitersAreRefusedInTime() {
        var state = Self.warm(1, Self.limits(most: 1))
        _ = state.lease(1, deadline: Self.at(900), now: Self.at(1))
        _ = state.lease(2, deadline: Self.at(50), now: Self.at(1))
        _ = state.lease(3, deadline: Self.at(40), now: Self.at(1))
        #expect(state.nextDue(now: Self.at(1)) == Self.at(40))
        #expect(state.tick(now: Self.at(39)) == PoolState.Chores())
        #expect(state.tick(now: Self.at(60)).refuse == [2, 3])
        #expect(state.statistics.waiting == 0)
        #expect(state.returned(1, keep: true, now: Self.at(61)) == .idle)
    }

    @Test func failedAttemptsBackOffAndTheFirstIsToldAtOnce() {
        var state = PoolState(limits: Self.limits())
        _ = state.lease(1, deadline: Self.at(9_000), now: Self.at(0))
        #expect(state.connectFailed(1, now: Self.at(10), jitter: 1) == [1])
        // Nothing is tried before the pause is over.
        #expect(state.lease(2, deadline: Self.at(9_000), now: Self.at(20)) == .park(connect: nil))
        #expect(state.nextDue(now: Self.at(20)) == Self.at(110))
        #expect(state.tick(now: Self.at(110)).connect == [2])
        #expect(state.connected(2, now: Self.at(120), jitter: 0) == .serve(2))
        // Once it has worked, a failure is an outage: callers wait it out.
        #expect(state.returned(2, keep: false, now: Self.at(130)) == .close(connect: nil))
        #expect(state.lease(3, deadline: Self.at(9_000), now: Self.at(140)) == .park(connect: 3))
        var now = 150
        var pauses: [Int] = []
        for id in 3...8 {
            #expect(state.connectFailed(id, now: Self.at(now), jitter: 1) == [])
            let due = state.nextDue(now: Self.at(now))
            pauses.append(Int(due.nanoseconds / 1_000_000) - now)
            now += pauses.last!
            #expect(state.tick(now: Self.at(now)).connect == [id + 1])
        }
        #expect(pauses == [100, 200, 400, 800, 1_000, 1_000])
    }

    @Test func idleAndAgedConnectionsAreClosedDownToTheMinimum() {
        var state = Self.warm(2, Self.limits(least: 1))
        #expect(state.tick(now: Self.at(59_000)) == PoolState.Chores())
        #expect(state.tick(now: Self.at(60_000)).close == [1])
        #expect(state.statistics.connections == 1)
        #expect(state.tick(now: Self.at(600_000)).close == [])
        let chores = state.tick(now: Self.at(3_600_000))
        #expect(chores.close == [2])
        #expect(chores.connect == [3])
    }

    @Test func lifetimesAreSpread() {
        for (jitter, lifetime) in [(0.0, 1_000), (1.0, 900)] {
            var state = PoolState(limits: Self.limits(lifetime: .milliseconds(1_000)))
            _ = state.lease(1, deadline: .distantFuture, now: Self.at(0))
            _ = state.connected(1, now: Self.at(0), jitter: jitter)
            #expect(state.slots[1]?.expiresAt == Self.at(lifetime))
            #expect(state.returned(1, keep: true, now: Self.at(lifetime)) == .close(connect: nil))
        }
    }

    @Test func closingServesWhoWaitsAndNobodyElse() {
        var state = Self.warm(2, Self.limits())
        _ = state.lease(1, deadline: Self.at(900), now: Self.at(1))
        #expect(state.shutDown(now: Self.at(2)) == [1])
        #expect(state.lease(2, deadline: Self.at(900), now: Self.at(3)) == .refuse(.shuttingDown))
        #expect(state.returned(2, keep: true, now: Self.at(4)) == .close(connect: nil))
        #expect(state.statistics.connections == 0)
        #expect(state.tick(now: Self.at(5)).connect == [])
    }

    /// Whatever happens in whatever order: never more than allowed, nobody served twice or forgotten.
    @Test func aRandomLifeKeepsItsPromises() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var state = PoolState(limits: Self.limits(most: 3, least: 1, waiters: 5))
            var waiting: Set<WaiterID> = []
            var leased: Set<ConnectionID> = []
            var connecting: Set<ConnectionID> = []
            var next: WaiterID = 0
            var now = 0
            func took(_ decision: PoolState.ReturnDecision, _ id: ConnectionID) {
                leased.remove(id)
                switch decision {
                case .idle: break
                case .serve(let waiter):
                    #expect(waiting.remove(waiter) != nil)
                    leased.insert(id)
                case .close(let replacement): if let replacement { connecting.insert(replacement) }
                }
            }
            for _ in 0..<300 {
                now += Int.random(in: 0...50, using: &generator)
                switch Int.random(in: 0..<8, using: &generator) {
                case 0...2:
                    next += 1
                    switch state.lease(next, deadline: Self.at(now + 300), now: Self.at(now)) {
                    case .serve(let id): #expect(leased.insert(id).inserted)
                    case .park(let id):
                        waiting.insert(next)
                        if let id { connecting.insert(id) }
                    case .refuse: #expect(waiting.count == 5)
                    }
                case 3...4:
                    if let id = leased.randomElement() {
                        took(state.returned(id, keep: .random(), now: Self.at(now)), id)
                    }
                case 5:
                    if let id = connecting.randomElement() {
                        connecting.remove(id)
                        if Bool.random() {
                            took(state.connected(id, now: Self.at(now), jitter: 0.5), id)
                        } else {
                            for waiter in state.connectFailed(id, now: Self.at(now), jitter: 0.5) {
                                #expect(waiting.remove(waiter) != nil)
                            }
                        }
                    }
                case 6:
                    if let waiter = waiting.randomElement() {
                        let wasWaiting = state.abandon(waiter)
                        #expect(wasWaiting)
                        waiting.remove(waiter)
                    }
                default:
                    let chores = state.tick(now: Self.at(now))
                    for waiter in chores.refuse { #expect(waiting.remove(waiter) != nil) }
                    connecting.formUnion(chores.connect)
                }
                let statistics = state.statistics
                #expect(statistics.connections <= 3)
                #expect(statistics.leased == leased.count)
                #expect(statistics.connecting == connecting.count)
                #expect(statistics.waiting == waiting.count)
                #expect(waiting.isEmpty || statistics.idle == 0, "nobody waits beside an idle one")
            }
        }
    }
}
