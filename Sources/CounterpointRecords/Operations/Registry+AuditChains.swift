// Walking the chains of the log: whether anybody edited, removed, inserted or reordered an entry, emptied one without an
// erasure, or cut off an end.

public import CounterpointModel
import Crypto
public import FoundationEssentials
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
    /// found on the way. `progress` is told the entries done. Writing goes on meanwhile.
    public func verifyAudit(
        against heads: [ChainHead] = [], as caller: Caller,
        progress: @Sendable (Int64) -> Void = { _ in }
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
        var walks: [ChainWalk] = []
        for chain in chains.map(\.uuid) + unseen.sorted(by: { $0.uuidString < $1.uuidString }) {
            var walk = ChainWalk(chain: chain, heads: heads.filter { $0.chain == chain })
            try await follow(&walk, as: caller, progress)
            walks.append(walk)
        }
        // What was erased meanwhile is named by entries that came after the walk of the installation's chain.
        if let first = walks.firstIndex(where: { $0.chain == Self.installationChain }) {
            try await follow(&walks[first], as: caller, progress)
        }
        var erasures: [ErasedPlace: Int64] = [:]
        for walk in walks { erasures.merge(walk.erasures) { $1 } }
        return walks.map { $0.verdict(erasures) }
    }

    /// Follows a chain to its end, wherever that has got to by then.
    private func follow(
        _ walk: inout ChainWalk, as caller: Caller, _ progress: @Sendable (Int64) -> Void
    ) async throws {
        let chain = Identifier<Void>(walk.chain)
        var mayHaveGrown = true
        while true {
            let from = walk.length
            let (links, standing) = try await read(.readAudit, as: caller) { transaction, _ in
                let links = try transaction.rows(
                    Query(Audit.links, chain, from, ChainWalk.batch, decode: ChainLink.init(row:)))
                guard links.isEmpty else { return (links, nil as ChainStanding?) }
                return (
                    links,
                    try transaction.row(
                        Query(Audit.standing, chain, decode: ChainStanding.init(row:)))
                )
            }
            for link in links { walk.follow(link) }
            progress(walk.length)
            guard let standing else { continue }
            // An entry may have come between the two statements; then the next look finds it.
            if mayHaveGrown, standing.length ?? 0 > walk.length {
                mayHaveGrown = false
                continue
            }
            return walk.end(at: standing)
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
