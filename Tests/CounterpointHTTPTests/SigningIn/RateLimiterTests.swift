// The limiter's decisions, over invented times.

import TestDice
import Testing

@testable import CounterpointHTTP

@Suite("How often somebody may ask")
struct RateLimiterTests {
    private static let second: Int64 = 1_000_000_000
    private static let limits = RateLimits(
        token: .init(perSecond: 20), address: .init(perSecond: 5))

    private static func address(_ number: Int) -> AddressKey {
        AddressKey(IPAddress("10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)")!)
    }

    private static func token(_ number: Int) -> TokenKey {
        TokenKey(high: UInt64(number), low: 0)
    }

    @Test(
        "However requests fall, no more pass than the rate and one burst allow", arguments: 1...20)
    func neverMore(seed: UInt64) {
        var dice = Dice(seed: seed)
        var limiter = RateLimiter(Self.limits)
        limiter.letIn(Self.token(1), at: 0)
        var now: Int64 = 0
        var passed: [Int64] = []
        for _ in 0..<5_000 {
            now += Int64.random(in: 0...60_000_000, using: &dice)
            let entry = limiter.arrived(Self.token(1), from: Self.address(1), at: now)
            switch entry {
            case .go(let standing):
                passed.append(now)
                #expect(standing?.policy == .token)
                #expect((0..<200).contains(standing?.remaining ?? -1))
            case .wait(let seconds, let standing):
                #expect(standing.remaining == 0)
                #expect((1...10).contains(seconds))
                // Whoever waits as long as told gets in.
                var later = limiter
                let again = later.arrived(
                    Self.token(1), from: Self.address(1), at: now + Int64(seconds) * Self.second)
                guard case .go = again else {
                    Issue.record("told to wait \(seconds) s for nothing")
                    return
                }
            }
        }
        // In every window: the burst, and the rate times its length.
        for first in stride(from: 0, to: passed.count, by: 97) {
            for last in stride(from: first, to: passed.count, by: 89) {
                let length = Double(passed[last] - passed[first]) / Double(Self.second)
                #expect(Double(last - first + 1) <= 200 + length * 20 + 1)
            }
        }
        #expect(passed.count > 200)
    }

    @Test("Noise from an address takes nothing from a token that is in")
    func noiseTakesNothing() {
        var limiter = RateLimiter(Self.limits)
        let here = Self.address(7)
        limiter.letIn(Self.token(1), at: 0)
        for number in 0..<1_000 {
            _ = limiter.arrived(Self.token(100 + number), from: here, at: Int64(number))
            _ = limiter.turnedAway(Self.token(100 + number), from: here, at: Int64(number))
        }
        for number in 0..<200 {
            let entry = limiter.arrived(Self.token(1), from: here, at: 2_000 + Int64(number))
            guard case .go(let standing) = entry else {
                Issue.record("\(number): kept out by noise")
                return
            }
            #expect(standing?.remaining == 199 - number)
        }
        // A stranger of that address waits, one of another does not.
        guard case .wait = limiter.arrived(Self.token(2), from: here, at: 3_000),
            case .go = limiter.arrived(Self.token(2), from: Self.address(8), at: 3_000)
        else {
            Issue.record("strangers are counted by address")
            return
        }
    }

    @Test("Answers to failures come later and later, up to a bound, and are forgiven after quiet")
    func failures() {
        var limiter = RateLimiter(Self.limits)
        let here = Self.address(1)
        var delays: [Int64] = []
        var now: Int64 = 0
        for _ in 0..<16 {
            now += Self.second
            switch limiter.turnedAway(nil, from: here, at: now) {
            case .now: delays.append(0)
            case .held(let nanoseconds):
                delays.append(nanoseconds / 1_000_000)
                limiter.released(here)
            case .refused: Issue.record("nobody is held")
            }
        }
        #expect(
            delays == [
                0, 0, 0, 0, 0, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
                30_000,
            ])
        #expect(limiter.turnedAway(nil, from: Self.address(2), at: now) == .now)
        now += RateLimiter.failuresRemembered + 1
        #expect(limiter.turnedAway(nil, from: here, at: now) == .now)
    }

    @Test("Only so many answers are held back, of one address and of all")
    func held() {
        var limiter = RateLimiter(Self.limits)
        var held = 0
        var refused = 0
        for number in 0..<200 {
            for _ in 0..<20 {
                switch limiter.turnedAway(nil, from: Self.address(number), at: 1) {
                case .now: break
                case .held: held += 1
                case .refused: refused += 1
                }
            }
        }
        #expect(held == RateLimiter.heldMax)
        #expect(refused == 200 * 15 - held)
        for number in 0..<(RateLimiter.heldMax / RateLimiter.heldOfAddressMax) {
            for _ in 0..<RateLimiter.heldOfAddressMax { limiter.released(Self.address(number)) }
        }
        #expect(
            limiter.turnedAway(nil, from: Self.address(0), at: 2) != .refused(seconds: 30))
    }

    @Test(
        "What it remembers is bounded, whoever comes; those it has no room for share one allowance")
    func bounded() {
        var limiter = RateLimiter(Self.limits, capacity: 100)
        limiter.letIn(Self.token(1_000_000), at: 0)
        for number in 0..<10_000 {
            let now = Int64(number) * 1_000
            _ = limiter.arrived(Self.token(number), from: Self.address(number), at: now)
            _ = limiter.turnedAway(Self.token(number), from: Self.address(number), at: now)
            limiter.letIn(Self.token(number), at: now)
            #expect(limiter.remembered <= 200)
        }
        // The crowd's allowance is spent, and a token that was in keeps its own.
        guard case .wait = limiter.arrived(nil, from: Self.address(99_999), at: 10_000_000),
            case .go = limiter.arrived(Self.token(1_000_000), from: Self.address(1), at: 10_000_000)
        else {
            Issue.record("the crowd or the token")
            return
        }
        // Quiet entries make room again.
        let later = 10_000_000 + 2 * RateLimiter.failuresRemembered
        guard case .go = limiter.arrived(nil, from: Self.address(99_999), at: later) else {
            Issue.record("no room was made")
            return
        }
        #expect(limiter.remembered < 150)
    }

    @Test("A token that was ended loses its allowance and is a stranger")
    func ended() {
        var limiter = RateLimiter(Self.limits)
        limiter.letIn(Self.token(1), at: 0)
        _ = limiter.turnedAway(Self.token(1), from: Self.address(1), at: 1)
        guard case .go(let standing) = limiter.arrived(Self.token(1), from: Self.address(1), at: 2)
        else { return }
        #expect(standing?.policy == .address)
    }

    @Test("Switched off it counts nothing and delays nobody")
    func off() {
        var limiter = RateLimiter(.off)
        for number in 0..<1_000 {
            #expect(limiter.arrived(Self.token(1), from: Self.address(1), at: 0) == .go(nil))
            #expect(
                limiter.turnedAway(Self.token(number), from: Self.address(1), at: 0) == .now)
            limiter.letIn(Self.token(1), at: 0)
        }
        #expect(limiter.remembered == 0)
    }
}
