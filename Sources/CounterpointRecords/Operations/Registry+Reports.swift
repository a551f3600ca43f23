// Which reports are due: for each grant, campaign and reporting period that the campaign touches. The clock is the
// database's, and a day is over when it is over in UTC.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// Which reports to list; nil and an empty set ask for all.
public struct ReportFilter: ListFilter {
    public var grant: Grant.ID?
    public var campaign: Campaign.ID?
    public var organisation: Organisation.ID?
    public var programme: Programme.ID?
    public var picks: Set<ReportPick> = []

    public init() {}
}

/// One page of reports, and the day by which their status was told.
public struct ReportPage: Sendable {
    public var page: Page<ReportDue>
    public var today: Day
}

extension Registry {
    /// Reports in the order of their due days.
    public func reportsDue(
        _ filter: ReportFilter, page request: PageRequest, as caller: Caller
    ) async throws -> ReportPage {
        try await read(.readReports, as: caller) { transaction, reader in
            let cursor = Cursor(list: "reportsDue", filter: filter.sorted, reader: reader)
            let today = try Self.todayInUTC(in: transaction)
            var after = try request.cursor.map { try cursor.position($0) }
            var picked: [DatedReport] = []
            // How a report stands is the model's to say, so that rows are asked for until the page is full.
            while picked.count <= request.limit {
                let rows = try Self.reports(
                    filter, after: after, limit: Self.reportBatch, in: transaction)
                picked += rows.filter { $0.report.isPicked(by: filter.picks, today: today) }
                guard let last = rows.last, rows.count == Self.reportBatch else { break }
                after = last.position
            }
            let page = Self.page(
                Array(picked.prefix(request.limit + 1)), request, cursor, position: \.position)
            return ReportPage(page: page.map(\.report), today: today)
        }
    }

    /// How many reports stand how.
    public func reportTotals(_ filter: ReportFilter, as caller: Caller) async throws -> ReportTotals
    {
        try await read(.readReports, as: caller) { transaction, _ in
            var totals = ReportTotals(today: try Self.todayInUTC(in: transaction))
            var after: Position?
            while true {
                let rows = try Self.reports(
                    filter, after: after, limit: Self.reportBatch, in: transaction)
                for row in rows { totals.count(row.report) }
                guard let last = rows.last, rows.count == Self.reportBatch else { return totals }
                after = last.position
            }
        }
    }

    /// Rows looked at in one statement: a page, and some for those that a filter leaves out.
    private static let reportBatch = PageRequest.maximumLimit + 1

    static func lateReports(of grant: Grant.ID, in transaction: borrowing Transaction) throws -> Int
    {
        let today = try todayInUTC(in: transaction)
        var filter = ReportFilter()
        filter.grant = grant
        // More than a batch are late in any case.
        return try reports(filter, after: nil, limit: reportBatch, in: transaction)
            .filter { $0.report.isPicked(by: [.late, .veryLate], today: today) }.count
    }

    private static func todayInUTC(in transaction: borrowing Transaction) throws -> Day {
        try transaction.row(Query(Grants.todayInUTC) { row in try row.next(Day.self) })!
    }

    private static func reports(
        _ filter: ReportFilter, after: Position?, limit: Int, in transaction: borrowing Transaction
    ) throws -> [DatedReport] {
        try transaction.rows(
            Query(
                Grants.reportsDue, after?.createdAt.day,
                after.map { Identifier<Void>($0.id) }, filter.grant, filter.campaign,
                filter.organisation, filter.programme, limit, decode: DatedReport.init(row:)))
    }
}

extension ReportFilter {
    /// The same filter in a form that prints alike whatever order a set has.
    fileprivate var sorted: SortedReportFilter {
        SortedReportFilter(
            ids: [grant?.text, campaign?.text, organisation?.text, programme?.text],
            picks: picks.map(\.rawValue).sorted())
    }
}

private struct SortedReportFilter: ListFilter {
    var ids: [String?]
    var picks: [String]
}

/// A report with its place in the list.
private struct DatedReport: Sendable {
    var report: ReportDue
    var key: UUID

    var position: Position {
        Position(createdAt: Instant(startOf: report.dueOn), id: key)
    }

    init(row: inout RowReader) throws {
        key = try row.next(Identifier<Void>.self).uuid
        let grant: Grant.ID = try row.next()
        let campaign: Campaign.ID = try row.next()
        let organisation: Organisation.ID = try row.next()
        let programme: Programme.ID = try row.next()
        let period = try row.period()
        let needed = try row.period()
        let dueOn: Day = try row.next()
        let channels = try row.next([String].self).compactMap(Channel.init(rawValue:))
        let ids: [ResultSet.ID] = try row.next()
        let statuses = try row.next([String].self).compactMap(ResultSetStatus.init(rawValue:))
        let sources = try row.next([String].self).compactMap(Channel.init(rawValue:))
        let starts: [Day] = try row.next()
        let ends: [Day] = try row.next()
        let days: [Day] = try row.next()
        guard
            [statuses.count, sources.count, starts.count, ends.count, days.count]
                .allSatisfy({ $0 == ids.count })
        else { throw RegistryError.internalFault("columns of unequal length") }
        report = ReportDue(
            grantId: grant, campaignId: campaign, organisationId: organisation,
            programmeId: programme, period: period, needed: needed, dueOn: dueOn,
            channels: channels,
            answers: ids.indices.compactMap { index in
                Period(from: starts[index], to: ends[index]).map {
                    ReportDue.Answer(
                        set: ids[index], status: statuses[index], channel: sources[index],
                        period: $0, handedInOn: days[index])
                }
            })
    }
}
