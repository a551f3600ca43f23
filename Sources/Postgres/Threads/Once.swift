// True once.

internal import Synchronization

final class Once: Sendable {
    private let isDone = Atomic<Bool>(false)

    /// True for the first caller only.
    func first() -> Bool { !isDone.exchange(true, ordering: .acquiringAndReleasing) }
}
