// Looking into the log, walking its chains, and deriving again what was derived.

public import CounterpointModel
import Crypto
public import FoundationEssentials
import Postgres

/// Which entries to list; nil asks for all.
public struct AuditFilter: ListFilter {
    public var programme: Programme.ID?
    public var organisation: Organisation.ID?
    /// The id of the record that was changed.
    public var subject: UUID?
    public var principal: Principal.ID?
    public var action: String?
    public var since: Instant?
    public var until: Instant?
    public init() {}
}

/// What walking one chain found.
public struct ChainVerdict: Sendable {
    /// Nil: the installation's own chain.
    public var programme: Programme.ID?
    public var entries: Int64
    /// SHA-256 of the last entry, in hex: keep it elsewhere, and a cut-off tail shows.
    public var head: String
    /// What is wrong, entry by entry; empty if the chain holds.
    public var faults: [String]
}

/// What deriving one set again found.
public struct Drift: Sendable {
    public var set: ResultSet.ID
    public var detail: String
}

extension Registry {
    public func auditEntries(
        _ filter: AuditFilter, page request: PageRequest, as caller: Caller
    ) async throws -> Page<AuditEntry> {
        try await read(.readAudit, as: caller) { transaction, reader in
            let cursor = Cursor(list: "audit", filter: filter, reader: reader)
            let after = try request.cursor.map { try cursor.position($0) }
            let rows = try transaction.rows(
                Query(
                    Audit.list, after?.createdAt, after.map { Identifier<Void>($0.id) },
                    after?.sequence,
                    request.limit + 1, filter.programme, filter.organisation,
                    filter.subject.map(Identifier<Void>.init), filter.principal, filter.action,
                    filter.since,
                    filter.until, decode: AuditEntry.init(row:)))
            return Self.page(rows, request, cursor) {
                Position(
                    createdAt: $0.at, id: $0.programmeId?.uuid ?? Self.installationChain,
                    sequence: $0.number)
            }
        }
    }

    static let installationChain = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    /// Walks every chain that the caller may read and computes each link again. `progress` is told the entries done.
    public func verifyAudit(
        as caller: Caller, progress: @Sendable (Int64) -> Void = { _ in }
    ) async throws -> [ChainVerdict] {
        let chains = try await read(.readAudit, as: caller) { transaction, _ in
            try transaction.rows(
                Query(Audit.chains) { row in
                    (
                        chain: try row.next(Identifier<Void>.self),
                        length: try row.next(Int64.self),
                        head: try row.next([UInt8].self)
                    )
                })
        }
        var verdicts: [ChainVerdict] = []
        for chain in chains {
            var walk = ChainWalk(chain: chain.chain.uuid)
            while true {
                let from = walk.length
                let links = try await read(.readAudit, as: caller) { transaction, _ in
                    try transaction.rows(
                        Query(
                            Audit.links, chain.chain, from, ChainWalk.batch,
                            decode: ChainLink.init(row:)))
                }
                for link in links { walk.follow(link) }
                progress(walk.length)
                if links.count < ChainWalk.batch { break }
            }
            verdicts.append(walk.verdict(length: chain.length, head: chain.head))
        }
        return verdicts
    }

    /// Derives the digest and the figures of every result set again from its readings and names each difference.
    /// Nothing is written: the transaction that derives is rolled back.
    public func recompute(
        as caller: Caller, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> (sets: Int, drifts: [Drift]) {
        var drifts: [Drift] = []
        var after: ResultSet.ID?
        var count = 0
        while true {
            let from = after
            let sets = try await read(.readAudit, as: caller) { transaction, _ in
                try transaction.rows(
                    Query(Readings.storedDigests, from, 200) { row in
                        (
                            id: try row.next(ResultSet.ID.self), readings: try row.next(Int64.self),
                            digest: try row.next(String.self)
                        )
                    })
            }
            for set in sets {
                drifts += try await drift(of: set.id, set.readings, set.digest, as: caller)
                count += 1
                progress(count)
            }
            guard let last = sets.last else { return (count, drifts) }
            after = last.id
        }
    }

    /// For one set: a million readings take some ten seconds.
    private static let recomputeDeadline = Duration.seconds(120)

    private struct RolledBack: Error {
        var drifts: [Drift]
    }

    private func drift(
        of id: ResultSet.ID, _ readings: Int64, _ digest: String, as caller: Caller
    ) async throws -> [Drift] {
        do {
            _ = try await write(
                .readAudit, as: caller, once: nil, deadline: Self.recomputeDeadline
            ) { transaction, _ in
                try Self.abandon(Self.drifts(of: id, readings, digest, in: transaction))
            }
            return []
        } catch let done as RolledBack {
            return done.drifts
        }
    }

    /// Ends the transaction without a trace, with what was found in it.
    private static func abandon(_ drifts: [Drift]) throws {
        throw RolledBack(drifts: drifts)
    }

    private static func drifts(
        of id: ResultSet.ID, _ readings: Int64, _ digest: String,
        in transaction: borrowing Transaction
    ) throws -> [Drift] {
        var drifts: [Drift] = []
        let content = try transaction.row(
            Query(Readings.digest, id) { row in
                (count: try row.next(Int64.self), digest: try row.next(String.self))
            })!
        if content.count != readings || content.digest != digest {
            drifts.append(
                Drift(
                    set: id,
                    detail:
                        "its \(readings) readings have digest \(digest), those stored are \(content.count) "
                        + "and have \(content.digest)"))
        }
        let stored = try figuresDigest(of: id, in: transaction)
        try transaction.enqueue(Query(Readings.forgetFigures, id))
        try transaction.enqueue(Query(Readings.derive, id))
        if try figuresDigest(of: id, in: transaction) != stored {
            drifts.append(
                Drift(set: id, detail: "its stored figures are not what its readings give"))
        }
        return drifts
    }

    private static func figuresDigest(
        of id: ResultSet.ID, in transaction: borrowing Transaction
    ) throws -> String {
        try transaction.row(
            Query(Readings.figuresDigest, id) { row in try row.next(String.self) })!
    }
}

/// One entry as the chain covers it.
struct ChainLink: Sendable {
    var sequence: Int64
    var previous: [UInt8]
    var hash: [UInt8]
    var digest: [UInt8]
    var covered: String
    var salt: [UInt8]?
    var before: String?
    var after: String?

    init(row: inout RowReader) throws {
        sequence = try row.next()
        previous = try row.next()
        hash = try row.next()
        digest = try row.next()
        covered = try row.next()
        salt = try row.next()
        before = try row.next()
        after = try row.next()
    }

    var computedHash: [UInt8] {
        Array(SHA256.hash(data: previous + Array(covered.utf8) + digest))
    }

    /// The digest of what was written, as sec.audit computes it; nil where that was erased.
    var computedDigest: [UInt8]? {
        guard let salt else { return nil }
        let before = before.map { Array(("b" + $0).utf8) } ?? Array("n".utf8)
        let after = after.map { Array(("a" + $0).utf8) } ?? Array("n".utf8)
        return Array(SHA256.hash(data: salt + before + [0] + after))
    }
}

/// Follows a chain from its beginning and notes every link that does not hold.
struct ChainWalk {
    /// Entries looked at in one go: some megabytes.
    static let batch = 2_000
    /// Enough to see where it begins to go wrong.
    private static let faultsNoted = 100

    private let chain: UUID
    private(set) var length: Int64 = 0
    private var head: [UInt8]
    private var faults: [String] = []

    init(chain: UUID) {
        self.chain = chain
        head = withUnsafeBytes(of: chain.uuid) { Array(SHA256.hash(data: Array($0))) }
    }

    mutating func follow(_ link: ChainLink) {
        if link.sequence != length + 1 {
            note("entries \(length + 1) to \(link.sequence - 1) are missing")
        }
        if link.previous != head {
            note("entry \(link.sequence) does not follow the one before it")
        }
        if link.computedHash != link.hash { note("entry \(link.sequence) was changed") }
        if let computed = link.computedDigest, computed != link.digest {
            note("what entry \(link.sequence) says was written was changed")
        }
        length = link.sequence
        head = link.hash
    }

    private mutating func note(_ fault: String) {
        if faults.count < Self.faultsNoted { faults.append(fault) }
    }

    func verdict(length stated: Int64, head statedHead: [UInt8]) -> ChainVerdict {
        var faults = faults
        if stated != length {
            faults.append(
                "the chain should have \(stated) entries and has \(length): its end was cut off")
        } else if statedHead != head {
            faults.append("the last entry is not the one that the chain's head names")
        }
        return ChainVerdict(
            programme: chain == Registry.installationChain ? nil : Programme.ID(chain),
            entries: length,
            head: head.hexText, faults: faults)
    }
}

extension AuditEntry {
    init(row: inout RowReader) throws {
        let chain = try row.next(Identifier<Programme>.self)
        let number = try row.next(Int64.self)
        let at: Instant = try row.next()
        let principal = try row.next(Principal.ID?.self)
        let token = try row.next(Token.ID?.self)
        _ = try row.next(String?.self)
        let action: String = try row.next()
        let subject: String = try row.next()
        let subjectId = try row.next(Identifier<Void>.self)
        _ = try row.next(Organisation.ID?.self)
        func value(_ text: String?) -> JSONValue {
            text.flatMap { try? JSONParser.parse(Array($0.utf8)) } ?? .null
        }
        let before = value(try row.next(String?.self))
        let after = value(try row.next(String?.self))
        let hash: String = try row.next()
        let previous: String = try row.next()
        self.init(
            number: number, programmeId: chain.uuid == Registry.installationChain ? nil : chain,
            at: at,
            principalId: principal, tokenId: token, action: action, subject: subject,
            subjectId: subjectId.text, before: before, after: after, previousHash: previous,
            hash: hash)
    }
}
