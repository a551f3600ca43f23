// Which figures of a set cannot both be true: looked for when it is shown, handed in and reviewed, among its own readings
// and against those that stand beside it on the same channels of the campaign. It warns and edits nothing.

import CounterpointModel
import Postgres

/// The readings of one set and of its neighbours, as the contradiction check wants them.
struct FindingSearch {
    /// Readings compared at most, the set's own first: the check looks at pairs, and 10,000 take about a tenth of a second.
    static let readingsMaximum = 10_000

    private(set) var placed: [PlacedReading] = []
    private(set) var sets: [ResultSet.ID] = []

    /// Adds a set's readings; ids are 1, 2, … within the set, told apart by the set's place.
    mutating func add(_ readings: [Reading], of set: ResultSet) {
        let place = sets.count
        sets.append(set.id)
        for (index, reading) in readings.enumerated() where placed.count < Self.readingsMaximum {
            placed.append(
                PlacedReading(
                    id: place * Self.readingsMaximum + index + 1, campaign: 0, channel: set.channel,
                    set: place,
                    role: set.role, breakdown: set.breakdown, reading: reading))
        }
    }

    /// Those findings that concern the first set.
    func findings() -> [Finding] {
        ContradictionCheck.findings(in: placed)
            .filter { ($0.first.set ?? 0) == 0 || ($0.second.set ?? 0) == 0 }
            .map(Self.numbered)
    }

    /// Ids turned back into numbers of readings in their set.
    private static func numbered(_ finding: Finding) -> Finding {
        func numbered(_ figure: FigureReference) -> FigureReference {
            var figure = figure
            figure.readings = figure.readings.map { ($0 - 1) % readingsMaximum + 1 }
            return figure
        }
        return Finding(
            code: finding.code, severity: finding.severity, first: numbered(finding.first),
            second: numbered(finding.second), detail: finding.detail)
    }
}

extension Registry {
    static func findings(
        of set: ResultSet, _ readings: [Reading], for reader: SignedIn,
        in transaction: borrowing Transaction
    ) throws -> (findings: [Finding], sets: [ResultSet.ID]) {
        var search = FindingSearch()
        search.add(readings, of: set)
        let neighbours = try transaction.rows(
            Query(
                ResultSets.neighbours, set.id, set.campaignId, set.channel.rawValue, set.supersedes,
                FindingSearch.readingsMaximum, decode: ResultSet.init(row:)))
        for neighbour in neighbours where search.placed.count < FindingSearch.readingsMaximum {
            search.add(
                try Self.readings(of: neighbour.id, for: reader, in: transaction), of: neighbour)
        }
        return (search.findings(), search.sets)
    }
}
