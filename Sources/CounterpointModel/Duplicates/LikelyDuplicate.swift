// Two organisations that may be one, and why.

/// A pair of organisations that are likely the same.
public struct LikelyDuplicate: Sendable, Hashable {
    /// What made them look the same, strongest first.
    public enum Reason: String, CaseIterable, Sendable {
        /// The same number in the same register, but for case, punctuation and leading zeros.
        case sameIdentifier
        /// The same number in two registers of one country: typed into the wrong one, more often than chance.
        case sameNumber
        /// Names or aliases in the same country that share most of their trigrams.
        case similarName
    }

    public var first: DuplicateCandidate
    public var second: DuplicateCandidate
    public var reason: Reason
    /// From 0 to 1; 1 is certain. Of names, the share of trigrams that they have in common.
    public var score: Double
    /// What the two have in common: a number, or the two names.
    public var evidence: [String]

    public var document: JSONValue {
        [
            "score": .number(Self.rounded(score)),
            "reason": .string(reason.rawValue), "evidence": .texts(evidence),
            "first": first.document, "second": second.document,
        ]
    }

    /// Three decimals: the fourth says nothing about names.
    private static func rounded(_ score: Double) -> JSONNumber {
        let thousandths = Int((score * 1000).rounded())
        guard thousandths < 1000 else { return JSONNumber(1) }
        let digits = String(thousandths)
        return JSONNumber(checked: "0." + String(repeating: "0", count: 3 - digits.count) + digits)
    }
}

/// What the search for duplicates looks at in an organisation.
public struct DuplicateCandidate: Sendable, Hashable {
    public var id: Organisation.ID
    public var name: String
    public var kind: OrganisationKind
    public var country: Country
    public var standing: Standing
    public var aliases: [String]
    public var identifiers: [OrganisationIdentifier]

    public init(
        id: Organisation.ID, name: String, kind: OrganisationKind, country: Country,
        standing: Standing, aliases: [String] = [], identifiers: [OrganisationIdentifier] = []
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.country = country
        self.standing = standing
        self.aliases = aliases
        self.identifiers = identifiers
    }

    var document: JSONValue {
        [
            "id": .string(id.text), "name": .string(name), "kind": .string(kind.rawValue),
            "country": .string(country.code), "standing": .string(standing.rawValue),
        ]
    }
}
