// multipart/form-data by RFC 7578 and 2046, read while it comes: pieces of any size in, parts out. It holds one header
// block or the length of a boundary, whatever is sent.

/// Reads one body of parts.
struct MultipartReader {
    enum Event: Equatable {
        /// A part begins: its field, and whether it is a file.
        case part(MultipartHead)
        case content([UInt8])
        case end
    }

    enum Fault: String, Error {
        case notBegun = "The body does not begin with the boundary that Content-Type names."
        case headTooLong = "The header of a part has at most 8 KiB in 16 lines."
        case badHead = "A part needs one Content-Disposition: form-data with the name of its field."
        case encoded = "Send the file as it is, without Content-Transfer-Encoding."
        case badBoundary =
            "After a boundary comes the end of the line, or -- at the end of the body."
        case tooManyParts = "A body has at most 20 parts."
        case cutOff = "The body ended inside a part."
    }

    private enum State { case beginning, afterBoundary, head, content, ended }

    /// A file and every field of an import, twice over.
    private static let partsMax = 20
    private static let headBytesMax = 8 * 1024
    private static let headLinesMax = 16
    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    private var state = State.beginning
    private var held: [UInt8] = []
    private var parts = 0
    /// CR LF and the boundary with its hyphens: what ends a part.
    private let delimiter: [UInt8]

    /// Nil where the Content-Type is another, or names no sound boundary.
    init?(contentType: String) {
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false)
        guard trimmed(parts[0]).lowercased() == MediaType.multipart.rawValue else { return nil }
        let found = parts.dropFirst().compactMap { part -> String? in
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, trimmed(pair[0]).lowercased() == "boundary" else { return nil }
            return String(trimmed(pair[1]).filter { $0 != "\"" })
        }
        guard found.count == 1, (1...70).contains(found[0].utf8.count), found[0].utf8.last != 0x20,
            found[0].utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        delimiter = Array("\r\n--\(found[0])".utf8)
    }

    /// Takes the next piece and calls `body` with what it completes.
    mutating func read(
        _ piece: [UInt8], _ body: (Event) async throws -> Void
    ) async throws {
        held += piece
        while try await step(body) {}
    }

    /// Says whether the body was whole.
    func finish() throws(Fault) {
        guard state == .ended else { throw state == .beginning ? .notBegun : .cutOff }
    }

    // True if there may be more to do with what is held.
    private mutating func step(_ body: (Event) async throws -> Void) async throws -> Bool {
        switch state {
        case .beginning:
            // The first boundary has no line end before it; nothing may stand before it.
            let first = delimiter[2...]
            guard held.count >= first.count else {
                guard first.starts(with: held) else { throw Fault.notBegun }
                return false
            }
            guard held.starts(with: first) else { throw Fault.notBegun }
            held.removeFirst(first.count)
            state = .afterBoundary
            return true
        case .afterBoundary: return try await readBoundaryEnd(body)
        case .head: return try await readHead(body)
        case .content: return try await readContent(body)
        case .ended:
            // What follows the last boundary says nothing.
            held.removeAll(keepingCapacity: true)
            return false
        }
    }

    private mutating func readBoundaryEnd(
        _ body: (Event) async throws -> Void
    ) async throws -> Bool {
        // Blanks may follow a boundary.
        let blanks = held.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard blanks <= Self.headLinesMax else { throw Fault.badBoundary }
        guard held.count >= blanks + 2 else { return false }
        let end = Array(held[blanks..<(blanks + 2)])
        held.removeFirst(blanks + 2)
        if end == Array("--".utf8) {
            state = .ended
            return true
        }
        guard end == Self.lineEnd else { throw Fault.badBoundary }
        parts += 1
        guard parts <= Self.partsMax else { throw Fault.tooManyParts }
        state = .head
        return true
    }

    private mutating func readHead(_ body: (Event) async throws -> Void) async throws -> Bool {
        // A part may have no header and no content (RFC 2046, 5.1.1), as clients send it for nothing at all: it says nothing.
        let boundary = delimiter[2...]
        if held.starts(with: boundary) {
            held.removeFirst(boundary.count)
            state = .afterBoundary
            return true
        }
        if held.count < boundary.count, boundary.starts(with: held) { return false }
        var lines: [String] = []
        var start = 0
        while let end = Self.find(Self.lineEnd, in: held, from: start) {
            if end == start {
                held.removeFirst(end + 2)
                state = .content
                // An empty part is ended by the boundary alone, whose line end is the one just taken.
                held.insert(contentsOf: Self.lineEnd, at: 0)
                toSkip = Self.lineEnd.count
                try await body(.part(try MultipartHead(lines)))
                return true
            }
            lines.append(String(decoding: held[start..<end], as: UTF8.self))
            guard lines.count <= Self.headLinesMax else { throw Fault.headTooLong }
            start = end + 2
        }
        guard held.count <= Self.headBytesMax else { throw Fault.headTooLong }
        return false
    }

    // The line end before the content is put back to find a boundary that follows at once; it is no content.
    private var toSkip = 0

    private mutating func readContent(_ body: (Event) async throws -> Void) async throws -> Bool {
        if let end = Self.find(delimiter, in: held, from: 0) {
            try await give(Array(held[..<end]), body)
            held.removeFirst(end + delimiter.count)
            state = .afterBoundary
            try await body(.end)
            return true
        }
        // The end of what is held may be the beginning of a boundary.
        let sure = held.count - (delimiter.count - 1)
        guard sure > 0 else { return false }
        try await give(Array(held[..<sure]), body)
        held.removeFirst(sure)
        return false
    }

    private mutating func give(
        _ content: [UInt8], _ body: (Event) async throws -> Void
    ) async throws {
        let skipped = min(toSkip, content.count)
        toSkip -= skipped
        if content.count > skipped { try await body(.content(Array(content.dropFirst(skipped)))) }
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            wanted.withUnsafeBufferPointer { wanted in
                var place = start
                while place + wanted.count <= bytes.count {
                    if bytes[place] == wanted[0] {
                        var matched = 1
                        while matched < wanted.count, bytes[place + matched] == wanted[matched] {
                            matched += 1
                        }
                        if matched == wanted.count { return place }
                    }
                    place += 1
                }
                return nil
            }
        }
    }
}

/// What the header of a part says.
struct MultipartHead: Equatable {
    /// The form's field.
    let name: String
    let isFile: Bool
    let fileName: String?

    init(_ lines: [String]) throws(MultipartReader.Fault) {
        var dispositions: [String] = []
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { throw .badHead }
            let value = String(trimmed(line[line.index(after: colon)...]))
            switch line[..<colon].lowercased() {
            case "content-disposition": dispositions.append(value)
            case "content-transfer-encoding":
                guard ["binary", "8bit", "7bit"].contains(value.lowercased()) else {
                    throw .encoded
                }
            default: break
            }
        }
        guard dispositions.count == 1, let disposition = ContentDisposition(dispositions[0]),
            disposition.kind == "form-data", let name = disposition.name
        else { throw .badHead }
        self.name = name
        isFile = disposition.isFile
        fileName = disposition.fileName
    }
}
