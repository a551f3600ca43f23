// How far one import is, for whoever wants to know while it runs.

import Synchronization

/// Counts what one import has read and stored.
public final class ImportProgress: Sendable {
    private let bytes = Atomic<Int64>(0)
    private let rows = Atomic<Int64>(0)
    private let stored = Atomic<Int64>(0)
    private let storing = Atomic<Int64>(0)

    public init() {}

    public var bytesRead: Int64 { bytes.load(ordering: .relaxed) }
    public var rowsRead: Int64 { rows.load(ordering: .relaxed) }
    /// Readings written so far; they are seen only once the import has ended well.
    public var rowsStored: Int64 {
        max(stored.load(ordering: .relaxed), storing.load(ordering: .relaxed))
    }

    public func noteRead(bytes read: Int64, rows count: Int64) {
        bytes.store(read, ordering: .relaxed)
        rows.store(count, ordering: .relaxed)
    }

    /// A transaction may have to be made again, and then counts from the beginning.
    func noteBegin() {
        stored.store(0, ordering: .relaxed)
        storing.store(0, ordering: .relaxed)
    }

    func noteStoring(rows count: Int) { storing.add(Int64(count), ordering: .relaxed) }

    /// A set is stored.
    func noteStored(rows count: Int) {
        storing.store(stored.add(Int64(count), ordering: .relaxed).newValue, ordering: .relaxed)
    }
}
