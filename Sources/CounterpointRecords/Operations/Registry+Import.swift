// Taking a file of results: all of its sets or none, in one transaction.

public import CounterpointModel
import FoundationEssentials
import Postgres

extension Registry {
    /// Logs what a file holds as drafts, with the file as their evidence. A file with a faulty row, or one that leaves
    /// something open, stores nothing unless `partial` says so, and a dry run never does; the answer accounts for every row
    /// all the same. The same bytes a second time change nothing and are answered with the sets that they made.
    public func importFile(
        _ file: FileReading, for campaign: Campaign.ID, options: ImportOptions = ImportOptions(),
        as caller: Caller, once: Once<ImportAnswer>? = nil, run: ImportRun.ID? = nil,
        progress: ImportProgress = ImportProgress()
    ) async throws -> Outcome<ImportAnswer> {
        do {
            return try await write(
                .logResults, as: caller, once: once, deadline: Self.importDeadline(for: file)
            ) { transaction, writer in
                // Whose campaign it is decides whether the caller may hear of its figures at all. The lock makes two imports
                // of one file one after the other, and the second finds what the first has made.
                let owner = try Self.lockCampaign(campaign, in: transaction)
                progress.noteBegin()
                let work = FileImport(
                    file: file, campaign: campaign, owner: owner, options: options,
                    caller: caller, writer: writer, progress: progress)
                var answer = try Self.take(work, in: transaction)
                answer.id = run
                if options.dryRun { throw DryRun(answer: answer) }
                return answer
            }
        } catch let run as DryRun {
            return .done(run.answer)
        }
    }

    /// A million readings are stored in some two seconds; a busy machine may take twenty times that.
    private static func importDeadline(for file: FileReading) -> Duration? {
        file.sets.contains { $0.readings.count > Readings.batch } ? .seconds(120) : nil
    }

    /// Ends the transaction without a trace, with what it would have come to.
    private struct DryRun: Error {
        var answer: ImportAnswer
    }

    private static func take(
        _ work: FileImport, in transaction: borrowing Transaction
    ) throws -> ImportAnswer {
        let standing = try transaction.rows(
            Query(
                ResultSets.bySource, work.campaign, work.file.source.sha256,
                decode: StandingSet.init(row:)))
        var answer = work.answer
        let known = work.file.sets.indices.map { index in
            standing.first { $0.isSame(as: index, of: work) }
        }
        if !known.isEmpty, known.allSatisfy({ $0 != nil }) {
            answer.isUnchanged = true
            answer.resultSets = known.compactMap { $0?.id }
            answer.accounting.duplicate += answer.accounting.accepted
            answer.accounting.accepted = 0
            return answer
        }
        guard work.file.isClean || work.options.partial else { return answer }
        var made: [Int: ResultSetDetail] = [:]
        // A breakdown wants its primary to stand already, and that may be in the same file.
        let order = work.file.sets.indices.filter { known[$0] == nil }
            .sorted {
                (work.role(of: $0) == .breakdown ? 1 : 0, $0) < (
                    work.role(of: $1) == .breakdown ? 1 : 0, $1
                )
            }
        for index in order {
            let room: Room
            do {
                room = try makeRoom(
                    for: index, of: work, besides: Set(made.values.map(\.set.id)), in: transaction)
            } catch RegistryError.conflict(var conflict) {
                // Whoever has to decide what becomes of the sets in the way wants to see what the file would bring.
                conflict.account = answer.document.object
                throw RegistryError.conflict(conflict)
            }
            answer.replaces += room.replaces
            made[index] = try log(index, of: work, correcting: room.supersedes, in: transaction)
        }
        try keepOriginal(of: work, for: order.compactMap { made[$0]?.set }, in: transaction)
        answer.details = order.sorted().compactMap { made[$0] }.map { detail in
            ResultSetDetail(
                set: detail.set, readings: [], findings: detail.findings,
                findingSets: detail.findingSets)
        }
        if !work.options.dryRun {
            answer.resultSets = work.file.sets.indices.compactMap {
                known[$0]?.id ?? made[$0]?.set.id
            }
        }
        return answer
    }

    // MARK: Storing one set

    private static func log(
        _ index: Int, of work: FileImport, correcting superseded: ResultSet.ID?,
        in transaction: borrowing Transaction
    ) throws -> ResultSetDetail {
        let set = work.file.sets[index]
        let place = ReadingPlace(
            set: .random(), organisation: work.owner, campaign: work.campaign, channel: set.channel)
        let (role, source) = (work.role(of: index), work.file.source)
        try transaction.enqueue(
            Query(
                ResultSets.insert, place.set, work.owner, work.campaign, set.channel.rawValue,
                set.period.from, set.period.to, work.file.method.rawValue, role.rawValue,
                work.breakdown(of: index).rawValue, superseded, nil as String?, nil as String?,
                source.name, source.bytes, source.sha256, set.isSnapshot))
        if set.readings.count <= Readings.batch {
            try store(Array(set.readings), in: place, transaction)
        } else {
            try storeBlocks(of: set, in: place, work.progress, transaction)
        }
        work.progress.noteStored(rows: set.readings.count)
        let stored = try detail(of: place.set, for: work.writer, in: transaction)
        try audit("resultSet.logged", nil, stored.set, by: work.caller, in: transaction)
        return stored
    }

    /// A large set: its readings in blocks, and what they come to as it was worked out while they were in memory.
    private static func storeBlocks(
        of set: SetOfFile, in place: ReadingPlace, _ progress: ImportProgress,
        _ transaction: borrowing Transaction
    ) throws {
        var next = 0
        while next < set.readings.count {
            let block = ReadingBlocks.insertion(of: set.readings, from: next, into: place)
            try transaction.execute(block.query)
            progress.noteStoring(rows: block.next - next)
            next = block.next
        }
        for start in stride(from: 0, to: set.figures.count, by: Readings.batch) {
            let batch = set.figures[start..<min(start + Readings.batch, set.figures.count)]
            try transaction.execute(Readings.insertion(of: batch, of: place.set))
        }
        try transaction.enqueue(Query(ResultSets.cover, place.set, place.channel.parts))
        try transaction.enqueue(
            Query(Readings.setDigest, place.set, Int32(set.readings.count), set.digest))
    }
}

/// One file on its way into one campaign.
struct FileImport: Sendable {
    var file: FileReading
    var campaign: Campaign.ID
    var owner: Organisation.ID
    var options: ImportOptions
    var caller: Caller
    var writer: SignedIn
    var progress: ImportProgress

    func role(of index: Int) -> SetRole { options.role ?? file.sets[index].role ?? .primary }

    func breakdown(of index: Int) -> Breakdown {
        let named = file.sets[index].breakdown
        return named == .none ? options.breakdown ?? .none : named
    }

    /// The series in which nothing may be counted twice: the primary one, or each way of cutting it.
    func series(of index: Int) -> String {
        role(of: index) == .primary ? "primary" : breakdown(of: index).rawValue
    }

    var answer: ImportAnswer {
        var answer = ImportAnswer(
            accounting: file.accounting,
            // Whoever says what role the figures have need not be told which one they are given else.
            problems: file.problems.filter {
                options.role == nil || $0.code != ImportProblem.cutTakenAsWhole
            },
            problemsNotListed: file.problemsNotListed, source: file.source, about: file.about,
            isSnapshot: file.sets.contains(where: \.isSnapshot), isDryRun: options.dryRun)
        answer.figures = file.sets.indices.map { index in
            let set = file.sets[index]
            return ImportedFigures(
                channel: set.channel, period: set.period, role: role(of: index),
                breakdown: breakdown(of: index), readings: set.readings.count, tally: set.figures)
        }
        return answer
    }
}

/// A set that stands of the same bytes.
private struct StandingSet {
    var id: ResultSet.ID
    var channel: Channel
    var role: SetRole
    var breakdown: Breakdown
    var digest: String

    init(row: inout RowReader) throws {
        id = try row.next()
        channel = try row.word()
        role = try row.word()
        breakdown = try row.word()
        digest = try row.next()
    }

    /// Whether it still says what the file says now: it may have been changed since, or the days be given otherwise.
    func isSame(as index: Int, of work: FileImport) -> Bool {
        let set = work.file.sets[index]
        return channel == set.channel && digest == set.digest && role == work.role(of: index)
            && breakdown == work.breakdown(of: index)
    }
}
