// What clients send to plan a campaign or to change it.

/// A campaign to plan.
public struct NewCampaign: Sendable, Hashable, BodyReadable {
    public var organisationId: Organisation.ID
    public var grantIds: [Grant.ID]
    public var name: String
    public var startsOn: Day
    public var endsOn: Day
    public var countries: [Country]
    public var languages: [Language]
    public var channels: [Channel]
    public var brief: Brief
    public var audienceSize: Int64?
    public var publicName: String?

    public init(
        organisationId: Organisation.ID, grantIds: [Grant.ID] = [], name: String, startsOn: Day,
        endsOn: Day, countries: [Country] = [], languages: [Language] = [],
        channels: [Channel] = [], brief: Brief = Brief(), audienceSize: Int64? = nil,
        publicName: String? = nil
    ) {
        self.organisationId = organisationId
        self.grantIds = grantIds
        self.name = name
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.countries = countries
        self.languages = languages
        self.channels = channels
        self.brief = brief
        self.audienceSize = audienceSize
        self.publicName = publicName
    }

    public static func read(from reader: inout BodyReader) -> NewCampaign? {
        let organisationId: Organisation.ID? = reader.required("organisationId", .identifier())
        let grantIds = reader.optional("grantIds", .grants)
        let name = reader.required("name", .text(.name))
        let startsOn = reader.required("startsOn", .day)
        let endsOn = reader.required("endsOn", .day)
        let countries = reader.optional("countries", .countries)
        let languages = reader.optional("languages", .languages)
        let channels = reader.optional("channels", .channels)
        let brief = reader.optional("brief", BriefChange.shape)
        let audienceSize = reader.optional("audienceSize", .integer(in: Campaign.audienceSizes))
        let publicName = reader.optional("publicName", .text(.name))
        if let startsOn, let endsOn { reader.place.checkOrder(startsOn, endsOn) }
        guard let organisationId, let name, let startsOn, let endsOn else { return nil }
        return NewCampaign(
            organisationId: organisationId, grantIds: grantIds ?? [], name: name,
            startsOn: startsOn, endsOn: endsOn, countries: countries ?? [],
            languages: languages ?? [], channels: channels ?? [],
            brief: brief?.applied(to: Brief()) ?? Brief(), audienceSize: audienceSize,
            publicName: publicName)
    }
}

/// A merge patch of a brief, member by member.
public struct BriefChange: Sendable, Hashable, BodyReadable {
    public var goal: Change<String> = .keep
    public var audience: Change<String> = .keep
    public var message: Change<String> = .keep
    public var messenger: Change<String> = .keep
    public var media: Change<String> = .keep
    public var action: Change<String> = .keep

    public init() {}

    public static func read(from reader: inout BodyReader) -> BriefChange? {
        var change = BriefChange()
        change.goal = reader.change("goal", .text(.section))
        change.audience = reader.change("audience", .text(.section))
        change.message = reader.change("message", .text(.section))
        change.messenger = reader.change("messenger", .text(.section))
        change.media = reader.change("media", .text(.section))
        change.action = reader.change("action", .text(.section))
        return change
    }

    /// The brief after the patch.
    public func applied(to old: Brief) -> Brief {
        Brief(
            goal: goal.over(old.goal), audience: audience.over(old.audience),
            message: message.over(old.message), messenger: messenger.over(old.messenger),
            media: media.over(old.media), action: action.over(old.action))
    }
}

/// A merge patch of a campaign; its organisation stays, its status changes by transitions only.
public struct CampaignChange: Sendable, Hashable, BodyReadable {
    public var grantIds: Change<[Grant.ID]> = .keep
    public var name: Change<String> = .keep
    public var startsOn: Change<Day> = .keep
    public var endsOn: Change<Day> = .keep
    public var countries: Change<[Country]> = .keep
    public var languages: Change<[Language]> = .keep
    public var channels: Change<[Channel]> = .keep
    public var brief: Change<BriefChange> = .keep
    public var audienceSize: Change<Int64> = .keep
    public var publicName: Change<String> = .keep

    public init() {}

    public static func read(from reader: inout BodyReader) -> CampaignChange? {
        var change = CampaignChange()
        change.grantIds = reader.change("grantIds", .grants)
        change.name = reader.replacement("name", .text(.name))
        change.startsOn = reader.replacement("startsOn", .day)
        change.endsOn = reader.replacement("endsOn", .day)
        change.countries = reader.change("countries", .countries)
        change.languages = reader.change("languages", .languages)
        change.channels = reader.change("channels", .channels)
        change.brief = reader.change("brief", BriefChange.shape)
        change.audienceSize = reader.change(
            "audienceSize", .integer(in: Campaign.audienceSizes))
        change.publicName = reader.change("publicName", .text(.name))
        reader.forbidden("organisationId", "A campaign stays with its organisation.")
        reader.forbidden("status", "The status changes by a transition.")
        return change
    }

    /// The campaign after the patch; throws what the whole then breaks.
    public func applied(to old: Campaign) throws(InvalidInput) -> Campaign {
        var new = old
        new.grantIds = grantIds.overList(old.grantIds)
        new.name = name.replacing(old.name)
        new.startsOn = startsOn.replacing(old.startsOn)
        new.endsOn = endsOn.replacing(old.endsOn)
        new.countries = countries.overList(old.countries)
        new.languages = languages.overList(old.languages)
        new.channels = channels.overList(old.channels)
        switch brief {
        case .keep: break
        case .set(let change): new.brief = change.applied(to: old.brief)
        case .clear: new.brief = Brief()
        }
        new.audienceSize = audienceSize.over(old.audienceSize)
        new.publicName = publicName.over(old.publicName)
        let place = Place()
        place.checkOrder(new.startsOn, new.endsOn)
        try place.throwIfFaulty()
        return new
    }
}

extension Shape where Value == [Grant.ID] {
    fileprivate static var grants: Shape {
        .uniqueList(of: .identifier(), atMost: ListLimit.parties)
    }
}

extension Shape where Value == [Channel] {
    static var channels: Shape { .uniqueList(of: .channel, atMost: Channel.allCases.count) }
}

extension Shape where Value == Channel {
    /// A channel by its code; a code that is nearly one is named.
    static var channel: Shape {
        Shape<String>.string.then { text, place in
            if let channel = Channel(rawValue: text) { return channel }
            place.refused("unknownChannel", Spelling.unknown(text, among: Channel.allCases))
            return nil
        }
    }
}
