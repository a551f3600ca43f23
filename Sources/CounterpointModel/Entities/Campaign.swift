// A campaign: what an organisation does with its grants, for whom, where, and what it should achieve.

/// The GAMMMA+ brief: goal, audience, message, messenger, media, action.
public struct Brief: Sendable, Hashable {
    public var goal: String?
    public var audience: String?
    public var message: String?
    public var messenger: String?
    public var media: String?
    public var action: String?

    public init(
        goal: String? = nil, audience: String? = nil, message: String? = nil,
        messenger: String? = nil, media: String? = nil, action: String? = nil
    ) {
        self.goal = goal
        self.audience = audience
        self.message = message
        self.messenger = messenger
        self.media = media
        self.action = action
    }

    /// All six members, null where nothing is written.
    public var document: JSONValue {
        [
            "goal": .string(orNull: goal), "audience": .string(orNull: audience),
            "message": .string(orNull: message), "messenger": .string(orNull: messenger),
            "media": .string(orNull: media), "action": .string(orNull: action),
        ]
    }
}

/// Where a campaign stands.
public enum CampaignStatus: String, LifeCycle {
    case planned, running, ended, evaluated, cancelled

    public var successors: [CampaignStatus] {
        switch self {
        case .planned: [.running, .cancelled]
        case .running: [.ended, .cancelled]
        case .ended: [.evaluated]
        case .evaluated, .cancelled: []
        }
    }

    public func needsReason(to next: CampaignStatus) -> Bool { next == .cancelled }

    public func permits(_ role: Role, to next: CampaignStatus) -> Bool {
        role.isManaging || role == .ngoEditor
    }

    /// The status after the transition.
    public func moved(
        by transition: Transition<CampaignStatus>, today: Day
    ) throws(Refusal) -> CampaignStatus {
        try checkStep(to: transition.to, reason: transition.reason)
        _ = try transition.day(today: today)
        return transition.to
    }
}

/// A campaign of an organisation.
public struct Campaign: Record {
    public typealias ID = Identifier<Campaign>

    public var id: ID
    public var organisationId: Organisation.ID
    public var grantIds: [Grant.ID]
    public var name: String
    /// Under which funders read of it; nil: under its name if the organisation may be named, else under a neutral one.
    public var publicName: String?
    public var startsOn: Day
    public var endsOn: Day
    public var countries: [Country]
    public var languages: [Language]
    public var channels: [Channel]
    public var brief: Brief
    /// How many people it is meant for; bounds what its reach can be.
    public var audienceSize: Int64?
    public var status: CampaignStatus
    public var createdAt: Instant
    public var updatedAt: Instant
    public var version: Int64

    /// From one person to more than live on earth (8 × 10^9).
    public static let audienceSizes: ClosedRange<Int64> = 1...10_000_000_000

    public init(
        id: ID, details: NewCampaign, status: CampaignStatus, createdAt: Instant,
        updatedAt: Instant, version: Int64
    ) {
        self.id = id
        organisationId = details.organisationId
        grantIds = details.grantIds
        name = details.name
        publicName = details.publicName
        startsOn = details.startsOn
        endsOn = details.endsOn
        countries = details.countries
        languages = details.languages
        channels = details.channels
        brief = details.brief
        audienceSize = details.audienceSize
        self.status = status
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "organisationId": .string(organisationId.text),
            "grantIds": .texts(grantIds), "name": .string(name),
            "publicName": .string(orNull: publicName), "startsOn": .text(startsOn),
            "endsOn": .text(endsOn), "countries": .texts(countries),
            "languages": .texts(languages), "channels": .codes(channels),
            "brief": brief.document, "audienceSize": .integer(orNull: audienceSize),
            "status": .string(status.rawValue), "createdAt": shown(createdAt),
            "updatedAt": shown(updatedAt),
        ]
    }
}
