// CSV out, by RFC 4180, in a form that a spreadsheet cannot be made to run.

/// One cell: text is guarded against being taken for a formula, numbers stay numbers.
public enum CSVCell: Sendable, Hashable {
    case text(String)
    /// Digits with sign and point, as our own values write them.
    case number(String)
    case empty

    /// Text, or an empty cell.
    public static func text(orEmpty value: String?) -> CSVCell { value.map { .text($0) } ?? .empty }
}

/// Appends rows to a buffer: comma, CR LF, quotes only where they are needed.
public struct CSVWriter: Sendable {
    /// What was written since the last `take()`.
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// Adds one row.
    public mutating func row(_ cells: [CSVCell]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .empty: break
            case .number(let digits): bytes.append(contentsOf: digits.utf8)
            case .text(let text): write(CSVGuard.guarded(text))
            }
        }
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    /// Hands over what was written so far and begins anew, for streaming.
    public mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func write(_ text: String) {
        let needsQuotes = text.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0D || $0 == 0x0A
        }
        guard needsQuotes else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
