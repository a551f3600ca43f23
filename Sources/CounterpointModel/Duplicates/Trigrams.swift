// Trigrams of a name, as pg_trgm counts them: each word in lower case, two blanks before it and one behind.
//
// Counted here and not by the database: there, what is a letter depends on the server's locale (in C, no Cyrillic letter
// is one), and row-level security keeps the trigram index from being used anyway.

/// The set of a name's trigrams.
struct Trigrams: Hashable, Sendable {
    /// Sorted, each once.
    let all: [String]

    init(of name: String) {
        var found: Set<String> = []
        for word in Self.words(of: name) {
            let padded = Array("  ") + word + [" "]
            for start in 0..<(padded.count - 2) { found.insert(String(padded[start..<start + 3])) }
        }
        all = found.sorted()
    }

    /// Shared trigrams as a share of all; 1 for names with the same words in any order.
    func similarity(to other: Trigrams) -> Double {
        guard !all.isEmpty, !other.all.isEmpty else { return 0 }
        var shared = 0
        var mine = 0
        var theirs = 0
        while mine < all.count, theirs < other.all.count {
            if all[mine] == other.all[theirs] {
                shared += 1
                mine += 1
                theirs += 1
            } else if all[mine] < other.all[theirs] {
                mine += 1
            } else {
                theirs += 1
            }
        }
        return Double(shared) / Double(all.count + other.all.count - shared)
    }

    /// Letters and digits only, in lower case: punctuation separates words, as does everything else.
    private static func words(of name: String) -> [[Character]] {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.map { Array($0) }
    }
}
