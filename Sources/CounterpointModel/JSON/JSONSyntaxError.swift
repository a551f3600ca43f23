// Why a text is not JSON that we take, and where.

/// A refused JSON text: what is wrong, and the place by byte, by line and column, and by pointer.
public struct JSONSyntaxError: Error, Sendable, Hashable {
    /// The stable name of each thing that can be wrong.
    public enum Code: String, Sendable, CaseIterable {
        case emptyBody, tooLarge, byteOrderMark, notUTF8, unexpectedEnd, unexpectedCharacter
        case trailingCharacters, tooDeep, tooManyMembers, tooManyElements, duplicateMember
        case controlCharacter, badEscape, loneSurrogate, badNumber, numberTooLong
    }

    public var code: Code
    /// What is wrong and what to do, for a person.
    public var detail: String
    /// Offset of the offending byte from the start of the text, from 0.
    public var byteOffset: Int
    /// Line of that byte, from 1; lines end with LF, CR or CR LF.
    public var line: Int
    /// Column of that byte in its line, from 1, counted in Unicode scalars.
    public var column: Int
    /// RFC 6901 pointer of the innermost value that was being read.
    public var pointer: String

    init(_ code: Code, _ detail: String, at offset: Int, in bytes: [UInt8]) {
        self.code = code
        self.detail = detail
        byteOffset = offset
        pointer = ""
        (line, column) = (1, 1)
        for index in 0..<min(offset, bytes.count) {
            let byte = bytes[index]
            let isSecondOfPair = byte == 0x0A && index > 0 && bytes[index - 1] == 0x0D
            if isSecondOfPair { continue }
            if byte == 0x0A || byte == 0x0D {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }

    // Called on the way out of each object and array, innermost first.
    func inside(_ step: String) -> JSONSyntaxError {
        var outer = self
        outer.pointer = "/" + JSONPointer.escaped(step) + pointer
        return outer
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    public var description: String {
        "\(code.rawValue) at line \(line), column \(column): \(detail)"
    }
}

/// RFC 6901 pointers, as far as error messages need them.
public enum JSONPointer {
    /// One name as a step of a pointer: `~` becomes `~0` and `/` becomes `~1`.
    public static func escaped(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") })
        else { return name }
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
