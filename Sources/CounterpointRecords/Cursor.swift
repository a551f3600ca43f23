// Where a page ended, as text that a client hands back. It carries a position, never a right: whoever uses it sees what
// they may see. It is tied to the list, its filters and its reader, so that a cursor from elsewhere is an error and not
// a page with holes.

import CounterpointModel
import Crypto
import FoundationEssentials

/// Which page of a list: at most `limit` items after where `cursor` ended.
public struct PageRequest: Sendable {
    /// Half a thousand of the widest rows are about a megabyte of JSON: as much as one answer should be.
    public static let maximumLimit = 500
    public static let defaultLimit = 50

    public var limit: Int
    public var cursor: String?

    public init(limit: Int = PageRequest.defaultLimit, cursor: String? = nil) {
        self.limit = min(max(limit, 1), Self.maximumLimit)
        self.cursor = cursor
    }
}

/// The last row of a page: lists are in the order of their making.
struct Position: Sendable {
    var createdAt: Instant
    var id: UUID
    var sequence: Int64 = 0
}

struct Cursor {
    private let seal: [UInt8]

    init(list: String, filter: some CustomStringConvertible, reader: SignedIn) {
        let digest = SHA256.hash(data: Array("\(list)|\(filter)|\(reader.principal)".utf8))
        seal = Array(digest.prefix(12))
    }

    func text(after position: Position) -> String {
        var bytes: [UInt8] = []
        withUnsafeBytes(of: position.createdAt.microsecondsSince2000.bigEndian) { bytes += $0 }
        withUnsafeBytes(of: position.id.uuid) { bytes += $0 }
        withUnsafeBytes(of: position.sequence.bigEndian) { bytes += $0 }
        return (bytes + check(bytes)).hexText
    }

    /// The position that this list once gave out, or a fault.
    func position(_ text: String) throws -> Position {
        let bytes = [UInt8](hexText: text) ?? []
        guard bytes.count == 40, Array(bytes[32...]) == check(Array(bytes[..<32])) else {
            throw RegistryError.invalid(
                InvalidInput(faults: [
                    Fault(
                        pointer: "cursor", code: "notACursor",
                        detail: "This is not a cursor of this list with these filters. Begin again without one.",
                        kind: .malformed)
                ]))
        }
        let (created, id, sequence) = bytes.withUnsafeBytes { raw in
            (
                Int64(bigEndian: raw.loadUnaligned(as: Int64.self)),
                raw.loadUnaligned(fromByteOffset: 8, as: uuid_t.self),
                Int64(bigEndian: raw.loadUnaligned(fromByteOffset: 24, as: Int64.self))
            )
        }
        guard let createdAt = Instant(microsecondsSince2000: created) else {
            throw RegistryError.internalFault("a sealed cursor without a time")
        }
        return Position(createdAt: createdAt, id: UUID(uuid: id), sequence: sequence)
    }

    private func check(_ bytes: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: seal + bytes).prefix(8))
    }
}

extension Array where Element == UInt8 {
    var hexText: String {
        let digits = Array<UInt8>("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    init?(hexText: String) {
        func value(_ digit: UInt8) -> UInt8? {
            switch digit {
            case 48...57: digit - 48
            case 97...102: digit - 87
            default: nil
            }
        }
        let digits = Array(hexText.utf8)
        guard digits.count % 2 == 0 else { return nil }
        self = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
            append(high << 4 | low)
        }
    }
}
