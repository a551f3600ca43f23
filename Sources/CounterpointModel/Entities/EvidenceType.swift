// What a file is by its first bytes: never by its name, and never by what the sender calls it.

/// The kinds of file that are kept. None of them runs in a browser: no HTML, no SVG, no XML.
public enum EvidenceType: String, CaseIterable, Hashable, Sendable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case webp = "image/webp"
    case gif = "image/gif"
    case pdf = "application/pdf"
    case workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case zip = "application/zip"
    case text = "text/plain"

    /// Enough of a file to tell what it is.
    public static let beginningBytes = 4_096

    /// The type of a file that begins like this; nil for what is not kept.
    public init?(beginning: [UInt8]) {
        func begins(_ magic: [UInt8], at place: Int = 0) -> Bool {
            beginning.dropFirst(place).starts(with: magic)
        }
        if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if begins([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) {
            self = .webp
        } else if begins(Array("GIF87a".utf8)) || begins(Array("GIF89a".utf8)) {
            self = .gif
        } else if begins(Array("%PDF-".utf8)) {
            self = .pdf
        } else if begins([0x50, 0x4B, 0x03, 0x04]) {
            self = Self.isWorkbook(beginning) ? .workbook : .zip
        } else if Self.isText(beginning) {
            self = .text
        } else {
            return nil
        }
    }

    // A workbook's first entry is one of its parts, by name.
    private static func isWorkbook(_ bytes: [UInt8]) -> Bool {
        let name = bytes.dropFirst(30)
        return ["[Content_Types].xml", "_rels/", "xl/", "docProps/"].contains {
            name.starts(with: Array($0.utf8))
        }
    }

    // Text in whatever encoding a table may have, but no markup: what begins with < may be made to run.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        var bytes = bytes[...]
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if isWide { bytes = bytes.dropFirst(2) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        let blanks: Set<UInt8> = isWide ? [0, 0x20, 0x09, 0x0A, 0x0D] : [0x20, 0x09, 0x0A, 0x0D]
        if bytes.first(where: { !blanks.contains($0) }) == UInt8(ascii: "<") { return false }
        guard !bytes.isEmpty else { return false }
        return bytes.allSatisfy { byte in
            byte >= 0x20 || blanks.contains(byte) || isWide
        }
    }
}
