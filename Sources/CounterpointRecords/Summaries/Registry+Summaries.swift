// Summaries: what is asked about, then what is on record of it; the rest is arithmetic of the model.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

extension Registry {
    /// What the record says to a question, within what the caller may see.
    public func summary(_ question: SummaryQuestion, as caller: Caller) async throws -> Summary {
        try await translatingErrors {
            let material = try await material(for: question, as: caller)
            let summary = try Summary(question, from: material, digest: Self.digest)
            try await keepReceipts(of: summary, as: caller)
            return summary
        }
    }

    /// SHA-256 of a text, as 64 hex digits.
    static func digest(_ text: String) -> String {
        Array(SHA256.hash(data: Array(text.utf8))).hexText
    }

    func material(
        for question: SummaryQuestion, as caller: Caller
    ) async throws -> SummaryMaterial {
        try await share.admit(caller) {
            try await material(for: question, opening: share.learning(caller).opening)
        }
    }

    private func material(
        for question: SummaryQuestion, opening: Opening
    ) async throws -> SummaryMaterial {
        try await readDatabase.read(opening: opening) { transaction in
            if let asOf = question.asOf { try Self.settle(asOf, question, in: transaction) }
            let needsNames = question.groupBy.contains(.organisation)
            var material = try SummaryMaterial.reading(
                question, in: transaction, isLast: !needsNames)
            if needsNames {
                material.organisationNames = try Self.names(
                    Set(material.campaigns.map(\.organisation)),
                    for: try transaction.signedIn(), in: transaction)
            }
            return material
        }
    }

    /// Waits until no revision that would belong to the answer is still being written, so that asking again gives the
    /// same; a moment that has not come cannot be answered for.
    private static func settle(
        _ asOf: Instant, _ question: SummaryQuestion, in transaction: borrowing Transaction
    ) throws {
        let scope = try transaction.row(SummaryScope.query(question))!
        _ = try transaction.execute(Query(SummaryStatements.settle, scope.programmes))
        guard asOf <= scope.now else {
            throw InvalidInput(
                "asOf", "inFuture",
                "asOf lies ahead of the database's clock (\(scope.now)); ask again then.")
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

extension SummaryMaterial {
    /// In two exchanges: what the question is about, then what is on record of it. `isLast`: COMMIT travels with the second.
    static func reading(
        _ question: SummaryQuestion, in transaction: borrowing Transaction, isLast: Bool = false
    ) throws -> SummaryMaterial {
        let scope = try transaction.row(SummaryScope.query(question))!
        let reader = try transaction.signedIn()
        let (figures, labels) =
            isLast
            ? try transaction.lastRows(scope.figures(for: question), scope.labels)
            : try transaction.rows(scope.figures(for: question), scope.labels)
        var material = SummaryMaterial(answeredAt: scope.now)
        material.figures = figures.filter(\.isListed).map(\.figure)
        material.campaigns = scope.campaigns(with: labels)
        material.revisions = Array(zip(scope.programmes, scope.revisions))
        material.setDigests = Dictionary(uniqueKeysWithValues: zip(scope.counted, scope.digests))
        material.pendingReadings = scope.pendingReadings
        material.campaignsPartlyInCountries = scope.campaignsPartlyInCountries
        material.supersededReadings = scope.supersededReadings
        for row in figures {
            material.acceptedReadings += row.acceptedReadings
            material.suppressedCells += row.suppressedCells
        }
        material.isPublished = reader.role == .funder
        return material
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
