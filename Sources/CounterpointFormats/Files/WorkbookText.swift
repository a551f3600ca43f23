// Texts of a workbook: plain, in runs of rich text, with what XML cannot say escaped.

import CLibXML2

/// Gathers the letters of the `t` elements of one text; readings aids (`rPh`) and layout are passed over.
struct WorkbookText {
    private var bytes: [UInt8] = []
    private var isInText = false
    private var isInReadingAid = false

    var isEmpty: Bool { bytes.isEmpty }

    /// Takes the next node of the text.
    mutating func read(
        _ node: XMLReader.Node, _ reader: XMLReader, _ limits: FileLimits
    ) throws(FileRefusal) {
        switch node {
        case .element, .end:
            let isBegin = node == .element && !reader.isEmptyElement
            if reader.isNamed("t") { isInText = isBegin }
            if reader.isNamed("rPh") { isInReadingAid = isBegin }
        case .text:
            if isInText, !isInReadingAid { try append(reader, limits) }
        case .other: break
        }
    }

    /// The node's letters, whatever element they are in.
    mutating func append(_ reader: XMLReader, _ limits: FileLimits) throws(FileRefusal) {
        guard var letter = reader.text else { return }
        while letter.pointee != 0 {
            bytes.append(letter.pointee)
            letter += 1
        }
        guard bytes.count <= limits.cellBytes else {
            throw FileRefusal(
                .cellTooLong, "A cell has at most \(limits.cellBytes >> 10) KiB; is this a table?")
        }
    }

    /// The text so far; the next one begins.
    mutating func take() -> String {
        defer {
            bytes.removeAll(keepingCapacity: true)
            isInText = false
            isInReadingAid = false
        }
        return Self.unescaped(String(decoding: bytes, as: UTF8.self))
    }

    // `_x000D_` stands for a character that XML does not take, `_x005F_` for the underscore before such letters. Line ends
    // become `\n`, as in delimited text; other control characters are dropped.
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")) || text.utf8.contains(0x0D) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let scalar = escape(bytes, at: index) {
                index += 7
                switch scalar.value {
                case 0x09, 0x20...: result += Array(String(scalar).utf8)
                case 0x0A, 0x0D: if result.last != 0x0A { result.append(0x0A) }
                default: break
                }
            } else {
                let isEnd = bytes[index] == 0x0D
                if !(bytes[index] == 0x0A && result.last == 0x0A && index > 0
                    && endsLine(bytes, before: index))
                {
                    result.append(isEnd ? 0x0A : bytes[index])
                }
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    // Whether a carriage return, plain or escaped, stands directly before the place.
    private static func endsLine(_ bytes: [UInt8], before index: Int) -> Bool {
        if bytes[index - 1] == 0x0D { return true }
        return index >= 7 && escape(bytes, at: index - 7)?.value == 0x0D
    }

    private static func escape(_ bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"),
            bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_"),
            bytes[(index + 2)..<(index + 6)].allSatisfy({
                isDigit($0) || (0x41...0x46).contains($0 & 0xDF)
            }),
            let value = UInt32(
                String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
        else { return nil }
        return Unicode.Scalar(value)
    }
}
