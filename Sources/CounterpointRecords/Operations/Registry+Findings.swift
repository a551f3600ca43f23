// Which figures of a set cannot both be true: looked for when it is shown, handed in and reviewed, among its own readings
// and against those that stand beside it on the same channels of the campaign. It warns and edits nothing.

import CounterpointModel
import Postgres

extension Registry {
    /// What is odd about a set, for a reader who sees its readings. `readings` are those already read, the first of them.
    static func findings(
        of set: ResultSet, _ readings: [Reading], for reader: SignedIn,
        in transaction: borrowing Transaction
    ) throws -> (findings: [Finding], sets: [ResultSet.ID]) {
        let beside = try transaction.rows(
            Query(
                ResultSets.neighbours, set.id, set.campaignId, set.channel.rawValue, set.supersedes,
                FindingSearch.neighboursMaximum, decode: ResultSet.init(row:)))
        var search = FindingSearch(set, beside: beside)
        search.add(
            set.readingCount == readings.count
                ? readings.enumerated().map { StoredReading(set: set.id, number: $0 + 1, $1) } : [])
        let unread = search.wholeSets.filter { $0 != set.id || search.isEmpty }
        search.add(
            try transaction.rows(
                Query(
                    Readings.ofSets, unread, FindingSearch.readingsMaximum,
                    decode: StoredReading.init(row:))))
        search.addTotals(
            try transaction.rows(
                Query(
                    Readings.totalsOfSets, search.summedSets, FindingSearch.readingsMaximum,
                    decode: StoredReading.init(row:))))
        let audience = try transaction.row(
            Query(Campaigns.audienceSize, set.campaignId) { row in try row.next(Int64?.self) })
        let found = search.findings(audienceSize: audience ?? nil)
        guard reader.role != .ngoEditor, reader.role != .ngoViewer else {
            return (found, search.sets)
        }
        let claims = try transaction.rows(
            Query(ResultSets.claims, set.id, decode: Claim.init(row:)))
        for claim in claims { search.name(claim.twin) }
        return (found + claims.map { $0.finding(of: set, search.sets) }, search.sets)
    }
}

/// The readings of one set and of its neighbours, as the contradiction check wants them.
struct FindingSearch {
    /// Readings compared at most, the set's own first: the check looks at pairs, and 10,000 take about a tenth of a second.
    static let readingsMaximum = 10_000
    /// Sets beside the one looked at: weekly ones for ten years on one channel.
    static let neighboursMaximum = 500

    /// The set looked at comes first; findings name sets by their place here.
    private(set) var sets: [ResultSet.ID]
    /// Sets compared reading by reading, and those too large for it, which are compared by their totals. A set is never
    /// read in part: what is missing of it would look like a difference.
    let wholeSets: [ResultSet.ID]
    let summedSets: [ResultSet.ID]

    private let described: [ResultSet]
    private var placed: [PlacedReading] = []
    private var lines: [Int: Int] = [:]

    var isEmpty: Bool { placed.isEmpty }

    init(_ set: ResultSet, beside: [ResultSet]) {
        described = [set] + beside
        sets = described.map(\.id)
        var room = Int64(Self.readingsMaximum)
        var whole: [ResultSet.ID] = []
        var summed: [ResultSet.ID] = []
        let bySize = beside.sorted { ($0.readingCount, $0.id.text) < ($1.readingCount, $1.id.text) }
        for candidate in [set] + bySize {
            if candidate.readingCount <= room {
                room -= candidate.readingCount
                whole.append(candidate.id)
            } else {
                summed.append(candidate.id)
            }
        }
        wholeSets = whole
        summedSets = summed
    }

    mutating func add(_ readings: [StoredReading]) {
        for stored in readings {
            guard let place = sets.firstIndex(of: stored.set) else { continue }
            let id = place * Self.readingsMaximum + stored.number
            add(stored.reading, id, place)
            lines[id] = stored.reading.line
        }
    }

    /// Totals of large sets, each whole set or nothing of it.
    mutating func addTotals(_ totals: [StoredReading]) {
        // Cut off in the middle of a set: that one is left out.
        let cut = totals.count == Self.readingsMaximum ? totals.last?.set : nil
        for (index, stored) in totals.enumerated() where stored.set != cut {
            guard let place = sets.firstIndex(of: stored.set) else { continue }
            add(stored.reading, -(place * Self.readingsMaximum + index + 1), place)
        }
    }

    private mutating func add(_ reading: Reading, _ id: Int, _ place: Int) {
        let set = described[place]
        placed.append(
            PlacedReading(
                id: id, campaign: 0, channel: set.channel, set: place, role: set.role,
                breakdown: set.breakdown, reading: reading))
    }

    /// Makes room for a set that is named by a finding and was not compared.
    mutating func name(_ set: ResultSet.ID?) {
        if let set, !sets.contains(set) { sets.append(set) }
    }

    /// Those findings that concern the first set.
    func findings(audienceSize: Int64?) -> [Finding] {
        let audiences: [Int: Int64] = audienceSize.map { [0: $0] } ?? [:]
        return ContradictionCheck.findings(in: placed, audiences: audiences)
            .map { finding in
                Finding(
                    code: finding.code, severity: finding.severity, first: traced(finding.first),
                    second: traced(finding.second), detail: finding.detail)
            }
            .filter { concernsFirstSet($0.first) || concernsFirstSet($0.second) }
    }

    private func concernsFirstSet(_ figure: FigureReference) -> Bool { figure.set == 0 }

    /// Ids turned back into the set, the numbers of readings in it, and the lines of its file. A figure made of readings
    /// of several sets keeps those of the first of them.
    private func traced(_ figure: FigureReference) -> FigureReference {
        var figure = figure
        let places = figure.readings.map { (abs($0) - 1) / Self.readingsMaximum }
        let place = figure.set ?? places.first { $0 == 0 } ?? places.first
        guard let place else { return figure }
        figure.set = place
        let ids = zip(figure.readings, places).filter { $0.1 == place && $0.0 > 0 }.map(\.0)
        figure.readings = ids.map { ($0 - 1) % Self.readingsMaximum + 1 }
        figure.lines = ids.compactMap { lines[$0] }
        figure.file = described[place].source?.name
        return figure
    }
}

/// A reading with its set and its number in it.
struct StoredReading: Sendable {
    var set: ResultSet.ID
    var number: Int
    var reading: Reading

    init(set: ResultSet.ID, number: Int, _ reading: Reading) {
        self.set = set
        self.number = number
        self.reading = reading
    }

    init(row: inout RowReader) throws {
        set = try row.next()
        number = Int(try row.next(Int32.self))
        reading = try Reading(row: &row)
    }
}

/// The same figures claimed a second time: told to those who manage programmes, who alone can settle it.
private struct Claim: Sendable {
    /// The programmes whose record the set is or will be in, where they are several.
    var programmes: Int?
    /// The other set, if the reader may see it.
    var twin: ResultSet.ID?

    init(row: inout RowReader) throws {
        programmes = try row.next(Int32?.self).map(Int.init)
        twin = try row.next()
    }

    func finding(of set: ResultSet, _ sets: [ResultSet.ID]) -> Finding {
        func figure(_ place: Int?) -> FigureReference {
            FigureReference(channel: set.channel, period: set.period, set: place)
        }
        if let programmes {
            return Finding(
                code: .claimedUnderTwoProgrammes, severity: .notice, first: figure(0),
                second: figure(0),
                detail:
                    "The campaign draws on grants of \(programmes) programmes, so these figures stand "
                    + "in the record of each: they are one result, not \(programmes).")
        }
        let other = twin.flatMap { sets.firstIndex(of: $0) }
        return Finding(
            code: .reportedTwice, severity: .notice, first: figure(0), second: figure(other),
            detail:
                "The organisation has handed in the same figures for \(set.channel.rawValue) under "
                + (twin == nil
                    ? "another campaign, of a programme that is not yours."
                    : "another campaign too."))
    }
}
