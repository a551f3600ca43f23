// counterpoint results due: which reports are due, late or missing.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ResultsDue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: "List the reports that are due, late or missing.",
        discussion: """
            One line for each grant, campaign and reporting period that the campaign touches. A due day is over when it is \
            over in UTC; from two weeks on a report is very late; missing means that nothing at all was handed in.

              counterpoint results due --status late --status veryLate
              counterpoint results due --grant "Voices online" --status missing
            """)

    @Option(help: "Only under this grant, by id or title.") var grant: String?
    @Option(help: "Only of this campaign, by id or name.") var campaign: String?
    @Option(help: "Only of this organisation, by id or name.") var organisation: String?
    @Option(help: "Only under grants of this programme, by id or name.") var programme: String?
    @Option(help: "Only such; may be repeated.") var status: [ReportPick] = []
    @OptionGroup var page: PageOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var output: OutputOptions

    static let columns = [
        Column("DUE", "dueOn"), Column("STATUS", "status"),
        Column("DAYS LATE", "daysLate", .number),
        Column("FROM", "needed.from"), Column("TO", "needed.to"),
        Column("DAYS", "daysNeeded", .number), Column("HANDED IN", "daysHandedIn", .number),
        Column("ACCEPTED", "daysAccepted", .number), Column("NOTHING", "missing"),
        Column("CAMPAIGN", "campaignId"), Column("GRANT", "grantId"),
    ]

    func run() async throws {
        try await Session.acting(as: actor.principal) { session in
            var filter = ReportFilter()
            if let grant { filter.grant = try await session.grant(grant) }
            if let campaign { filter.campaign = try await session.campaign(campaign) }
            filter.organisation = try await session.organisation(orNil: organisation)
            filter.programme = try await session.programme(orNil: programme)
            filter.picks = Set(status)
            let totals = try await session.registry.reportTotals(filter, as: session.caller)
            let list = try await page.read({ $0.document(today: totals.today) }) { [filter] in
                try await session.registry.reportsDue(filter, page: $0, as: session.caller).page
            }
            output.show(
                page: list, in: Self.columns,
                empty: "There are none. A grant's reportingPeriods say when reports are due.")
            guard output.format == .table else { return }
            let counts = ReportPick.allCases.map { "\(totals[$0]) \($0.rawValue)" }
            Surroundings.console.print(
                "On \(totals.today) (UTC), whatever their status: \(counts.joined(separator: ", "))."
            )
        }
    }
}
