// CSV by RFC 4180, read as a stream of bytes.
//
// Bytes and never Characters: to Swift CR LF is one Character, so that splitting on "\n" finds one
// line in a file from Windows, and a million rows would take minutes. A row that is broken says so
// and the next one is read; nothing in a file can stop the reader or make it hold more than one row.

/// One row: its cells, the line it begins on, and what is wrong with it, if anything.
public struct CSVRow: Sendable {
    /// Why the cells of a row cannot be trusted.
    public enum Fault: String, Sendable, CaseIterable {
        case notUTF8, unclosedQuote, textAfterQuote, quoteInsideText, cellTooLong, tooManyCells

        /// What is wrong and what to do, for a person.
        public var detail: String {
            switch self {
            case .notUTF8: "The text is not valid UTF-8; save the file as CSV UTF-8."
            case .unclosedQuote: "The file ends inside a quoted cell that begins on this line."
            case .textAfterQuote: "Text follows a closing quote; quotes in a cell are doubled."
            case .quoteInsideText: "Put the whole cell in quotes and double the ones inside."
            case .cellTooLong: "A cell has at most \(CSVReader.cellBytesMax) bytes."
            case .tooManyCells: "A row has at most \(CSVReader.cellsMax) cells."
            }
        }
    }

    /// Line of the file on which the row begins, from 1.
    public var line: Int
    /// What is wrong and in which cell (from 0) it was noticed; the first of its kind.
    public var fault: (fault: Fault, cell: Int)?
    /// The cells one after another, and where each ends: what a reader of a million rows looks at.
    fileprivate(set) var bytes: [UInt8] = []
    fileprivate(set) var ends: [Int] = []

    /// How many cells the row has.
    public var count: Int { ends.count }

    /// The text of a cell, from 0; nil if it is not UTF-8 or not there.
    public func cell(_ index: Int) -> String? {
        guard ends.indices.contains(index) else { return nil }
        let start = index == 0 ? 0 : ends[index - 1]
        return String(validating: bytes[start..<ends[index]], as: UTF8.self)
    }

    /// Every cell; one that is not UTF-8 is shown with replacement characters.
    public var cells: [String] {
        var start = 0
        return ends.map { end in
            defer { start = end }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }

    fileprivate var isBlank: Bool { bytes.isEmpty && fault == nil }
}

/// Takes a file in pieces of any size and hands on each row as soon as it ends.
///
/// UTF-8 with or without byte order mark, comma, rows ended by CR LF, LF or CR, quotes doubled inside
/// quoted cells. Rows without any text are passed over.
public struct CSVReader: Sendable {
    /// A cell: notes end at 1,000 characters of up to 4 bytes, ad texts of platforms at 8 KiB.
    public static let cellBytesMax = 32 * 1024
    /// Cells of a row: the widest platform export that was seen has 47 columns.
    public static let cellsMax = 64

    private enum State { case cellStart, text, quoted, quoteInQuoted }

    private var state = State.cellStart
    private var row = CSVRow(line: 1)
    private var cellStart = 0
    private var line = 1
    private var isAfterCR = false
    private var hasHighBytes = false
    // How much of a byte order mark has been seen; nil once it is past.
    private var markMatched: Int? = 0

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    public init() {}

    /// Reads the next piece and calls `body` with each row that ends in it.
    public mutating func read(_ bytes: [UInt8], _ body: (CSVRow) throws -> Void) rethrows {
        try bytes.withUnsafeBufferPointer { try read($0, body) }
    }

    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (CSVRow) throws -> Void
    ) rethrows {
        var place = 0
        while let matched = markMatched, place < bytes.count {
            if bytes[place] == Self.mark[matched] {
                markMatched = matched + 1 == Self.mark.count ? nil : matched + 1
                place += 1
                continue
            }
            markMatched = nil
            for earlier in Self.mark[..<matched] { try take(earlier, body) }
        }
        while place < bytes.count {
            let end = endOfRun(in: bytes, from: place)
            if end > place {
                append(UnsafeBufferPointer(rebasing: bytes[place..<end]))
                isAfterCR = false
                place = end
            } else {
                try take(bytes[place], body)
                place += 1
            }
        }
    }

    // Where the bytes that only add to the cell end. Nearly all are such, and they are taken at once.
    private func endOfRun(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var place = start
        switch state {
        case .quoteInQuoted: break
        case .quoted:
            while place < bytes.count {
                let byte = bytes[place]
                if byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D { break }
                place += 1
            }
        case .cellStart, .text:
            while place < bytes.count {
                let byte = bytes[place]
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A
                    || byte == 0x0D
                {
                    break
                }
                place += 1
            }
        }
        return place
    }

    private mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
        if state == .cellStart { state = .text }
        guard row.fault == nil else { return }
        let room = Self.cellBytesMax - (row.bytes.count - cellStart)
        if !hasHighBytes { hasHighBytes = run.contains { $0 >= 0x80 } }
        row.bytes.append(contentsOf: run.prefix(room))
        if run.count > room { note(.cellTooLong) }
    }

    /// Calls `body` with the row that the end of the file ends, if there is one.
    public mutating func finish(_ body: (CSVRow) throws -> Void) rethrows {
        if let matched = markMatched, matched > 0 {
            for earlier in Self.mark[..<matched] { try take(earlier, body) }
        }
        markMatched = 0
        if state == .quoted { note(.unclosedQuote) }
        try endRow(body)
        self = CSVReader()
    }

    private mutating func take(_ byte: UInt8, _ body: (CSVRow) throws -> Void) rethrows {
        let isLF = byte == 0x0A
        let isSecondOfPair = isLF && isAfterCR
        isAfterCR = byte == 0x0D
        let isLineEnd = isLF || isAfterCR
        if isLineEnd, !isSecondOfPair { line += 1 }

        if state == .quoted {
            if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { append(byte) }
            return
        }
        if isLineEnd {
            // The LF of a CR LF whose CR has ended the row.
            if isSecondOfPair, state == .cellStart, row.ends.isEmpty {
                row.line = line
                return
            }
            try endRow(body)
            return
        }
        switch (state, byte) {
        case (_, UInt8(ascii: ",")):
            endCell()
        case (.cellStart, UInt8(ascii: "\"")):
            state = .quoted
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            append(byte)
            state = .quoted
        case (.quoteInQuoted, _):
            note(.textAfterQuote)
            state = .text
        case (_, UInt8(ascii: "\"")):
            note(.quoteInsideText)
        default:
            append(byte)
            state = .text
        }
    }

    // A broken row is read to its end, but nothing more of it is kept.
    private mutating func append(_ byte: UInt8) {
        guard row.fault == nil else { return }
        if row.bytes.count - cellStart >= Self.cellBytesMax {
            note(.cellTooLong)
            return
        }
        if byte >= 0x80 { hasHighBytes = true }
        row.bytes.append(byte)
    }

    private mutating func note(_ fault: CSVRow.Fault) {
        if row.fault == nil { row.fault = (fault, row.ends.count) }
    }

    private mutating func endCell() {
        state = .cellStart
        if row.ends.count >= Self.cellsMax {
            note(.tooManyCells)
            return
        }
        if hasHighBytes {
            hasHighBytes = false
            let text = row.bytes[cellStart...]
            if String(validating: text, as: UTF8.self) == nil { note(.notUTF8) }
        }
        row.ends.append(row.bytes.count)
        cellStart = row.bytes.count
    }

    private mutating func endRow(_ body: (CSVRow) throws -> Void) rethrows {
        endCell()
        defer {
            // Room for the next row is kept: a million rows are not two million allocations.
            row.line = line
            row.fault = nil
            row.bytes.removeAll(keepingCapacity: true)
            row.ends.removeAll(keepingCapacity: true)
            cellStart = 0
            hasHighBytes = false
        }
        if !row.isBlank { try body(row) }
    }
}
