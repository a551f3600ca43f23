// One chain of the log, followed link by link; no database in sight.

import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

/// One entry as the chain covers it.
struct ChainLink: Sendable {
    var sequence: Int64
    var previous: [UInt8]
    var hash: [UInt8]
    var digest: [UInt8]
    var covered: String
    var hasDetail: Bool
    var salt: [UInt8]?
    var before: String?
    var after: String?
    var erasedBy: Int64?
    var action: String

    init(row: inout RowReader) throws {
        sequence = try row.next()
        previous = try row.next()
        hash = try row.next()
        digest = try row.next()
        covered = try row.next()
        hasDetail = try row.next()
        salt = try row.next()
        before = try row.next()
        after = try row.next()
        erasedBy = try row.next()
        action = try row.next()
    }

    var computedHash: [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: Array(covered.utf8))
        hash.update(data: digest)
        return Array(hash.finalize())
    }

    /// Whether what was written is gone as an erasure leaves it.
    var isEmpty: Bool { salt == nil && before == nil && after == nil }

    /// The digest of what was written, as sec.audit computes it; nil without its salt.
    var computedDigest: [UInt8]? {
        guard let salt else { return nil }
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: before.map { Array(("b" + $0).utf8) } ?? [UInt8(ascii: "n")])
        hash.update(data: [0])
        hash.update(data: after.map { Array(("a" + $0).utf8) } ?? [UInt8(ascii: "n")])
        return Array(hash.finalize())
    }

    /// The places that this entry says it emptied, if it is an erasure.
    var erasedPlaces: [ErasedPlace] {
        guard [PastErasure.principalErased, PastErasure.contactForgotten].contains(action),
            let after, let document = try? JSONParser.parse(Array(after.utf8)),
            let entries = document["entries"]?.array
        else { return [] }
        return entries.compactMap { place in
            guard let pair = place.array, pair.count == 2,
                let chain = pair[0].string.flatMap({ UUID(uuidString: $0) }),
                let sequence = pair[1].number?.int64
            else { return nil }
            return ErasedPlace(chain: chain, sequence: sequence)
        }
    }
}

/// Follows a chain from its beginning and notes every link that does not hold.
struct ChainWalk {
    /// Entries looked at in one go: some megabytes.
    static let batch = 2_000
    /// Enough to see where it begins to go wrong.
    private static let faultsNoted = 100

    let chain: UUID
    /// The number of the last entry, and how many there were; the two differ where entries are missing.
    private(set) var length: Int64 = 0
    private(set) var followed: Int64 = 0
    /// What the erasures of this chain emptied, in whatever chain.
    private(set) var erasures: [ErasedPlace: Int64] = [:]
    private var head: [UInt8]
    private var heads: [ChainHead]
    private var emptied: [(sequence: Int64, by: Int64)] = []
    private var faults: [String] = []
    private var ending: [String] = []

    init(chain: UUID, heads: [ChainHead]) {
        self.chain = chain
        self.heads = heads
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
        length = link.sequence
        followed += 1
        head = link.hash
        followDetail(of: link)
        for kept in heads where kept.entries == link.sequence && kept.head != head.hexText {
            note("entry \(link.sequence) is not the one that the head kept elsewhere names")
        }
    }

    private mutating func followDetail(of link: ChainLink) {
        guard link.hasDetail else {
            return note("what entry \(link.sequence) says was written is gone")
        }
        if link.isEmpty { return emptied.append((link.sequence, link.erasedBy ?? 0)) }
        if link.computedDigest != link.digest {
            return note("what entry \(link.sequence) says was written was changed")
        }
        guard chain == Registry.installationChain else { return }
        for place in link.erasedPlaces { erasures[place] = link.sequence }
    }

    /// The last entry was followed; `standing` was read after it.
    mutating func end(at standing: ChainStanding) {
        ending = []
        if let stated = standing.length {
            if stated > length {
                ending.append(
                    "the chain should have \(stated) entries and has \(length): its end was cut off"
                )
            } else if stated < length {
                ending.append("entries after \(stated) are not known to the chain's head")
            } else if standing.head != head {
                ending.append("the last entry is not the one that the chain's head names")
            }
        } else {
            ending.append(
                followed > 0 ? "the chain has no head" : "there is no such chain: it was removed")
        }
        if standing.entries != followed {
            ending.append(
                "there are \(standing.entries) entries, of which \(followed) are in the chain")
        }
        if standing.details != standing.entries {
            ending.append(
                "there are \(standing.details) records of what was written for "
                    + "\(standing.entries) entries")
        }
        for kept in heads where kept.entries > length {
            ending.append(
                "the head kept elsewhere names entry \(kept.entries), the chain ends with "
                    + "\(length): its end was cut off")
        }
    }

    private mutating func note(_ fault: String) {
        if faults.count < Self.faultsNoted { faults.append(fault) }
    }

    /// `erasures` of all chains: an entry that is empty must be named by one of them.
    func verdict(_ erasures: [ErasedPlace: Int64]) -> ChainVerdict {
        var faults = faults
        var erased = 0
        for (sequence, by) in emptied {
            if erasures[ErasedPlace(chain: chain, sequence: sequence)] == by {
                erased += 1
            } else if faults.count < Self.faultsNoted {
                faults.append(
                    "what entry \(sequence) says was written is gone, and no erasure names it")
            }
        }
        return ChainVerdict(
            programme: chain == Registry.installationChain ? nil : Programme.ID(chain),
            entries: length, erased: erased, head: head.hexText, faults: faults + ending)
    }
}
