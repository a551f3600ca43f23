// Time as this room uses it: a monotonic instant that can be handed to decisions, so that they need no clock.

internal import Glibc

/// Nanoseconds on the monotonic clock.
struct Moment: Comparable, Hashable, Sendable {
    var nanoseconds: Int64

    static let distantFuture = Moment(nanoseconds: .max)

    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

    static func + (moment: Moment, duration: Duration) -> Moment {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return overflow ? .distantFuture : Moment(nanoseconds: sum)
    }

    static func - (left: Moment, right: Moment) -> Duration {
        .nanoseconds(left.nanoseconds &- right.nanoseconds)
    }

    /// What `poll(2)` wants: whole milliseconds, rounded up so that a wait never ends early and spins; -1 for ever.
    func pollTimeoutMilliseconds(from now: Moment) -> Int32 {
        guard self != .distantFuture else { return -1 }
        guard self > now else { return 0 }
        let milliseconds = (nanoseconds - now.nanoseconds + 999_999) / 1_000_000
        return Int32(clamping: milliseconds)
    }
}

extension Duration {
    /// Saturating; more than 292 years count as for ever.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, overflowed) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflowed ? .max : sum
    }

    var milliseconds: Int64 { nanoseconds / 1_000_000 }

    /// A random share of this duration: full jitter, so that many callers do not come back together.
    var jittered: Duration { .nanoseconds(Int64.random(in: 0...max(0, nanoseconds))) }
}
