// In which encoding a text was written, and its UTF-8.
//
// Told by the bytes: a byte order mark, zero bytes at every other place, valid UTF-8; and only then Windows-1252, which
// takes nearly every byte and must therefore look like Western text. A Cyrillic or Arabic code page taken as 1252 would
// give names that nobody wrote, so it is refused with what to do.

/// An encoding that is read.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case windows1252 = "windows-1252"
}

extension TextEncoding {
    /// The text as UTF-8 without byte order mark, and the encoding it was in.
    static func decode(_ bytes: ArraySlice<UInt8>) throws(FileRefusal) -> (
        utf8: ArraySlice<UInt8>, encoding: TextEncoding
    ) {
        if bytes.starts(with: [0xFF, 0xFE]) {
            return (try utf16(bytes.dropFirst(2), isBig: false), .utf16LittleEndian)
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return (try utf16(bytes.dropFirst(2), isBig: true), .utf16BigEndian)
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let hasMark = bytes.starts(with: mark)
        let text = hasMark ? bytes.dropFirst(mark.count) : bytes
        if !hasMark, let isBig = utf16ByteOrder(text) {
            return (
                try utf16(text, isBig: isBig), isBig ? .utf16BigEndian : .utf16LittleEndian
            )
        }
        guard let fault = firstFault(ofUTF8: text) else {
            return (text, .utf8)
        }
        if !hasMark, looksWestern(text, soundSequences: fault.soundSequences) {
            return (windows1252(text), .windows1252)
        }
        throw FileRefusal(
            .undecodableText,
            "The text is damaged, or in an encoding that cannot be told from its bytes. Open the file where it was made, choose Save As and CSV UTF-8, and hand in that.",
            at: "line \(fault.line)")
    }

    // MARK: - UTF-16

    // Zero bytes at one parity only: the other halves of ASCII. Nil for a text that is not UTF-16.
    private static func utf16ByteOrder(_ bytes: ArraySlice<UInt8>) -> Bool? {
        guard bytes.count % 2 == 0 else { return nil }
        var zeros = (even: 0, odd: 0)
        var isOdd = false
        for byte in bytes.prefix(4_096) {
            if byte == 0 { if isOdd { zeros.odd += 1 } else { zeros.even += 1 } }
            isOdd.toggle()
        }
        // One in twenty characters at least: separators, line ends and digits are ASCII in every language.
        // Two at least: one zero byte may be all that a full disk has left.
        let least = max(2, min(bytes.count, 4_096) / 40)
        if zeros.odd >= least, zeros.even * 20 <= zeros.odd { return false }
        if zeros.even >= least, zeros.odd * 20 <= zeros.even { return true }
        return nil
    }

    private static func utf16(
        _ bytes: ArraySlice<UInt8>, isBig: Bool
    ) throws(FileRefusal) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 2 + bytes.count / 8)
        var high: UInt32?
        var line = 1
        var index = bytes.startIndex
        let end = bytes.endIndex - bytes.count % 2
        while index < end {
            let first = UInt32(bytes[index])
            let second = UInt32(bytes[index + 1])
            index += 2
            let unit = isBig ? first << 8 | second : second << 8 | first
            switch (high, unit) {
            case (nil, 0xD800...0xDBFF):
                high = unit
            case (let leading?, 0xDC00...0xDFFF):
                append(0x10000 + (leading - 0xD800) << 10 + (unit - 0xDC00), to: &result)
                high = nil
            case (nil, 0xDC00...0xDFFF), (_?, _):
                throw brokenUTF16(line)
            default:
                if unit == 0x0A { line += 1 }
                append(unit, to: &result)
            }
        }
        // A last half, as a cut download leaves it.
        if high != nil || end != bytes.endIndex { throw brokenUTF16(line) }
        return result[...]
    }

    private static func brokenUTF16(_ line: Int) -> FileRefusal {
        FileRefusal(
            .undecodableText,
            "The text (UTF-16) is damaged or cut off here; export the file again.",
            at: "line \(line)")
    }

    private static func append(_ scalar: UInt32, to result: inout [UInt8]) {
        switch scalar {
        case 0..<0x80:
            result.append(UInt8(scalar))
        case 0x80..<0x800:
            result.append(UInt8(0xC0 | scalar >> 6))
            result.append(UInt8(0x80 | scalar & 0x3F))
        case 0x800..<0x10000:
            result.append(UInt8(0xE0 | scalar >> 12))
            result.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            result.append(UInt8(0x80 | scalar & 0x3F))
        default:
            result.append(UInt8(0xF0 | scalar >> 18))
            result.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            result.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            result.append(UInt8(0x80 | scalar & 0x3F))
        }
    }

    // MARK: - UTF-8

    private struct Fault {
        /// Of the first byte that is not UTF-8.
        var line: Int
        /// How many sequences of several bytes are sound in the whole text, less those that are not.
        var soundSequences: Int
    }

    // Nil if the text is UTF-8 throughout.
    private static func firstFault(ofUTF8 bytes: ArraySlice<UInt8>) -> Fault? {
        let isSound = bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
        if isSound { return nil }
        var line = 1
        var firstFaultLine: Int?
        var balance = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte < 0x80 {
                if byte == 0x0A { line += 1 }
                index += 1
                continue
            }
            let length = sequenceLength(bytes, at: index)
            balance += length > 0 ? 1 : -1
            if length == 0, firstFaultLine == nil { firstFaultLine = line }
            index += max(1, length)
        }
        return Fault(line: firstFaultLine ?? line, soundSequences: balance)
    }

    // Of a sound sequence of two to four bytes, 0 for anything else (Unicode, table 3-7).
    private static func sequenceLength(_ bytes: ArraySlice<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if first == 0xE0 { second = 0xA0...0xBF }
            if first == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if first == 0xF0 { second = 0x90...0xBF }
            if first == 0xF4 { second = 0x80...0x8F }
        default: return 0
        }
        guard index + length <= bytes.endIndex, second.contains(bytes[index + 1]) else { return 0 }
        for place in (index + 2)..<(index + max(2, length)) where bytes[place] & 0xC0 != 0x80 {
            return 0
        }
        return length
    }

    // MARK: - Windows-1252

    // Words in Western languages have single accented letters among plain ones; Cyrillic, Greek and Arabic words are runs
    // of high bytes. Text from old Macs has letters where 1252 has signs, between letters.
    private static func looksWestern(_ bytes: ArraySlice<UInt8>, soundSequences: Int) -> Bool {
        // More sound UTF-8 than not: a UTF-8 text with damage, and 1252 would hide the damage.
        if soundSequences > 0 { return false }
        var high = 0
        var inRuns = 0
        var run = 0
        var previous: UInt8 = 0
        var signBefore: UInt8?
        func isLetter(_ byte: UInt8) -> Bool {
            (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        for byte in bytes {
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return false }
            if let sign = signBefore {
                // ‘ ’ – œ š ž and a hard blank stand inside words; € … † ‰ do not, nor do capitals.
                let mayStandInside: [UInt8] = [0x91, 0x92, 0x96, 0x97, 0x9A, 0x9C, 0x9E]
                if (0x61...0x7A).contains(byte), !mayStandInside.contains(sign) { return false }
                signBefore = nil
            }
            if byte >= 0x80 {
                if table1252[Int(byte) - 0x80] == 0 { return false }
                if byte < 0xA0, isLetter(previous) { signBefore = byte }
                // Blanks and currency signs run together with others.
                if byte >= 0xC0 {
                    high += 1
                    run += 1
                    if run == 3 { inRuns += 3 } else if run > 3 { inRuns += 1 }
                } else {
                    run = 0
                }
            } else {
                run = 0
            }
            previous = byte
        }
        return inRuns * 4 <= high
    }

    private static func windows1252(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                result.append(byte)
            } else {
                append(table1252[Int(byte) - 0x80], to: &result)
            }
        }
        return result[...]
    }

    // 0x80 to 0xFF; 0 where Windows-1252 has no character.
    private static let table1252: [UInt32] =
        [
            0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
            0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
            0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
        ] + (0xA0...0xFF).map { UInt32($0) }
}
