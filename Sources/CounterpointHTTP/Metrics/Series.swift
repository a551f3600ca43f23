// The three kinds of series behind the metrics.

import CoreMetrics
import Synchronization

/// Only ever grows.
final class CountSeries: CounterHandler {
    private let count = Atomic<Int64>(0)

    var value: Int64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
}

/// A level; the last one said is the one that holds.
final class GaugeSeries: MeterHandler, RecorderHandler {
    private let bits = Atomic<UInt64>(0)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
    func increment(by amount: Double) { change(by: amount) }
    func decrement(by amount: Double) { change(by: -amount) }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }

    private func change(by amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let result = bits.compareExchange(
                expected: old, desired: new, ordering: .relaxed)
            if result.exchanged { return }
            old = result.original
        }
    }
}

/// How often a value fell under each of some bounds.
final class HistogramSeries: TimerHandler, RecorderHandler {
    /// From a quarter of a millisecond (a read of one row) to ten seconds (a large import), about
    /// doubling.
    static let seconds = [
        0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    /// For counts and sizes: powers of four.
    static let sizes: [Double] = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144]

    struct State {
        /// One count for each bound, and one for what is beyond the last.
        var counts: [Int64]
        var sum = 0.0
    }

    let bounds: [Double]
    private let scale: Double
    private let state: Mutex<State>

    /// `scale` turns what is recorded into the unit that is shown.
    init(bounds: [Double], scale: Double) {
        self.bounds = bounds
        self.scale = scale
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var snapshot: State { state.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) { add(Double(duration) * scale) }
    func record(_ value: Int64) { add(Double(value) * scale) }
    func record(_ value: Double) { add(value * scale) }

    private func add(_ value: Double) {
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[place] += 1
            state.sum += value
        }
    }
}
