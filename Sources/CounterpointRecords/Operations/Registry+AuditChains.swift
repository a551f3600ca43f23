// Walking the chains of the log: whether anybody edited, removed, inserted or reordered an entry, emptied one without an
// erasure, or cut off an end.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

/// The end of a chain as somebody wrote it down at some time, to be kept where the database's administrator cannot write.
public struct ChainHead: Sendable, Hashable {
    /// Nil: the installation's own chain.
    public var programme: Programme.ID?
    /// The number of the last entry.
    public var entries: Int64
    /// SHA-256 of the last entry, in hex.
    public var head: String

    public init(programme: Programme.ID?, entries: Int64, head: String) {
        self.programme = programme
        self.entries = entries
        self.head = head
    }
}

/// What walking one chain found.
public struct ChainVerdict: Sendable {
    /// Nil: the installation's own chain.
    public var programme: Programme.ID?
    public var entries: Int64
    /// Entries whose content was erased by an erasure that the log names.
    public var erased: Int
    /// SHA-256 of the last entry, in hex: keep it elsewhere, and a cut-off tail shows.
    public var head: String
    /// What is wrong, entry by entry; empty if the chain holds.
    public var faults: [String]
}

extension Registry {
    static let installationChain = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    /// Walks every chain that the caller may read and computes each link again; `heads` were kept elsewhere and must be
    /// found on the way. `progress` is told the entries done, of all chains. Writing goes on meanwhile.
    public func verifyAudit(
        against heads: [ChainHead] = [], as caller: Caller,
        progress: (Int64) -> Void = { _ in }
    ) async throws -> [ChainVerdict] {
        try await verifyAudit(
            against: heads, as: caller, inStretchesOf: Self.stretch, progress: progress)
    }

    /// Entries followed in one transaction: a tenth of a second of work, beside which opening one is little. Few enough
    /// that what was written side by side in several chains is read side by side, while its pages are in memory.
    private static let stretch = 20_000
    /// Entries have no limit in size, and the line may be slow: as long as other copies have.
    private static let stretchDeadline = Duration.seconds(600)
    /// Chains walked at the same time: a tool has two connections.
    private static let walksAtOnce = 2

    /// `inStretchesOf`: for tests, to which twenty thousand entries are many.
    package func verifyAudit(
        against heads: [ChainHead], as caller: Caller, inStretchesOf stretch: Int,
        progress: (Int64) -> Void = { _ in }
    ) async throws -> [ChainVerdict] {
        let (chains, missing) = try await read(.readAudit, as: caller) { transaction, reader in
            (
                try transaction.rows(
                    Query(Audit.chains) { row in try row.next(Identifier<Void>.self) }),
                // Others see some chains only, so that one they do not see is not missing.
                reader.role == .administrator || reader.role == .auditor
                    ? try transaction.rows(
                        Query(Audit.programmesWithoutChain) { row in try row.next(Programme.ID.self)
                        }) : []
            )
        }
        let known = Set(chains.map(\.uuid))
        let unseen = Set(heads.map(\.chain)).union(missing.map(\.uuid)).subtracting(known)
        var walks = (chains.map(\.uuid) + unseen.sorted { $0.uuidString < $1.uuidString }).map {
            chain in ChainWalk(chain: chain, heads: heads.filter { $0.chain == chain })
        }
        try await follow(&walks, as: caller, inStretchesOf: stretch, progress)
        // What was erased meanwhile is named by entries that came after the walk of the installation's chain.
        if let first = walks.firstIndex(where: { $0.chain == Self.installationChain }) {
            repeat {
                walks[first] = try await followed(walks[first], as: caller, upTo: stretch)
            } while !walks[first].isAtItsEnd
        }
        var erasures: [ErasedPlace: Int64] = [:]
        for walk in walks { erasures.merge(walk.erasures) { $1 } }
        return walks.map { $0.verdict(erasures) }
    }

    /// Follows every chain to its end, wherever that has got to by then, some at the same time and all at the same pace:
    /// entries of many chains that were written at one time lie side by side, and are fetched from the disk once.
    private func follow(
        _ walks: inout [ChainWalk], as caller: Caller, inStretchesOf stretch: Int,
        _ progress: (Int64) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, ChainWalk).self) { group in
            var waiting = Array(walks.indices)
            func startNext() {
                guard !waiting.isEmpty else { return }
                let index = waiting.removeFirst()
                let walk = walks[index]
                group.addTask { (index, try await followed(walk, as: caller, upTo: stretch)) }
            }
            for _ in 0..<Self.walksAtOnce { startNext() }
            while let (index, walk) = try await group.next() {
                walks[index] = walk
                if !walk.isAtItsEnd { waiting.append(index) }
                startNext()
                progress(walks.reduce(0) { $0 + $1.followed })
            }
        }
    }

    /// The walk some entries further on, or at its end. The entries, how many there are and what the chain's head says
    /// are of one moment, so that nothing that is written meanwhile looks like a fault.
    private func followed(
        _ walk: ChainWalk, as caller: Caller, upTo stretch: Int
    ) async throws -> ChainWalk {
        try await read(
            .readAudit, as: caller, atOneMoment: true, deadline: Self.stretchDeadline
        ) { transaction, _ in
            var walk = walk
            let chain = Identifier<Void>(walk.chain)
            try transaction.enqueue(Query(Audit.stretch, chain, walk.length, stretch))
            let entries = try transaction.copyOut(Audit.links) { row in
                walk.follow(try ChainLink(row: &row))
            }
            if entries < stretch {
                walk.end(
                    at: try transaction.row(
                        Query(Audit.standing, chain, decode: ChainStanding.init(row:)))!)
            }
            return walk
        }
    }
}

/// A place in the log.
struct ErasedPlace: Hashable {
    var chain: UUID
    var sequence: Int64
}

/// A chain as its head describes it.
struct ChainStanding: Sendable {
    /// Nil: it has no head at all.
    var length: Int64?
    var head: [UInt8]?
    var entries: Int64
    var details: Int64

    init(row: inout RowReader) throws {
        length = try row.next()
        head = try row.next()
        entries = try row.next()
        details = try row.next()
    }
}

extension ChainHead {
    fileprivate var chain: UUID { programme?.uuid ?? Registry.installationChain }
}
