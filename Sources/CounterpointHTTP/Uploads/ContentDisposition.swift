// What a Content-Disposition says (RFC 6266 of a message, RFC 7578 of a part): how it is meant, and the names.

/// The words of one such field.
struct ContentDisposition {
    /// `attachment`, `form-data`, … in lower case.
    let kind: String
    private var parameters: [String: String] = [:]

    /// Nil for what cannot be read.
    init?(_ field: String) {
        var rest = Array(field.utf8)[...]
        kind = Self.token(&rest).lowercased()
        guard !kind.isEmpty else { return nil }
        while true {
            Self.skipBlanks(&rest)
            guard let next = rest.first else { return }
            guard next == UInt8(ascii: ";") else { return nil }
            rest.removeFirst()
            Self.skipBlanks(&rest)
            // Some clients end with a semicolon.
            if rest.isEmpty { return }
            let name = Self.token(&rest).lowercased()
            Self.skipBlanks(&rest)
            guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return nil }
            rest.removeFirst()
            Self.skipBlanks(&rest)
            guard let value = Self.value(&rest) else { return nil }
            // Said twice is a contradiction, and clients disagree on which to believe.
            guard parameters.updateValue(value, forKey: name) == nil else { return nil }
        }
    }

    /// The name of the form's field.
    var name: String? { parameters["name"] }

    /// The name of the file as text without control characters, the folders before it left out; nil if there is none that
    /// can be shown. `filename*` says it best.
    var fileName: String? {
        let written =
            parameters["filename*"].flatMap(Self.extended)
            ?? parameters["filename"].map(Self.unescapedForm)
        guard let written else { return nil }
        // Old browsers send the whole path, and a folder's name is nobody's business.
        let name = written.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
        guard let name, name.unicodeScalars.count <= Self.longest,
            name.unicodeScalars.allSatisfy(Self.isShown)
        else { return nil }
        return name
    }

    var isFile: Bool { parameters["filename"] != nil || parameters["filename*"] != nil }

    /// As the record takes it (TextRule.fileName).
    private static let longest = 255

    // No controls, and nothing that turns the direction of what follows: “fdp.exe” would read “exe.pdf”.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFEFF,
            0xFFFD:
            false
        default: true
        }
    }

    // MARK: Reading

    private static func skipBlanks(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    }

    private static func token(_ rest: inout ArraySlice<UInt8>) -> String {
        let token = rest.prefix { byte in
            byte > 0x20 && byte < 0x7F && !Array("()<>@,;:\\\"/[]?=".utf8).contains(byte)
        }
        rest = rest.dropFirst(token.count)
        return String(decoding: token, as: UTF8.self)
    }

    private static func value(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.first == UInt8(ascii: "\"") else {
            // A bare value ends at the next semicolon; curl and old clients write names so.
            let bare = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(bare.count)
            let text = String(decoding: bare, as: UTF8.self)
            return text.isEmpty ? nil : String(trimmed(text[...]))
        }
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
            // Only what must be escaped is: a backslash elsewhere is one, as in C:\figures.csv.
            if byte == UInt8(ascii: "\\"), let next = rest.first,
                next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
            {
                rest.removeFirst()
                bytes.append(next)
            } else {
                bytes.append(byte)
            }
        }
        return nil
    }

    // `UTF-8''na%C3%AFve.csv` (RFC 8187); other character sets are not taken.
    private static func extended(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        return QueryValues.decoded(
            Substring(
                parts[2].split(separator: "+", omittingEmptySubsequences: false)
                    .joined(separator: "%2B")))
    }

    // Browsers write a quote and line ends in a form's file name as %22, %0D, %0A and leave other percent signs alone.
    private static func unescapedForm(_ value: String) -> String {
        var text = ""
        var rest = value[...]
        while let percent = rest.firstIndex(of: "%") {
            text += rest[..<percent]
            let code = rest[percent...].prefix(3)
            text += code == "%22" ? "\"" : String(code)
            rest = rest[percent...].dropFirst(3)
        }
        return text + rest
    }
}
