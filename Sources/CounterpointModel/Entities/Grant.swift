// A grant: money promised to an organisation, in instalments, for a time.

/// One part of a grant's amount and the day it falls due.
public struct Instalment: Sendable, Hashable, BodyReadable {
    public var dueOn: Day
    public var amount: Money
    /// Whether it waits for a report to be accepted.
    public var afterReport: Bool

    public init(dueOn: Day, amount: Money, afterReport: Bool = false) {
        self.dueOn = dueOn
        self.amount = amount
        self.afterReport = afterReport
    }

    public static func read(from reader: inout BodyReader) -> Instalment? {
        let dueOn = reader.required("dueOn", .day)
        let amount = reader.required("amount", .money(.moreThanZero))
        let afterReport = reader.optional("afterReport", .bool)
        guard let dueOn, let amount else { return nil }
        return Instalment(dueOn: dueOn, amount: amount, afterReport: afterReport ?? false)
    }

    /// `{"dueOn","amount","afterReport"}`.
    public var document: JSONValue {
        ["dueOn": .text(dueOn), "amount": amount.document, "afterReport": .bool(afterReport)]
    }
}

/// A grant of a programme to an organisation.
public struct Grant: Record {
    public typealias ID = Identifier<Grant>

    public var id: ID
    public var programmeId: Programme.ID
    public var organisationId: Organisation.ID
    public var title: String
    /// Under which funders read of it; nil: under its title if the organisation may be named, else under a neutral one.
    public var publicTitle: String?
    public var amount: Money
    public var startsOn: Day
    public var endsOn: Day
    public var instalments: [Instalment]
    /// The rule that makes the reporting periods; nil: they were given one by one.
    public var reporting: ReportingRule?
    public var reportingPeriods: [ReportingPeriod]
    public var agreementSignedOn: Day?
    public var status: GrantStatus
    public var createdAt: Instant
    public var updatedAt: Instant
    public var version: Int64

    public init(
        id: ID, details: NewGrant, agreementSignedOn: Day?, status: GrantStatus,
        createdAt: Instant, updatedAt: Instant, version: Int64
    ) {
        self.id = id
        programmeId = details.programmeId
        organisationId = details.organisationId
        title = details.title
        publicTitle = details.publicTitle
        amount = details.amount
        startsOn = details.startsOn
        endsOn = details.endsOn
        instalments = details.instalments
        reporting = details.reporting
        reportingPeriods = details.reportingPeriods
        self.agreementSignedOn = agreementSignedOn
        self.status = status
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    public var document: JSONValue {
        [
            "id": .string(id.text), "programmeId": .string(programmeId.text),
            "organisationId": .string(organisationId.text), "title": .string(title),
            "publicTitle": .string(orNull: publicTitle),
            "amount": amount.document, "startsOn": .text(startsOn), "endsOn": .text(endsOn),
            "instalments": .array(instalments.map(\.document)),
            "reporting": reporting?.document ?? .null,
            "reportingPeriods": .array(reportingPeriods.map(\.document)),
            "agreementSignedOn": .text(agreementSignedOn), "status": .string(status.rawValue),
            "createdAt": shown(createdAt), "updatedAt": shown(updatedAt),
        ]
    }
}
