// The quick way through a canonical row: every cell but the value is one that was met before, and the
// value is plain digits. Any other row goes the way that knows what to say of it (`CanonicalRowReader`),
// and what it learns there is remembered here. Nothing is decided twice: here are no rules, only memory.

/// What cells of one file were found to mean.
struct CanonicalMemory {
    private var memos: [ByteMemo]
    private let header: CanonicalHeader

    init(header: CanonicalHeader) {
        self.header = header
        memos = [ByteMemo](repeating: ByteMemo(), count: CanonicalColumn.allCases.count)
    }

    /// A row as it was understood: its channel and breakdown (from 1; 0 for none) by number.
    struct Known {
        var channel: Int
        var breakdown: Int
        var reading: PackedReading
    }

    /// The row, if all of it is known; nil says nothing about it.
    mutating func known(_ row: CSVRow) -> Known? {
        guard row.fault == nil, row.count == header.columnCount else { return nil }
        return row.bytes.withUnsafeBufferPointer { bytes in
            row.ends.withUnsafeBufferPointer { ends in known(bytes, ends, line: row.line) }
        }
    }

    private mutating func known(
        _ bytes: UnsafeBufferPointer<UInt8>, _ ends: UnsafeBufferPointer<Int>, line: Int
    ) -> Known? {
        guard let channel = number(.channel, bytes, ends), channel >= 0,
            let metric = number(.metric, bytes, ends), metric >= 0,
            let from = number(.from, bytes, ends), let to = number(.to, bytes, ends), from <= to,
            let content = number(.content, bytes, ends), let part = number(.cell, bytes, ends),
            let breakdown = number(.breakdown, bytes, ends),
            let state = number(.state, bytes, ends),
            let qualifier = number(.qualifier, bytes, ends),
            let currency = number(.currency, bytes, ends), let note = number(.note, bytes, ends)
        else { return nil }
        let kind = Metric.kinds[Int(metric)]
        guard state == 0, kind.isMoney == (currency != 0),
            let value = Self.value(cell(.value, bytes, ends), isWhole: kind.isWhole)
        else { return nil }
        let reading = PackedReading(
            value: value, from: from, to: to, content: content, cell: part, note: note,
            currency: currency, line: Int32(clamping: line), metric: UInt8(metric),
            state: UInt8(state), qualifier: UInt8(qualifier))
        return Known(channel: Int(channel), breakdown: Int(breakdown), reading: reading)
    }

    /// Remembers what the cells of a sound row mean.
    mutating func remember(
        _ row: CSVRow, channel: Int, breakdown: Int, _ reading: PackedReading
    ) {
        row.bytes.withUnsafeBufferPointer { bytes in
            row.ends.withUnsafeBufferPointer { ends in
                func keep(_ column: CanonicalColumn, _ value: Int32) {
                    let text = cell(column, bytes, ends)
                    // Empty cells need no memory, and an optional column may not be there.
                    if !text.isEmpty { memos[column.number].remember(text, value) }
                }
                keep(.channel, Int32(channel))
                keep(.metric, Int32(reading.metric))
                keep(.from, reading.from)
                keep(.to, reading.to)
                keep(.content, reading.content)
                keep(.cell, reading.cell)
                keep(.breakdown, Int32(breakdown))
                keep(.state, Int32(reading.state))
                keep(.qualifier, Int32(reading.qualifier))
                // Left out of a reading without a value, which says nothing about the cell.
                if reading.currency != 0 { keep(.currency, reading.currency) }
                keep(.note, reading.note)
            }
        }
    }

    // What a cell means; 0, the meaning of nothing, where it is empty or not there. An empty cell of a
    // required column is for the other way to refuse.
    private mutating func number(
        _ column: CanonicalColumn, _ bytes: UnsafeBufferPointer<UInt8>,
        _ ends: UnsafeBufferPointer<Int>
    ) -> Int32? {
        let text = cell(column, bytes, ends)
        guard !text.isEmpty else { return column.isRequired ? nil : 0 }
        return memos[column.number].value(of: text)
    }

    private func cell(
        _ column: CanonicalColumn, _ bytes: UnsafeBufferPointer<UInt8>,
        _ ends: UnsafeBufferPointer<Int>
    ) -> UnsafeBufferPointer<UInt8> {
        guard let place = header.place(of: column) else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        let start = place == 0 ? 0 : ends[place - 1]
        return UnsafeBufferPointer(rebasing: bytes[start..<ends[place]])
    }

    // Up to 12 digits, and up to 8 more after a point where the metric has fractions: what every rule
    // about values allows. In hundred-millionths.
    private static func value(_ cell: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Int128? {
        var whole: Int64 = 0
        var place = 0
        while place < cell.count, isDigit(cell[place]) {
            whole = whole &* 10 &+ Int64(cell[place] &- UInt8(ascii: "0"))
            place += 1
            if place > digitsMax { return nil }
        }
        guard place > 0 else { return nil }
        var fraction: Int64 = 0
        if place < cell.count {
            guard !isWhole, cell[place] == UInt8(ascii: ".") else { return nil }
            let digits = cell.count - place - 1
            guard (1...ExactDecimal.fractionDigits).contains(digits) else { return nil }
            for byte in cell[(place + 1)...] {
                guard isDigit(byte) else { return nil }
                fraction = fraction * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            for _ in digits..<ExactDecimal.fractionDigits { fraction *= 10 }
        }
        return Int128(whole) * 100_000_000 + Int128(fraction)
    }

    // Below the largest whole value of a metric, 10^12.
    private static let digitsMax = 12
}

extension Metric {
    /// By number: what is asked of every row.
    fileprivate static let kinds = Metric.allCases.map {
        (isWhole: $0.additivity.isWhole, isMoney: $0.additivity == .money)
    }
}
