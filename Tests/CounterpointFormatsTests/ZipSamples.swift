// Archives as programs write them, by libarchive, and as attackers write them, by hand.

import CArchive
import CounterpointFormats

/// A zip as an ordinary program writes it.
func zip(
    _ entries: [(name: String, bytes: [UInt8])], password: String? = nil, method: String? = nil
) -> [UInt8] {
    let most = entries.reduce(1 << 16) { $0 + $1.bytes.count + 1_024 }
    return [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
        let archive = archive_write_new()
        archive_write_set_format_zip(archive)
        if let password {
            archive_write_set_options(archive, "zip:encryption=traditional")
            archive_write_set_passphrase(archive, password)
        }
        if let method { archive_write_set_options(archive, "zip:compression=" + method) }
        archive_write_set_bytes_in_last_block(archive, 1)
        archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &count)
        for (name, bytes) in entries {
            let entry = archive_entry_new()
            archive_entry_set_pathname_utf8(entry, name)
            archive_entry_set_filetype(entry, name.hasSuffix("/") ? 0o040000 : 0o100000)
            archive_entry_set_perm(entry, 0o644)
            archive_entry_set_size(entry, Int64(bytes.count))
            archive_write_header(archive, entry)
            bytes.withUnsafeBytes { _ = archive_write_data(archive, $0.baseAddress, $0.count) }
            archive_entry_free(entry)
        }
        archive_write_close(archive)
        archive_write_free(archive)
    }
}

/// A zip written field by field, so that any of them can lie.
struct HandmadeZip {
    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Where an entry's local header begins, and how it is packed.
    struct Stored {
        var offset: Int
        var crc: UInt32
        var packed: Int
        var size: Int
        var method: UInt16
    }

    /// Adds the data of an entry; `size` is what is declared.
    mutating func add(_ name: String, _ packed: [UInt8], method: UInt16 = 0, size: Int, crc: UInt32)
        -> Stored
    {
        let stored = Stored(
            offset: bytes.count, crc: crc, packed: packed.count, size: size, method: method)
        bytes += [0x50, 0x4B, 3, 4] + fields(stored, name)
        bytes += name.utf8
        bytes += packed
        return stored
    }

    /// Names an entry in the directory; several may name the same data.
    mutating func list(_ name: String, _ stored: Stored) {
        directory +=
            [0x50, 0x4B, 1, 2] + two(20) + fields(stored, name) + two(0) + two(0) + two(0) + four(0)
        directory += four(stored.offset)
        directory += name.utf8
        count += 1
    }

    /// The whole archive. `declared` is the count of entries that it claims.
    func finished(declared: Int? = nil) -> [UInt8] {
        let total = declared ?? count
        return bytes + directory + [0x50, 0x4B, 5, 6] + two(0) + two(0) + two(total) + two(total)
            + four(directory.count) + four(bytes.count) + two(0)
    }

    private func fields(_ stored: Stored, _ name: String) -> [UInt8] {
        two(20) + two(0x0800) + two(Int(stored.method)) + two(0) + two(0x5821)
            + four(Int(stored.crc))
            + four(stored.packed) + four(stored.size) + two(name.utf8.count) + two(0)
    }

    private func two(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }

    private func four(_ value: Int) -> [UInt8] { two(value & 0xFFFF) + two(value >> 16 & 0xFFFF) }
}

/// CRC-32 as zip has it.
func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
}
