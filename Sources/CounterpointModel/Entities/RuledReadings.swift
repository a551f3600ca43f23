// Readings as the rules look at them: which line in a chart each belongs to, and which days it is of.

/// Readings whose texts have numbers: equal text, equal number.
protocol RuledReadings {
    var count: Int { get }
    func series(at index: Int) -> SeriesKey
    func period(at index: Int) -> Period
}

/// The readings that would be one line in a chart: a metric of a content item and a cell, in eight bytes.
struct SeriesKey: Hashable, Comparable {
    // 8 bits of metric, then 28 each for the numbers of content and cell: 268 million texts.
    private let bits: UInt64
    private static let labelBits = 28
    private static let labelMask: UInt64 = 1 << 28 - 1

    /// Numbers of labels from 1; 0 is none.
    init(metric: UInt8, content: Int32, cell: Int32) {
        bits =
            UInt64(metric) << 56 | UInt64(UInt32(content)) << Self.labelBits | UInt64(UInt32(cell))
    }

    private init(bits: UInt64) { self.bits = bits }

    var metric: Metric { Metric.numbered[Int(bits >> 56)] }
    var hasContent: Bool { bits >> Self.labelBits & Self.labelMask != 0 }
    var hasCell: Bool { bits & Self.labelMask != 0 }

    var withoutContent: SeriesKey {
        SeriesKey(bits: bits & ~(Self.labelMask << Self.labelBits))
    }
    var withoutCell: SeriesKey { SeriesKey(bits: bits & ~Self.labelMask) }

    /// The series of which this one is a part.
    var wholes: [SeriesKey] {
        switch (hasContent, hasCell) {
        case (false, false): []
        case (true, false): [withoutContent]
        case (false, true): [withoutCell]
        case (true, true): [withoutContent.withoutCell, withoutCell, withoutContent]
        }
    }

    static func < (left: SeriesKey, right: SeriesKey) -> Bool { left.bits < right.bits }
}

extension Metric {
    /// The metrics by a number that fits a byte; not stored anywhere.
    static let numbered = Metric.allCases
    static let numbers = [Metric: UInt8](
        uniqueKeysWithValues: Metric.allCases.enumerated().map { ($1, UInt8($0)) })
    /// By number, because a million readings ask.
    static let isAdditive = Metric.allCases.map(\.additivity.isAdditive)
}

/// A list of readings with numbers for their texts.
struct NumberedReadings: RuledReadings {
    private var keys: [SeriesKey] = []
    private var periods: [Period] = []

    init(_ readings: [Reading]) {
        var labels: [String: Int32] = [:]
        func number(_ text: String?) -> Int32 {
            guard let text else { return 0 }
            let next = Int32(labels.count + 1)
            return labels[text]
                ?? {
                    labels[text] = next; return next
                }()
        }
        for reading in readings {
            keys.append(
                SeriesKey(
                    metric: Metric.numbers[reading.metric]!, content: number(reading.content),
                    cell: number(reading.cell)))
            periods.append(reading.period)
        }
    }

    var count: Int { keys.count }
    func series(at index: Int) -> SeriesKey { keys[index] }
    func period(at index: Int) -> Period { periods[index] }
}
