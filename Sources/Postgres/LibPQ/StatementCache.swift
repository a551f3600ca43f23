// Which statements a connection has prepared. Pure: it names and forgets, the session does the talking.

/// Least recently used first out; the key is the text together with the parameters' types.
struct StatementCache {
    /// The service has about a hundred statements; a prepared one costs the server some 20 to 100 kB with its plan, so
    /// a connection's cache stays below 25 MB.
    static let defaultCapacity = 256

    struct Key: Hashable {
        let statement: SQLStatement
        let oids: [UInt32]
    }

    private struct Entry {
        let name: String
        var usedAt: UInt64
    }

    let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0
    private var namesGiven: UInt64 = 0
    /// Begins every name of this connection: 128 random bits. Statements live on the server by name for as long as the
    /// connection, and callers share connections. A statement that was slipped in must not find, and replace, those that
    /// the next caller will use.
    private let prefix: String
    /// Names that the server still holds and nobody will use again.
    private(set) var discarded: [String] = []

    init(capacity: Int = StatementCache.defaultCapacity) {
        self.capacity = capacity
        let bits = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        prefix = "s\(String(bits.0, radix: 36))_\(String(bits.1, radix: 36))_"
    }

    var count: Int { entries.count }

    /// The server's name for a statement that is prepared there.
    mutating func name(for key: Key) -> String? {
        clock += 1
        guard let index = entries.index(forKey: key) else { return nil }
        entries.values[index].usedAt = clock
        return entries.values[index].name
    }

    /// A new name for a statement about to be prepared; makes room by discarding the one unused longest.
    mutating func add(_ key: Key) -> String {
        if entries.count >= capacity,
            let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })
        {
            entries[oldest.key] = nil
            discarded.append(oldest.value.name)
        }
        namesGiven += 1
        let name = "\(prefix)\(namesGiven)"
        clock += 1
        entries[key] = Entry(name: name, usedAt: clock)
        return name
    }

    /// Preparing failed.
    mutating func forget(_ key: Key) {
        entries[key] = nil
    }

    /// The server no longer has one of them, so perhaps none: to find out one by one takes an attempt each. What it has
    /// still, it keeps until the connection ends.
    mutating func forgetAll() {
        entries = [:]
        discarded = []
    }

    /// The server's plan is out of date: it is to be prepared anew under another name.
    mutating func discard(_ key: Key) {
        if let entry = entries.removeValue(forKey: key) { discarded.append(entry.name) }
    }

    mutating func takeDiscarded() -> [String] {
        defer { discarded = [] }
        return discarded
    }
}
