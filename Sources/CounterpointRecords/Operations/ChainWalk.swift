// One chain of the log, followed link by link; no database in sight.

import CounterpointModel
import Crypto
import FoundationEssentials

/// Follows a chain from its beginning and notes every link that does not hold.
struct ChainWalk {
    /// Enough to see where it begins to go wrong.
    private static let faultsNoted = 100

    let chain: UUID
    /// The number of the last entry, and how many there were; the two differ where entries are missing.
    private(set) var length: Int64 = 0
    private(set) var followed: Int64 = 0
    /// What the erasures of this chain emptied, in whatever chain.
    private(set) var erasures: [ErasedPlace: Int64] = [:]
    /// Whether what was followed reaches to where the chain ended at that time.
    private(set) var isAtItsEnd = false
    private var head: [UInt8]
    private let heads: [ChainHead]
    private let text: HashedText.Chain
    private var room = HashedText()
    private var emptied: [(sequence: Int64, by: Int64)] = []
    private var faults: [String] = []
    private var ending: [String] = []

    init(chain: UUID, heads: [ChainHead]) {
        self.chain = chain
        self.heads = heads
        text = HashedText.Chain(chain)
        head = withUnsafeBytes(of: chain.uuid) { Array(SHA256.hash(data: Array($0))) }
    }

    mutating func follow(_ link: ChainLink) {
        isAtItsEnd = false
        followed += 1
        // Only where somebody did away with the table's key.
        guard link.sequence > length else {
            return note("there is another entry \(link.sequence)")
        }
        if link.sequence != length + 1 {
            note("entries \(length + 1) to \(link.sequence - 1) are missing")
        }
        if !head.withUnsafeBytes({ $0.isSame(as: link.previous) }) {
            note("entry \(link.sequence) does not follow the one before it")
        }
        if !link.holds(in: text, using: &room) { note("entry \(link.sequence) was changed") }
        length = link.sequence
        head.removeAll(keepingCapacity: true)
        head.append(contentsOf: link.hash)
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
        if !link.detailHolds {
            return note("what entry \(link.sequence) says was written was changed")
        }
        guard chain == Registry.installationChain else { return }
        for place in link.erasedPlaces { erasures[place] = link.sequence }
    }

    /// The last entry was followed; `standing` is of the same moment.
    mutating func end(at standing: ChainStanding) {
        isAtItsEnd = true
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

extension ChainLink {
    private static let erasing = [PastErasure.principalErased, PastErasure.contactForgotten].map {
        Array($0.utf8)
    }

    /// The places that this entry says it emptied, if it is an erasure.
    fileprivate var erasedPlaces: [ErasedPlace] {
        guard let action, Self.erasing.contains(where: action.elementsEqual),
            let after, let document = try? JSONParser.parse(Array(after)),
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
