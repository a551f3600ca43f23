// The digest of a set's readings, made while they are in memory anyway: byte for byte what the statement
// `readings.digest` makes of the stored ones. That the two agree is tested, and `counterpoint audit recompute` compares
// them for every set.

import CounterpointModel
import Crypto

enum ReadingDigest {
    /// As many readings go into one digest before the digests are digested.
    private static let batch = 10_000

    /// In lower-case hex.
    static func hex(of readings: PackedReadings) -> String {
        var outer = SHA256()
        var days = DayTexts()
        var text: [UInt8] = []
        for start in stride(from: 0, to: readings.count, by: batch) {
            text.removeAll(keepingCapacity: true)
            for index in start..<min(start + batch, readings.count) {
                if index > start { text.append(0x1E) }
                append(readings[index], number: index + 1, &days, to: &text)
            }
            outer.update(data: Array(SHA256.hash(data: text)))
        }
        return Array(outer.finalize()).hexText
    }

    private static func append(
        _ reading: Reading, number: Int, _ days: inout DayTexts, to text: inout [UInt8]
    ) {
        text.append(contentsOf: String(number).utf8)
        for part in [
            reading.metric.code, days.text(of: reading.period.from),
            days.text(of: reading.period.to), reading.content ?? "", reading.cell ?? "",
            reading.state.rawValue, reading.qualifier.rawValue, reading.value?.shortText ?? "",
            reading.currency?.code ?? "",
        ] {
            text.append(0x1F)
            text.append(contentsOf: part.utf8)
        }
    }
}

/// Days as text; few are met, each of them often.
struct DayTexts {
    private var known: [Day: String] = [:]
    private static let most = 10_000

    mutating func text(of day: Day) -> String {
        if let text = known[day] { return text }
        let text = day.description
        if known.count < Self.most { known[day] = text }
        return text
    }
}

extension ExactDecimal {
    /// `plainText`, quicker for the whole numbers that nearly all values are.
    var shortText: String { wholeNumber.map { String($0) } ?? plainText }
}
