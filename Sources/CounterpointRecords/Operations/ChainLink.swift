// One entry of a chain as it is stored, and the two digests that it must give. Everything is looked at where it lies:
// hundreds of thousands of entries a second leave no time to copy.

import Crypto
import Postgres

/// An entry with what was written, valid only while its row is lent. What should be there and is not is empty, which no
/// digest fits.
struct ChainLink {
    /// What `sec.audit` never writes goes into the hashed text as this, which no text of PostgreSQL's can hold.
    private static let impossible: UInt8 = 0
    private static let nothing = UInt8(ascii: "-")

    let sequence: Int64
    let previous: UnsafeRawBufferPointer
    let hash: UnsafeRawBufferPointer
    let digest: UnsafeRawBufferPointer
    /// Microseconds since 2000; nil for an infinite or missing moment.
    let at: Int64?
    let principal: UnsafeRawBufferPointer?
    let token: UnsafeRawBufferPointer?
    let request: UnsafeRawBufferPointer?
    let action: UnsafeRawBufferPointer?
    let subjectKind: UnsafeRawBufferPointer?
    let subject: UnsafeRawBufferPointer?
    let organisation: UnsafeRawBufferPointer?
    let hasDetail: Bool
    let salt: UnsafeRawBufferPointer?
    let before: UnsafeRawBufferPointer?
    let after: UnsafeRawBufferPointer?
    let erasedBy: Int64?

    /// The columns of `Audit.links`, in order.
    init(row: inout CopiedRow) throws {
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        sequence = try row.next(Int64.self) ?? 0
        previous = try row.next() ?? none
        hash = try row.next() ?? none
        digest = try row.next() ?? none
        at = try row.next(Int64.self).flatMap { $0 == .min || $0 == .max ? nil : $0 }
        principal = try row.next()
        token = try row.next()
        request = try row.next()
        action = try row.next()
        subjectKind = try row.next()
        subject = try row.next()
        organisation = try row.next()
        hasDetail = try row.next(UInt8.self) == 1
        salt = try row.next()
        before = try row.next()
        after = try row.next()
        erasedBy = try row.next(Int64.self)
    }

    /// Whether what was written is gone as an erasure leaves it.
    var isEmpty: Bool { salt == nil && before == nil && after == nil }

    /// Whether the entry's hash is that of the entry in this chain. `text` is room to work in, used again and again.
    func holds(in chain: HashedText.Chain, using text: inout HashedText) -> Bool {
        putTogether(in: chain, using: &text)
        var own = SHA256()
        own.update(bufferPointer: previous)
        text.withBytes { own.update(bufferPointer: $0) }
        own.update(bufferPointer: digest)
        return own.finalize().withUnsafeBytes { $0.isSame(as: hash) }
    }

    /// The text that the hash covers, as `sec.audit` (schema/0009) makes it, but so that two different rows never give the
    /// same one: a request of '-' is doubled, because '-' alone stands for nothing, and so is '|', which ends an item.
    private func putTogether(in chain: HashedText.Chain, using text: inout HashedText) {
        text.begin()
        text.append(sequence)
        text.append(chain)
        if let at {
            text.append(microsecondsSince1970(at))
        } else {
            text.append(Self.impossible)
        }
        text.append(uuid: principal, or: Self.nothing)
        text.append(uuid: token, or: Self.nothing)
        let isNamedNothing = request.map { $0.count == 1 && $0[0] == Self.nothing } ?? false
        if isNamedNothing {
            text.append(Self.nothing, doubled: true)
        } else {
            text.append(request, or: Self.nothing)
        }
        text.append(doublingEnds: action, or: Self.impossible)
        text.append(doublingEnds: subjectKind, or: Self.impossible)
        text.append(uuid: subject, or: Self.impossible)
        text.append(uuid: organisation, or: Self.nothing)
    }

    /// Whether what was written gives the digest that the hash covers, computed as `sec.audit` does.
    var detailHolds: Bool {
        guard let salt else { return false }
        var own = SHA256()
        own.update(bufferPointer: salt)
        own.update(written: before, as: UInt8(ascii: "b"))
        own.update(byte: 0)
        own.update(written: after, as: UInt8(ascii: "a"))
        return own.finalize().withUnsafeBytes { $0.isSame(as: digest) }
    }
}

extension SHA256 {
    fileprivate mutating func update(byte: UInt8) {
        withUnsafeBytes(of: byte) { update(bufferPointer: $0) }
    }

    fileprivate mutating func update(written document: UnsafeRawBufferPointer?, as mark: UInt8) {
        guard let document else { return update(byte: UInt8(ascii: "n")) }
        update(byte: mark)
        update(bufferPointer: document)
    }
}

extension UnsafeRawBufferPointer {
    /// Byte for byte; digests, which nearly all are, in one comparison.
    func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        typealias Digest = SIMD4<UInt64>
        guard count == other.count else { return false }
        guard count == MemoryLayout<Digest>.size else { return elementsEqual(other) }
        return loadUnaligned(as: Digest.self) == other.loadUnaligned(as: Digest.self)
    }
}
