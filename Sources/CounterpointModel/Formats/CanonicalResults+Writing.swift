// Readings out as canonical CSV; what is written is read back as the same readings.

/// Writes the canonical results CSV, header first.
public struct CanonicalWriter: Sendable {
    private var csv = CSVWriter()

    /// A file with its header.
    public init() { csv.row(CanonicalColumn.allCases.map { .text($0.rawValue) }) }

    /// Adds one reading of a set.
    public mutating func write(_ reading: Reading, channel: Channel, breakdown: Breakdown) {
        csv.row(
            CanonicalColumn.allCases.map { column in
                switch column {
                case .channel: .text(channel.rawValue)
                case .metric: .text(reading.metric.code)
                case .from: .text(reading.period.from.description)
                case .to: .text(reading.period.to.description)
                case .content: .text(orEmpty: reading.content)
                case .breakdown: breakdown == .none ? .empty : .text(breakdown.rawValue)
                case .cell: .text(orEmpty: reading.cell)
                case .value: reading.value.map { .number($0.plainText) } ?? .empty
                case .state: reading.state == .value ? .empty : .text(reading.state.rawValue)
                case .qualifier:
                    reading.qualifier == .exact ? .empty : .text(reading.qualifier.rawValue)
                case .currency: .text(orEmpty: reading.currency?.code)
                case .note: .text(orEmpty: reading.note)
                }
            })
    }

    /// Hands over what was written so far and goes on, for streaming.
    public mutating func take() -> [UInt8] { csv.take() }
}
