// How a summary is put together from the record: rows are dealt out to groups, and each group adds what adds and asks
// the reach arithmetic about what does not.

extension Summary {
    /// The answer to `question` from what the record says. `digest` names a text so that nobody can find another with
    /// the same name (SHA-256 as 64 hex digits); it is handed in because this room does no cryptography.
    public init(
        _ question: SummaryQuestion, from material: SummaryMaterial,
        receipts form: ReceiptForm = .second, digest: (String) -> String
    ) throws {
        self.question = question
        asOf = question.asOf ?? material.answeredAt
        revisions = material.revisions.map {
            ProgrammeRevision(programme: $0.programme, revision: $0.revision)
        }
        accounting = SummaryAccounting(
            acceptedReadings: material.acceptedReadings, pendingReadings: material.pendingReadings,
            supersededReadings: material.supersededReadings,
            suppressedCells: material.suppressedCells,
            campaignsPartlyInCountries: material.campaignsPartlyInCountries)
        notice = material.isPublished ? Publication.notice : nil
        let dealer = GroupDealer(question, material)
        groups = []
        for hand in dealer.hands() {
            var group = try SummaryGroup(hand, question, material)
            group.receipt =
                "sha256:" + digest(group.receiptText(of: self, material.setDigests, form))
            groups.append(group)
        }
    }
}

/// The rows and campaigns of one group.
struct GroupHand {
    var key: [SummaryGroup.KeyPart]
    /// The days the group is about: the asked ones, or those of its month in them; nil: the days recorded.
    var period: Period?
    var channels: Set<Channel>?
    var figures: [RecordedFigure]
    var campaigns: [ScopeCampaign]
    /// Within a month only what lies inside the month counts.
    func isInside(_ figure: RecordedFigure) -> Bool {
        figure.isInside && (period?.contains(figure.period) ?? true)
    }
}

/// Deals rows out to groups. A row belongs to one group in each dimension but one: a row that spans several months is in
/// the hand of each month it touches, where it straddles, and is added to none of them.
struct GroupDealer {
    private let question: SummaryQuestion
    private let material: SummaryMaterial
    private let campaigns: [Campaign.ID: ScopeCampaign]

    init(_ question: SummaryQuestion, _ material: SummaryMaterial) {
        self.question = question
        self.material = material
        campaigns = Dictionary(uniqueKeysWithValues: material.campaigns.map { ($0.id, $0) })
    }

    func hands() -> [GroupHand] {
        let asked = askedPeriod
        guard !question.groupBy.isEmpty else {
            return [
                GroupHand(
                    key: [], period: asked, channels: askedChannels, figures: material.figures,
                    campaigns: material.campaigns)
            ]
        }
        var byKey: [[String?]: [RecordedFigure]] = [:]
        for figure in material.figures {
            for key in keys(of: figure, asked) { byKey[key, default: []].append(figure) }
        }
        return byKey.map { key, figures in hand(key, figures, asked) }
            .sorted { left, right in Self.precedes(left.key, right.key) }
    }

    /// The asked days, an open end closed by the last (or first) day recorded.
    private var askedPeriod: Period? {
        guard question.from != nil || question.to != nil else { return nil }
        let from = question.from ?? material.figures.map(\.period.from).min() ?? question.to!
        let to = question.to ?? material.figures.map(\.period.to).max() ?? question.from!
        return Period(from: min(from, to), to: max(from, to))
    }

    private var askedChannels: Set<Channel>? {
        question.channels.isEmpty ? nil : Set(question.channels)
    }

    private func keys(of figure: RecordedFigure, _ asked: Period?) -> [[String?]] {
        var keys: [[String?]] = [[]]
        for dimension in question.groupBy {
            let values = values(of: dimension, figure, asked)
            keys = keys.flatMap { key in values.map { key + [$0] } }
        }
        return keys
    }

    private func values(
        of dimension: GroupDimension, _ figure: RecordedFigure, _ asked: Period?
    ) -> [String?] {
        switch dimension {
        case .channel: return [figure.channel.rawValue]
        case .campaign: return [figure.campaign.text]
        case .organisation: return [campaigns[figure.campaign]?.organisation.text]
        case .country: return [country(of: campaigns[figure.campaign])]
        case .month:
            let days = asked.flatMap { figure.period.intersection($0) } ?? figure.period
            return days.months.map { Self.monthText($0.from) }
        }
    }

    /// A campaign of one country belongs to it; the figures of a campaign of several cannot be divided among them.
    private func country(of campaign: ScopeCampaign?) -> String? {
        guard let campaign, campaign.countries.count == 1 else { return nil }
        return campaign.countries[0]
    }

    private static func monthText(_ day: Day) -> String { String(day.description.prefix(7)) }

    private func hand(_ key: [String?], _ figures: [RecordedFigure], _ asked: Period?) -> GroupHand
    {
        var parts: [SummaryGroup.KeyPart] = []
        var period = asked
        var channels = askedChannels
        var members = material.campaigns
        for (dimension, value) in zip(question.groupBy, key) {
            var label: String?
            switch dimension {
            case .channel: channels = value.flatMap(Channel.init(rawValue:)).map { [$0] }
            case .campaign:
                members = members.filter { $0.id.text == value }
                label = members.first?.name
            case .organisation:
                members = members.filter { $0.organisation.text == value }
                label = members.first.flatMap { material.organisationNames[$0.organisation] }
            case .country: members = members.filter { country(of: $0) == value }
            case .month:
                if let value, let first = Day(iso: value + "-01"),
                    let month = Period(from: first, to: first.lastOfMonth)
                {
                    period = asked.flatMap { month.intersection($0) } ?? month
                }
            }
            parts.append(SummaryGroup.KeyPart(dimension: dimension, value: value, label: label))
        }
        // Grouped by channel, a campaign counts to the group if it has figures there; grouped otherwise, all in scope do.
        if question.groupBy.contains(.channel) {
            let present = Set(figures.map(\.campaign))
            members = members.filter { present.contains($0.id) }
        }
        return GroupHand(
            key: parts, period: period, channels: channels, figures: figures, campaigns: members)
    }

    /// Groups come in the order of their keys, what belongs to no single one last.
    private static func precedes(
        _ left: [SummaryGroup.KeyPart], _ right: [SummaryGroup.KeyPart]
    ) -> Bool {
        for (left, right) in zip(left, right) where left.value != right.value {
            guard let leftValue = left.value else { return false }
            guard let rightValue = right.value else { return true }
            return leftValue < rightValue
        }
        return false
    }
}
