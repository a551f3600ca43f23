// Finding organisations that were registered twice, without comparing each with each.

/// Looks for likely duplicates among the organisations that somebody can see.
public enum DuplicateSearch {
    /// Names that share so much of their trigrams are shown. Measured on names of the field: a missing article, a legal
    /// form or a typing error leaves 0.86 to 0.9 ("Violence Prevention Network e.V." 0.90), two organisations of one
    /// pattern come to 0.59 at most ("Youth Foundation Kenya", "Women Foundation Kenya").
    public static let similarityMinimum = Double(similarityPercentMinimum) / 100
    private static let similarityPercentMinimum = 60
    /// A number shorter than this is the same in two registers by chance too often.
    private static let numberMinimum = 5
    private static let scoreOfSameNumber = 0.9

    /// The pairs, most alike first, at most `limit`; each pair once, for its strongest reason.
    public static func pairs(among candidates: [DuplicateCandidate], limit: Int)
        -> [LikelyDuplicate]
    {
        var best: [Pair: LikelyDuplicate] = [:]
        func keep(_ found: LikelyDuplicate, _ pair: Pair) {
            if let known = best[pair], known.score >= found.score { return }
            best[pair] = found
        }
        for (pair, found) in byIdentifier(candidates) { keep(found, pair) }
        for (pair, found) in byName(candidates) { keep(found, pair) }
        return Array(
            best.values.sorted {
                ($1.score, $0.first.name, $0.second.name, $0.first.id.text)
                    < ($0.score, $1.first.name, $1.second.name, $1.first.id.text)
            }.prefix(limit))
    }

    private struct Pair: Hashable {
        var first: Int
        var second: Int
        init(_ one: Int, _ other: Int) {
            first = min(one, other)
            second = max(one, other)
        }
    }

    // MARK: Numbers

    private static func byIdentifier(
        _ candidates: [DuplicateCandidate]
    ) -> [(Pair, LikelyDuplicate)] {
        struct Holder {
            var index: Int
            var identifier: OrganisationIdentifier
        }
        var holders: [String: [Holder]] = [:]
        for (index, candidate) in candidates.enumerated() {
            for identifier in candidate.identifiers {
                // Registers of one country begin alike: GB-CHC, GB-COH.
                let register = identifier.scheme.prefix { $0 != "-" }
                let key = "\(register) \(folded(number: identifier.id))"
                holders[key, default: []].append(Holder(index: index, identifier: identifier))
            }
        }
        var found: [(Pair, LikelyDuplicate)] = []
        for (key, holders) in holders where holders.count > 1 {
            for (place, one) in holders.enumerated() {
                for other in holders[(place + 1)...] where other.index != one.index {
                    let isSameRegister = one.identifier.scheme == other.identifier.scheme
                    let number = key.drop { $0 != " " }.dropFirst()
                    guard isSameRegister || number.count >= numberMinimum else { continue }
                    found.append(
                        (
                            Pair(one.index, other.index),
                            LikelyDuplicate(
                                first: candidates[min(one.index, other.index)],
                                second: candidates[max(one.index, other.index)],
                                reason: isSameRegister ? .sameIdentifier : .sameNumber,
                                score: isSameRegister ? 1 : scoreOfSameNumber,
                                evidence: [one.identifier, other.identifier].map {
                                    "\($0.scheme) \($0.id)"
                                })
                        ))
                }
            }
        }
        return found
    }

    /// `0123-4567a` and `1234567A` are the same number.
    private static func folded(number: String) -> String {
        let characters = number.uppercased().filter { $0.isLetter || $0.isNumber }
        let significant = characters.drop { $0 == "0" }
        return significant.isEmpty ? characters : String(significant)
    }

    // MARK: Names

    private struct Name {
        var owner: Int
        var text: String
        var trigrams: Trigrams
    }

    private static func byName(_ candidates: [DuplicateCandidate]) -> [(Pair, LikelyDuplicate)] {
        var countries: [Country: [Name]] = [:]
        for (index, candidate) in candidates.enumerated() {
            for text in [candidate.name] + candidate.aliases {
                let trigrams = Trigrams(of: text)
                guard !trigrams.all.isEmpty else { continue }
                countries[candidate.country, default: []].append(
                    Name(owner: index, text: text, trigrams: trigrams))
            }
        }
        return countries.values.flatMap { similar($0, candidates) }
    }

    /// Two names that share 60 % of their trigrams share at least one among the rarest 40 % (and one) of each. So only
    /// names that meet on a rare trigram are compared: a common word such as "foundation" brings nobody together.
    private static func similar(
        _ names: [Name], _ candidates: [DuplicateCandidate]
    ) -> [(Pair, LikelyDuplicate)] {
        var frequency: [String: Int] = [:]
        for name in names {
            for trigram in name.trigrams.all { frequency[trigram, default: 0] += 1 }
        }
        var met: [String: [Int]] = [:]
        var found: [(Pair, LikelyDuplicate)] = []
        for (index, name) in names.enumerated() {
            let rarest = name.trigrams.all.sorted {
                (frequency[$0]!, $0) < (frequency[$1]!, $1)
            }.prefix(prefixLength(name.trigrams.all.count))
            var compared: Set<Int> = []
            for trigram in rarest {
                for earlier in met[trigram] ?? [] where compared.insert(earlier).inserted {
                    let other = names[earlier]
                    guard other.owner != name.owner else { continue }
                    let score = name.trigrams.similarity(to: other.trigrams)
                    guard score >= similarityMinimum else { continue }
                    found.append(
                        (
                            Pair(other.owner, name.owner),
                            LikelyDuplicate(
                                first: candidates[min(other.owner, name.owner)],
                                second: candidates[max(other.owner, name.owner)],
                                reason: .similarName, score: score,
                                evidence: [other.text, name.text])
                        ))
                }
                met[trigram, default: []].append(index)
            }
        }
        return found
    }

    private static func prefixLength(_ count: Int) -> Int {
        // In whole numbers: 0.6 × 35 rounded up must be 21 and not 22.
        count - (similarityPercentMinimum * count + 99) / 100 + 1
    }
}
