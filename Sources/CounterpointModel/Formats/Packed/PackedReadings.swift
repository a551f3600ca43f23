// The readings of one set as numbers: 48 bytes each, whatever their texts, so that a file of a million
// rows is held in 48 MB and looked at as a whole.

/// Texts by number, from 1; each once.
public struct LabelTable: Sendable {
    private var texts: [String] = []
    private var numbers: [String: Int32] = [:]
    /// UTF-8 of all texts together.
    public private(set) var bytes = 0

    public init() {}

    /// The text with that number; 0 is none.
    public subscript(number: Int32) -> String? { number == 0 ? nil : texts[Int(number) - 1] }

    /// The text's number; nil is 0.
    public mutating func number(of text: String?) -> Int32 {
        guard let text else { return 0 }
        if let known = numbers[text] { return known }
        texts.append(text)
        bytes += text.utf8.count
        let number = Int32(texts.count)
        numbers[text] = number
        return number
    }
}

/// One reading as numbers; texts are numbers of a `LabelTable`.
struct PackedReading: Sendable {
    /// In hundred-millionths; 0 where there is no value.
    var value: Int128
    var from: Int32
    var to: Int32
    var content: Int32
    var cell: Int32
    var note: Int32
    var currency: Int32
    var line: Int32
    var metric: UInt8
    var state: UInt8
    var qualifier: UInt8

    /// Whether the two say the same, from whatever line.
    func says(as other: PackedReading) -> Bool {
        value == other.value && from == other.from && to == other.to && content == other.content
            && cell == other.cell && note == other.note && currency == other.currency
            && metric == other.metric && state == other.state && qualifier == other.qualifier
    }
}

/// The readings of one set, packed. They read as a sequence of `Reading`.
public struct PackedReadings: Sendable {
    // In pieces: one array that doubles would need three times its room for a moment.
    private static let pieceSize = 4_096
    private var pieces: [[PackedReading]] = []
    public private(set) var count = 0
    public internal(set) var labels = LabelTable()

    public init() {}

    /// Readings that are there already, packed.
    public init(_ readings: [Reading]) {
        for reading in readings { append(reading) }
    }

    public mutating func append(_ reading: Reading) {
        append(PackedReading(reading, &labels))
    }

    mutating func append(_ reading: PackedReading) {
        if count % Self.pieceSize == 0 {
            var piece: [PackedReading] = []
            piece.reserveCapacity(Self.pieceSize)
            pieces.append(piece)
        }
        pieces[pieces.count - 1].append(reading)
        count += 1
    }

    func packed(at index: Int) -> PackedReading {
        pieces[index / Self.pieceSize][index % Self.pieceSize]
    }

    /// Without those at the given places, which are in order.
    mutating func remove(at dropped: [Int]) {
        guard let first = dropped.first else { return }
        var rest = dropped[...]
        var kept = first
        for index in first..<count {
            if rest.first == index {
                rest.removeFirst()
                continue
            }
            pieces[kept / Self.pieceSize][kept % Self.pieceSize] = packed(at: index)
            kept += 1
        }
        count = kept
        let used = (kept + Self.pieceSize - 1) / Self.pieceSize
        pieces.removeLast(pieces.count - used)
        if let last = pieces.last, kept % Self.pieceSize != 0 {
            pieces[used - 1].removeLast(last.count - kept % Self.pieceSize)
        }
    }

    /// Their days from the first to the last; nil of none.
    var days: Period? {
        guard count > 0 else { return nil }
        var (first, last) = (Int32.max, Int32.min)
        for piece in pieces {
            for reading in piece {
                first = Swift.min(first, reading.from)
                last = Swift.max(last, reading.to)
            }
        }
        return Period(from: Day(unchecked: first), to: Day(unchecked: last))
    }

    /// Whether there are additive readings and all of them name a content item.
    var isCutByContent: Bool {
        var hasAdditive = false
        for piece in pieces {
            for reading in piece where Metric.isAdditive[Int(reading.metric)] {
                if reading.content == 0 { return false }
                hasAdditive = true
            }
        }
        return hasAdditive
    }
}

extension PackedReadings: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public subscript(index: Int) -> Reading {
        let packed = packed(at: index)
        return Reading(
            metric: Metric.numbered[Int(packed.metric)],
            period: Period(from: Day(unchecked: packed.from), to: Day(unchecked: packed.to))!,
            content: labels[packed.content], cell: labels[packed.cell],
            state: ReadingState.numbered[Int(packed.state)],
            qualifier: Qualifier.numbered[Int(packed.qualifier)],
            value: packed.hasValue ? ExactDecimal(count: packed.value) : nil,
            currency: labels[packed.currency].flatMap { Currency($0) }, note: labels[packed.note],
            line: packed.line == 0 ? nil : Int(packed.line))
    }
}

extension PackedReadings: RuledReadings {
    func series(at index: Int) -> SeriesKey {
        let reading = packed(at: index)
        return SeriesKey(metric: reading.metric, content: reading.content, cell: reading.cell)
    }

    func period(at index: Int) -> Period {
        let reading = packed(at: index)
        return Period(from: Day(unchecked: reading.from), to: Day(unchecked: reading.to))!
    }
}

extension PackedReading {
    var hasValue: Bool { state == Self.valueState }
    private static let valueState = ReadingState.value.number

    init(_ reading: Reading, _ labels: inout LabelTable) {
        self.init(
            value: reading.value?.hundredMillionths ?? 0,
            from: reading.period.from.daysSince2000, to: reading.period.to.daysSince2000,
            content: labels.number(of: reading.content), cell: labels.number(of: reading.cell),
            note: labels.number(of: reading.note),
            currency: labels.number(of: reading.currency?.code),
            line: Int32(clamping: reading.line ?? 0), metric: Metric.numbers[reading.metric]!,
            state: reading.state.number, qualifier: reading.qualifier.number)
    }
}

extension ReadingState {
    static let numbered = ReadingState.allCases
    /// Its place among the cases; not stored anywhere.
    var number: UInt8 { UInt8(Self.numbered.firstIndex(of: self)!) }
}

extension Qualifier {
    static let numbered = Qualifier.allCases
    /// Its place among the cases; not stored anywhere.
    var number: UInt8 { UInt8(Self.numbered.firstIndex(of: self)!) }
}

extension ExactDecimal {
    /// From a count that was a number's before.
    init(count: Int128) { hundredMillionths = count }
}
