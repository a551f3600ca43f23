// Text of others in a spreadsheet must stay text: a cell that begins like a formula would be run by whoever opens the file.

/// The apostrophe that keeps a spreadsheet from running a cell that begins like a formula.
///
/// A cell begins where the text does, and, for a program that splits lines at another separator or does not understand
/// our quotes, after any separator, quote or line break inside it.
public enum CSVGuard {
    // Excel and LibreOffice evaluate what begins with = + - @, and a Japanese Excel their full-width forms; a leading TAB
    // or CR is skipped by some and hides one of those.
    private static let narrow: Set<UInt8> = [
        UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
    ]
    private static let wide: [[UInt8]] = ["＝", "＋", "－", "＠"].map { Array($0.utf8) }
    private static let skipped: Set<UInt8> = [0x09, 0x0D]
    // Before the first sign of a cell some programs see past these: blank, no-break and ideographic space, BOM, zero width.
    private static let blanks: [[UInt8]] = [" ", "\u{A0}", "\u{3000}", "\u{FEFF}", "\u{200B}"].map {
        Array($0.utf8)
    }
    private static let separators: Set<UInt8> = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\""), 0x09, 0x0A,
        0x0D,
    ]
    private static let apostrophe = UInt8(ascii: "'")

    /// The text with an apostrophe before each place where a cell could begin like a formula. Where apostrophes stand there
    /// already it gets one more, so that `unguarded` gives every text back.
    public static func guarded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let places = dangerousPlaces(bytes)
        if places.isEmpty { return text }
        var guarded: [UInt8] = []
        var written = 0
        for place in places {
            guarded += bytes[written..<place]
            guarded.append(apostrophe)
            written = place
        }
        return String(decoding: guarded + bytes[written...], as: UTF8.self)
    }

    /// The text without the apostrophes that `guarded` put into it.
    public static func unguarded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(apostrophe) else { return text }
        let places = Set(dangerousPlaces(bytes).filter { bytes[$0] == apostrophe })
        if places.isEmpty { return text }
        let kept = bytes.indices.filter { !places.contains($0) }.map { bytes[$0] }
        return String(decoding: kept, as: UTF8.self)
    }

    /// Where a cell could begin, and after apostrophes (and, at the very beginning, blanks) does so like a formula. An
    /// apostrophe put there changes none of these places, which is why it can be found again.
    private static func dangerousPlaces(_ bytes: [UInt8]) -> [Int] {
        var places: [Int] = []
        for start in bytes.indices where start == 0 || separators.contains(bytes[start - 1]) {
            var index = start
            while index < bytes.count {
                if bytes[index] == apostrophe {
                    index += 1
                } else if start == 0,
                    let blank = blanks.first(where: { bytes[index...].starts(with: $0) })
                {
                    index += blank.count
                } else {
                    break
                }
            }
            guard index < bytes.count else { continue }
            let isDangerous =
                narrow.contains(bytes[index]) || start == 0 && skipped.contains(bytes[index])
                || wide.contains { bytes[index...].starts(with: $0) }
            if isDangerous { places.append(start) }
        }
        return places
    }
}
