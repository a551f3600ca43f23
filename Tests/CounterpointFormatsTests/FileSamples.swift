// Bytes as platforms, Excel and damage make them, and tables as short texts.

@testable import CounterpointFormats

extension String {
    var utf16LittleEndian: [UInt8] { utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
    var utf16BigEndian: [UInt8] { utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }

    /// Nil if a character is not in it; only what the tests write.
    var windows1252: [UInt8]? {
        let special: [UInt32: UInt8] = [
            0x20AC: 0x80, 0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2013: 0x96,
            0x0153: 0x9C,
        ]
        var bytes: [UInt8] = []
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0..<0x80, 0xA0...0xFF: bytes.append(UInt8(scalar.value))
            default:
                guard let byte = special[scalar.value] else { return nil }
                bytes.append(byte)
            }
        }
        return bytes
    }
}

extension SourceTable {
    /// The rows as a person reads them.
    var shown: [[String]] { rows.map { $0.cells.map(\.shown) } }
}

/// The only table of a text.
func table(_ text: String) throws -> SourceTable { try table(Array(text.utf8)) }

func table(_ bytes: [UInt8]) throws -> SourceTable {
    let file = try ReadFile.read(bytes)
    guard file.tables.count == 1 else { throw TableCount(count: file.tables.count) }
    return file.tables[0]
}

struct TableCount: Error { var count: Int }

/// The refusal of bytes that must not be read; nil if they were.
func refusal(_ bytes: [UInt8], limits: FileLimits = .standard) -> FileRefusal? {
    do {
        _ = try ReadFile.read(bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}
