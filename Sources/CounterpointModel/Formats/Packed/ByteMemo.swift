// What a cell's bytes were found to mean, so that the same bytes are read once: a million rows have few
// different channels, metrics, days and titles.

/// Numbers by the exact bytes of a cell.
struct ByteMemo: Sendable {
    /// Remembered at most; beyond it, cells that are new are read each time. Half a million titles of 60
    /// bytes are 30 MB, a share of what an import may hold.
    static let entriesMax = 1 << 18
    static let bytesMax = 16 << 20

    private struct Entry {
        var start: Int32
        var length: Int32
        var hash: Int
        var value: Int32
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    // Places in `entries`, -1 where free; a power of two of them, at most half taken.
    private var slots = [Int32](repeating: -1, count: 64)
    // Neighbouring rows mostly say the same.
    private var last = -1

    /// What the bytes mean, if they were met before.
    mutating func value(of cell: UnsafeBufferPointer<UInt8>) -> Int32? {
        if last >= 0, isEntry(last, cell) { return entries[last].value }
        guard let found = find(cell, Self.hash(cell)) else { return nil }
        last = found
        return entries[found].value
    }

    mutating func remember(_ cell: UnsafeBufferPointer<UInt8>, _ value: Int32) {
        let hash = Self.hash(cell)
        guard entries.count < Self.entriesMax, bytes.count + cell.count <= Self.bytesMax,
            find(cell, hash) == nil
        else { return }
        if entries.count * 2 >= slots.count { grow() }
        let entry = Entry(
            start: Int32(bytes.count), length: Int32(cell.count), hash: hash, value: value)
        bytes.append(contentsOf: cell)
        entries.append(entry)
        place(entries.count - 1)
    }

    // Seeded anew in each process, so that no file can be made whose cells all fall into one slot.
    private static func hash(_ cell: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(cell))
        return hasher.finalize()
    }

    private func find(_ cell: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Int? {
        let mask = slots.count - 1
        var slot = hash & mask
        while slots[slot] >= 0 {
            let entry = Int(slots[slot])
            if entries[entry].hash == hash, isEntry(entry, cell) { return entry }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func isEntry(_ entry: Int, _ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        let known = entries[entry]
        guard Int(known.length) == cell.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            let start = Int(known.start)
            for place in 0..<cell.count where bytes[start + place] != cell[place] { return false }
            return true
        }
    }

    private mutating func place(_ entry: Int) {
        let mask = slots.count - 1
        var slot = entries[entry].hash & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(entry)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for entry in entries.indices { place(entry) }
    }
}
