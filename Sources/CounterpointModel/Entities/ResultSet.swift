// A result set: the figures of one campaign on one channel from one source.

/// A result set as it is recorded; its readings are kept beside it.
public struct ResultSet: Record {
    public typealias ID = Identifier<ResultSet>

    public var id: ID
    public var campaignId: Campaign.ID
    public var organisationId: Organisation.ID
    public var channel: Channel
    public var period: Period
    public var method: ResultMethod
    public var role: SetRole
    public var breakdown: Breakdown
    public var status: ResultSetStatus
    /// Why it was returned or withdrawn.
    public var reason: String?
    public var note: String?
    public var supersedes: ResultSet.ID?
    public var supersededBy: ResultSet.ID?
    /// The stated reason why the audiences of this set's cells do not overlap.
    public var disjointAudiences: String?
    public var source: SourceFile?
    /// Figures since the beginning, as the platform states them again each time: a newer set replaces this one and never
    /// adds to it.
    public var isSnapshot = false
    public var readingCount: Int64
    /// SHA-256 over the readings, in hex.
    public var digest = ""
    public var submittedAt: Instant?
    public var acceptedAt: Instant?
    public var createdAt: Instant
    public var updatedAt: Instant
    public var version: Int64

    /// A drafted set; what happens to it later is set member by member.
    public init(
        id: ID, campaignId: Campaign.ID, organisationId: Organisation.ID, details: NewResultSet,
        readingCount: Int64, createdAt: Instant, updatedAt: Instant, version: Int64
    ) {
        self.id = id
        self.campaignId = campaignId
        self.organisationId = organisationId
        channel = details.channel
        period = details.period
        method = details.method
        role = details.role
        breakdown = details.breakdown
        status = .draft
        note = details.note
        supersedes = details.supersedes
        disjointAudiences = details.disjointAudiences
        source = details.source
        self.readingCount = readingCount
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    public var document: JSONValue { document(readings: nil) }

    /// The set as answers show it, with its readings if they are given.
    public func document(readings: [Reading]?) -> JSONValue {
        var object: JSONObject = [
            "id": .string(id.text), "campaignId": .string(campaignId.text),
            "organisationId": .string(organisationId.text),
            "channel": .string(channel.rawValue), "from": .text(period.from),
            "to": .text(period.to), "method": .string(method.rawValue),
            "role": .string(role.rawValue), "breakdown": .string(breakdown.rawValue),
            "status": .string(status.rawValue), "reason": .string(orNull: reason),
            "note": .string(orNull: note), "supersedes": .text(supersedes),
            "supersededBy": .text(supersededBy),
            "disjointAudiences": .string(orNull: disjointAudiences),
            "source": source?.document ?? .null, "readingCount": .integer(readingCount),
            "digest": .string(digest), "snapshot": .bool(isSnapshot),
        ]
        if let readings { object["readings"] = .array(readings.map(\.document)) }
        object["submittedAt"] = .text(submittedAt)
        object["acceptedAt"] = .text(acceptedAt)
        object["createdAt"] = shown(createdAt)
        object["updatedAt"] = shown(updatedAt)
        return .object(object)
    }
}
