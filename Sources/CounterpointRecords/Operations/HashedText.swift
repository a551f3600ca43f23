// The text that an entry's hash covers, put together item by item in one buffer that is used again for every entry.

import FoundationEssentials

/// Items with '|' between them, as PostgreSQL's concat_ws joins what it turns to text.
struct HashedText {
    /// A chain's id as text: the same in each of its entries.
    struct Chain {
        fileprivate let text: [UInt8]

        init(_ chain: UUID) { text = Array(chain.uuidString.lowercased().utf8) }
    }

    private static let end = UInt8(ascii: "|")

    private var bytes: [UInt8] = []

    func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes(body)
    }

    /// Forgets the text before and keeps its room.
    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func endItem() {
        if !bytes.isEmpty { bytes.append(Self.end) }
    }

    mutating func append(_ byte: UInt8, doubled: Bool = false) {
        endItem()
        bytes.append(byte)
        if doubled { bytes.append(byte) }
    }

    mutating func append(_ chain: Chain) {
        endItem()
        bytes.append(contentsOf: chain.text)
    }

    mutating func append(_ text: UnsafeRawBufferPointer?, or missing: UInt8) {
        guard let text else { return append(missing) }
        endItem()
        bytes.append(contentsOf: text)
    }

    /// With every '|' in it doubled.
    mutating func append(doublingEnds text: UnsafeRawBufferPointer?, or missing: UInt8) {
        guard let text, text.contains(Self.end) else { return append(text, or: missing) }
        endItem()
        for byte in text {
            bytes.append(byte)
            if byte == Self.end { bytes.append(byte) }
        }
    }

    /// In decimal digits.
    mutating func append(_ number: some FixedWidthInteger) {
        endItem()
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = UInt64(number.magnitude)
        // The largest has twenty digits.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: digits[first...])
        }
    }

    /// Sixteen bytes as 36 characters.
    mutating func append(uuid: UnsafeRawBufferPointer?, or missing: UInt8) {
        guard let uuid, uuid.count == 16 else { return append(missing) }
        func digits(_ word: Int) -> UInt64 {
            hexDigits(
                UInt32(bigEndian: uuid.loadUnaligned(fromByteOffset: word * 4, as: UInt32.self)))
        }
        endItem()
        withUnsafeTemporaryAllocation(byteCount: 36, alignment: 1) { text in
            func put<Digits: FixedWidthInteger & BitwiseCopyable>(_ digits: Digits, at place: Int) {
                text.storeBytes(of: digits.bigEndian, toByteOffset: place, as: Digits.self)
            }
            let (second, third) = (digits(1), digits(2))
            put(digits(0), at: 0)
            put(UInt32(second >> 32), at: 9)
            put(UInt32(truncatingIfNeeded: second), at: 14)
            put(UInt32(third >> 32), at: 19)
            put(UInt32(truncatingIfNeeded: third), at: 24)
            put(digits(3), at: 28)
            for hyphen in stride(from: 8, through: 23, by: 5) { text[hyphen] = UInt8(ascii: "-") }
            bytes.append(contentsOf: text)
        }
    }
}

/// Four bytes as eight digits, all at once: halves, bytes and at last half-bytes are moved apart until each has a byte of
/// its own.
private func hexDigits(_ word: UInt32) -> UInt64 {
    var spread = UInt64(word)
    spread = (spread << 16 | spread) & 0x0000_FFFF_0000_FFFF
    spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FF
    spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0F
    // One in each byte above nine.
    let letters = (spread + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return spread + 0x3030_3030_3030_3030 + letters
        * UInt64(UInt8(ascii: "a") - UInt8(ascii: "9") - 1)
}

/// From 2000 to 1970, as PostgreSQL's `(extract(epoch from at) * 1000000)::bigint` counts. Its last moments, some thirty
/// years in the year 294,247 and after, are more than a bigint holds, and are told by as many digits as they need.
func microsecondsSince1970(_ since2000: Int64) -> Int128 {
    Int128(since2000) + 946_684_800_000_000
}
