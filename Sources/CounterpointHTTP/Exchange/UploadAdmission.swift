// How many files are received at one time: of everybody, and of each caller, so that nobody's slow lines keep others out.

import CounterpointModel
import Synchronization

final class UploadAdmission: Sendable {
    private let underWay = Mutex<[Principal.ID?: Int]>([:])

    /// Runs `work` if there is room for it, in all and for this caller; those without a name share the room of one.
    func admit<Value>(_ caller: Principal.ID?, _ work: () async throws -> Value) async throws
        -> Value
    {
        try underWay.withLock { callers in
            guard callers[caller, default: 0] < Limits.uploadsAtOnceOfOne else {
                throw ErrorResponses.tooManyUploads
            }
            guard callers.values.reduce(0, +) < Limits.uploadsAtOnce else {
                throw ErrorResponses.unavailable(
                    "More files are being received than this service takes at a time.",
                    retryAfterSeconds: Limits.uploadRetrySeconds)
            }
            callers[caller, default: 0] += 1
        }
        defer {
            underWay.withLock { callers in
                callers[caller] = callers[caller].flatMap { $0 > 1 ? $0 - 1 : nil }
            }
        }
        return try await work()
    }
}
