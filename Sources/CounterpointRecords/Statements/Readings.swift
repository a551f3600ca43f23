// Readings, and what is derived from them: the digest of a set and its figures.

import CounterpointModel
import Postgres

enum Readings {
    /// How many readings travel in one statement: 12 arrays of 5,000 short values are about a megabyte, well under the
    /// 8 MiB that a parameter may have.
    static let batch = 5_000

    // Arrays cannot hold NULL on their way: an empty text stands for it, which no content, cell or note can be.
    static let insert = SQLStatement(
        """
        insert into readings (result_set_id, number, organisation_id, campaign_id, metric, additivity, period_from,
                              period_to, content, cell, state, qualifier, value, currency, note, line)
        select $1, r.number, $2, $3, r.metric, r.additivity, r.period_from, r.period_to, nullif(r.content, ''),
               nullif(r.cell, ''), r.state, r.qualifier, nullif(r.value, '')::numeric, nullif(r.currency, ''),
               nullif(r.note, ''), nullif(r.line, 0)
          from unnest($4::integer[], $5::text[], $6::text[], $7::date[], $8::date[], $9::text[], $10::text[],
                      $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::integer[])
            as r(number, metric, additivity, period_from, period_to, content, cell, state, qualifier, value, currency,
                 note, line)
        """, name: "readings.insert")

    static let delete = SQLStatement(
        "delete from readings where result_set_id = $1", name: "readings.delete")

    /// All readings of the set $1, whether they are kept in rows or in blocks (schema/0011).
    private static let stored: StaticString = """
        (select r.number, r.metric, r.additivity, r.period_from, r.period_to, r.content, r.cell, r.state, r.qualifier,
                r.value, r.currency
           from readings r where r.result_set_id = $1
         union all
         select b.first_number + u.place::integer - 1, u.metric, u.additivity, u.period_from, u.period_to,
                nullif(u.content, ''), nullif(u.cell, ''), u.state, u.qualifier,
                nullif(u.value, '')::numeric(26, 8), nullif(u.currency, '')
           from reading_blocks b,
                unnest(b.metric, b.additivity, b.period_from, b.period_to, b.content, b.cell, b.state, b.qualifier,
                       b.value, b.currency) with ordinality
                    as u(metric, additivity, period_from, period_to, content, cell, state, qualifier, value, currency,
                         place)
          where b.result_set_id = $1)
        """

    // Of blocks only those are unpacked that hold some of the numbers from $2 + 1 on, at most $3 of them.
    static let ofSet = SQLStatement(
        """
        select r.metric, r.period_from, r.period_to, r.content, r.cell, r.state, r.qualifier,
               trim_scale(r.value)::text, r.currency, r.note, r.line
          from (select r.number, r.metric, r.period_from, r.period_to, r.content, r.cell, r.state, r.qualifier, r.value,
                       r.currency, r.note, r.line
                  from readings r where r.result_set_id = $1 and r.number > $2
                union all
                select b.first_number + u.place::integer - 1, u.metric, u.period_from, u.period_to,
                       nullif(u.content, ''), nullif(u.cell, ''), u.state, u.qualifier, nullif(u.value, '')::numeric,
                       nullif(u.currency, ''), nullif(u.note, ''), nullif(u.line, 0)
                  from reading_blocks b,
                       unnest(b.metric, b.period_from, b.period_to, b.content, b.cell, b.state, b.qualifier, b.value,
                              b.currency, b.note, b.line) with ordinality
                           as u(metric, period_from, period_to, content, cell, state, qualifier, value, currency, note,
                                line, place)
                 where b.result_set_id = $1 and b.first_number + b.size > $2 + 1 and b.first_number <= $2 + $3) r
         where r.number > $2 order by r.number limit $3
        """, name: "readings.ofSet")

    /// All readings of some sets, each with its set and number, whether they are kept in rows or in blocks.
    static let ofSets = SQLStatement(
        """
        select r.result_set_id, r.number, r.metric, r.period_from, r.period_to, r.content, r.cell, r.state, r.qualifier,
               trim_scale(r.value)::text, r.currency, null::text, r.line
          from (select r.result_set_id, r.number, r.metric, r.period_from, r.period_to, r.content, r.cell, r.state,
                       r.qualifier, r.value, r.currency, r.line
                  from readings r where r.result_set_id = any ($1)
                union all
                select b.result_set_id, b.first_number + u.place::integer - 1, u.metric, u.period_from, u.period_to,
                       nullif(u.content, ''), nullif(u.cell, ''), u.state, u.qualifier, nullif(u.value, '')::numeric,
                       nullif(u.currency, ''), nullif(u.line, 0)
                  from reading_blocks b,
                       unnest(b.metric, b.period_from, b.period_to, b.content, b.cell, b.state, b.qualifier, b.value,
                              b.currency, b.line) with ordinality
                           as u(metric, period_from, period_to, content, cell, state, qualifier, value, currency, line,
                                place)
                 where b.result_set_id = any ($1)) r
         order by r.result_set_id, r.number limit $2
        """, name: "readings.ofSets")

    /// The totals of some sets as if they were readings: of what adds, at least as much where a part is not known; of
    /// people the undivided reading, or at least the largest part. The total of a second cut is all of its cells.
    static let totalsOfSets = SQLStatement(
        """
        select f.result_set_id, 1, f.metric, f.period_from, f.period_to, null::text,
               case when f.role = 'breakdown' and f.total is not null then '(all)' end, 'value',
               case when f.total is not null then
                        -- How many rows were rounded before they were added is not known here.
                        case when f.additivity in ('quantity', 'money') then 'about'
                             when f.missing + f.masked = 0 then coalesce(f.total_qualifier, 'exact')
                             when f.total_qualifier in ('exact', 'atLeast') and f.metric <> 'subscribersGained' then 'atLeast'
                             else 'about' end
                    when f.whole is not null then coalesce(f.whole_qualifier, 'exact') else 'atLeast' end,
               trim_scale(coalesce(f.total, f.whole, f.largest_part))::text, nullif(f.currency, ''), null::text,
               null::integer
          from result_figures f
         where f.result_set_id = any ($1) and coalesce(f.total, f.whole, f.largest_part) is not null
           and f.side <> 'published' and f.additivity in ('count', 'countPerChannel', 'quantity', 'money', 'unique')
         order by f.result_set_id, f.metric, f.period_from, f.period_to, f.currency limit $2
        """, name: "readings.totalsOfSets")

    // Contents are names of ads and videos, and notes are remarks: not for a funder; small figures are masked.
    static let ofSetForFunder = SQLStatement(
        """
        select r.metric, r.period_from, r.period_to, null::text, r.cell, r.state, r.qualifier,
               trim_scale(r.value)::text, r.currency, null::text, null::integer
          from sec.published_readings($1, $2::integer, $3::integer) r
        """, name: "readings.ofSetForFunder")

    /// The digest of a set: SHA-256 over the digests of its readings in batches of 10,000, so that a set of a million
    /// never has to be one text in the server's memory. `ReadingDigest` makes the same of a file's readings.
    static let digest = SQLStatement(
        """
        select coalesce(sum(batch.size), 0)::integer,
               encode(sha256(coalesce(string_agg(batch.digest, ''::bytea order by batch.number), ''::bytea)), 'hex')
          from (select (r.number - 1) / 10000 as number, count(*) as size,
                       sha256(convert_to(string_agg(concat_ws(E'\\x1f', r.number, r.metric, r.period_from, r.period_to,
                           coalesce(r.content, ''), coalesce(r.cell, ''), r.state, r.qualifier,
                           coalesce(trim_scale(r.value)::text, ''), coalesce(r.currency, '')), E'\\x1e' order by r.number),
                           'UTF8')) as digest
                  from
        """, stored, "r group by 1) batch", name: "readings.digest")

    static let setDigest = SQLStatement(
        "update result_sets set readings = $2, digest = $3 where id = $1",
        name: "readings.setDigest")

    /// One row a metric and period. A total only of what adds; of people the undivided reading, the largest part, and
    /// the sum of the parts as a bound, which exists only where every part is known (a part that has, say, impressions but
    /// no reach is not): a masked part is at most four.
    static let derive = SQLStatement(
        "with stored as materialized", stored,
        """
        , parts_known as (
            select r.period_from, r.period_to, count(distinct (r.content, r.cell)) as parts from stored r
             where r.content is not null or r.cell is not null
             group by r.period_from, r.period_to
        )
        insert into result_figures (result_set_id, organisation_id, campaign_id, channel, role, breakdown, stage, metric,
               additivity, currency, period_from, period_to, readings, missing, masked, not_applicable, total,
               total_qualifier, whole, whole_qualifier, largest_part, parts_bound, parts_qualifier, parts, part_values,
               disjoint_audiences)
        select s.id, s.organisation_id, s.campaign_id, s.channel, s.role, s.breakdown,
               case when exists (select from result_records k where k.result_set_id = s.id) then 'accepted'
                    when s.status = 'submitted' then 'submitted' else 'draft' end,
               r.metric, r.additivity, coalesce(r.currency, ''), r.period_from, r.period_to, count(*),
               count(*) filter (where r.state = 'missing'), count(*) filter (where r.state = 'masked'),
               count(*) filter (where r.state = 'notApplicable'),
               case when r.additivity in ('count', 'countPerChannel', 'quantity', 'money') then sum(r.value) end,
               case when r.additivity in ('count', 'countPerChannel', 'quantity', 'money') and count(r.value) > 0 then
                   case when bool_and(r.qualifier = 'exact') then 'exact'
                        when bool_and(r.qualifier in ('exact', 'atLeast')) then 'atLeast'
                        when bool_and(r.qualifier in ('exact', 'atMost')) then 'atMost' else 'about' end end,
               case when r.additivity in ('unique', 'stock', 'rate')
                   then max(r.value) filter (where r.content is null and r.cell is null) end,
               case when r.additivity in ('unique', 'stock', 'rate')
                   then max(r.qualifier) filter (where r.content is null and r.cell is null and r.value is not null) end,
               case when r.additivity = 'unique' then
                   max(r.value) filter (where (r.content is not null or r.cell is not null) and r.qualifier <> 'atMost') end,
               case when r.additivity = 'unique' and bool_and(r.state <> 'missing' and r.qualifier <> 'atLeast')
                             filter (where r.content is not null or r.cell is not null)
                     and count(*) filter (where r.content is not null or r.cell is not null) = max(k.parts) then
                   sum(case r.state when 'masked' then 4 else r.value end)
                       filter (where r.content is not null or r.cell is not null) end,
               case when r.additivity = 'unique' then
                   case when bool_and(r.qualifier = 'exact' and r.state = 'value')
                                 filter (where r.content is not null or r.cell is not null) then 'exact' else 'about' end end,
               count(*) filter (where r.content is not null or r.cell is not null),
               -- Up to a hundred parts are kept one by one (800 bytes), so that a scenario can be told from them.
               case when r.additivity = 'unique'
                     and count(*) filter (where r.content is not null or r.cell is not null) between 1 and 100
                     and bool_and(r.qualifier in ('exact', 'about') and r.state = 'value')
                             filter (where r.content is not null or r.cell is not null) then
                   array_agg(r.value::bigint order by r.number)
                       filter (where r.content is not null or r.cell is not null) end,
               case when r.additivity = 'unique' then s.disjoint_audiences end
          from stored r join result_sets s on s.id = $1
          left join parts_known k on k.period_from = r.period_from and k.period_to = r.period_to
         group by s.id, r.metric, r.additivity, r.currency, r.period_from, r.period_to
        """, name: "readings.derive")

    static let forgetFigures = SQLStatement(
        "delete from result_figures where result_set_id = $1", name: "readings.forgetFigures")

    /// What the stored figures of a set come to, as one digest: for comparing them with the same derived again.
    static let figuresDigest = SQLStatement(
        """
        select encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', f.stage, f.metric, f.additivity, f.currency,
                   f.period_from, f.period_to, f.readings, f.missing, f.masked, f.not_applicable,
                   coalesce(trim_scale(f.total)::text, '-'), coalesce(f.total_qualifier, '-'),
                   coalesce(trim_scale(f.whole)::text, '-'), coalesce(f.whole_qualifier, '-'),
                   coalesce(trim_scale(f.largest_part)::text, '-'), coalesce(trim_scale(f.parts_bound)::text, '-'),
                   coalesce(f.parts_qualifier, '-'), f.parts, coalesce(f.part_values::text, '-'),
                   coalesce(f.disjoint_audiences, '-'), f.channel, f.role, f.breakdown, f.campaign_id, f.side,
                   f.suppressed),
                   E'\\n' order by f.metric, f.period_from, f.period_to, f.currency, f.side), ''), 'UTF8')), 'hex')
          from result_figures f where f.result_set_id = $1
        """, name: "readings.figuresDigest")

    /// Figures that were reduced before they came here (`FigureTally`), with the set's own description beside them.
    static let insertFigures = SQLStatement(
        """
        insert into result_figures (result_set_id, organisation_id, campaign_id, channel, role, breakdown, stage, metric,
               additivity, currency, period_from, period_to, readings, missing, masked, not_applicable, total,
               total_qualifier, whole, whole_qualifier, largest_part, parts_bound, parts_qualifier, parts, part_values)
        select s.id, s.organisation_id, s.campaign_id, s.channel, s.role, s.breakdown, 'draft', f.metric, f.additivity,
               f.currency, f.period_from, f.period_to, f.readings, f.missing, f.masked, f.not_applicable,
               nullif(f.total, '')::numeric, nullif(f.total_qualifier, ''), nullif(f.whole, '')::numeric,
               nullif(f.whole_qualifier, ''), nullif(f.largest_part, '')::numeric, nullif(f.parts_bound, '')::numeric,
               nullif(f.parts_qualifier, ''), f.parts, nullif(f.part_values, '')::bigint[]
          from result_sets s,
               unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::integer[], $8::integer[],
                      $9::integer[], $10::integer[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
                      $16::text[], $17::text[], $18::integer[], $19::text[])
                 as f(metric, additivity, currency, period_from, period_to, readings, missing, masked, not_applicable,
                      total, total_qualifier, whole, whole_qualifier, largest_part, parts_bound, parts_qualifier, parts,
                      part_values)
         where s.id = $1
        """, name: "readings.insertFigures")

    static let publish = SQLStatement("select sec.publish($1)", name: "readings.publish")

    /// The digest of what is published of a set, null if it never was on record.
    static let publishedDigest = SQLStatement(
        "select max(r.published_digest) from result_records r where r.result_set_id = $1",
        name: "readings.publishedDigest")

    /// Every set, in pages: its number of readings and its digest as stored.
    static let storedDigests = SQLStatement(
        """
        select s.id, s.readings, s.digest from result_sets s
         where ($1::uuid is null or s.id > $1) order by s.id limit $2
        """, name: "readings.storedDigests")

    static let all: [SQLStatement] = [
        insert, delete, ofSet, ofSets, totalsOfSets, ofSetForFunder, digest, setDigest, derive,
        insertFigures,
        forgetFigures, figuresDigest, publish, publishedDigest, storedDigests,
    ]
}

/// Where readings go.
struct ReadingPlace: Sendable {
    var set: ResultSet.ID
    var organisation: Organisation.ID
    var campaign: Campaign.ID
    var channel: Channel
}

extension Readings {
    /// One statement that stores a batch of readings, numbered from `first`.
    static func insertion(of batch: ArraySlice<Reading>, from first: Int, into place: ReadingPlace)
        -> Query<Void>
    {
        var columns = ReadingColumns(capacity: batch.count)
        for (offset, reading) in batch.enumerated() {
            columns.append(reading, number: Int32(first + offset))
        }
        return Query(
            insert, place.set, place.organisation, place.campaign, columns.numbers, columns.metrics,
            columns.additivities, columns.from, columns.to, columns.contents, columns.cells,
            columns.states,
            columns.qualifiers, columns.values, columns.currencies, columns.notes, columns.lines)
    }
}

/// Readings turned on their side: one array a column, as the statement wants them.
struct ReadingColumns {
    var numbers: [Int32] = []
    var metrics: [String] = []
    var additivities: [String] = []
    var from: [Day] = []
    var to: [Day] = []
    var contents: [String] = []
    var cells: [String] = []
    var states: [String] = []
    var qualifiers: [String] = []
    var values: [String] = []
    var currencies: [String] = []
    var notes: [String] = []
    var lines: [Int32] = []

    var count: Int { numbers.count }

    init(capacity: Int) {
        numbers.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }

    mutating func append(_ reading: Reading, number: Int32) {
        numbers.append(number)
        metrics.append(reading.metric.code)
        additivities.append(reading.metric.additivity.rawValue)
        from.append(reading.period.from)
        to.append(reading.period.to)
        contents.append(reading.content ?? "")
        cells.append(reading.cell ?? "")
        states.append(reading.state.rawValue)
        qualifiers.append(reading.qualifier.rawValue)
        values.append(reading.value?.shortText ?? "")
        currencies.append(reading.currency?.code ?? "")
        notes.append(reading.note ?? "")
        lines.append(Int32(clamping: reading.line ?? 0))
    }
}

extension Reading {
    init(row: inout RowReader) throws {
        let code: String = try row.next()
        guard let metric = Metric(code: code) else {
            throw RegistryError.internalFault("“\(code)” is no metric")
        }
        self.init(
            metric: metric, period: try row.period(), content: try row.next(), cell: try row.next(),
            state: try row.word(), qualifier: try row.word(), value: try row.optionalDecimal(),
            currency: try row.next(String?.self).flatMap { Currency($0) }, note: try row.next(),
            line: try row.next(Int32?.self).map(Int.init))
    }

    /// Whether this reading says something about its days that must not be said twice.
    var claimsDays: Bool {
        metric.additivity.isAdditive && (state == .value || state == .masked)
    }
}

extension Channel {
    /// What the channel is counted in: Meta's figures contain Facebook's and Instagram's, and the rest of Meta's own.
    var parts: [String] {
        switch self {
        case .meta: ["facebook", "instagram", "metaRest"]
        default: [rawValue]
        }
    }
}

extension NewResultSet {
    /// The series in which nothing may be counted twice: the primary one, or each way of cutting it.
    var series: String { role == .primary ? "primary" : breakdown.rawValue }
}

extension ResultSet {
    init(row: inout RowReader) throws {
        let id: ResultSet.ID = try row.next()
        let organisation: Organisation.ID = try row.next()
        let campaign: Campaign.ID = try row.next()
        let channel: Channel = try row.word()
        let period = try row.period()
        let method: ResultMethod = try row.word()
        let role: SetRole = try row.word()
        let breakdown: Breakdown = try row.word()
        let status: ResultSetStatus = try row.word()
        let supersedes = try row.next(ResultSet.ID?.self)
        let disjoint = try row.next(String?.self)
        let bytes = try row.next(Int64?.self)
        let sha256 = try row.next(String?.self)
        let count = try row.next(Int64.self)
        let digest: String = try row.next()
        let isSnapshot = try row.next(Bool.self)
        let supersededBy = try row.next(ResultSet.ID?.self)
        let submittedAt = try row.next(Instant?.self)
        let reviewedAt = try row.next(Instant?.self)
        let createdAt: Instant = try row.next()
        let updatedAt: Instant = try row.next()
        let version: Int64 = try row.next()
        let note = try row.next(String?.self)
        let sourceName = try row.next(String?.self)
        let reason = try row.next(String?.self)
        self.init(
            id: id, campaignId: campaign, organisationId: organisation,
            details: NewResultSet(
                channel: channel, period: period, method: method, role: role, breakdown: breakdown,
                readings: [],
                note: note, supersedes: supersedes, disjointAudiences: disjoint,
                source: sha256.map {
                    SourceFile(name: sourceName ?? "", bytes: bytes ?? 0, sha256: $0)
                }),
            readingCount: count, createdAt: createdAt, updatedAt: updatedAt, version: version)
        self.status = status
        self.supersededBy = supersededBy
        self.reason = reason
        self.digest = digest
        self.isSnapshot = isSnapshot
        self.submittedAt = submittedAt
        acceptedAt = [.accepted, .superseded].contains(status) ? reviewedAt : nil
    }
}
