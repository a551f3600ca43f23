// What a summary is asked for: a scope, how to divide it, and as of when.

/// By what a summary can be divided.
public enum GroupDimension: String, CaseIterable, Hashable, Sendable {
    case channel, month, campaign, organisation, country
}

/// A question that a summary answers. An empty list asks for all that the caller may see.
public struct SummaryQuestion: Hashable, Sendable {
    public var programmes: [Programme.ID] = []
    public var grants: [Grant.ID] = []
    public var organisations: [Organisation.ID] = []
    public var campaigns: [Campaign.ID] = []
    public var channels: [Channel] = []
    public var countries: [Country] = []
    /// The first and last day; nil: from the first, to the last day recorded.
    public var from: Day?
    public var to: Day?
    public var groupBy: [GroupDimension] = []
    /// Answer as the record stood then; nil: as it stands.
    public var asOf: Instant?
    /// Also count what waits for review and is visible to the caller.
    public var pending = false
    /// List the sets behind each figure in the answer itself.
    public var receipts = false

    public init() {}

    /// The question as the API shows it, values sorted: two ways of asking the same thing look the same.
    public var document: JSONValue {
        func list(_ texts: [String]) -> JSONValue { .array(Set(texts).sorted().map(JSONValue.string)) }
        return [
            "programme": list(programmes.map(\.text)),
            "grant": list(grants.map(\.text)),
            "organisation": list(organisations.map(\.text)),
            "campaign": list(campaigns.map(\.text)),
            "channel": list(channels.map(\.rawValue)),
            "country": list(countries.map(\.code)),
            "from": .text(from?.description),
            "to": .text(to?.description),
            "groupBy": .array(groupBy.map { .string($0.rawValue) }),
            "pending": .bool(pending),
        ]
    }
}
