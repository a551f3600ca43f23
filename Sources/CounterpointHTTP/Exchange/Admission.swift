// How many requests are worked on at one time. Beyond the limit the answer is "not now" at once:
// a queue nobody can see the end of helps nobody.

import Synchronization

final class Admission: Sendable {
    private let inFlight = Atomic<Int>(0)

    var count: Int { inFlight.load(ordering: .relaxed) }

    /// Runs `work` if there is room for it.
    func admit<Value>(_ work: () async throws -> Value) async throws -> Value {
        let count = inFlight.add(1, ordering: .relaxed).newValue
        defer { inFlight.subtract(1, ordering: .relaxed) }
        guard count <= Limits.requestsInFlight else {
            throw ErrorResponses.unavailable(
                "More requests are being worked on than this service takes at a time.",
                retryAfterSeconds: Limits.retryAfterSeconds)
        }
        return try await work()
    }
}
