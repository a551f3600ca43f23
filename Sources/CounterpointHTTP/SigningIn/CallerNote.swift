// What a request learned of its caller on the way, for its line in the log and the fields of its answer.

import CounterpointModel
import FoundationEssentials
import Synchronization

final class CallerNote: Sendable {
    private struct Known {
        var principal: Principal.ID?
        var tenant: UUID?
        var standing: RateLimiter.Standing?
    }

    private let known = Mutex(Known())

    /// An id, never a name or a secret: the log shows it.
    var principal: Principal.ID? {
        get { known.withLock { $0.principal } }
        set { known.withLock { $0.principal = newValue } }
    }

    /// Whose share of what all use it counts against: the organisation's, or the principal's own; nil before the look-up.
    var tenant: UUID? {
        get { known.withLock { $0.tenant } }
        set { known.withLock { $0.tenant = newValue } }
    }

    /// What is left of the caller's allowance; nil where nothing is limited.
    var standing: RateLimiter.Standing? {
        get { known.withLock { $0.standing } }
        set { known.withLock { $0.standing = newValue } }
    }
}
