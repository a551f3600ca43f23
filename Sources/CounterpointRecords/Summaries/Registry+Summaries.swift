// Summaries: one round trip to the record, the rest is arithmetic of the model.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

extension Registry {
    /// What the record says to a question, within what the caller may see.
    public func summary(_ question: SummaryQuestion, as caller: Caller) async throws -> Summary {
        try await translatingErrors {
            let material = try await share.admit(caller) {
                try await self.material(for: question, as: share.learning(caller))
            }
            let summary = try Summary(question, from: material) { text in
                Array(SHA256.hash(data: Array(text.utf8))).hexText
            }
            try await keepReceipts(of: summary, as: caller)
            return summary
        }
    }

    private func material(
        for question: SummaryQuestion, as caller: Caller
    ) async throws -> SummaryMaterial {
        let scope = SummaryScope(question)
        let needsNames = question.groupBy.contains(.organisation)
        guard question.asOf != nil || needsNames else {
            // The common question is answered in a single exchange, from BEGIN to COMMIT.
            let (figures, campaigns, revisions, accounting, sets) = try await readDatabase.read(
                opening: caller.opening, scope.figures, scope.campaigns, scope.revisions,
                scope.accounting,
                scope.sets)
            return SummaryMaterial(figures, campaigns, revisions, accounting, sets)
        }
        return try await readDatabase.read(opening: caller.opening) { transaction in
            let reader = try transaction.signedIn()
            if let asOf = question.asOf { try Self.settle(asOf, scope, in: transaction) }
            let (figures, campaigns, revisions, accounting, sets) = try transaction.rows(
                scope.figures, scope.campaigns, scope.revisions, scope.accounting, scope.sets)
            var material = SummaryMaterial(figures, campaigns, revisions, accounting, sets)
            if needsNames {
                material.organisationNames = try Self.names(
                    Set(material.campaigns.map(\.organisation)), for: reader, in: transaction)
            }
            return material
        }
    }

    /// Waits until no revision that would belong to the answer is still being written, so that asking again gives the
    /// same; a moment that has not come cannot be answered for.
    private static func settle(
        _ asOf: Instant, _ scope: SummaryScope, in transaction: borrowing Transaction
    ) throws {
        let programmes = try transaction.rows(scope.revisions)
        _ = try transaction.execute(
            Query(SummaryStatements.settle, programmes.map(\.programme)))
        let now = try transaction.row(Query(Tokens.clock) { row in try row.next(Instant.self) })!
        guard asOf <= now else {
            throw InvalidInput(
                "asOf", "inFuture",
                "asOf lies ahead of the database's clock (\(now)); ask again then.")
        }
    }

    private static func names(
        _ ids: Set<Organisation.ID>, for reader: SignedIn, in transaction: borrowing Transaction
    ) throws -> [Organisation.ID: String] {
        let statement =
            reader.role == .funder
            ? SummaryStatements.publishedNames : SummaryStatements.organisationNames
        let rows = try transaction.rows(
            Query(statement, Array(ids)) { row in
                (id: try row.next(Organisation.ID.self), name: try row.next(String.self))
            })
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.name) })
    }
}

/// The question as parameters of the summary's statements.
struct SummaryScope {
    let question: SummaryQuestion

    init(_ question: SummaryQuestion) { self.question = question }

    private static func orNull<Element>(_ list: [Element]) -> [Element]? {
        list.isEmpty ? nil : list
    }

    private func query<Output>(
        _ statement: SQLStatement, decode: @escaping @Sendable (inout RowReader) throws -> Output
    ) -> Query<Output> {
        Query(
            statement, Self.orNull(question.programmes), Self.orNull(question.grants),
            Self.orNull(question.organisations), Self.orNull(question.campaigns),
            Self.orNull(question.channels.map(\.rawValue)),
            Self.orNull(question.countries.map(\.code)),
            question.from, question.to, question.asOf, question.pending,
            question.groupBy.contains(.month), decode: decode)
    }

    var figures: Query<RecordedFigure> {
        query(SummaryStatements.figures, decode: RecordedFigure.init(row:))
    }

    var campaigns: Query<ScopeCampaign> {
        query(SummaryStatements.campaigns, decode: ScopeCampaign.init(row:))
    }

    var accounting: Query<SummaryAccountingRow> {
        query(SummaryStatements.accounting, decode: SummaryAccountingRow.init(row:))
    }

    var sets: Query<CountedSet> { query(SummaryStatements.sets, decode: CountedSet.init(row:)) }

    var revisions: Query<RevisionRow> {
        query(SummaryStatements.revisions, decode: RevisionRow.init(row:))
    }
}

struct SummaryAccountingRow: Sendable {
    var accepted: Int64
    var pending: Int64
    var superseded: Int64
    var campaignsPartlyInCountries: Int64
    var suppressed: Int64
    var isPublished: Bool

    init(row: inout RowReader) throws {
        accepted = try row.next()
        pending = try row.next()
        superseded = try row.next()
        campaignsPartlyInCountries = try row.next()
        suppressed = try row.next()
        isPublished = try row.next()
    }
}

struct CountedSet: Sendable {
    var id: ResultSet.ID
    var digest: String

    init(row: inout RowReader) throws {
        id = try row.next()
        digest = try row.next()
    }
}

struct RevisionRow: Sendable {
    var programme: Programme.ID
    var revision: Int64
    var answeredAt: Instant

    init(row: inout RowReader) throws {
        programme = try row.next()
        revision = try row.next()
        answeredAt = try row.next()
    }
}

extension SummaryMaterial {
    init(
        _ figures: [RecordedFigure], _ campaigns: [ScopeCampaign], _ revisions: [RevisionRow],
        _ accounting: [SummaryAccountingRow], _ sets: [CountedSet]
    ) {
        self.init(
            answeredAt: revisions.first?.answeredAt ?? Instant(microsecondsSince2000: 0)!)
        self.figures = figures
        self.campaigns = campaigns
        self.revisions = revisions.map { ($0.programme, $0.revision) }
        setDigests = Dictionary(uniqueKeysWithValues: sets.map { ($0.id, $0.digest) })
        if let counted = accounting.first {
            acceptedReadings = counted.accepted
            pendingReadings = counted.pending
            supersededReadings = counted.superseded
            campaignsPartlyInCountries = counted.campaignsPartlyInCountries
            suppressedCells = counted.suppressed
            isPublished = counted.isPublished
        }
    }
}

extension RecordedFigure {
    init(row: inout RowReader) throws {
        let campaign: Campaign.ID = try row.next()
        let channel: Channel = try row.word()
        let code: String = try row.next()
        guard let metric = Metric(code: code) else {
            throw RegistryError.internalFault("“\(code)” is no metric")
        }
        let currency = try row.next(String.self)
        let role: SetRole = try row.word()
        let breakdown: Breakdown = try row.word()
        let isInside: Bool = try row.next()
        row.skip()
        self.init(
            campaign: campaign, channel: channel, metric: metric, currency: Currency(currency),
            role: role,
            breakdown: breakdown, isInside: isInside, period: try row.period(),
            readings: try row.next(), missing: try row.next(), masked: try row.next(),
            notApplicable: try row.next(), total: try row.optionalDecimal(),
            totalQualifier: try row.optionalWord() ?? .exact, whole: try row.optionalDecimal(),
            wholeQualifier: try row.optionalWord(), largestPart: try row.optionalDecimal(),
            partsBound: try row.optionalDecimal(),
            partsAreExact: try row.next(String?.self) == Qualifier.exact.rawValue,
            parts: try row.next(), partValues: try row.next(), disjointAudiences: try row.next(),
            sets: try row.next())
    }
}

extension ScopeCampaign {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), organisation: try row.next(), name: try row.next(),
            period: try row.period(),
            countries: try row.next(),
            channels: try row.next([String].self).compactMap(Channel.init(rawValue:)),
            audienceSize: try row.next(), isReportedElsewhere: try row.next())
    }
}
