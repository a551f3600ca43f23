// Making room for the sets of a file: what stands for the same figures and days is named, or corrected where the client
// says so. Figures since the beginning are another matter: the newer ones always take the place of the older.

import CounterpointModel
import Postgres

extension Registry {
    /// What a set of a file may be stored with, and what makes room for it.
    struct Room {
        var supersedes: ResultSet.ID?
        var replaces: [ImportAnswer.Replacement] = []
    }

    /// `siblings` are sets of the same file that are stored already: what contradicts one of them is the file itself.
    static func makeRoom(
        for index: Int, of work: FileImport, besides siblings: Set<ResultSet.ID>,
        in transaction: borrowing Transaction
    ) throws -> Room {
        let set = work.file.sets[index]
        let (role, breakdown) = (work.role(of: index), work.breakdown(of: index))
        if role == .breakdown {
            guard breakdown != .none else {
                throw InvalidInput(
                    "/breakdown", "breakdownNotNamed",
                    "Say how this breakdown is cut: by content, region, ….")
            }
            try requirePrimary(on: set.channel, set.period, of: work.campaign, in: transaction)
        }
        let claims = Claims(set.figures)
        var inTheWay: [Overlap] = []
        if set.isSnapshot {
            inTheWay += try olderSnapshots(of: index, of: work, besides: siblings, in: transaction)
        }
        let replaced = Set(inTheWay.map(\.set))
        let overlaps = try overlaps(
            of: claims, on: set.channel, series: work.series(of: index), of: work.campaign,
            in: transaction
        ).filter { !replaced.contains($0.set) }
        if let sibling = overlaps.first(where: { siblings.contains($0.set) }) {
            throw Refusal(
                "overlapsWithinFile",
                "The file gives \(sibling.metric) of \(set.channel.rawValue) for \(sibling.from) to \(sibling.to) twice, once "
                    + "as figures of \(sibling.channel.rawValue). Import one of the two, or one of them with role=breakdown."
            )
        }
        if work.options.onOverlap == .refuse {
            try Overlap.refuse(
                overlaps, code: Overlap.reported,
                remedy:
                    "If the file is a newer export of the same, import it with onOverlap=supersede, and it takes "
                    + "their place; "
                    + (role == .breakdown
                        ? "if it is not, leave out what stands already."
                        : "if it is the same figures cut another way, import it with role=breakdown.")
            )
        }
        inTheWay += overlaps
        return try replace(inTheWay, by: claims, index, of: work, in: transaction)
    }

    /// Earlier snapshots of some of the same things. One that says nothing besides makes room by itself; one that does
    /// would be lost in part, and only the client can want that.
    private static func olderSnapshots(
        of index: Int, of work: FileImport, besides siblings: Set<ResultSet.ID>,
        in transaction: borrowing Transaction
    ) throws -> [Overlap] {
        let set = work.file.sets[index]
        let contents = set.readings.lazy.map { $0.content ?? "" }.uniqued
        let found = try transaction.rows(
            Query(
                ResultSets.snapshotsInTheWay, work.campaign, set.channel.rawValue,
                work.role(of: index).rawValue, work.breakdown(of: index).rawValue, contents
            ) { row in
                (older: try Overlap(row: &row), saysMore: try row.next(Bool.self))
            }
        ).filter { !siblings.contains($0.older.set) }
        if work.options.onOverlap == .refuse {
            try Overlap.refuse(
                found.filter(\.saysMore).map(\.older), code: "snapshotsOverlap",
                remedy:
                    "These are figures since the beginning, which replace earlier ones; but the earlier export also has "
                    + "posts that this one does not. Export all of them together, or send it with onOverlap=supersede "
                    + "to let the others go.")
        }
        return found.map(\.older)
    }

    /// Open sets are withdrawn at once; of an accepted one this becomes the correction. A correction corrects one set.
    private static func replace(
        _ inTheWay: [Overlap], by claims: Claims, _ index: Int, of work: FileImport,
        in transaction: borrowing Transaction
    ) throws -> Room {
        let set = work.file.sets[index]
        let accepted = inTheWay.filter { $0.status == .accepted }
        if Set(accepted.map(\.set)).count > 1 {
            try Overlap.refuse(
                accepted, code: "severalInTheWay",
                remedy:
                    "A correction takes the place of one accepted set. Send a file for the days of each, or withdraw "
                    + "those that it is to replace.")
        }
        try Overlap.refuse(
            inTheWay.filter { $0.channel != set.channel }, code: "otherChannelInTheWay",
            remedy:
                "Those are figures of another channel that holds some of the same; withdraw them, or leave this file out."
        )
        var room = Room()
        for id in inTheWay.map(\.set).uniqued {
            let old = try lockResultSet(id, in: transaction)
            let leftOut = try transaction.rows(
                Query(ResultSets.coveredAlone, id, claims.metrics, claims.from, claims.to) { row in
                    ImportAnswer.Replacement.LeftOut(
                        metric: try row.next(), period: try row.period())
                })
            room.replaces.append(
                ImportAnswer.Replacement(set: id, status: old.status, leavesOut: leftOut))
            if old.status == .accepted {
                room.supersedes = id
            } else {
                try withdrawForCorrection(old, by: work.caller, in: transaction)
            }
        }
        return room
    }
}
