// Organisations registered twice: finding them, merging them, taking a merge back.

public import CounterpointModel
public import FoundationEssentials
import Postgres

extension Registry {
    /// Organisations that one search looks through: their names and numbers are some 20 MB, which the search sorts in
    /// about a second. An installation with more asks country by country.
    static let duplicateCandidatesMaximum = 50_000

    private struct DuplicateFilter: ListFilter {
        var country: Country?
    }

    private struct MergeFilter: ListFilter {
        var survivor: Organisation.ID
    }

    /// Pairs of organisations that are likely the same, most alike first, among those that the caller can see; at most
    /// `limit`.
    public func likelyDuplicates(
        in country: Country? = nil, limit: Int = 50, as caller: Caller
    ) async throws -> [LikelyDuplicate] {
        let (candidates, _) = try await duplicateCandidates(in: country, as: caller)
        return DuplicateSearch.pairs(among: candidates, limit: limit)
    }

    /// The same in pages. Nothing is stored between them: each page searches again, and goes on at the place in the list
    /// where the one before ended.
    public func likelyDuplicates(
        in country: Country? = nil, page request: PageRequest, as caller: Caller
    ) async throws -> Page<LikelyDuplicate> {
        let (candidates, reader) = try await duplicateCandidates(in: country, as: caller)
        let cursor = Cursor(
            list: "duplicates", filter: DuplicateFilter(country: country), reader: reader)
        let shown = Int(try request.cursor.map { try cursor.position($0).sequence } ?? 0)
        let pairs = DuplicateSearch.pairs(among: candidates, limit: shown + request.limit + 1)
        let epoch = Instant(microsecondsSince2000: 0)!
        return Self.page(Array(pairs.dropFirst(shown)), request, cursor) { last in
            Position(
                createdAt: epoch, id: last.first.id.uuid, sequence: Int64(shown + request.limit))
        }
    }

    private func duplicateCandidates(
        in country: Country?, as caller: Caller
    ) async throws -> ([DuplicateCandidate], SignedIn) {
        let maximum = Self.duplicateCandidatesMaximum
        let (candidates, reader) = try await read(.readOrganisations, as: caller) {
            transaction, reader in
            // A funder sees published names only, and two of those may be alike by intent.
            guard reader.role != .funder else { return ([DuplicateCandidate](), reader) }
            let found = try transaction.rows(
                Query(
                    Merging.candidates, maximum + 1, country?.code,
                    decode: DuplicateCandidate.init(row:)))
            return (found, reader)
        }
        guard candidates.count <= maximum else {
            throw RegistryError.invalid(
                InvalidInput(
                    "country", "tooManyOrganisations",
                    "There are more than \(maximum) organisations. Ask for one country at a time."))
        }
        return (candidates, reader)
    }

    /// Merges the organisation `new.organisationId` into `survivor`: its name and numbers become aliases and identifiers
    /// of the survivor, every row of it moves there, and its id leads there from then on.
    public func mergeOrganisations(
        _ new: NewOrganisationMerge, into survivor: Organisation.ID, as caller: Caller,
        once: Once<OrganisationMerge>? = nil
    ) async throws -> Outcome<OrganisationMerge> {
        try await write(.mergeOrganisations, as: caller, once: once) { transaction, _ in
            let made = try transaction.row(
                Query(
                    Merging.merge, new.organisationId, survivor, new.reason, caller.requestId
                ) { row in try row.next(OrganisationMerge.ID.self) })!
            return try Self.merge(Identifier(made.uuid), in: transaction)
        }
    }

    /// Takes a merge back. `id` is the merge's own or that of the lost organisation.
    public func undoMerge(
        _ id: UUID, reason: String? = nil, as caller: Caller,
        once: Once<OrganisationMerge>? = nil
    ) async throws -> Outcome<OrganisationMerge> {
        try await write(.mergeOrganisations, as: caller, once: once) { transaction, _ in
            let merge = try Self.merge(Identifier(id), in: transaction)
            _ = try transaction.row(
                Query(Merging.undo, merge.id, reason, caller.requestId) { row in row.skip() })
            return try Self.merge(Identifier(merge.id.uuid), in: transaction)
        }
    }

    /// A merge that the caller may see, by its own id or by the lost organisation's.
    public func organisationMerge(
        _ id: UUID, as caller: Caller
    ) async throws -> OrganisationMerge {
        try await read(.readMerges, as: caller) { transaction, _ in
            try Self.merge(Identifier(id), in: transaction)
        }
    }

    /// What was merged into an organisation, in the order of its happening, undone merges included.
    public func organisationMerges(
        into survivor: Organisation.ID, page request: PageRequest, as caller: Caller
    ) async throws -> Page<OrganisationMerge> {
        try await read(.readMerges, as: caller) { transaction, reader in
            _ = try Self.organisation(survivor, in: transaction)
            let cursor = Cursor(
                list: "merges", filter: MergeFilter(survivor: survivor), reader: reader)
            let after = try request.cursor.map { try cursor.position($0) }
            let rows = try transaction.rows(
                Query(
                    Merging.ofSurvivor, survivor, after?.createdAt,
                    after.map { OrganisationMerge.ID($0.id) }, request.limit + 1,
                    decode: OrganisationMerge.init(row:)))
            return Self.page(rows, request, cursor) {
                Position(createdAt: $0.mergedAt, id: $0.id.uuid)
            }
        }
    }

    private static func merge(
        _ id: Identifier<Void>, in transaction: borrowing Transaction
    ) throws -> OrganisationMerge {
        let found = try transaction.row(
            Query(Merging.find, id, decode: OrganisationMerge.init(row:)))
        guard let found else { throw RegistryError.notFound(.organisation) }
        return found
    }

    /// What to say of an organisation that was not found: where it went, to those who may see that, else nothing.
    static func absence(
        of id: Organisation.ID, in transaction: borrowing Transaction
    ) throws -> RegistryError {
        let survivor = try transaction.row(
            Query(Merging.mergedInto, id) { row in try row.next(Organisation.ID?.self) })
        guard let survivor = survivor ?? nil else { return .notFound(.organisation) }
        return .mergedInto(survivor)
    }
}

extension DuplicateCandidate {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), name: try row.next(), kind: try row.word(),
            country: try row.country(), standing: try row.word(), aliases: try row.next(),
            identifiers: try row.next([String].self).compactMap {
                OrganisationIdentifier(stored: $0)
            })
    }
}

extension OrganisationMerge {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), lost: try row.next(), survivor: try row.next(),
            reason: try row.next(), mergedBy: try row.next(), mergedAt: try row.next(),
            moved: zip(try row.next([String].self), try row.next([Int64].self)).map {
                Moved(table: $0, rows: $1)
            },
            undone: try Undone(row: &row))
    }
}

extension OrganisationMerge.Undone {
    fileprivate init?(row: inout RowReader) throws {
        let by = try row.next(Principal.ID?.self)
        let at = try row.next(Instant?.self)
        let reason = try row.next(String?.self)
        let since = try row.next(PostgresJSON?.self)
        guard let by, let at, let since else { return nil }
        let value = try JSONParser.parse(Array(since.text.utf8))
        self.init(
            by: by, at: at, reason: reason, stayed: Self.lists(value["stayed"]),
            followed: Self.lists(value["followed"]))
    }

    private static func lists(_ value: JSONValue?) -> [String: [String]] {
        guard case .object(let object) = value else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: object.members.map { member in
                (member.name, (member.value.array ?? []).compactMap(\.string))
            })
    }
}
