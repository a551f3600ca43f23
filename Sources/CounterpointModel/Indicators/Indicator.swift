// What a campaign set out to reach, in the words of IATI's results framework: an indicator with its measure, a baseline, a
// target, and the direction in which more is better.

/// How an indicator is measured.
public enum IndicatorMeasure: String, CaseIterable, Hashable, Sendable {
    /// By a metric of the catalogue: the actual figure is computed from accepted readings.
    case metric
    /// In words: statements that people make and date.
    case qualitative
}

/// Whether more is better.
public enum IndicatorDirection: String, CaseIterable, Hashable, Sendable {
    case ascending, descending
}

/// A baseline or a target: a figure or a statement, the day it is of, and a remark.
public struct IndicatorAim: Sendable, Hashable {
    public var value: ExactDecimal?
    public var statement: String?
    public var on: Day?
    public var comment: String?

    public init(
        value: ExactDecimal? = nil, statement: String? = nil, on: Day? = nil,
        comment: String? = nil
    ) {
        self.value = value
        self.statement = statement
        self.on = on
        self.comment = comment
    }

    public var isEmpty: Bool { value == nil && statement == nil && on == nil && comment == nil }
}

/// What was actually reached, where it can be told in words only.
public struct IndicatorStatement: Sendable, Hashable {
    public var statement: String
    public var on: Day
    /// Where it comes from: a survey, a report, an interview.
    public var source: String?

    public init(statement: String, on: Day, source: String? = nil) {
        self.statement = statement
        self.on = on
        self.source = source
    }

    /// `{"statement","on","source"}`.
    public var document: JSONValue {
        [
            "statement": .string(statement), "on": .text(on), "source": .string(orNull: source),
        ]
    }
}

/// What an indicator measures, and what it should come to.
public struct IndicatorTerms: Sendable, Hashable {
    /// Nil: it is told in words.
    public var metric: Metric?
    /// Only these channels; empty: all of the campaign's.
    public var channels: [Channel]
    /// Only these days; nil: all that is recorded.
    public var period: Period?
    public var direction: IndicatorDirection
    /// Of a metric of money, as the baseline or the target has it.
    public var currency: Currency?
    public var baseline: IndicatorAim
    public var target: IndicatorAim

    public init(
        metric: Metric? = nil, channels: [Channel] = [], period: Period? = nil,
        direction: IndicatorDirection = .ascending, currency: Currency? = nil,
        baseline: IndicatorAim = IndicatorAim(), target: IndicatorAim = IndicatorAim()
    ) {
        self.metric = metric
        self.channels = channels
        self.period = period
        self.direction = direction
        self.currency = currency
        self.baseline = baseline
        self.target = target
    }

    public var measure: IndicatorMeasure { metric == nil ? .qualitative : .metric }

    /// The question whose answer holds the actual figure.
    public func question(of campaign: Campaign.ID) -> SummaryQuestion {
        var question = SummaryQuestion()
        question.campaigns = [campaign]
        question.channels = channels
        question.from = period?.from
        question.to = period?.to
        return question
    }
}

/// An indicator of a campaign.
public struct Indicator: Record {
    public typealias ID = Identifier<Indicator>

    public var id: ID
    public var campaignId: Campaign.ID
    public var organisationId: Organisation.ID
    /// Short, and of one indicator of the campaign only.
    public var code: String
    public var title: String
    public var terms: IndicatorTerms
    /// Of a qualitative one.
    public var told: IndicatorStatement?
    public var createdAt: Instant
    public var updatedAt: Instant
    public var version: Int64

    /// Indicators of a campaign: a results framework of more is read by nobody.
    public static let max = 50

    public init(
        id: ID, campaignId: Campaign.ID, organisationId: Organisation.ID, details: NewIndicator,
        createdAt: Instant, updatedAt: Instant, version: Int64
    ) {
        self.id = id
        self.campaignId = campaignId
        self.organisationId = organisationId
        code = details.code
        title = details.title
        terms = details.terms
        told = details.told
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    /// The indicator without what is computed for it, as the log keeps it.
    public var document: JSONValue {
        [
            "id": .string(id.text), "campaignId": .string(campaignId.text),
            "organisationId": .string(organisationId.text), "code": .string(code),
            "title": .string(title), "measure": .string(terms.measure.rawValue),
            "metric": .string(orNull: terms.metric?.code), "channels": .codes(terms.channels),
            "from": .text(terms.period?.from), "to": .text(terms.period?.to),
            "direction": .string(terms.direction.rawValue),
            // IATI's aggregation-status: whether figures of several campaigns may be added.
            "addable": .bool(terms.metric?.additivity.isAdditive ?? false),
            "baseline": terms.document(of: terms.baseline),
            "target": terms.document(of: terms.target),
            "actual": told?.document ?? .null,
            "createdAt": .text(createdAt), "updatedAt": .text(updatedAt),
        ]
    }
}

extension IndicatorTerms {
    fileprivate func document(of aim: IndicatorAim) -> JSONValue {
        guard !aim.isEmpty else { return .null }
        return [
            "value": aim.value.map(document(of:)) ?? .null,
            "statement": .string(orNull: aim.statement), "on": .text(aim.on),
            "comment": .string(orNull: aim.comment),
        ]
    }

    /// A figure of the metric: whole ones as integers, others as decimal strings, money with its currency.
    func document(of value: ExactDecimal) -> JSONValue {
        guard let metric else { return .null }
        guard metric.additivity == .money, let currency else {
            return metric.additivity.isWhole && value.wholeNumber != nil
                ? .integer(orNull: value.wholeNumber) : .string(value.plainText)
        }
        return [
            "amount": .string(value.text(scale: currency.minorUnitDigits)),
            "currency": .string(currency.code),
        ]
    }
}

extension Indicator {
    /// What a campaign set out to reach is not moved to where it arrived: once it runs, a manager decides. What was
    /// actually reached, and the title, may be written at any time.
    public func checkAimsOpen(for role: Role, while status: CampaignStatus) throws(Refusal) {
        guard status != .planned, !role.isManaging else { return }
        throw Refusal(
            "aimsAreFixed",
            "The campaign is \(status.rawValue): what it set out to reach is changed by a programme manager only."
        )
    }
}
