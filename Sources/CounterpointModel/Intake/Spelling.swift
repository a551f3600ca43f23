// "Did you mean …?": the known word that a typing error is nearest to.

enum Spelling {
    // Words compared are member names and metric codes, the longest of which has 26 letters; a
    // longer one is no typing error, and the work stays below 64 × 64 steps for each candidate.
    private static let comparedBytesMax = 64

    /// The candidate with the fewest edits from `word`, if at most a third of it is wrong.
    static func nearest(to word: String, in candidates: [String]) -> String? {
        let typed = folded(word)
        guard !typed.isEmpty, typed.count <= comparedBytesMax else { return nil }
        var best: (word: String, edits: Int)?
        for candidate in candidates {
            let edits = distance(typed, folded(candidate))
            if edits < best?.edits ?? .max { best = (candidate, edits) }
        }
        guard let best, best.edits * 3 <= max(typed.count, 3) else { return nil }
        return best.word
    }

    // ASCII letters in lower case, without the separators of other spellings: `link_clicks`.
    private static func folded(_ word: String) -> [UInt8] {
        word.utf8.compactMap { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "): nil
            default: byte
            }
        }
    }

    // Levenshtein's distance, one row at a time.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}

extension Spelling {
    // Lists shown whole when nothing is near: the channels (17) fit a sentence, the metrics do not.
    private static let listedMax = 20
    // Of a longer list, enough to show how its words look.
    private static let shownMax = 8

    /// "There is no …. Did you mean …?"
    static func unknown<Code: RawRepresentable<String>>(
        _ text: String, among all: [Code]
    ) -> String {
        let codes = all.map(\.rawValue)
        let hint = nearest(to: text, in: codes).map { "Did you mean \($0)?" }
        let fallback =
            codes.count <= listedMax
            ? "One of \(codes.joined(separator: ", ")) is possible."
            : "It has \(codes.prefix(shownMax).joined(separator: ", ")) and \(codes.count - shownMax) more; the description of the API (/openapi.json) names them all."
        return "\(Shape<String>.quoted(text)) is not on the list. \(hint ?? fallback)"
    }
}
