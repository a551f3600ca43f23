// Which reports are due: read only, for those who make and those who await them.

import CounterpointModel
import CounterpointRecords

struct ReportRoutes {
    let registry: Registry

    private static let filters: [QueryParameter] = [
        .id("grant", "Only under this grant."), .id("campaign", "Only of this campaign."),
        .id("organisation", "Only of this organisation."),
        .id("programme", "Only under grants of this programme."),
    ]

    var list: Operation {
        Operation(
            "listReportsDue", "List the reports that are due",
            "One for each grant, campaign and reporting period that the campaign touches and that has "
                + "begun, in the order of their due days: what is due, late, very late (more than two "
                + "weeks), handed in and accepted, with the sets that answer it and the days that are "
                + "missing. The day is the database's, in UTC.",
            tag: .results,
            query: Self.filters + [
                .one(
                    "status", of: ReportPick.self,
                    "Only such; missing: nothing was handed in when it was due.", repeats: true)
            ] + .page,
            answers: [.page(of: "ReportDue")], problems: [.forbidden]
        ) { [registry] exchange in
            var filter = Self.filter(exchange.query)
            filter.picks = Set(exchange.query.choices("status"))
            let reports = try await registry.reportsDue(
                filter, page: exchange.page, as: exchange.caller)
            return .page(reports.page, of: exchange) { $0.document(today: reports.today) }
        }
    }

    var totals: Operation {
        Operation(
            "countReportsDue", "Count the reports that are due, by how they stand",
            "Those that are missing are counted as late or very late too.", tag: .results,
            query: Self.filters,
            answers: [
                AnswerShape(
                    status: 200, help: "The counts.",
                    contents: [.init(type: .json, schema: .named("ReportTotals"))])
            ], problems: [.forbidden]
        ) { [registry] exchange in
            let totals = try await registry.reportTotals(
                Self.filter(exchange.query), as: exchange.caller)
            return .json(totals.document)
        }
    }

    private static func filter(_ query: QueryValues) -> ReportFilter {
        var filter = ReportFilter()
        filter.grant = query.id("grant")
        filter.campaign = query.id("campaign")
        filter.organisation = query.id("organisation")
        filter.programme = query.id("programme")
        return filter
    }
}
