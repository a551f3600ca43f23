// Indicators of campaigns: what is set, never what came of it.

import CounterpointModel
import Postgres

enum Indicators {
    private static let columns: StaticString = """
        select i.id, i.campaign_id, i.organisation_id, i.code, i.title, i.metric, i.channels, i.period_from, i.period_to,
               i.direction, i.currency, trim_scale(i.baseline)::text, i.baseline_statement, i.baseline_on,
               i.baseline_comment, trim_scale(i.target)::text, i.target_statement, i.target_on, i.target_comment,
               i.actual_statement, i.actual_on, i.actual_source, i.created_at, i.updated_at, i.version
          from indicators i
        """

    static let byId = SQLStatement(columns, "where i.id = $1", name: "indicators.byId")

    static let lock = SQLStatement(
        columns, "where i.id = $1 for update of i", name: "indicators.lock")

    static let ofCampaign = SQLStatement(
        columns,
        """
        where i.campaign_id = $4 and ($1::timestamptz is null or (i.created_at, i.id) > ($1, $2))
        order by i.created_at, i.id limit $3
        """, name: "indicators.ofCampaign")

    /// How many a campaign has, and whether one of them has this code. Run with the campaign locked.
    static let standing = SQLStatement(
        "select count(*), coalesce(bool_or(i.code = $2), false) from indicators i where i.campaign_id = $1",
        name: "indicators.standing")

    static let insert = SQLStatement(
        """
        insert into indicators (id, organisation_id, campaign_id, code, measure, metric, title, channels, period_from,
                                period_to, direction, currency, baseline, baseline_statement, baseline_on,
                                baseline_comment, target, target_statement, target_on, target_comment,
                                actual_statement, actual_on, actual_source)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::numeric, $14, $15, $16, $17::text::numeric,
                $18, $19, $20, $21, $22, $23)
        """, name: "indicators.insert")

    static let update = SQLStatement(
        """
        update indicators
           set title = $2, channels = $3, period_from = $4, period_to = $5, direction = $6, currency = $7,
               baseline = $8::text::numeric, baseline_statement = $9, baseline_on = $10, baseline_comment = $11,
               target = $12::text::numeric, target_statement = $13, target_on = $14, target_comment = $15,
               actual_statement = $16, actual_on = $17, actual_source = $18, updated_at = now(), version = version + 1
         where id = $1
        """, name: "indicators.update")

    static let delete = SQLStatement(
        "delete from indicators where id = $1", name: "indicators.delete")

    static let all: [SQLStatement] = [byId, lock, ofCampaign, standing, insert, update, delete]
}

extension Indicator {
    init(row: inout RowReader) throws {
        let id: Indicator.ID = try row.next()
        let campaign: Campaign.ID = try row.next()
        let organisation: Organisation.ID = try row.next()
        let code: String = try row.next()
        let title: String = try row.next()
        let metric = try row.next(String?.self).flatMap { Metric(code: $0) }
        let channels = try row.next([String].self).compactMap(Channel.init(rawValue:))
        let from = try row.next(Day?.self)
        let to = try row.next(Day?.self)
        let direction: IndicatorDirection = try row.word()
        let currency = try row.next(String?.self).flatMap { Currency($0) }
        let baseline = try IndicatorAim(row: &row)
        let target = try IndicatorAim(row: &row)
        let statement = try row.next(String?.self)
        let toldOn = try row.next(Day?.self)
        let source = try row.next(String?.self)
        var period: Period?
        if let from, let to { period = Period(from: from, to: to) }
        var told: IndicatorStatement?
        if let statement, let toldOn {
            told = IndicatorStatement(statement: statement, on: toldOn, source: source)
        }
        self.init(
            id: id, campaignId: campaign, organisationId: organisation,
            details: NewIndicator(
                code: code, title: title,
                terms: IndicatorTerms(
                    metric: metric, channels: channels, period: period, direction: direction,
                    currency: currency, baseline: baseline, target: target), told: told),
            createdAt: try row.next(), updatedAt: try row.next(), version: try row.next())
    }
}

extension IndicatorAim {
    fileprivate init(row: inout RowReader) throws {
        self.init(
            value: try row.optionalDecimal(), statement: try row.next(), on: try row.next(),
            comment: try row.next())
    }
}
