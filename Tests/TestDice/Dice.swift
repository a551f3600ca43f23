// Random worlds for property tests: one seed a run, printed when something fails, repeatable with SEED=….

import FoundationEssentials

/// SplitMix64: small, fast, and the same on every machine for one seed, which the system's generator does not promise.
public struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 to `bound`.
    public mutating func upTo(_ bound: Int) -> Int { Int.random(in: 0...bound, using: &self) }

    public mutating func within(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    /// 0 to one less than `bound`; 0 if there is nothing below it.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// True once in `n` times.
    public mutating func oneIn(_ n: Int) -> Bool { Int.random(in: 1...n, using: &self) == 1 }

    public mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[below(choices.count)]
    }
}

/// The seed of this run: `SEED` of the environment, or a new one.
public let runSeed: UInt64 =
    ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
    ?? UInt64.random(in: 0...UInt64(UInt32.max))

/// Runs `body` on `count` worlds; each gets dice of its own, so that one failing world can be repeated alone.
public func forWorlds(
    _ count: Int, _ body: (inout Dice, _ hint: String) throws -> Void
) rethrows {
    for world in 0..<UInt64(count) {
        var dice = Dice(seed: runSeed &+ world &* 0x1_0000_0001)
        try body(&dice, "SEED=\(runSeed), world \(world)")
    }
}
