// What stands where something else would go: which figures and days a set claims, and whose they are already.

import CounterpointModel
import Postgres

/// Figures and the days that they would cover, runs of days joined: of a figure a day for a year that is one claim.
struct Claims {
    private(set) var metrics: [String] = []
    private(set) var from: [Day] = []
    private(set) var to: [Day] = []

    init(_ figures: [(metric: String, period: Period)]) {
        let sorted = figures.sorted { ($0.metric, $0.period.from) < ($1.metric, $1.period.from) }
        for (metric, period) in sorted {
            if metrics.last == metric, let last = to.last, last.days(to: period.from) <= 1 {
                to[to.count - 1] = max(last, period.to)
            } else {
                metrics.append(metric)
                from.append(period.from)
                to.append(period.to)
            }
        }
    }

    init(_ figures: [DerivedFigure]) {
        self.init(figures.filter(\.claimsDays).map { ($0.metric.code, $0.period) })
    }
}

/// A set that stands where another would go.
struct Overlap {
    var set: ResultSet.ID
    var status: ResultSetStatus
    var channel: Channel
    var metric: String
    var from: Day
    var to: Day

    init(row: inout RowReader) throws {
        set = try row.next()
        status = try row.word()
        channel = try row.word()
        metric = try row.next()
        from = try row.next()
        to = try row.next()
    }

    /// Some of the days have such figures already.
    static let reported = "periodAlreadyReported"

    /// Throws a conflict that names the sets in the way, their days and their figures.
    static func refuse(_ standing: [Overlap]) throws {
        guard let first = standing.first else { return }
        try refuse(
            standing, code: reported,
            remedy:
                "To correct it, log this set with \"supersedes\": \"\(first.set)\" (a file with onOverlap=supersede); "
                + "if it is the same figures cut another way, log it with \"role\": \"breakdown\".")
    }

    static func refuse(_ standing: [Overlap], code: String, remedy: String) throws {
        let sets = standing.map(\.set).uniqued
        guard !sets.isEmpty else { return }
        let named = sets.prefix(namedMost).map { set in
            let same = standing.filter { $0.set == set }
            let metrics = same.map(\.metric).uniqued.joined(separator: ", ")
            return
                "\(set) (\(same[0].channel.rawValue), \(same[0].status.rawValue)) has \(metrics) for "
                + "\(same.map(\.from).min()!) to \(same.map(\.to).max()!) already"
        }
        let more = sets.count - named.count
        throw RegistryError.conflict(
            Conflict(
                code: code,
                detail: "Result set " + named.joined(separator: "; ")
                    + (more > 0 ? "; and \(more) more do" : "") + ". " + remedy,
                inTheWay: sets.map(\.uuid)))
    }

    /// Sets told one by one; all of them are in `inTheWay`.
    private static let namedMost = 5
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order in which they first come.
    var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
